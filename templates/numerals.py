"""Numbers as they are printed: in full where they were rounded, else with the digits they have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

LONGEST = 10


def decimal(value: float, places: int | None = None) -> str:
    """`value` with exactly `places` decimals, or with as many as it has (at most ten).

    A minus sign is never printed before zero.
    """
    if places is not None:
        text = f"{value:.{places}f}"
    else:
        text = np.format_float_positional(value, precision=LONGEST, trim="-")
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def array(value: ArrayLike, places: int | None = None) -> str:
    r"""A number, or a matrix of numbers in brackets; one with a single entry is that number.

    A one-dimensional array is written as a tuple, `(1, 2)`.
    """
    numbers = np.asarray(value, dtype=float)
    if numbers.size == 1:
        return decimal(float(numbers.ravel()[0]), places)
    if numbers.ndim == 1:
        return tuple_of([decimal(float(x), places) for x in numbers])
    return matrix([[decimal(float(x), places) for x in row] for row in numbers])


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """A matrix of pieces of LaTeX, in square brackets."""
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def tuple_of(entries: Sequence[str]) -> str:
    """Pieces of LaTeX as a tuple, in parentheses that grow with them."""
    return r"\left(" + r",\; ".join(entries) + r"\right)"
