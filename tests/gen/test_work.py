"""The work of an item: lines, expressions and statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen.claims import solved
from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.problem import Claim, Item, Key, Part, PartSolution, Problem, Solution, Written
from gen.work import minutes, work
from solver import term as t


def judged(*parts: Part) -> Item:
    solutions = tuple(solved(part, Draw("test")) for part in parts)
    problem = Problem(parts)
    key = Key("none", 1, 1)
    return Item(key, "easy", "true_false", None, problem, Solution(problem, solutions), "", 1)


def test_a_statement_counts_once_though_true_and_false_are_offered():
    assert work(judged(Part("true_false", claims=(Claim("one", True),)))) == 1


def test_statements_say_how_much_they_take():
    claims = (Claim("one", True, work=3), Claim("two", False, work=4))
    assert work(judged(Part("choose_all", claims=claims))) == 7


def test_an_expression_takes_each_of_its_operations():
    loaded = find("delta_shape")
    item = make(loaded, Key("delta_shape", loaded.family.version, 1), "easy", "choice")
    (part,) = item.solution.parts
    texts = [str(o.candidate.expression) for o in part.options]
    by_eye = sum(text.count(sign) for text in texts for sign in ("@", "*", " - ", ".T"))
    assert work(item) == by_eye


def test_a_shape_takes_its_two_sizes_and_an_answer_in_symbols_its_operations():
    expression = t.name("y") * (1 - t.name("y"))
    parts = tuple(PartSolution(written=Written((entry,))) for entry in ((3, 4), expression))
    item = judged(Part("true_false", claims=(Claim("one", True),)))
    assert work(replace(item, solution=Solution(item.problem, parts))) == 2 + 2


@pytest.mark.parametrize(("operations", "typical"), [(0, 1), (6, 2), (30, 6)])
def test_an_item_takes_a_minute_and_ten_seconds_for_each_operation(operations: int, typical: int):
    assert minutes(operations) == typical
