"""Chances against exact distributions and against simulated dice."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from mpmath import gammainc

from gen.audit.chances import evenness, surplus, upper_tail
from gen.draw import Draw


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 8, 20, 60])
@pytest.mark.parametrize("share", [0.2, 0.7, 1.0, 1.5, 2.5])
def test_the_tail_is_that_of_chi_square(freedom: int, share: float):
    exact = float(gammainc(freedom / 2, freedom * share / 2, regularized=True))
    assert upper_tail(freedom * share, freedom) == pytest.approx(exact, abs=0.01)


def test_a_fair_die_is_rarely_called_uneven_and_a_loaded_one_is():
    fair = [rolled(trial, 6) for trial in range(300)]
    assert sum(evenness(counts) < 0.05 for counts in fair) / len(fair) < 0.09
    assert evenness(Counter({(6, place): 100 + 60 * (place == 3) for place in range(6)})) < 1e-4


def rolled(trial: int, sides: int) -> Counter[tuple[int, int]]:
    draw = Draw("die", trial)
    return Counter((sides, draw.integer(0, sides - 1)) for _ in range(300))


def test_lists_of_several_lengths_are_judged_together():
    even = Counter({(2, 0): 50, (2, 1): 50, (4, 0): 25, (4, 1): 25, (4, 2): 25, (4, 3): 25})
    assert evenness(even) > 0.95
    assert evenness(even + Counter({(2, 0): 60})) < 0.01


def test_nothing_counted_is_no_number():
    assert math.isnan(evenness(Counter()))


def test_a_guess_that_always_hits_is_a_surplus_that_chance_does_not_make():
    share, chance = surplus([(True, 0.25)] * 40)
    assert share == pytest.approx(0.75)
    assert chance < 1e-9


def test_a_guess_as_good_as_chance_has_no_surplus():
    share, chance = surplus([(True, 0.25), (False, 0.25), (False, 0.25), (False, 0.25)] * 10)
    assert share == pytest.approx(0)
    assert chance == pytest.approx(0.5)


def test_no_tries_are_no_surplus():
    assert surplus([]) == (0.0, 1.0)
