"""Statements to be judged: how they are offered, and how a wrong verdict is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen import claims
from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Claim, Part, PartSolution, Problem, Solution
from gen.solving import solve
from gen.verification import Mismatch


def even(*numbers: int) -> tuple[Claim, ...]:
    return tuple(Claim("even", number % 2 == 0, {"number": number}) for number in numbers)


def last_digit(claim: Claim) -> bool:
    return str(claim.facts["number"])[-1] in "02468"


def solved(form: str, *numbers: int) -> Solution:
    part = Part(form, claims=even(*numbers))  # type: ignore[arg-type]
    return solve(Problem((part,)), Draw("test", *numbers))


@pytest.mark.parametrize("number", [6, 7])
def test_one_statement_is_offered_as_true_and_as_false_in_this_order(number: int):
    (part,) = solved("true_false", number).parts
    assert [option.says for option in part.options] == [True, False]
    assert [option.right for option in part.options] == [number == 6, number == 7]


def test_statements_to_be_ticked_are_right_where_they_are_true_and_come_in_any_order():
    orders = {
        tuple(o.claim.facts["number"] for o in claims.solved(part, Draw("order", seed)).options)
        for seed in range(60)
        for part in (Part("choose_all", claims=even(1, 2, 4)),)
    }
    assert len(orders) == 6
    (part,) = solved("choose_all", 1, 2, 4).parts
    assert {o.claim.facts["number"] for o in part.options if o.right} == {2, 4}


@pytest.mark.parametrize(
    ("form", "numbers"),
    [("choice", (1, 3)), ("choice", (2, 4, 5)), ("choose_all", (1, 3)), ("choose_all", (2, 4))],
)
def test_a_list_without_the_right_number_of_true_statements_is_rejected(
    form: str, numbers: tuple[int, ...]
):
    with pytest.raises(Rejected, match="statements"):
        solved(form, *numbers)


@pytest.mark.parametrize(
    ("form", "numbers"), [("true_false", (7,)), ("choice", (2, 5)), ("choose_all", (1, 2, 4))]
)
def test_every_option_is_compared_with_an_independent_truth(form: str, numbers: tuple[int, ...]):
    solution = solved(form, *numbers)
    found = claims.check(solution, last_digit, "last digit")
    assert (found.oracle, found.numbers) == ("last digit", len(solution.parts[0].options))
    for place in range(found.numbers):
        options = list(solution.parts[0].options)
        options[place] = replace(options[place], right=not options[place].right)
        spoiled = replace(solution, parts=(PartSolution(options=tuple(options)),))
        with pytest.raises(Mismatch, match="statement even"):
            claims.check(spoiled, last_digit, "last digit")
