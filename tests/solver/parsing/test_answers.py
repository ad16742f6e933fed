"""Answers in symbols: what is written by hand is read, and nothing else."""

from __future__ import annotations

import re

import pytest

from solver.errors import InputError
from solver.parsing.answers import LONGEST, answer
from solver.parsing.tokens import Lexicon

NAMES = ("y", "b", "z_1", "x_2", "beta_1")
SYMBOLS = Lexicon(tuple((re.compile(re.escape(each) + r"(?!\w)"), "name", each) for each in NAMES))


def read(text: str, **functions: str) -> str:
    return str(answer(text, SYMBOLS, NAMES, functions))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y(1 - y) z_1", "((y * (1 - y)) * z_1)"),
        ("beta_1 z_1 x_2", "((beta_1 * z_1) * x_2)"),
        ("2 x_2 (y - 1)", "((2 * x_2) * (y - 1))"),
        ("(y)(b)", "(y * b)"),
        ("-y z_1", "(-y * z_1)"),
        ("sigma'(b)", "(sigmoid(b) * (1 - sigmoid(b)))"),
        ("tanh'(b)", "(1 - (tanh(b) ** 2))"),
        (r"\sigma(b)", "sigmoid(b)"),
        (r"\tanh'(b)", "(1 - (tanh(b) ** 2))"),
        (r"\frac{y}{b} z_1", "((y / b) * z_1)"),
        (r"\left(1 - y^{2}\right) \cdot x_2", "((1 - (y ** 2)) * x_2)"),
        (r"y \, b", "(y * b)"),
        ("1/(1 + e^-b)", "(1 / (1 + exp(-b)))"),
        ("y b / z_1", "((y * b) / z_1)"),
        ("pi y", "(pi * y)"),
        ("y^2 z_1", "((y ** 2) * z_1)"),
        ("y^-1 z_1", "((y ** -1) * z_1)"),
        ("2y^2(b)", "((2 * (y ** 2)) * b)"),
    ],
)
def test_what_is_written_by_hand_is_read(text: str, said: str) -> None:
    assert read(text) == said


def test_a_course_may_have_a_letter_for_its_activation() -> None:
    assert read("f'(b)", f="sigmoid") == read("sigma'(b)")
    with pytest.raises(InputError, match="no function 'f''"):
        read("f'(b)")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "there is no answer"),
        ("y z_9", r"no symbol 'z_9' \(at character 3\)"),
        ("y / b z_1", "not clear whether 'z_1' at character 7"),
        ("tanh b", "tanh at character 1 is a function"),
        ("tanh''(b)", "no function"),
        ("elu'(b)", "no function 'elu''"),
        ("LReLU'(b)", "no function 'LReLU''"),
        ("sigma(b, y)", "takes 1 argument, not 2"),
        ("softmax(b)", "no function 'softmax'"),
        ("y @ b", "means nothing|expected an operation"),
        ("y[1]", "expected an operation"),
        ("y.T", "expected an operation"),
        ("(y", "ends too early"),
        ("y = b", "expected an operation"),
        ("__import__('os')", "means nothing"),
        ("y.__class__", "means nothing|expected an operation"),
        ("lambda: y", "no symbol 'lambda'|means nothing"),
        ("(" * 60 + "y" + ")" * 60, "more than 50 deep.*write it more simply"),
        ("+".join(["y"] * 250), "more than 200 operations; write it more simply"),
        ("y" * (LONGEST + 1), f"at most {LONGEST}"),
    ],
)
def test_anything_else_gets_one_sentence(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        read(text)
    assert "\0" not in str(caught.value)


def test_the_names_behind_symbols_are_no_spellings_of_them() -> None:
    symbols = Lexicon(((re.compile(r"alpha"), "name", "w1"),))
    assert str(answer("alpha", symbols, ("w1",))) == "w1"
    with pytest.raises(InputError, match="no symbol 'w1'"):
        answer("w1", symbols, ("w1",))


def test_a_complaint_names_what_was_typed() -> None:
    symbols = Lexicon(((re.compile(r"alpha"), "name", "w1"),))
    with pytest.raises(InputError, match="'alpha' at character 9"):
        answer("1/alpha alpha", symbols, ("w1",))
