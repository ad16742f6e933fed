"""Softmax right and wrong; expected values are worked out with plain Python or published."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from gen.topics.softmax.graphs import (
    MISUSES,
    misread_scores,
    misused_scores,
    probabilities,
)
from solver.passes import forward
from solver.softmax import graph as softmax
from solver.steps import lines

# The reference scores of the list of misconceptions, with what each slip makes of them.
Z = np.array([2.0, 0.5, -1.0])
RIGHT = (0.7856, 0.1753, 0.0391)
PUBLISHED = {
    "scores_normalised": (1.3333, 0.3333, -0.6667),
    "independent_sigmoids": (0.8808, 0.6225, 0.2689),
}


def values(variants):
    return {v.slip: forward(v.graph, v.givens)["p"] for v in variants}


def test_the_right_probabilities():
    assert probabilities(Z) == pytest.approx(RIGHT, abs=5e-5)
    assert forward(softmax(3), {"z": Z})["p"] == pytest.approx(RIGHT, abs=5e-5)


def test_shifting_by_the_largest_score_changes_no_probability():
    givens = {"z": Z + 1000, "m": np.array(1002.0)}
    assert forward(softmax(3, shifted=True), givens)["p"] == pytest.approx(RIGHT, abs=5e-5)


def test_a_temperature_divides():
    # T = 2, from the list of misconceptions.
    made = forward(softmax(3, tempered=True), {"z": Z, "T": np.array(2.0)})
    assert made["p"] == pytest.approx((0.5898, 0.2786, 0.1316), abs=5e-5)


def test_worked_lines_are_those_of_a_student():
    shown = [line.node for line in lines(softmax(4, shifted=True, tempered=True))]
    assert shown == ["u", "v", "a", "S", "p"]


@pytest.mark.parametrize("slip", PUBLISHED)
def test_published_values_of_slips_come_out(slip: str):
    assert values(misused_scores(Z))[slip] == pytest.approx(PUBLISHED[slip], abs=5e-5)


def test_every_misuse_is_what_its_name_says():
    powers = [exp(z) for z in Z]
    total = sum(powers)
    expected = {
        "exponentials_not_divided": powers,
        "sum_over_others": [a / (total - a) for a in powers],
        "exponential_after_normalising": [exp(z / 1.5) for z in Z],
        "scores_normalised_by_size": [2 / 3.5, 0.5 / 3.5, 1 / 3.5],
        "scores_squared": [4 / 5.25, 0.25 / 5.25, 1 / 5.25],
        "first_exponential_not_summed": [a / (total - powers[0]) for a in powers],
        "last_exponential_not_summed": [a / (total - powers[2]) for a in powers],
        "divided_by_count": [a / 3 for a in powers],
    }
    made = values(misused_scores(Z))
    assert set(made) == {*expected, *PUBLISHED}
    for slip, numbers in expected.items():
        assert made[slip] == pytest.approx(numbers), slip


def test_scores_are_not_divided_by_a_sum_that_is_nearly_zero():
    left_out = set(MISUSES) - set(values(misused_scores(np.array([1.0, -1.1, 0.2]))))
    assert left_out == {"scores_normalised", "exponential_after_normalising"}


def test_misread_scores_give_other_distributions():
    made = values(misread_scores(Z))
    expected = {
        "exponential_base_two": [2.0**z for z in Z],
        "exponential_base_ten": [10.0**z for z in Z],
        "scores_negated": [exp(-z) for z in Z],
        "minus_in_exponent_lost": [exp(abs(z)) for z in Z],
        "largest_takes_all": [1.0, 0.0, 0.0],
    }
    assert set(made) == set(expected)
    for slip, shares in expected.items():
        assert made[slip] == pytest.approx([share / sum(shares) for share in shares]), slip


def test_no_minus_sign_is_lost_where_there_is_none():
    assert "minus_in_exponent_lost" not in values(misread_scores(np.array([0.5, 2.0])))
