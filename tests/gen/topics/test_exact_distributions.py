"""Scores and probabilities for a softmax that needs no calculator."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import exp

import pytest

from gen.draw import Draw
from gen.topics.exact_distributions import (
    draw_chances,
    draw_fractions,
    draw_log_scores,
    draw_odds_scores,
)

SEEDS = range(200)


def draw(seed: int) -> Draw:
    return Draw("test", seed)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_exponentials_of_scores_are_different_small_fractions(count: int):
    for seed in SEEDS:
        powers = [exp(float(score)) for score in draw_log_scores(draw(seed), count)]
        nearest = [Fraction(power).limit_denominator(3) for power in powers]
        assert all(abs(p - q) < 1e-12 for p, q in zip(powers, nearest, strict=True))
        assert len(set(nearest)) == count


@pytest.mark.parametrize("count", [3, 4])
def test_probabilities_are_different_fractions_that_sum_to_one(count: int):
    for seed in SEEDS:
        chances = [Fraction(str(chance)) for chance in draw_fractions(draw(seed), count)]
        assert sum(chances) == 1
        assert min(chances) > 0
        assert len(set(chances)) == count
        assert all(chance.denominator <= 20 for chance in chances)


def test_no_prediction_is_a_half_or_the_complement_of_another():
    for seed in SEEDS:
        chances = [Fraction(str(chance)) for chance in draw_chances(draw(seed), 4)]
        assert Fraction(1, 2) not in chances
        for one, other in combinations(chances, 2):
            assert one not in (other, 1 - other)


def test_no_score_for_one_output_is_zero_or_minus_another():
    for seed in SEEDS:
        scores = [float(score) for score in draw_odds_scores(draw(seed), 4)]
        sizes = sorted(map(abs, scores))
        assert sizes[0] > 0.1
        assert all(b - a > 1e-6 for a, b in combinations(sizes, 2))
