"""Grades as the page gives them, by a key that is written by hand.

Part (a) asks for u = w x and o = u + 1 of w = (1, 2, 4), x = 3; part (b) for L, twice the sum of o.
Right are u = (3, 6, 12), o = (4, 7, 13) and L = 48.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.judging import Judge

U, O, L = [3.0, 6.0, 12.0], [4.0, 7.0, 13.0], [48.0]  # noqa: E741 - as in the graph
WITHIN = 0.01


def quantity(part: int, leaf: str, right: list[float], *lines: int) -> dict[str, Any]:
    return {
        "part": part,
        "leaf": leaf,
        "entries": list(range(len(right))),
        "right": right,
        "tolerance": [WITHIN] * len(right),
        "lines": list(lines),
        "after": lines[-1],
        "sign": 1,
        "turned": None,
    }


KEY: dict[str, Any] = {
    "parts": [
        {
            "kind": "numbers",
            "asks": [
                {"shape": [3], "values": U, "tolerance": WITHIN},
                {"shape": [3], "values": O, "tolerance": WITHIN},
            ],
            "wrong": [{"slips": ["added", "forgot"], "values": [[4, 5, 7], O]}],
        },
        {
            "kind": "numbers",
            "asks": [{"shape": [], "values": L, "tolerance": WITHIN}],
            "wrong": [{"slips": ["halved"], "values": [[12.0]]}],
        },
    ],
    "program": {
        "places": 3,
        "output": "d L",
        "inputs": {
            "w": {"shape": [3], "values": [1.0, 2.0, 4.0]},
            "x": {"shape": [], "values": [3.0]},
        },
        "lines": [
            ["u", ["multiply", "w", "x"]],
            ["o", ["add", "u", 1.0]],
            ["L", ["multiply", 2.0, ["sum", "o", None, False]]],
        ],
        "quantities": [
            quantity(0, "u", U, 0), quantity(0, "o", O, 0, 1), quantity(1, "L", L, 0, 1, 2),
        ],
    },
}  # fmt: skip


def verdicts(judge: Judge, *texts: str | None, key: Any = KEY) -> list[str]:
    return [each["verdict"] for each in judge.grade(key, *texts)]


def test_right_numbers_are_right_within_their_tolerance(judge: Judge):
    assert verdicts(judge, "[3, 6, 12.009]; [[4], [7], [13]]", "47.991") == ["right", "right"]
    assert verdicts(judge, "[3, 6, 12]; [4, 7, 13]", "48.02") == ["right", "wrong"]


def test_parts_without_an_answer_are_missing(judge: Judge):
    assert verdicts(judge, None, "48") == ["missing", "right"]
    assert verdicts(judge, "[3, 6, 12]; [4, 7, 13]") == ["right", "missing"]


def test_of_several_quantities_some_may_be_right(judge: Judge):
    (grade, _) = judge.grade(KEY, "[3, 6, 12]; [4, 7, 9.5]", None)
    assert grade == {
        "verdict": "partly",
        "slips": [],
        "given": [],
        "cells": [[True] * 3, [True, True, False]],
        "message": "",
    }


def test_an_answer_that_cannot_be_read_says_why_and_leaves_the_others_as_they_are(judge: Judge):
    first, second = judge.grade(KEY, "[3, 6]; [4, 7, 13]", "48")
    assert first["verdict"] == "unreadable"
    assert first["message"] == "expected an array of shape 3, not '[3, 6]'"
    assert second["verdict"] == "right"


def test_a_known_wrong_answer_names_its_slips(judge: Judge):
    first, second = judge.grade(KEY, "[4, 5, 7]; [4, 7, 13]", "12")
    assert (first["verdict"], first["slips"]) == ("slip", ["added", "forgot"])
    assert (second["verdict"], second["slips"]) == ("slip", ["halved"])


def test_a_later_answer_may_follow_from_an_earlier_wrong_one(judge: Judge):
    first, second = judge.grade(KEY, "[3, 6, 12]; [4, 7, 10]", "42")
    assert first["verdict"] == "partly"
    assert (second["verdict"], second["given"], second["cells"]) == ("follows", [0], [[True]])


def test_a_quantity_may_follow_from_another_one_of_the_same_part(judge: Judge):
    first, second = judge.grade(KEY, "[3, 6, 10]; [4, 7, 11]", "44")
    assert first["verdict"] == "partly"
    assert first["cells"] == [[True, True, False], [True, True, True]]
    assert (second["verdict"], second["given"]) == ("follows", [0])


def test_entries_that_follow_are_marked_where_others_do_not(judge: Judge):
    (first, _) = judge.grade(KEY, "[3, 5, 10]; [4, 6, 99]", None)
    assert first["cells"] == [[True, False, False], [True, True, False]]


def test_nothing_follows_from_an_answer_that_is_right_or_that_there_is_not(judge: Judge):
    assert verdicts(judge, "[3, 6, 12]; [4, 7, 13]", "42") == ["right", "wrong"]
    assert verdicts(judge, None, "42") == ["missing", "wrong"]


def test_a_0_that_is_wrong_makes_it_too_easy(judge: Judge):
    key = copy.deepcopy(KEY)
    key["program"]["lines"][2][1] = ["multiply", 2.0, ["sum", ["multiply", "o", "o"], None, False]]
    key["program"]["quantities"][2]["right"] = key["parts"][1]["asks"][0]["values"] = [468.0]
    assert verdicts(judge, "[3, 6, 12]; [4, 7, 10]", "330", key=key) == ["partly", "follows"]
    assert verdicts(judge, "[3, 6, 12]; [4, 7, 0]", "130", key=key) == ["partly", "wrong"]


def summed(weights: list[float]) -> dict[str, Any]:
    """A key that asks for v, which is all 1, and for L, which is v times the weights, summed."""
    count, total = len(weights), sum(weights)
    ones = [1.0] * count
    return {
        "parts": [
            {"kind": "numbers", "wrong": [],
             "asks": [{"shape": [count], "values": ones, "tolerance": WITHIN}]},
            {"kind": "numbers", "wrong": [],
             "asks": [{"shape": [], "values": [total], "tolerance": WITHIN}]},
        ],
        "program": {
            "places": 3,
            "output": "d L",
            "inputs": {"x": {"shape": [count], "values": ones}},
            "lines": [
                ["v", ["multiply", 1.0, "x"]],
                *([f"w{n}", ["multiply", weight, ["entry", "v", [n]]]]
                  for n, weight in enumerate(weights)),
                ["L", _sum([f"w{n}" for n in range(count)])],
            ],
            "quantities": [
                quantity(0, "v", ones, 0), quantity(1, "L", [total], *range(count + 2)),
            ],
        },
    }  # fmt: skip


def _sum(leaves: list[str]) -> Any:
    return leaves[0] if len(leaves) == 1 else ["add", _sum(leaves[:-1]), leaves[-1]]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2345.505", "follows"),
        ("2344.495", "follows"),
        ("2345.525", "wrong"),
        ("2344.475", "wrong"),
    ],
)
def test_half_a_last_decimal_of_an_earlier_number_may_move_what_follows(
    judge: Judge, text: str, verdict: str
):
    # Of three decimals, half of the last one is 0.0005, and a thousand times that is 0.5.
    assert verdicts(judge, "[2.345]", text, key=summed([1000.0])) == ["wrong", verdict]


def test_of_many_earlier_numbers_all_are_moved_at_once(judge: Judge):
    weights = [1000.0 * (-1) ** n for n in range(17)]
    wrong = "[" + ", ".join(["2.345"] * 17) + "]"
    # They cancel but for one.
    for text, verdict in (("2345.505", "follows"), ("2345.525", "wrong")):
        assert verdicts(judge, wrong, text, key=summed(weights)) == ["wrong", verdict]
    few = "[" + ", ".join(["2.345"] * 15) + "]"
    assert verdicts(judge, few, "2352.3", key=summed(weights[:15])) == ["wrong", "follows"]


def test_a_course_s_sign_and_layout_are_taken_off_before_anything_follows(judge: Judge):
    key: dict[str, Any] = {
        "parts": [
            {"kind": "numbers", "asks": [{"shape": [2, 3], "values": [-1, -3, -5, -2, -4, -6],
             "tolerance": WITHIN}], "wrong": []},
            {"kind": "numbers", "asks": [{"shape": [2, 3], "values": [2, 6, 10, 4, 8, 12],
             "tolerance": WITHIN}], "wrong": []},
        ],
        "program": {
            "places": 3,
            "output": "d L",
            "inputs": {"x": {"shape": [3, 2], "values": [1, 2, 3, 4, 5, 6]}},
            "lines": [["d W", ["multiply", 1.0, "x"]], ["d V", ["multiply", -2.0, "d W"]]],
            "quantities": [
                {**quantity(0, "d W", [1, 2, 3, 4, 5, 6], 0), "sign": -1, "turned": [2, 3]},
                {**quantity(1, "d V", [-2, -4, -6, -8, -10, -12], 0, 1), "sign": -1,
                 "turned": [2, 3]},
            ],
        },
    }  # fmt: skip
    right = ["[[-1, -3, -5], [-2, -4, -6]]", "[[2, 6, 10], [4, 8, 12]]"]
    assert verdicts(judge, *right, key=key) == ["right", "right"]
    wrong = "[[-1, -3, -5], [-2, -4, -9]]"
    assert verdicts(judge, wrong, "[[2, 6, 10], [4, 8, 18]]", key=key) == ["wrong", "follows"]
    grades = judge.grade(key, "[[-1, -3, -7], [-2, -4, -9]]", "[[2, 0, 14], [4, 8, 18]]")
    assert grades[1]["cells"] == [[True, False, True, True, True, True]]
    assert verdicts(judge, wrong, "[[2, 6, 10], [18, 8, 12]]", key=key) == ["wrong", "wrong"]


@pytest.mark.parametrize(
    ("text", "verdict", "slips"),
    [
        ("A, C", "right", []),
        ("A", "partly", []),
        ("A, B", "slip", ["mixed"]),
        ("A, D", "wrong", []),
        ("A, C, B", "slip", ["mixed"]),
        ("E", "unreadable", []),
    ],
)
def test_every_right_tick_earns_and_every_wrong_one_takes_it_back(
    judge: Judge, text: str, verdict: str, slips: list[str]
):
    part = {"kind": "choose_all", "right": [0, 2], "slips": ["", "mixed", "", ""]}
    (found,) = judge.grade({"parts": [part]}, text)
    assert (found["verdict"], found["slips"]) == (verdict, slips)


def test_a_statement_that_is_called_what_it_is_is_right_but_for_its_reason(judge: Judge):
    key = {"parts": [{"kind": "true_false", "truth": False}]}
    assert verdicts(judge, "f", key=key) == ["partly"]
    assert verdicts(judge, "true", key=key) == ["wrong"]


def test_shapes_are_compared_size_by_size(judge: Judge):
    part = {
        "kind": "shapes",
        "shapes": [["3", "4"], ["h2", "1"]],
        "wrong": [{"slip": "turned", "shapes": [["4", "3"], ["1", "h2"]]}],
    }
    key = {"parts": [part]}
    assert verdicts(judge, "(3, 4); h_2x1", key=key) == ["right"]
    assert verdicts(judge, "3x4; 2x1", key=key) == ["partly"]
    assert verdicts(judge, "4x4; 2x1", key=key) == ["wrong"]
    (found,) = judge.grade(key, "4 x 3; 1 x h_2")
    assert (found["verdict"], found["slips"]) == ("slip", ["turned"])
