from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solver.cli import main

MAZUR = """
input = [0.05, 0.10]
target = [0.01, 0.99]
loss = "half_squared_error"
[[layer]]
weights = [[0.15, 0.20], [0.25, 0.30]]
bias = [0.35, 0.35]
activation = "sigmoid"
[[layer]]
weights = [[0.40, 0.45], [0.50, 0.55]]
bias = [0.60, 0.60]
activation = "sigmoid"
[update]
learning_rate = 0.5
"""
BATCH = """
input = [[1, 2], [0, -1], [2, 1]]
target = [1, 0, 1]
loss = "squared_error"
[[layer]]
weights = [[0.5, -0.25], [0.75, 0.5]]
bias = [0.1, -0.2]
activation = "tanh"
[[layer]]
weights = [[1, -0.5]]
bias = [0.3]
[update]
learning_rate = 0.1
"""
NOTATIONS = (
    "standard", "backprep", "cmu-chai", "waterloo-meila", "rutgers-kim", "nyu-linzen",
    "cmu-gormley",
)  # fmt: skip


@pytest.fixture
def mazur(tmp_path: Path) -> str:
    return written(tmp_path, MAZUR)


def written(folder: Path, text: str) -> str:
    file = folder / "net.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["net", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_mazur_s_example_comes_out_in_every_notation(
    notation: str, mazur: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Matt Mazur, A step by step backpropagation example, 2015, gives these to nine decimals.
    found = record(capsys, mazur, "--notation", notation)
    assert found["forward"]["s1"][0] == pytest.approx(0.3775)
    assert found["forward"]["o1"] == pytest.approx([0.593269992, 0.596884378], abs=1e-9)
    assert found["forward"]["o2"] == pytest.approx([0.75136507, 0.772928465], abs=1e-9)
    assert found["loss"] == pytest.approx(0.298371109, abs=1e-9)
    assert found["delta"]["2"][0] == pytest.approx(0.138498562, abs=1e-9)
    assert found["gradient"]["W2"][0][0] == pytest.approx(0.082167041, abs=1e-9)
    assert found["gradient"]["W1"][0][0] == pytest.approx(0.000438568, abs=1e-9)
    new = found["updates"][0]["parameters"]
    assert np.ravel(new["W2"]) == pytest.approx(
        [0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=1e-9
    )
    assert np.ravel(new["W1"]) == pytest.approx(
        [0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=1e-8
    )


def test_a_mini_batch_is_updated_as_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = record(capsys, written(tmp_path, BATCH))
    x = np.array([[1.0, 2.0], [0.0, -1.0], [2.0, 1.0]])
    y = np.array([[1.0], [0.0], [1.0]])
    w1, b1 = np.array([[0.5, -0.25], [0.75, 0.5]]), np.array([0.1, -0.2])
    w2, b2 = np.array([[1.0, -0.5]]), np.array([0.3])
    hidden = np.tanh(x @ w1.T + b1)
    miss = hidden @ w2.T + b2 - y
    back = 2 * miss / 3
    inner = (back @ w2) * (1 - hidden**2)
    assert found["loss"] == pytest.approx(float((miss**2).mean()))
    assert found["gradient"]["W1"] == pytest.approx(inner.T @ x)
    assert found["gradient"]["b2"] == pytest.approx(back.sum(axis=0))
    assert found["updates"][0]["parameters"]["W2"] == pytest.approx(w2 - 0.1 * back.T @ hidden)
    assert found["updates"][0]["new_loss"] < found["loss"]


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_page_is_written_in_every_notation(
    notation: str, mazur: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["net", mazur, "--notation", notation, "--places", "6"]) == 0
    assert "0.298371" in capsys.readouterr().out


def test_minus_gradients_are_printed_with_their_sign(
    mazur: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["net", mazur, "--notation", "waterloo-meila"]) == 0
    text = capsys.readouterr().out
    assert "-0.0822" in text
    assert "[0.0822" not in text


def test_single_entries_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, 'ask = ["W1[2,1]"]\n' + MAZUR.partition("[update]")[0])
    whole = record(capsys, written(tmp_path, MAZUR.partition("[update]")[0]))
    file = written(tmp_path, 'ask = ["W1[2,1]"]\n' + MAZUR.partition("[update]")[0])
    asked = record(capsys, file)
    assert len(asked["steps"]) < len(whole["steps"])
    assert asked["gradient"] == whole["gradient"]
    assert asked["steps"][-1]["entry"] == [2, 1]


def test_an_answer_that_follows_from_a_wrong_one_is_said_to_follow(
    mazur: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, follows = "delta2=[0.7414,-0.2171]", "W2[1,1]=0.4399"
    found = record(capsys, mazur, "--answer", wrong, "--answer", follows)
    assert [each["verdict"] for each in found["answers"]] == ["slip", "follows"]
    assert found["answers"][0]["causes"][0] == ["activation_derivative_left_out"]


def test_a_file_that_is_missing_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["net", str(tmp_path / "none.toml")]) == 2
    error = capsys.readouterr().err
    assert "none.toml" in error
    assert error.count("\n") == 1
