"""The points of an item, shared among its parts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from gen.problem import Part


def shares(points: int, parts: Sequence[Part]) -> tuple[Fraction, ...]:
    """What each part is worth: whole points in proportion to the parts' own, and none for nothing.

    The shares add up to `points`. Where there are more parts than points, half points are given, or
    whatever fraction of a point it takes.
    """
    weights = [part.points for part in parts]
    unit = Fraction(1, ceil(Fraction(len(parts), points)))
    given = [1] * len(parts)
    for _ in range(int(points / unit) - len(parts)):
        missing = [
            Fraction(w, sum(weights)) * points / unit - n
            for w, n in zip(weights, given, strict=True)
        ]
        given[missing.index(max(missing))] += 1
    return tuple(count * unit for count in given)


def in_words(points: Fraction | int) -> str:
    """As in "2 points", "1 point" and "1.5 points"."""
    return f"{as_number(points)} point{'' if points == 1 else 's'}"


def as_number(points: Fraction | int) -> str:
    """In decimals where those are short, otherwise as a fraction."""
    exact = Fraction(points)
    return f"{float(exact):g}" if exact.denominator in (1, 2, 4, 5) else str(exact)
