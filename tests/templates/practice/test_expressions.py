"""Answers in symbols on the page: what is typed, what it is worth, and what it is compared with."""

from __future__ import annotations

import math
import time
from itertools import product
from typing import Any

import pytest

from tests.judging import Judge

NAMES = ["y", "b", "z_1", "x_2", "beta_1"]
LANGUAGE = {
    "spellings": [[rf"{name}(?![\p{{L}}0-9_])", name] for name in NAMES],
    "shown": NAMES,
    "nodes": NAMES,
    "points": [[0.5 + 0.25 * n + 0.125 * k for n in range(12)] for k in range(len(NAMES))],
}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("y(1 - y) z_1", ["multiply", ["multiply", "y", ["subtract", 1, "y"]], "z_1"]),
        ("2 x_2 (y - 1)", ["multiply", ["multiply", 2, "x_2"], ["subtract", "y", 1]]),
        ("-y z_1", ["multiply", ["negative", "y"], "z_1"]),
        ("-2 + +3", ["add", -2, 3]),
        ("tanh'(b)", ["subtract", 1, ["power", ["tanh", "b"], 2]]),
        (r"\frac{y}{b} z_1", ["multiply", ["divide", "y", "b"], "z_1"]),
        (r"\left(1 - y^{2}\right) \cdot b", ["multiply", ["subtract", 1, ["power", "y", 2]], "b"]),
        ("1/(1 + e^-b)", ["divide", 1, ["add", 1, ["exp", ["negative", "b"]]]]),
        ("y^2 z_1", ["multiply", ["power", "y", 2], "z_1"]),
        ("y^-1 z_1", ["multiply", ["power", "y", -1], "z_1"]),
        ("y² · b⁻¹", ["multiply", ["power", "y", 2], ["power", "b", -1]]),
        ("a^b = y", "y"),
        ("# nothing\n y", "y"),
        ("y^b^2", ["power", "y", ["power", "b", 2]]),
        ("max(y, 2)", ["maximum", "y", 2]),
    ],
)  # fmt: skip
def test_what_is_written_by_hand_is_read(judge: Judge, text: str, term: Any):
    assert judge.call("expressions.read", text, LANGUAGE) == term


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "there is no answer"),
        ("y z_9", "there is no symbol 'z_9' (at character 3) in this question; there are y, b, z_1,"
         " x_2, beta_1, with a space or * between factors"),
        ("y / b z_1", "it is not clear whether 'z_1' at character 7 is divided by or multiplied;"
         " write parentheses, such as a / (b c) or (a / b) c"),
        ("tanh b", "tanh at character 1 is a function; write tanh(...) with parentheses"),
        ("tanh''(b)", "there is no function 'tanh''' (at character 1) in this question"),
        ("elu'(b)", "there is no function 'elu'' (at character 1) in this question"),
        ("sigma(b, y)", "sigma at character 1 takes 1 argument, not 2"),
        ("y[1]", "expected an operation or the end at character 2, not '['"),
        ("(y", "the expression ends too early: expected ')'"),
        ("y b 2", "expected an operation at character 5, not '2'; write b*2 for the product"),
        ("2 / 3y", "/ at character 3 could apply to 3 or to a product; write 3*... or parentheses"),
        ("y ? b", "'?' at character 3 means nothing in an expression"),
        ("\\", r"'\\' at character 1 means nothing in an expression"),
        ("\0", r"'\x00' at character 1 means nothing in an expression"),
        ("y\u200b", r"'\u200b' at character 2 means nothing in an expression"),
        ("y '", '"\'" at character 3 means nothing in an expression'),
        ("\U000e0001", r"'\U000e0001' at character 1 means nothing in an expression"),
        ("😀", "'😀' at character 1 means nothing in an expression"),
        ("(" * 60 + "y" + ")" * 60, "the expression nests more than 50 deep at character 52; write"
         " it more simply"),
        ("+".join(["y"] * 250), "one expression has more than 200 operations; write it more"
         " simply"),
        ("y" * 1001, "the answer has 1001 characters; give at most 1000"),
        ("1" * 41, "the number at character 1 has 41 characters; give at most 40"),
        ("y.constructor", "expected an operation or the end at character 2, not '.'"),
        ("constructor(y)", "there is no function 'constructor' (at character 1) in this question"),
        ("__proto__", "'_' at character 1 means nothing in an expression"),
    ],
)  # fmt: skip
def test_anything_else_gets_one_sentence(judge: Judge, text: str, complaint: str):
    assert judge.call("expressions.read", text, LANGUAGE) == complaint


FUNCTIONS = {
    "exp(x)": math.exp,
    "ln(x)": math.log,
    "log(x)": math.log,
    "log2(x)": math.log2,
    "log10(x)": math.log10,
    "sqrt(x)": math.sqrt,
    "square(x)": lambda x: x * x,
    "sin(x)": math.sin,
    "cos(x)": math.cos,
    "tan(x)": math.tan,
    "sinh(x)": math.sinh,
    "cosh(x)": math.cosh,
    "tanh(x)": math.tanh,
    "abs(-x)": abs,
    "max(x, 1)": lambda x: max(x, 1),
    "min(x, 1)": lambda x: min(x, 1),
    "relu(x - 1)": lambda x: max(x - 1, 0),
    "softplus(x)": lambda x: math.log(1 + math.exp(x)),
    "sigma(x)": lambda x: 1 / (1 + math.exp(-x)),
    "logistic(x)": lambda x: 1 / (1 + math.exp(-x)),
    "sigmoid'(x)": lambda x: math.exp(-x) / (1 + math.exp(-x)) ** 2,
    "tanh'(x)": lambda x: 1 / math.cosh(x) ** 2,
    "exp'(x)": math.exp,
    "ln'(x)": lambda x: 1 / x,
    "sqrt'(x)": lambda x: 0.5 / math.sqrt(x),
    "sin'(x)": math.cos,
    "cos'(x)": lambda x: -math.sin(x),
    "relu'(x - 1)": lambda x: float(x > 1),
    "softplus'(x)": lambda x: 1 / (1 + math.exp(-x)),
    "e^x + pi - π": math.exp,
    "x^3/x": lambda x: x * x,
}


@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions_are_worth_what_they_say(judge: Judge, text: str):
    points = [0.25 + 0.2 * n for n in range(12)]
    language = {
        "spellings": [[r"x(?!\p{L})", "x"]],
        "shown": ["x"],
        "nodes": ["x"],
        "points": [points],
    }
    part = {"right": [[FUNCTIONS[text](x) for x in points]], "wrong": []}
    (found,) = judge.call("expressions.expressions", text, part, language)
    assert found == {"verdict": "right", "slip": ""}
    (found,) = judge.call("expressions.expressions", f"1.00001*({text})+1e-9", part, language)
    assert found["verdict"] == "wrong"


def values(function: Any) -> list[float | None]:
    """A function of y and b at the points, None where it has no value there."""
    found: list[float | None] = []
    for y, b in zip(*LANGUAGE["points"][:2], strict=True):  # type: ignore[misc]
        try:
            found.append(function(y, b))
        except (ValueError, ZeroDivisionError):
            found.append(None)
    return found


def test_the_first_wrong_expression_that_agrees_explains_an_answer(judge: Judge):
    part = {
        "right": [values(lambda y, b: y * (1 - y)), values(lambda y, b: b)],
        "wrong": [
            {"slip": "sign", "values": [values(lambda y, b: y * (y - 1)), values(lambda y, b: -b)]},
            {"slip": "square", "values": [values(lambda y, b: y**2), values(lambda y, b: b**2)]},
        ],
    }
    found = [
        [each["verdict"], each["slip"]]
        for text in ("y - y^2; b", "y y; -b", "y; 2 b")
        for each in judge.call("expressions.expressions", text, part, LANGUAGE)
    ]
    assert found == [
        ["right", ""],
        ["right", ""],
        ["slip", "square"],
        ["slip", "sign"],
        ["wrong", ""],
        ["wrong", ""],
    ]


def test_points_without_a_value_are_passed_over_but_most_must_have_one(judge: Judge):
    part = {"right": [values(lambda y, b: math.log(y - 0.6))], "wrong": []}
    judged = "expressions.expressions"
    assert judge.call(judged, "ln(y - 0.6)", part, LANGUAGE)[0]["verdict"] == "right"
    assert (
        judge.call(judged, "ln(y - 0.6) + 0 ln(y - 0.8)", part, LANGUAGE)[0]["verdict"] == "right"
    )
    assert judge.call(judged, "ln(y - 9)", part, LANGUAGE) == (
        "'ln(y - 9)' has no value at most points where it is needed"
    )
    assert "has no value" in judge.call(judged, "y/(y - y)", part, LANGUAGE)


@pytest.mark.parametrize(
    "text",
    ["y^" * 400 + "2", "(" * 900, "- " * 450, "y" * 900, "\\frac" * 190, "1e" * 400, "^{" * 400],
)
def test_nothing_that_is_typed_takes_long(judge: Judge, text: str):
    start = time.perf_counter()
    assert isinstance(judge.call("expressions.read", text, LANGUAGE), str)
    assert time.perf_counter() - start < 2


PIECES = ["y", "(", ")", "+", "-", "^", "2", " ", "'", "\\frac", "{", ".5", "e", "²", "\n"]


def test_any_pieces_are_read_or_answered_with_one_sentence(judge: Judge):
    texts = ["".join(each) for each in product(PIECES, repeat=3)]
    for text, found in zip(
        texts, judge.calls("expressions.read", [[t, LANGUAGE] for t in texts]), strict=True
    ):
        if isinstance(found, str) and found not in NAMES:
            assert "\n" not in found or "\n" in text
