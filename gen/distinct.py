"""Telling wrong answers from the right one, and from each other, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gen.problem import Value, Wrong
from solver.rounding import round_half_up

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
    return tuple(round_half_up(flat(values), places).tolist())


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
    rows = np.array([flat(right), *(flat(each.values) for each in wrong)])
    small = (np.abs(rows) <= FAR * max(1.0, *np.abs(rows[0]))).all(axis=1)
    rows = np.where(small[:, None], rows, 0.0)
    reach = flat(tuple(np.full(v.shape, 2 * t) for v, t in zip(right, tolerances, strict=True)))
    near = (np.abs(rows[:, None] - rows) <= reach).all(axis=2)
    looks = round_half_up(rows, places).tolist()
    believable = [any(look) for look in looks[1:]]
    taken, found = near[0], []
    for number, (each, fits) in enumerate(zip(wrong, believable, strict=True), 1):
        if fits and not taken[number]:
            taken = taken | near[number]
            found.append((tuple(looks[number]), each))
    return found
