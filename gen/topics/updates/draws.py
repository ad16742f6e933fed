"""Numbers for an update by hand: examples that are missed, and a rate at which the loss falls."""

from __future__ import annotations

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.topics.updates.graphs import Unit
from gen.topics.updates.oracle import expected

Rows = tuple[tuple[Number, ...], ...]
Data = tuple[Rows, tuple[Number, ...]]
Parameters = tuple[tuple[Number, ...], Number]

_INPUTS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
_WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.2, 1.4)
_BIASES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
_MISSES = (0.5, 1.0, 1.5, 2.0)
_RATES = (0.05, 0.1, 0.2, 0.25, 0.4, 0.5)
_EXACT_RATES = ((1, 10), (1, 5), (1, 4), (1, 2))
_LEAST_MISS = 0.2
REDRAWS = 4
_LEAST_LOSS, _SHARE = 0.02, 0.9
"""The new loss is still a number to work out, and has fallen by more than rounding."""


def picked(data: Data, places: tuple[int, ...]) -> Data:
    """The examples at these places; all of them where none are named."""
    if not places:
        return data
    rows, targets = data
    return tuple(rows[i] for i in places), tuple(targets[i] for i in places)


def draw_falling(
    draw: Draw, unit: Unit, count: int, used: tuple[int, ...]
) -> tuple[Data, Parameters, float]:
    """Examples, parameters and a rate at which the loss of the examples that are used falls.

    Raises Rejected when the lot gives none several times.
    """
    for _ in range(REDRAWS - 1):
        try:
            return _falling(draw, unit, count, used)
        except Rejected:
            continue
    return _falling(draw, unit, count, used)


def _falling(
    draw: Draw, unit: Unit, count: int, used: tuple[int, ...]
) -> tuple[Data, Parameters, float]:
    parameters = draw_parameters(draw, unit.inputs)
    data = draw_examples(draw, unit, count, parameters)
    return data, parameters, draw_rate(draw, unit, picked(data, used), parameters)


def draw_parameters(draw: Draw, inputs: int) -> Parameters:
    """Different weights of one decimal, and a bias."""
    weights = tuple(draw.sign() * size for size in draw.sample(_WEIGHTS, inputs))
    return weights, draw.sign() * draw.choice(_BIASES)


def draw_examples(draw: Draw, unit: Unit, count: int, parameters: Parameters) -> Data:
    """Different examples, every target of which is missed; of both classes, if there are any."""
    rows = tuple(
        tuple(draw.sign() * size for size in row)
        for row in zip(*(_sample(draw, count) for _ in range(unit.inputs)), strict=True)
    )
    sums = np.array(rows) @ np.array(parameters[0]) + parameters[1]
    if unit.loss == "binary_cross_entropy":
        targets = draw.shuffle((0.0, 1.0, *(float(draw.integer(0, 1)) for _ in range(count - 2))))
        if np.abs(sums).max() > 2.5:
            raise Rejected("the sigmoid is saturated")
        return rows, targets[:count]
    near = (round(2 * s) / 2 for s in sums.tolist())
    targets = tuple(n + draw.sign() * draw.choice(_MISSES) for n in near)
    if np.abs(sums - np.array(targets)).min() < _LEAST_MISS:
        raise Rejected("a target is hardly missed")
    return rows, targets


def _sample(draw: Draw, count: int) -> tuple[float, ...]:
    return draw.sample(_INPUTS, count)


def draw_rate(draw: Draw, unit: Unit, data: Data, parameters: Parameters) -> float:
    """A learning rate at which the loss falls. Raises Rejected where there is none."""
    (rows, targets), (weights, bias) = data, parameters
    numbers = {"x": rows, "y": targets, "w": weights, "b": bias}
    givens = {name: np.array(value) for name, value in numbers.items()}
    falling = [rate for rate in _RATES if _falls(expected(unit, {**givens, "e": np.array(rate)}))]
    if not falling:
        raise Rejected("the loss does not fall at any of the rates")
    return draw.choice(falling)


def _falls(found: dict[str, float]) -> bool:
    return _LEAST_LOSS < found["lossn"] < _SHARE * found["loss"]


def draw_exact(draw: Draw, unit: Unit, count: int) -> tuple[Data, Parameters, Number]:
    """Whole numbers, missed targets, and a rate that is a short fraction."""
    weights = [draw.sign() * size for size in draw.sample((1, 2, 3, 4), unit.inputs)]
    bias = draw.sign() * draw.integer(1, 4)
    columns = [draw.sample((1, 2, 3, 4, 5), count) for _ in range(unit.inputs)]
    rows = [[draw.sign() * size for size in row] for row in zip(*columns, strict=True)]
    targets = [
        sum(w * x for w, x in zip(weights, row, strict=True)) + bias + draw.sign() * miss
        for row, miss in zip(rows, (draw.integer(1, 4) for _ in range(count)), strict=True)
    ]
    exact_rows = tuple(tuple(map(fraction, row)) for row in rows)
    parameters = tuple(map(fraction, weights)), fraction(bias)
    return (
        (exact_rows, tuple(map(fraction, targets))),
        parameters,
        fraction(*draw.choice(_EXACT_RATES)),
    )
