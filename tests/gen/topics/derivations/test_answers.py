"""Options of which length tells nothing, and a check that finds what is false."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from gen.draw import Draw
from gen.problem import Ask, Part, Problem, Solution
from gen.topics.derivations.answers import _length, check, solved
from gen.topics.derivations.nets import Net, graph
from gen.verification import Mismatch

NET = Net((2, 2, 1), ("sigmoid", "tanh"), "half_squared_error")
PART = Part("choice", (Ask("w1_1_2", "gradient"),), choices=5)


def solution(sign: int = 1) -> Solution:
    problem = Problem((PART,), graph(NET), sign=sign)  # type: ignore[arg-type]
    return Solution(problem, (solved(NET, PART, Draw("test")),))


def test_the_right_option_is_the_longest_no_more_often_than_by_chance() -> None:
    ranks: Counter[int] = Counter()
    for seed in range(200):
        made = solved(NET, PART, Draw(seed))
        assert sum(option.right for option in made.options) == 1
        assert len({option.entries for option in made.options}) == 5
        (right,) = (option for option in made.options if option.right)
        shorter = sum(_length(o.entries[0]) < _length(right.entries[0]) for o in made.options)
        ranks[shorter] += 1
    assert ranks[4] < 60
    assert ranks[0] > 20


def test_a_box_has_the_wrong_answers_that_are_told() -> None:
    made = solved(NET, replace(PART, form="symbolic"), Draw("test"))
    assert made.written is not None
    assert len(made.written.wrong) == 5
    assert made.options == ()


@pytest.mark.parametrize("full", [False, True])
def test_right_answers_pass(full: bool) -> None:
    found = check(NET, solution(), full)
    assert [each.numbers for each in found] == [6] * (1 + full)


@pytest.mark.parametrize("full", [False, True])
def test_wrong_answers_and_options_are_found(full: bool) -> None:
    right = solution()
    (part,) = right.parts
    assert part.written is not None
    (entry,) = part.written.entries
    flipped = tuple(replace(option, right=not option.right) for option in part.options)
    for false in (
        replace(part, written=replace(part.written, entries=(entry * (1 + 1e-6),))),
        replace(part, options=flipped),
    ):
        with pytest.raises(Mismatch):
            check(NET, replace(right, parts=(false,)), full)
    with pytest.raises(Mismatch, match="in the key"):
        check(NET, solution(sign=-1), full)
