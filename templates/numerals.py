"""Numbers as they are printed: in full where they were rounded, else with the digits they have.

Exact numbers are printed as they are written by hand (`templates.exact`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from solver.exact import Exact
    from templates.exact import Numeral

LONGEST = 10
SMALLEST, LARGEST = 1e-5, 1e10
"""Beyond these sizes, a number is printed as a multiple of a power of ten."""


def decimal(value: float, places: int | None = None) -> str:
    """`value` with exactly `places` decimals, or with as many as it has (at most ten).

    A minus sign is never printed before zero.
    """
    if places is not None:
        text = f"{value:.{places}f}"
    else:
        text = np.format_float_positional(value, precision=LONGEST, trim="-")
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def is_exact(value: Any) -> bool:
    """Whether a number is a `solver.exact.Exact`, rather than a machine number."""
    return hasattr(value, "record")


def numeral(value: Exact, *style: Any) -> Numeral:
    """An exact number as `templates.exact` writes it, with how tightly it holds together."""
    # Imported only here, as most pages do without.
    from templates import exact

    return exact.numeral(value, *style)


def exact(value: Exact, slashed: bool = False, log: str = r"\ln") -> str:
    """An exact number; its fractions with a bar or with a slash, the logarithm by its name."""
    return numeral(value, slashed, log).text


def number(value: Any, places: int | None = None, slashed: bool = False, log: str = r"\ln") -> str:
    """A number of any kind as a line prints it.

    A decimal that has no digit but 0 among its `places` is a multiple of a power of ten, with as
    many significant digits; so is one that would be very long.
    """
    if is_exact(value):
        return exact(value, slashed, log)
    size = abs(float(value))
    smallest = SMALLEST if places is None else 0.5 * 10.0**-places
    if size == 0 or smallest <= size < LARGEST:
        return decimal(float(value), places)
    return _scientific(float(value), None if size >= LARGEST else places)


def _scientific(value: float, digits: int | None) -> str:
    """A number as a multiple of a power of ten, with so many digits or those that it has."""
    precision = LONGEST if digits is None else max(digits, 1)
    factor, _, exponent = f"{value:.{precision - 1}e}".partition("e")
    if digits is None and "." in factor:
        factor = factor.rstrip("0").rstrip(".")
    power = f"10^{{{int(exponent)}}}"
    sign = "-" if value < 0 else ""
    return sign + power if factor in ("1", "-1") else rf"{factor} \times {power}"


def array(value: Any, places: int | None = None, log: str = r"\ln") -> str:
    r"""A number, or a matrix of numbers in brackets; one with a single entry is that number.

    A one-dimensional array is written as a tuple, `(1, 2)`. The numbers are all decimals with the
    same `places`, or all exact; in a matrix, fractions have a slash, as they would touch.
    """
    entries = np.asarray(value)
    slashed = entries.ndim > 1 and entries.size > 1
    texts = [number(x, places, slashed, log) for x in entries.ravel()]
    return in_shape(texts, entries.shape)


def in_shape(texts: Sequence[str], shape: tuple[int, ...]) -> str:
    """Pieces of LaTeX as what they are the entries of: itself, a tuple or a matrix."""
    if len(texts) == 1:
        return texts[0]
    if len(shape) == 1:
        return tuple_of(texts)
    return matrix([texts[at : at + shape[1]] for at in range(0, len(texts), shape[1])])


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """A matrix of pieces of LaTeX, in square brackets."""
    lines = [" & ".join(row) for row in rows]
    # Behind the end of a row, a bracket would be taken for the white that is to follow.
    body = r" \\ ".join("{}" * line.startswith("[") + line for line in lines)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def tuple_of(entries: Sequence[str]) -> str:
    """Pieces of LaTeX as a tuple, in parentheses that grow with them."""
    return r"\left(" + r",\; ".join(entries) + r"\right)"
