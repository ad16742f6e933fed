"""Options, and a check that finds what is false."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen.draw import Draw
from gen.problem import Ask, Part, Problem, Solution
from gen.topics.derivations.answers import check, solved
from gen.topics.derivations.nets import Net, graph
from gen.verification import Mismatch

NET = Net((2, 2, 1), ("sigmoid", "tanh"), "half_squared_error")
PART = Part("choice", (Ask("w1_1_2", "gradient"),), choices=5)


def solution(sign: int = 1) -> Solution:
    problem = Problem((PART,), graph(NET), sign=sign)  # type: ignore[arg-type]
    return Solution(problem, (solved(NET, PART, Draw("test")),))


def test_a_choice_has_one_right_option_and_no_two_that_are_one() -> None:
    for seed in range(50):
        made = solved(NET, PART, Draw(seed))
        assert sum(option.right for option in made.options) == 1
        assert len({option.entries for option in made.options}) == 5


def test_the_derivative_by_a_hidden_output_is_checked_from_there_on() -> None:
    part = Part("symbolic", (Ask("o1_2", "gradient"),))
    made = solved(NET, part, Draw("test"))
    right = Solution(Problem((part,), graph(NET)), (made,))
    assert [each.numbers for each in check(NET, right, True)] == [1, 1]
    other = solved(NET, Part("symbolic", (Ask("o1_1", "gradient"),)), Draw("test"))
    with pytest.raises(Mismatch):
        check(NET, replace(right, parts=(other,)), True)


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
