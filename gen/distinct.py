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
    rows = np.array([flat(each.values) for each in wrong]).reshape(len(wrong), -1)
    reach = flat(tuple(np.full(v.shape, 2 * t) for v, t in zip(right, tolerances, strict=True)))
    finite = np.isfinite(rows).all(axis=1)
    looks = round_half_up(np.where(finite[:, None], rows, 0.0), places)
    kept = np.array([flat(right)])
    found = []
    for each, row, seen, is_finite in zip(wrong, rows, looks.tolist(), finite, strict=True):
        if is_finite and (np.abs(kept - row) > reach).any(axis=1).all():
            kept = np.vstack([kept, row])
            found.append((tuple(seen), each))
    return found
