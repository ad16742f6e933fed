"""The command that marks says what each part earned, and why."""

from __future__ import annotations

import pytest

from gen import cli

Captured = pytest.CaptureFixture[str]
LINE = ["mark", "delta_recursion", "--seed", "7", "--difficulty", "easy"]


def marked(capsys: Captured, *answers: str, line: list[str] = LINE) -> str:
    options = [part for answer in answers for part in ("--answer", answer)]
    assert cli.main([*line, *options]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_wrong_part_is_explained_and_what_follows_from_it_is_right(capsys: Captured):
    found = marked(
        capsys,
        "a=0.0940; [0.0810, -0.0186]",
        "b=[-0.0363, -0.0542]; [[-0.0908, -0.0726], [-0.1355, -0.1084]]",
    )
    assert "not right. You reversed the difference." in found
    assert "(b) 2 of 2:* right, given your answer to (a)." in found
    assert found.endswith("3 of 4 points")


def test_points_may_be_given(capsys: Captured):
    found = marked(capsys, line=[*LINE, "--points", "10"])
    assert "no answer. The right answer:" in found
    assert found.endswith("0 of 10 points")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (["c=1"], "there is no part c; the item has parts a to b"),
        (["a=1; 2", "a=1; 2"], "there are two answers to part a"),
        (["1"], "expected the letter of a part and an answer, not '1'"),
        (["a=1"], "(a): expected 2 answers with semicolons between, not '1'"),
    ],
)
def test_bad_input_is_one_sentence(answers: list[str], message: str, capsys: Captured):
    options = [part for answer in answers for part in ("--answer", answer)]
    assert cli.main([*LINE, *options]) == 2
    (found,) = capsys.readouterr().err.splitlines()
    assert message in found


def test_an_answer_in_symbols_is_right_in_any_form_and_its_slip_is_told(capsys: Captured):
    line = ["mark", "symbolic_derivative", "--seed", "66", "--notation", "cmu-gormley"]
    found = marked(capsys, "a=-2(y* - y) tanh'(b) z_2", "b=2(y - y*)(1 - y^2) x_2", line=line)
    assert "(a) 2 of 2:* right." in found
    assert "not right." in found
    assert cli.main([*line, "--answer", "a=2(y - q)"]) == 2
    error = capsys.readouterr().err
    assert "there is no symbol 'q' (at character 7)" in error
    assert "there are x_1, x_2, alpha_11," in error
