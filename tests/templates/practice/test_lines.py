"""Lines evaluated with a student's numbers put in, on a graph small enough to do by hand.

It is u = w x, o = sigmoid(u), loss = (o - t)^2, with x = 2, w = 0.5, t = 1.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.judging import Judge

PROGRAM = {
    "output": "d loss",
    "arrays": {
        "x": {"shape": [], "data": [2.0]},
        "w": {"shape": [], "data": [0.5]},
        "t": {"shape": [], "data": [1.0]},
    },
    "lines": [
        ["u", ["multiply", "w", "x"]],
        ["o", ["sigmoid", "u"]],
        ["loss", ["power", ["subtract", "o", "t"], 2]],
        ["l o", ["multiply", "o", ["subtract", 1, "o"]]],
        ["d o", ["multiply", 2, ["subtract", "o", "t"]]],
        ["d u", ["multiply", "d o", "l o"]],
        ["d w", ["multiply", "d u", "x"]],
    ],
}


def quantity(leaf: str, *lines: int) -> dict[str, Any]:
    return {"leaf": leaf, "entries": [0], "lines": list(lines)}


def follow(judge: Judge, wanted: dict[str, Any], put: dict[str, float], *more: Any) -> float:
    code = """([program, wanted, put, more]) => Judge.lines.follow(
        program, wanted, new Map(Object.entries(put).map(([leaf, x]) => [leaf, [[0, x]]])), ...more)
    """
    return float(judge.page.evaluate(code, [PROGRAM, wanted, put, list(more)])[0])


def test_without_other_numbers_the_lines_give_the_right_answer(judge: Judge):
    o = 1 / (1 + math.exp(-1.0))
    assert follow(judge, quantity("o", 0, 1), {}) == pytest.approx(o)
    gradient = quantity("d w", 0, 1, 3, 4, 5, 6)
    assert follow(judge, gradient, {}) == pytest.approx(2 * (o - 1) * o * (1 - o) * 2)


def test_a_number_that_is_put_in_is_used_by_all_lines_behind_it(judge: Judge):
    gradient = quantity("d w", 0, 1, 3, 4, 5, 6)
    assert follow(judge, gradient, {"o": 0.25}) == pytest.approx(2 * (0.25 - 1) * 0.25 * 0.75 * 2)
    assert follow(judge, gradient, {"d o": 3.0, "o": 0.5}) == pytest.approx(3.0 * 0.25 * 2)


def test_givens_may_be_changed_and_lines_rounded_halves_to_even(judge: Judge):
    assert follow(judge, quantity("u", 0), {}, {"w": {"shape": [], "data": [0.0625]}}, 2) == 0.12
    assert follow(judge, quantity("u", 0), {}, {"w": {"shape": [], "data": [0.1875]}}, 2) == 0.38


EVALUATED = """([formula, values, definitions]) => Judge.lines.evaluated(
    formula, new Map(Object.entries(values)), new Map(Object.entries(definitions))).data[0]"""


@pytest.mark.parametrize(
    ("formula", "values", "definitions", "result"),
    [
        (["log", "o"], {"o": 0.0, "s": -800.0}, {"o": ["sigmoid", "s"]}, -800.0),
        (
            ["log", ["subtract", 1, "o"]],
            {"o": 1.0, "s": 800.0},
            {"o": ["sigmoid", "s"]},
            -800.0,
        ),
        (
            ["multiply", "t", ["log", "o"]],
            {"o": 0.0, "t": 0.0},
            {"o": ["tanh", "s"]},
            0.0,
        ),
        (
            ["divide", ["subtract", "o", "t"], ["multiply", "o", ["subtract", 1, "o"]]],
            {"o": 1.0, "t": 1.0},
            {"o": ["sigmoid", "s"]},
            -1.0,
        ),
    ],
)
def test_a_logarithm_of_a_printed_0_is_found_from_what_it_was_computed_from(
    judge: Judge, formula: Any, values: dict[str, float], definitions: Any, result: float
):
    arrays = {name: {"shape": [], "data": [x]} for name, x in values.items()}
    assert judge.page.evaluate(EVALUATED, [formula, arrays, definitions]) == result


def test_what_was_computed_is_not_taken_for_0_because_it_is_printed_so(judge: Judge):
    arrays = {name: {"shape": [], "data": [0.0]} for name in ("p", "o")}
    formula, definitions = ["multiply", "p", ["log", "o"]], {"p": ["tanh", "s"]}
    assert math.isnan(judge.page.evaluate(EVALUATED, [formula, arrays, definitions]))


def test_the_logarithm_of_a_softmax_is_found_from_its_scores(judge: Judge):
    arrays = {"o": {"shape": [2], "data": [0.0, 1.0]}, "s": {"shape": [2], "data": [0.0, 900.0]}}
    formula = ["negative", ["entry", ["log", "o"], [0]]]
    definitions = {"o": ["softmax", "s", None]}
    assert judge.page.evaluate(EVALUATED, [formula, arrays, definitions]) == 900.0


def test_a_tolerance_is_rounded_up_to_one_digit(judge: Judge):
    said = [[1e-4], [1.0001e-4], [0.00123], [0.0095], [0.0091], [3.0]]
    assert judge.calls("follow.oneDigit", said) == [1e-4, 2e-4, 0.002, 0.01, 0.01, 3.0]


def test_a_whole_number_is_right_where_rounding_to_it_changes_little(judge: Judge):
    agrees = "follow.agrees"
    assert judge.call(agrees, [12.0], [12.4], [0.001]) == [True]
    assert judge.call(agrees, [12.0], [12.5005], [0.001]) == [True]
    assert judge.call(agrees, [12.0], [12.6], [0.001]) == [False]
    assert judge.call(agrees, [12.5], [12.9], [0.001]) == [False]
    assert judge.call(agrees, [3.0], [3.4], [0.001]) == [False]
    assert judge.call(agrees, [3.1], [3.4], [0.001]) == [False]
    assert judge.call(agrees, [0.001], [0.0], [0.002]) == [True]
    assert judge.call(agrees, [0.0], [0.003], [0.002]) == [False]
