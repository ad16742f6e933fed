"""Telling wrong answers from the right one, and from each other, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gen.problem import Value, Wrong
from solver.rounding import round_half_up

Values = tuple[Value, ...]


def flat(values: Values) -> Value:
    """All entries of all values in one row."""
    return np.concatenate([np.ravel(value) for value in values])


def printed(values: Values, places: int) -> tuple[float, ...]:
    """Every entry rounded as it is printed, in order: what makes two answers look the same."""
    return tuple(round_half_up(flat(values), places).tolist())


def distinguishable(
    wrong: Sequence[Wrong], right: Values, tolerances: Sequence[float], places: int
) -> tuple[Wrong, ...]:
    """Those of `wrong` that are finite and cannot be taken for the right answer; the first of each.

    An answer can be told from the right one when some entry is further off than twice the
    tolerance, so that rounding both could not bring them together.
    """
    if not wrong:
        return ()
    rows = np.array([flat(each.values) for each in wrong])
    reach = flat(tuple(np.full(v.shape, 2 * t) for v, t in zip(right, tolerances, strict=True)))
    usable = np.isfinite(rows).all(axis=1) & (np.abs(rows - flat(right)) > reach).any(axis=1)
    looks = round_half_up(np.where(usable[:, None], rows, 0.0), places)
    seen: dict[bytes, Wrong] = {}
    for each, look, is_usable in zip(wrong, looks, usable, strict=True):
        if is_usable:
            seen.setdefault(look.tobytes(), each)
    return tuple(seen.values())
