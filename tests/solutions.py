"""Items of a family, and what their solutions say, for the tests of families."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.problem import Item, Key, Problem, Solution
from gen.solving import solve

Solve = Callable[[Problem, Draw], Solution]


def item_of(name: str, form: str = "numeric") -> Callable[..., Item]:
    """A function that makes one item of a family: of a seed, a difficulty and a form."""
    usual = form

    def item(seed: int, difficulty: str = "medium", form: str = usual, **settings: Any) -> Item:
        family = find(name)
        return make(family, Key(name, family.family.version, seed), difficulty, form, **settings)

    return item


def items_of(name: str, seeds: int) -> Callable[..., tuple[Item, ...]]:
    """A function that makes the items of all seeds below a number, once for each setting."""
    item = item_of(name)

    @cache
    def items(difficulty: str, form: str, arithmetic: str = "decimal") -> tuple[Item, ...]:
        return tuple(item(seed, difficulty, form, arithmetic=arithmetic) for seed in range(seeds))

    return items


def solution_of(problem: Problem, solve: Solve = solve) -> Solution:
    """A problem as it is solved, by its family's own function if that has one."""
    return solve(problem, Draw("options"))


def answers_of(solution: Solution) -> dict[str, Any]:
    """The exact values of everything that is asked for in numbers, by node."""
    pairs = zip(solution.problem.parts, solution.parts, strict=True)
    return {
        ask.node: value.tolist()
        for part, made in pairs
        if made.answer is not None
        for ask, value in zip(part.asks, made.answer.values, strict=True)
    }


def numbers_of(solution: Solution) -> list[Any]:
    """The exact values of everything that is asked for in numbers, in order."""
    answers = [made.answer for made in solution.parts if made.answer is not None]
    return [value.tolist() for answer in answers for value in answer.values]


def wrong_of(solution: Solution, part: int = -1) -> dict[str, list[Any]]:
    """What each slip makes of everything that a part asks for."""
    answer = solution.parts[part].answer
    assert answer is not None
    return {each.slip: [value.tolist() for value in each.values] for each in answer.wrong}
