"""Differences of which nothing but binary rounding is left: 0.3 - 0.4 + 0.1 is 0, not -2.8e-17."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.term import Term

_SHIFT = 1e-13
"""The share by which numbers are moved: far more than rounding, far less than their digits."""


def cancelled(
    formula: Term,
    values: Mapping[Term, Any],
    raw: NDArray[np.float64],
    smallest: float,
) -> NDArray[np.float64]:
    """`raw`, the value of `formula`, with 0 for what is left of terms that cancel.

    Only what is smaller than `smallest` is looked at. There, a number is 0 if it changes beyond
    recognition when the numbers that go into it are moved by a tiny share of themselves: a small
    product does not, a difference of equal numbers does.
    """
    if not any(0.0 < abs(number) < smallest for number in raw.ravel().tolist()):
        return raw
    tiny = (raw != 0) & (np.abs(raw) < smallest)
    leaves = dict.fromkeys(t.leaves(formula))
    moved = {leaf: _moved(values[leaf], start) for start, leaf in enumerate(leaves)}
    with np.errstate(all="ignore"):
        other = np.asarray(t.evaluate(formula, moved), dtype=float)
    lost = tiny & ~(np.abs(other - raw) < 0.1 * np.abs(raw))
    return np.asarray(np.where(lost, 0.0, raw))


def _moved(value: Any, start: int) -> NDArray[np.float64]:
    """An array with each entry moved by a share of its own."""
    array = np.asarray(value, dtype=float)
    shares = np.cos(start + np.arange(1.0, array.size + 1.0)).reshape(array.shape)
    return np.asarray(array * (1.0 + _SHIFT * shares))
