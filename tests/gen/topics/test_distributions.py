"""Scores and probabilities are drawn with few digits, apart, and right by construction."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from gen.draw import Draw
from gen.topics.distributions import draw_distribution, draw_predictions, draw_scores

SEEDS = range(300)


def exactly(numbers):
    """The numbers as the decimals that print them."""
    return [Decimal(repr(number)) for number in numbers]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_scores_have_one_decimal_lie_apart_and_are_never_zero(count: int):
    for seed in SEEDS:
        scores = exactly(draw_scores(Draw(seed), count))
        assert len(scores) == count
        assert all(score and score * 10 == int(score * 10) for score in scores)
        # A gap may run over the 0 that is left out, and so be wider than its places say.
        assert min(b - a for a, b in pairwise(sorted(scores))) >= Decimal("0.3")
        assert max(scores) - min(scores) <= Decimal("3.5")
        assert -2 <= min(scores) <= max(scores) <= 3


def test_scores_can_be_kept_close_together():
    for seed in SEEDS:
        scores = draw_scores(Draw(seed), 3, spread=9, gap=2)
        assert max(scores) - min(scores) < 0.95


def test_scores_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="cannot draw"):
        draw_scores(Draw(1), 5, spread=9, gap=3)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_a_distribution_sums_to_exactly_one_in_hundredths(count: int):
    for seed in SEEDS:
        chances = exactly(draw_distribution(Draw(seed), count))
        assert sum(chances) == 1
        assert all(chance * 100 == int(chance * 100) for chance in chances)
        assert min(chances) >= Decimal("0.04")
        assert all(abs(a - b) >= Decimal("0.02") for a, b in combinations(chances, 2))


def test_every_place_can_hold_the_largest():
    for places in range(3):
        largest = [draw_distribution(Draw(seed), 3) for seed in SEEDS]
        assert any(chances.index(max(chances)) == places for chances in largest)


def test_predictions_are_not_one_another_s_complements():
    for seed in SEEDS:
        predictions = exactly(draw_predictions(Draw(seed), 4))
        assert all(a not in (b, 1 - b) for a, b in combinations(predictions, 2))
        assert all(Decimal("0.05") < p < Decimal("0.95") for p in predictions)
        assert Decimal("0.5") not in predictions
