"""Drawing an affine map, what follows it, and a change small enough to be predicted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from gen.draw import Draw
from gen.exact_numbers import fraction
from gen.family import Rejected
from gen.topics.sensitivity.graphs import ROUNDED, Setting

Numbers = tuple[tuple[str, Any], ...]
"""What is given, by name: numbers, vectors, and matrices as their rows."""

WHOLE = tuple(map(Fraction, range(1, 10)))
HALVES = tuple(Fraction(n, 2) for n in range(1, 10))
TENTHS = tuple(Fraction(n, 10) for n in range(2, 13))
SMALL = tuple(Fraction(n, 10) for n in (1, 2, 3, 4))
FOR_ROUNDED = tuple(Fraction(n, 10) for n in (1, 2))
EXACT = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 5))


def draw_linear(draw: Draw, setting: Setting, exact: bool) -> Numbers:
    """Start, map and the changes of two entries, of which at least one falls half of the time."""
    a, matrix = (
        _vector(draw, WHOLE[:5], setting.columns),
        _matrix(draw, setting, WHOLE if exact else HALVES),
    )
    shift = _vector(draw, WHOLE[:5], setting.rows)
    sizes = draw.sample(EXACT if exact else SMALL, 2)
    changes = (sizes[0], draw.sign() * sizes[1])
    given = {"a": a, "M": matrix, "v": shift, "e": changes[0], "f": changes[1]}
    return _numbers(given, exact)


def draw_bent(draw: Draw, setting: Setting, exact: bool) -> Numbers:
    """Start, map, the function's factors, and the change of one entry."""
    rounded = setting.step in ROUNDED
    largest = 3 if exact else 4
    matrix = _matrix(draw, setting, HALVES[:6] if rounded else WHOLE[:largest])
    a = _vector(draw, WHOLE[:4], setting.columns)
    # The shift leads to where the function bends, or to small whole numbers.
    b = _vector(draw, TENTHS if rounded else WHOLE[:largest], setting.rows)
    shift = tuple(
        x - sum(m * y for m, y in zip(row, a, strict=True))
        for x, row in zip(b, matrix, strict=True)
    )
    size = draw.sign() * draw.choice(EXACT if exact else FOR_ROUNDED if rounded else SMALL[:2])
    [j] = setting.changed
    moved = (*a[:j], a[j] + size, *a[j + 1 :])
    given: dict[str, Any] = {"a": a, "M": matrix, "v": shift, "an": moved, "e": size}
    if setting.step != "product":
        given["u"] = _vector(draw, WHOLE[:largest], setting.rows)
    return _numbers(given, exact)


def _vector(draw: Draw, sizes: Sequence[Fraction], count: int) -> tuple[Fraction, ...]:
    return tuple(draw.sign() * size for size in draw.sample(sizes, count))


def _matrix(
    draw: Draw, setting: Setting, sizes: Sequence[Fraction]
) -> tuple[tuple[Fraction, ...], ...]:
    """A matrix whose entries differ in size, if there are enough sizes.

    Raises Rejected where two rows are alike.
    """
    rows, columns = setting.rows, setting.columns
    if len(sizes) >= rows * columns:
        entries = list(_vector(draw, sizes, rows * columns))
    else:
        entries = [draw.sign() * draw.choice(sizes) for _ in range(rows * columns)]
    made = tuple(tuple(entries[n : n + columns]) for n in range(0, rows * columns, columns))
    if len(set(made)) < rows:
        raise Rejected("two rows of the matrix are alike")
    return made


def _numbers(given: dict[str, Any], exact: bool) -> Numbers:
    return tuple((name, _made(value, exact)) for name, value in given.items())


def _made(value: Any, exact: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_made(entry, exact) for entry in value)
    return fraction(value.numerator, value.denominator) if exact else float(value)
