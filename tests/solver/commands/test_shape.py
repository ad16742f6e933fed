from __future__ import annotations

import json
from typing import Any

import pytest

from solver.cli import main

POLL = ("W2=3x4", "delta2=3x1", "o1=4x1")


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["shape", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_json_has_both_shapes_and_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "W2.T @ delta2 * (1 - o1)", *POLL)
    assert (found["shape"], found["numpy_shape"], found["problem"]) == ([4, 1], [4, 1], None)
    assert [step["expression"] for step in found["steps"]] == [
        "W2.T", "W2.T @ delta2", "1 - o1", "W2.T @ delta2 * (1 - o1)",
    ]  # fmt: skip
    assert found["steps"][0] == {
        "expression": "W2.T", "shape": [4, 3], "numpy_shape": [4, 3], "problem": None,
    }  # fmt: skip


def test_the_problem_says_where_it_breaks_and_what_numpy_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = record(capsys, "W2.T @ delta2 * (1 - o1.T)", *POLL)
    assert (found["shape"], found["numpy_shape"]) == (None, [4, 4])
    assert "`W2.T @ delta2` is 4 × 1 and `1 - o1.T` is 1 × 4" in found["problem"]
    assert "it stretches the two to `(4, 4)`" in found["problem"]
    assert found["steps"][-1]["problem"] is not None


def test_symbolic_sizes_are_texts(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "W.T @ d", "W=mxn", "d=mx1")
    assert (found["shape"], found["problem"]) == (["n", 1], None)


def test_where_numpy_raises_too_both_are_null(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "W2 @ delta2", *POLL[:2])
    assert (found["shape"], found["numpy_shape"]) == (None, None)
    assert "4 is not 3. NumPy raises an error there too." in found["problem"]


def test_a_number_has_no_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert record(capsys, "sum(W2)", "W2=3x4")["shape"] == []


def test_the_page_offers_a_repair(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shape", "W2 @ delta2", *POLL[:2]]) == 0
    assert "`W2.T @ delta2` would be 4 × 1." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["W2 @ delta2", "W2=3x4"], "no shape is given for 'delta2'"),
        (["W2", "W2=3x4", "delta=3x1"], "'delta' has a shape but is not in the expression"),
        (["W2", "W2=3x4", "W2=3x4"], "given twice"),
        (["W2", "W2=3x-1"], "no shape"),
        (["__import__('os')", "W2=3x4"], "character"),
    ],
)
def test_what_cannot_be_followed_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shape", *arguments]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
