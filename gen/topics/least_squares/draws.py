"""Data whose least-squares solution is in short numbers, by construction.

The targets are the chosen solution's own, moved at right angles to the columns, which leaves the
solution where it is. With a penalty they are those of other weights besides, so much larger that
the penalty shrinks them to the chosen ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.topics.least_squares.graphs import Fit
from gen.vocabulary import Difficulty

Numbers = tuple[float, ...]
Rows = tuple[Numbers, ...]

SETTINGS: Mapping[Difficulty, tuple[Fit, ...]] = {
    "easy": (Fit(3, 1), Fit(3, 1), Fit(4, 1)),
    "medium": (Fit(3, 2, bias=True), Fit(4, 2, bias=True), Fit(3, 2)),
    "hard": (
        Fit(4, 2),
        Fit(3, 2, penalised=True),
        Fit(3, 2, penalised=True),
        Fit(2, 2, penalised=True),
    ),
}
"""Examples and weights; a loss may be halved besides."""
SOLUTION = (0.5, 1.0, 1.5, 2.0, 2.5)
POINT = (0.5, 1.0, 1.5, 2.0, 3.0)
PENALTIES = (0.5, 1.0, 2.0, 4.0, 5.0)
ENTRIES = (1, 2, 3, 4)
REDRAWS, TARGETS_TRIED = 200, 30
LARGEST_DENOMINATOR = 6
LARGEST_TARGET, LARGEST_WEIGHT, LARGEST_RESIDUAL = 12.0, 5.0, 3.0


@dataclass(frozen=True, slots=True)
class Data:
    """Rows of the matrix, targets, the weights at which the gradient is asked for, the penalty."""

    rows: tuple[tuple[Number, ...], ...]
    targets: tuple[Number, ...]
    point: tuple[Number, ...]
    penalty: Number = 0.0


def draw_data(draw: Draw, fit: Fit, short: bool) -> Data:
    """Decimals, at most one of them behind the point; the solution is `short` or as it comes.

    Raises Rejected where none are found.
    """
    if not short:
        return _first(lambda: _by_lot(draw, fit, 2))
    return _first(lambda: _penalised(draw, fit) if fit.penalised else _plain(draw, fit, 2))


def draw_exact(draw: Draw, fit: Fit, short: bool) -> Data:
    """Whole numbers, which lead to short fractions if it has to be `short`.

    Raises Rejected where none are found.
    """
    if short and not fit.penalised:
        data = _first(lambda: _plain(draw, fit, 1))
    else:
        data = _first(lambda: _by_lot(draw, fit, 1, LARGEST_DENOMINATOR if short else 0))
    return Data(
        tuple(tuple(map(_exact, row)) for row in data.rows),
        tuple(map(_exact, data.targets)),
        tuple(map(_exact, data.point)),
        _exact(float(data.penalty)),
    )


def _exact(number: Number) -> Number:
    return fraction(round(2 * float(number)), 2)


def _first(make: Callable[[], Data | None]) -> Data:
    for _ in range(REDRAWS):
        data = make()
        if data is not None:
            return data
    raise Rejected("the numbers of the solution are not short")


def _rows(draw: Draw, fit: Fit) -> Rows:
    """Small whole numbers, no two rows alike; with a bias, a 1 and different inputs."""
    count = fit.examples
    if fit.bias:
        return tuple((1.0, float(x)) for x in sorted(draw.sample(range(-3, 6), count)))
    columns = [[draw.sign() * x for x in draw.sample(ENTRIES, count)] for _ in range(fit.weights)]
    return tuple(tuple(map(float, row)) for row in zip(*columns, strict=True))


def _gram(rows: Rows) -> list[list[float]]:
    columns = list(zip(*rows, strict=True))
    return [[_product(a, b) for b in columns] for a in columns]


def _product(a: Numbers, b: Numbers) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _solvable(gram: list[list[float]]) -> bool:
    """Whether the equations are worth solving: neither singular nor one weight at a time."""
    if len(gram) == 1:
        return True
    (a, b), (_, d) = gram
    return b != 0 and a * d - b * b > 0


def _across(draw: Draw, rows: Rows) -> Numbers:
    """Whole numbers at right angles to all columns: what the columns leave of numbers by lot."""
    gram, lot = _gram(rows), tuple(float(draw.integer(-3, 3)) for _ in rows)
    sides = [_product(column, lot) for column in zip(*rows, strict=True)]
    if len(gram) == 1:
        size, shares = gram[0][0], sides
    else:
        (a, b), (_, d) = gram
        size, shares = a * d - b * b, [d * sides[0] - b * sides[1], a * sides[1] - b * sides[0]]
    left = [
        round(size * z - _product(row, tuple(shares))) for row, z in zip(rows, lot, strict=True)
    ]
    common = gcd(*left)
    return tuple(float(x // common) for x in left) if common else tuple(0.0 for _ in rows)


def _plain(draw: Draw, fit: Fit, steps: int) -> Data | None:
    """Targets in steps of 1, or of a half."""
    rows = _rows(draw, fit)
    weights = tuple(draw.sign() * w for w in draw.sample(SOLUTION, fit.weights))
    across = _across(draw, rows)
    size = draw.sign() * draw.choice((0.5, 1.0))
    residuals = tuple(size * x for x in across)
    if not _solvable(_gram(rows)) or not 0 < max(map(abs, residuals)) <= LARGEST_RESIDUAL:
        return None
    targets = tuple(_product(row, weights) + r for row, r in zip(rows, residuals, strict=True))
    if any((steps * target) % 1 for target in targets):
        return None
    return _checked(fit, Data(rows, targets, _point(draw, fit)), weights)


def _penalised(draw: Draw, fit: Fit) -> Data | None:
    rows, penalty = _rows(draw, fit), draw.choice(PENALTIES)
    gram = _gram(rows)
    if not _solvable(gram):
        return None
    shares = tuple(draw.sign() * k / 10 for k in draw.sample((1, 2, 3), fit.weights))
    weights = tuple(round(_product(tuple(row), shares), 6) for row in gram)
    behind = tuple(w + penalty * share for w, share in zip(weights, shares, strict=True))
    targets = tuple(round(_product(row, behind), 6) for row in rows)
    return _checked(fit, Data(rows, targets, _point(draw, fit), penalty), weights)


def _by_lot(draw: Draw, fit: Fit, steps: int, largest: int = 0) -> Data | None:
    """Targets in steps of 1, or of a half, by lot; fractions of at most that denominator."""
    rows, penalty = _rows(draw, fit), float(draw.integer(1, 4)) if fit.penalised else 0.0
    gram = _gram(rows)
    if not _solvable(gram):
        return None
    for _ in range(TARGETS_TRIED if largest else 1):
        targets = tuple(draw.sign() * draw.integer(1, 6 * steps) / steps for _ in rows)
        weights = _solved(gram, rows, targets, penalty)
        if not largest or all(w.denominator <= largest for w in weights):
            found = Data(rows, targets, _point(draw, fit), penalty)
            return _checked(fit, found, tuple(map(float, weights)))
    return None


def _solved(
    gram: list[list[float]], rows: Rows, targets: Numbers, penalty: float
) -> tuple[Fraction, ...]:
    sides = [_product(column, targets) for column in zip(*rows, strict=True)]
    if len(gram) == 1:
        tops, size = [sides[0]], gram[0][0] + penalty
    else:
        (a, b), (_, d) = gram
        a, d = a + penalty, d + penalty
        tops, size = [d * sides[0] - b * sides[1], a * sides[1] - b * sides[0]], a * d - b * b
    return tuple(Fraction(round(2 * top), round(2 * size)) for top in tops)


def _point(draw: Draw, fit: Fit) -> tuple[float, ...]:
    return tuple(draw.sign() * u for u in draw.sample(POINT, fit.weights))


def _checked(fit: Fit, data: Data, weights: Numbers) -> Data | None:
    """The data, unless a number in the solution is 0, or too large, or two could be exchanged."""
    targets: Numbers = tuple(float(y) for y in data.targets)
    rows: Rows = tuple(tuple(map(float, row)) for row in data.rows)
    gram = _gram(rows)
    sides = [_product(column, targets) for column in zip(*rows, strict=True)]
    slopes = [
        sum(a * float(u) for a, u in zip(row, data.point, strict=True))
        + float(data.penalty) * float(u)
        - c
        for row, c, u in zip(gram, sides, data.point, strict=True)
    ]
    sizes = [abs(w) for w in weights]
    small = max(sizes) <= LARGEST_WEIGHT and max(map(abs, targets)) <= LARGEST_TARGET
    nowhere_zero = all(abs(x) > 1e-9 for x in (*weights, *sides, *slopes))
    apart = all(abs(a - b) > 1e-9 for a, b in pairwise(sizes))
    return data if small and nowhere_zero and apart and any(targets) else None
