"""Telling wrong answers from the right one, and from each other, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gen.problem import Value, Wrong
from solver.rounding import each_half_up

FAR = 20.0
"""A wrong answer so many times as large as the right one, and as 1, is not believable."""

Values = tuple[Value, ...]
Look = tuple[float, ...]
"""Every entry of an answer rounded as it is printed, in order."""


def flat(values: Values) -> list[float]:
    """All entries of all values in one row, exact numbers as floats."""
    return [x for value in values for x in np.asarray(value, dtype=float).ravel().tolist()]


def printed(values: Values, places: int) -> Look:
    """How an answer looks: two that look the same are the same option. Looks sort by size."""
    return tuple(each_half_up(flat(values), places))


def distinguishable(
    wrong: Sequence[Wrong], right: Values, tolerances: Sequence[float], places: int
) -> list[tuple[Look, Wrong]]:
    """Those of `wrong` that are believable and can be told from the right answer and each other.

    Not believable is what is not finite, is printed as 0 throughout, or is very much larger than
    the right answer: nobody would put it down, or take it for an option.

    Two answers can be told from each other when some entry differs by more than twice the
    tolerance, so that rounding both could not bring them together. Of those that cannot, the first
    is kept. Each comes with its look.
    """
    numbers = flat(right)
    largest = FAR * max(1.0, *map(abs, numbers))
    reach = flat(tuple(np.full(v.shape, 2 * t) for v, t in zip(right, tolerances, strict=True)))
    taken, found = [numbers], []
    for each in wrong:
        row = flat(each.values)
        if not all(abs(x) <= largest for x in row):
            continue
        # Most pairs differ in their first entry.
        similar = [other for other in taken if abs(row[0] - other[0]) <= reach[0]]
        if any(_is_near(row, other, reach) for other in similar):
            continue
        look = tuple(each_half_up(row, places))
        if any(look):
            taken.append(row)
            found.append((look, each))
    return found


def _is_near(a: Sequence[float], b: Sequence[float], reach: Sequence[float]) -> bool:
    return all(abs(x - y) <= most for x, y, most in zip(a, b, reach, strict=True))
