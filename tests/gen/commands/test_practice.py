"""The command practice says what it cannot do in one sentence."""

from __future__ import annotations

import pytest

from gen import cli

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "nothing says how to practise; give"),
        ("--seed x", "expected an integer"),
        ("--variants 201", "expected a whole number from 1 to 200"),
    ],
)
def test_bad_input_is_one_sentence(line: str, message: str, capsys: Captured):
    assert cli.main(["practice", *line.split()]) == 2
    (found,) = capsys.readouterr().err.splitlines()
    assert message in found
