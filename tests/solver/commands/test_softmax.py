from __future__ import annotations

import json
from typing import Any

import pytest

from solver.cli import main


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["softmax", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "scores", [["--", "-1.0", "2.7", "0.5"], ["-1.0", "2.7", "0.5"], ["[-1, 2.7, 0.5]"],
               ["-1,", "2.7,", "0.5"]],
)  # fmt: skip
def test_the_lecture_example_in_every_way_to_type_it(
    scores: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # The probabilities are those of the lecture, corrected: 0.0218, 0.8806, 0.0976.
    found = record(capsys, *scores, "--target", "2")
    assert found["softmax"] == pytest.approx([0.0217727, 0.8806486, 0.0975786], abs=1e-6)
    assert found["loss"] == pytest.approx(0.1270966, abs=1e-6)
    assert found["gradient"] == pytest.approx([0.0217727, -0.1193514, 0.0975786], abs=1e-6)
    assert "jacobian" not in found
    assert [step["node"] for step in found["steps"]] == ["a", "S", "p", "L", "z"]


def test_the_jacobian_comes_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    # Two equal scores: p (1 - p) = 1/4.
    found = record(capsys, "0", "0", "--jacobian")
    assert found["jacobian"] == [[0.25, -0.25], [-0.25, 0.25]]
    assert (found["loss"], found["gradient"]) == (None, None)


def test_scores_of_a_thousand_have_the_right_loss(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "1000", "0", "--target", "2")
    assert (found["softmax"], found["loss"], found["gradient"]) == ([1, 0], 1000, [1, -1])


def test_targets_may_be_a_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    # ln 2, whatever the targets are.
    found = record(capsys, "5", "5", "--target", "0.25,0.75")
    assert found["loss"] == pytest.approx(0.693147, abs=1e-6)
    assert found["gradient"] == pytest.approx([0.25, -0.25])


def test_texts_such_as_ln_2_are_scores(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "ln 2", "ln 3", "0", "--target", "1", "--arithmetic", "exact")
    assert found["softmax"] == pytest.approx([1 / 3, 1 / 2, 1 / 6])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nan", "1"], "nan"),
        (["1e9", "1"], "is not between"),
        (["1,,2"], "missing between two commas"),
        (["1", "2", "--target", "3"], "a class from 1 to 2"),
        (["1", "2", "--target", "0"], "a class from 1 to 2"),
        (["1", "2", "--target", "0.5,0.6"], "no distribution"),
        (["1", "2", "--target", "1.5,-0.5"], "no distribution"),
        (["1", "2", "--target", "1,0,0"], "3 targets for 2 scores"),
        (["1", "2", "--temperature", "0"], "must be positive"),
        (["1", "2", "--temperature", "-1"], "must be positive"),
        (["1"] * 201, "at most 200"),
        (["1"] * 11 + ["--jacobian"], "at most 10 scores"),
        (["--target", "1"], "SCORE"),
    ],
)
def test_what_cannot_be_worked_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["softmax", *arguments]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
