"""Telling wrong answers from the right one, and from each other, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gen.problem import Value, Wrong
from solver.rounding import round_half_up

Values = tuple[Value, ...]
Look = tuple[float, ...]
"""Every entry of an answer rounded as it is printed, in order."""


def flat(values: Values) -> list[float]:
    """All entries of all values in one row."""
    return [x for value in values for x in np.ravel(value).tolist()]


def printed(values: Values, places: int) -> Look:
    """How an answer looks: two that look the same are the same option. Looks sort by size."""
    return tuple(round_half_up(flat(values), places).tolist())


def distinguishable(
    wrong: Sequence[Wrong], right: Values, tolerances: Sequence[float], places: int
) -> list[tuple[Look, Wrong]]:
    """Those of `wrong` that are finite and can be told from the right answer and each other.

    Two answers can be told from each other when some entry differs by more than twice the
    tolerance, so that rounding both could not bring them together. Of those that cannot, the first
    is kept. Each comes with its look.
    """
    rows = np.array([flat(right), *(flat(each.values) for each in wrong)])
    finite = np.isfinite(rows).all(axis=1)
    rows = np.where(finite[:, None], rows, 0.0)
    reach = flat(tuple(np.full(v.shape, 2 * t) for v, t in zip(right, tolerances, strict=True)))
    apart = (np.abs(rows[:, None] - rows) > reach).any(axis=2).tolist()
    looks = round_half_up(rows, places).tolist()
    kept, found = [0], []
    for number, (each, is_finite) in enumerate(zip(wrong, finite[1:].tolist(), strict=True), 1):
        if is_finite and all(apart[number][other] for other in kept):
            kept.append(number)
            found.append((tuple(looks[number]), each))
    return found
