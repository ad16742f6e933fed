from __future__ import annotations

import json

import pytest

from solver.cli import main


def test_json_has_the_sums_and_the_layers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["params", "784-128-64-10", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["weights"], found["biases"]) == (109_386, 109_184, 202)
    assert found["layers"][1] == {
        "inputs": 128, "units": 64, "weights": 8_192, "biases": 64, "total": 8_256,
    }  # fmt: skip


def test_the_page_says_the_total(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["params", "1-3-1"]) == 0
    assert "*10 parameters*: 6 weights and 4 biases" in capsys.readouterr().out


def test_without_biases(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["params", "1-3-1", "--no-bias"]) == 0
    assert "*6 parameters*, all of them weights" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["0-3", "-3-4", "a-b", "5", "9" * 31 + "-2", "3--2"])
def test_bad_widths_are_one_sentence_and_exit_code_2(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["params", text]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("backprep: ")
    assert said.err.count("\n") == 1
