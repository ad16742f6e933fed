"""Examples and weights for logistic regression by hand: no score is near 0, none saturates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import exp, lcm, log

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, logarithm
from gen.family import Rejected
from gen.topics.logistic.graphs import Model
from gen.vocabulary import Difficulty

SETTINGS: Mapping[Difficulty, tuple[Model, ...]] = {
    "easy": (Model(1, 2), Model(1, 2, bias=True), Model(2, 1)),
    "medium": (Model(2, 2), Model(2, 2, bias=True), Model(3, 1, newton=True)),
    "hard": (
        Model(3, 2),
        Model(3, 2, bias=True),
        Model(2, 2, newton=True),
        Model(2, 2, bias=True, newton=True),
    ),
}
EXACT_SETTINGS: Mapping[Difficulty, tuple[Model, ...]] = {
    "easy": SETTINGS["easy"],
    "medium": (Model(2, 2), Model(2, 2, bias=True)),
    "hard": (Model(3, 2),),
}
"""Those in which all fractions can have short numbers."""
Numbers = tuple[float, ...]
INPUTS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
WHOLE = (-2.0, -1.0, 1.0, 2.0)
WEIGHTS = tuple(n / 10 for n in range(2, 15))
BASES = (2, 3, 5)
REDRAWS = 200
SMALLEST_SCORE, LARGEST_SCORE, APART = 0.15, 2.4, 0.1
SMALLEST, SMALLEST_DETERMINANT, LARGEST_WEIGHT, LARGEST_DENOMINATOR = 0.02, 0.1, 6.0, 999


@dataclass(frozen=True, slots=True)
class Data:
    """The inputs of every example, the constant 1 of a bias among them, targets and weights."""

    rows: tuple[tuple[Number, ...], ...]
    targets: tuple[Number, ...]
    weights: tuple[Number, ...]


def draw_data(draw: Draw, model: Model) -> Data:
    """Inputs in halves, weights of one decimal. Raises Rejected where none are found."""
    return _first(lambda: _decimal(draw, model))


def draw_exact(draw: Draw, model: Model) -> Data:
    """Whole inputs, weights that are logarithms. Raises Rejected where none are found."""
    return _first(lambda: _exact(draw, model))


def _first(make: Callable[[], Data | None]) -> Data:
    for _ in range(REDRAWS):
        data = make()
        if data is not None:
            return data
    raise Rejected("a score is near 0, or a number is too small")


def _rows(draw: Draw, model: Model) -> list[Numbers]:
    """Different inputs of either sign for every example, after a 1 where there is a bias."""
    columns = []
    for column in range(model.weights):
        if model.bias and column == 0:
            columns.append([1.0] * model.examples)
        else:
            inputs = [sign * x for x in INPUTS for sign in (1, -1)]
            columns.append(list(draw.sample(inputs, model.examples)))
    return list(zip(*columns, strict=True))


def _targets(draw: Draw, count: int) -> Numbers:
    """Of both classes, if there are several."""
    both = (0.0, 1.0, *(float(draw.integer(0, 1)) for _ in range(count - 2)))
    return draw.shuffle(both)[:count]


def _decimal(draw: Draw, model: Model) -> Data | None:
    rows = _rows(draw, model)
    weights = tuple(draw.sign() * w for w in draw.sample(WEIGHTS, model.weights))
    targets = _targets(draw, model.examples)
    sizes = sorted(abs(_product(row, weights)) for row in rows)
    near = sizes[0] < SMALLEST_SCORE or any(b - a < APART for a, b in pairwise(sizes))
    if near or sizes[-1] > LARGEST_SCORE:
        return None
    data = Data(tuple(rows), targets, weights)
    return data if _fits(model, rows, targets, weights) else None


def _exact(draw: Draw, model: Model) -> Data | None:
    powers = [(draw.choice(BASES), draw.sign()) for _ in range(model.weights)]
    rows = _rational(draw, model, powers)
    targets = _targets(draw, model.examples)
    given = tuple(sign * log(base) for base, sign in powers)
    if len(rows) < model.examples or not _fits(model, rows, targets, given):
        return None
    weights = tuple(logarithm(base) if sign > 0 else logarithm(1, base) for base, sign in powers)
    return Data(
        tuple(tuple(fraction(int(x)) for x in row) for row in rows),
        tuple(fraction(int(t)) for t in targets),
        weights,
    )


def _rational(draw: Draw, model: Model, powers: list[tuple[int, int]]) -> list[Numbers]:
    """Rows whose predictions have denominators that go together; fewer than asked if none do."""
    sizes = [(1.0,) if model.bias and column == 0 else WHOLE for column in range(model.weights)]
    rows: list[Numbers] = []
    common = 1
    for row in draw.shuffle(list(product(*sizes))):
        top, bottom = _odds(row, powers)
        together = lcm(common, top + bottom)
        if top != bottom and together**2 <= LARGEST_DENOMINATOR and len(rows) < model.examples:
            rows, common = [*rows, row], together
    return rows


def _odds(row: Numbers, powers: list[tuple[int, int]]) -> tuple[int, int]:
    """The odds that the score is the logarithm of, as numerator and denominator."""
    odds = Fraction(1)
    for x, (base, sign) in zip(row, powers, strict=True):
        odds *= Fraction(base) ** (int(x) * sign)
    return odds.numerator, odds.denominator


def _product(a: Numbers, b: Numbers) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _fits(model: Model, rows: list[Numbers], targets: Numbers, weights: Numbers) -> bool:
    """Whether no number is small, the inputs span all weights, and a Newton step is no leap."""
    if model.weights > 1 and model.examples > 1 and not _independent(rows):
        return False
    predictions = [1 / (1 + exp(-_product(row, weights))) for row in rows]
    residuals = tuple(p - t for p, t in zip(predictions, targets, strict=True))
    columns = list(zip(*rows, strict=True))
    gradient = [_product(residuals, column) for column in columns]
    factors = [p * (1 - p) for p in predictions]
    hessian = [
        [sum(v * x * y for v, x, y in zip(factors, a, b, strict=True)) for b in columns]
        for a in columns
    ]
    entries = (*gradient, *(x for line in hessian for x in line))
    if min(map(abs, entries)) < SMALLEST:
        return False
    return not model.newton or _is_near(weights, gradient, hessian)


def _independent(rows: list[Numbers]) -> bool:
    return any(a[0] * b[1] != a[1] * b[0] for a, b in pairwise(rows))


def _is_near(weights: Numbers, gradient: list[float], hessian: list[list[float]]) -> bool:
    """Whether a Newton step ends near, and at no 0; its determinant survives rounding."""
    if len(gradient) == 1:
        size, tops = hessian[0][0], [gradient[0]]
    else:
        (a, b), (_, d) = hessian
        size = a * d - b * b
        tops = [d * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]]
    if size < SMALLEST_DETERMINANT:
        return False
    after = [abs(w - top / size) for w, top in zip(weights, tops, strict=True)]
    return min(after) > SMALLEST and max(after) < LARGEST_WEIGHT
