"""Drawing two units that are to be made one: their weights and biases differ everywhere."""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, logarithm
from gen.family import Rejected
from gen.topics.softmax.classifiers import INPUTS, WEIGHTS

Numbers = tuple[Number, ...]
Units = tuple[Numbers, Numbers, Numbers]
"""An input, or the probability that is wanted, and of both units the weights and then the bias."""

LEVELS = (0.1, 0.2, 0.25, 0.3, 0.4, 0.6, 0.7, 0.75, 0.8, 0.9)
EXACT_CHANCES = tuple(
    (a, n) for n in range(3, 13) for a in range(1, n) if gcd(a, n) == 1 and 2 * a != n
)
EXACT_WEIGHTS = (-4, -3, -2, -1, 1, 2, 3, 4, 5)
EXACT_INPUTS = (-3, -2, -1, 1, 2, 3)
TRIES = 20
LEAST_DIFFERENCE, LARGEST_SCORE, LARGEST_INPUT = 0.2, 2.6, 15.0
LARGEST_POWERS = {2: 5, 3: 3}
"""The probability is made of the base to at most this power."""

_NONE_FOUND = "a difference of weights or scores comes near 0"


def draw_units(draw: Draw, width: int) -> Units:
    """Units with so many inputs whose scores differ a little. Raises Rejected if none are found."""
    for _ in range(TRIES):
        x = tuple(draw.sign() * size for size in draw.sample(INPUTS, width))
        own, other = (_signed(draw, width + 1) for _ in range(2))
        differences = np.array(own) - np.array(other)
        score = abs(differences @ np.array([*x, 1.0]))
        felt = np.abs(differences).min() >= LEAST_DIFFERENCE
        if felt and LEAST_DIFFERENCE <= score <= LARGEST_SCORE:
            return x, own, other
    raise Rejected(_NONE_FOUND)


def draw_level(draw: Draw) -> Units:
    """Units of one input, and a probability that a moderate input gives. Raises Rejected."""
    for _ in range(TRIES):
        level, (w, b), (v, a) = draw.choice(LEVELS), _signed(draw, 2), _signed(draw, 2)
        if min(abs(w - v), abs(b - a)) < LEAST_DIFFERENCE:
            continue
        x = (np.log(level / (1 - level)) - (b - a)) / (w - v)
        if LEAST_DIFFERENCE <= abs(x) <= LARGEST_INPUT:
            return (level,), (w, b), (v, a)
    raise Rejected(_NONE_FOUND)


def _signed(draw: Draw, count: int) -> tuple[float, ...]:
    return tuple(draw.sign() * draw.choice(WEIGHTS) for _ in range(count))


def draw_exact_chance(draw: Draw) -> Number:
    """A probability over a denominator of at most 12, and not a half."""
    return fraction(*draw.choice(EXACT_CHANCES))


def draw_exact_units(draw: Draw) -> Units:
    """Units of two inputs over multiples of ln 2, or all of ln 3. Raises Rejected."""
    base = draw.choice((2, 2, 3))
    for _ in range(TRIES):
        x = draw.sample(EXACT_INPUTS, 2)
        own, other = (tuple(draw.integer(-2, 3) for _ in range(3)) for _ in range(2))
        differences: Any = np.array(own) - np.array(other)
        score = abs(int(differences @ np.array([*x, 1])))
        if np.all(differences != 0) and 1 <= score <= LARGEST_POWERS[base]:
            return tuple(map(fraction, x)), _multiples(own, base), _multiples(other, base)
    raise Rejected(_NONE_FOUND)


def _multiples(factors: tuple[int, ...], base: int) -> Numbers:
    return tuple(fraction(n) * logarithm(base) for n in factors)


def draw_exact_level(draw: Draw) -> Units:
    """Units of one input over whole numbers, and a probability. Raises Rejected."""
    for _ in range(TRIES):
        own, other = (draw.sample(EXACT_WEIGHTS, 2) for _ in range(2))
        # A slope of 1 would be divided by for nothing.
        if abs(own[0] - other[0]) > 1 and own[1] != other[1]:
            chance = draw_exact_chance(draw)
            return (chance,), tuple(map(fraction, own)), tuple(map(fraction, other))
    raise Rejected(_NONE_FOUND)
