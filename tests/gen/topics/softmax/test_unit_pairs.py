"""Pairs of units: they differ everywhere, and their scores are moderate."""

from __future__ import annotations

from contextlib import suppress
from math import log

import numpy as np

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.softmax import unit_pairs


def several(draw_one, *more):
    found = []
    for seed in range(40):
        with suppress(Rejected):
            found.append(draw_one(Draw("units", seed), *more))
    assert len(found) > 30
    return [[[float(number) for number in row] for row in rows] for rows in found]


def test_units_differ_in_every_weight_and_in_their_scores():
    for x, own, other in several(unit_pairs.draw_units, 2):
        differences = np.array(own) - np.array(other)
        assert np.abs(differences).min() > 0.19
        assert 0.19 < abs(differences[:2] @ np.array(x) + differences[2]) < 2.61


def test_exact_units_have_a_rational_probability():
    for x, own, other in several(unit_pairs.draw_exact_units):
        score = (np.array(own) - np.array(other)) @ np.array([*x, 1])
        base = min((2, 3), key=lambda b: abs(score / log(b) - round(score / log(b))))
        power = round(score / log(base))
        assert abs(score - power * log(base)) < 1e-9
        assert 1 <= abs(power) <= 5


def test_the_level_is_reached_at_a_moderate_input():
    for draw_one in (unit_pairs.draw_level, unit_pairs.draw_exact_level):
        for (level,), (w, b), (v, a) in several(draw_one):
            assert 0 < level < 1
            assert level != 0.5
            assert abs(w - v) > 0.19
            x = (log(level / (1 - level)) - (b - a)) / (w - v)
            assert abs(x) < 15


def test_an_exact_chance_is_a_small_fraction():
    seen = {unit_pairs.draw_exact_chance(Draw("chance", seed)) for seed in range(60)}
    assert len(seen) > 15
    assert all(0 < float(chance) < 1 and float(chance) != 0.5 for chance in seen)
