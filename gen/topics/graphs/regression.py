"""Least squares and ridge regression as a computation graph, and numbers that it is worked with.

The nodes are those of Linzen, NYU DS-GA 1003: prediction `yhat`, residual `r`, loss `l`, and with a
penalty on the weights the regularization `R` and the objective `J`. With several examples, each of
them is an entry of `yhat` and `r`, and the loss is the mean of the squares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.problem import Value
from solver.graph import Graph, GraphBuilder

LARGEST = 60.0
"""The largest gradient."""

Row = tuple[Number, ...]
Size = float | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """How many weights and examples there are, and whether the weights are penalised."""

    weights: int
    examples: int
    ridge: bool

    @property
    def output(self) -> str:
        """The node that is minimised."""
        return "J" if self.ridge else "l"

    @property
    def values(self) -> tuple[str, ...]:
        """The computed nodes, in order."""
        return ("yhat", "r", "l", *(("R", "J") if self.ridge else ()))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Inputs with a row for each example, targets, weights, bias, and the weight of the penalty."""

    x: tuple[Row, ...]
    y: Row
    w: Row
    b: Number
    penalty: Number


@lru_cache(maxsize=64)
def graph_of(setting: Setting) -> Graph:
    """The graph of a setting: numbers where there is one weight or one example, else arrays."""
    graph = GraphBuilder()
    several = (setting.examples,) if setting.examples > 1 else ()
    wide = (setting.weights,) if setting.weights > 1 else ()
    x, y = graph.input("x", (*several, *wide), fixed=True), graph.input("y", several, fixed=True)
    w, b = graph.input("w", wide), graph.input("b")
    product = {(): "multiply", (setting.weights,): "dot" if not several else "matmul"}[wide]
    pair = (x, w) if product == "matmul" else (w, x)
    graph.apply("add", graph.apply(product, *pair, hidden=True), b, name="yhat")
    graph.apply("subtract", y, "yhat", name="r")
    if several:
        graph.apply("mean", graph.apply("power", "r", exponent=2, hidden=True), name="l")
    else:
        graph.apply("power", "r", exponent=2, name="l")
    if setting.ridge:
        penalty = graph.input("penalty", fixed=True)
        size = graph.apply("power", w, exponent=2, hidden=True)
        total = graph.apply("sum", size, hidden=True) if wide else size
        graph.apply("multiply", penalty, total, name="R")
        graph.apply("add", "l", "R", name="J")
    return graph.build()


def givens_of(setting: Setting, numbers: Numbers) -> Mapping[str, Value]:
    """The numbers as arrays in the shapes of the graph's inputs."""
    found = {"x": numbers.x, "y": numbers.y, "w": numbers.w, "b": numbers.b}
    if setting.ridge:
        found["penalty"] = numbers.penalty
    shapes = graph_of(setting).shapes
    return {name: np.array(value).reshape(shapes[name]) for name, value in found.items()}


def residuals(numbers: Numbers) -> list[Any]:
    """Targets minus predictions."""
    predictions = [numbers.b + _dot(numbers.w, row) for row in numbers.x]
    return [y - p for y, p in zip(numbers.y, predictions, strict=True)]


def _dot(weights: Sequence[Any], row: Sequence[Any]) -> Any:
    first, *others = (w * x for w, x in zip(weights, row, strict=True))
    return sum(others, start=first)


_WEIGHTS: Sequence[Size] = (0.5, 1.5, 2.0, 2.5, 3.0)
_INPUTS: Sequence[Size] = (2.0, 3.0, 4.0, 1.5, 0.5)
_PENALTIES: Sequence[Size] = (0.1, 0.2, 0.3, 0.4, 0.5)
_MISSES: Mapping[int, Sequence[Size]] = {
    1: (0.5, 1.5, 2.5, 3.0, 4.0),
    3: (1.5, 3.0, 4.5, 6.0),
    4: (1.0, 2.0, 3.0, 4.0, 5.0),
}
"""Sizes of residuals by the number of examples: their squares, and twice them, are shared out among
the examples without rounding."""
_EXACT_WEIGHTS: Sequence[Size] = ((1, 2), (3, 2), (2, 1), (3, 1), (4, 1))
_EXACT_INPUTS: Sequence[Size] = ((2, 1), (3, 1), (4, 1), (5, 1), (1, 2))
_EXACT_PENALTIES: Sequence[Size] = ((1, 2), (1, 3), (1, 4), (2, 3), (3, 4))
_EXACT_MISSES: Mapping[int, Sequence[Size]] = {
    1: ((1, 2), (3, 2), (5, 2), (3, 1), (4, 1)),
    3: ((3, 2), (3, 1), (9, 2), (6, 1)),
    4: ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1)),
}


def draw_numbers(draw: Draw, setting: Setting, exact: bool) -> Numbers:
    """Numbers that miss every target.

    Raises Rejected where a gradient is 0 or large, or where two of them are alike.
    """
    weights = _EXACT_WEIGHTS if exact else _WEIGHTS
    inputs = _EXACT_INPUTS if exact else _INPUTS
    misses = (_EXACT_MISSES if exact else _MISSES)[setting.examples]
    w = _signed(draw, draw.sample(weights, setting.weights))
    x = tuple(_signed(draw, draw.sample(inputs, setting.weights)) for _ in range(setting.examples))
    (b,) = _signed(draw, (draw.choice(weights),))
    r = _signed(draw, draw.sample(misses, setting.examples))
    y = tuple(b + _dot(w, row) + miss for row, miss in zip(x, r, strict=True))
    penalty = _number(draw.choice(_EXACT_PENALTIES if exact else _PENALTIES), 1)
    numbers = Numbers(x, y, w, b, penalty)
    _check(numbers, setting)
    return numbers


def _signed(draw: Draw, sizes: Sequence[Size]) -> Row:
    return tuple(_number(size, draw.sign()) for size in sizes)


def _number(size: Size, sign: int) -> Number:
    return fraction(sign * size[0], size[1]) if isinstance(size, tuple) else sign * size


def _check(numbers: Numbers, setting: Setting) -> None:
    r = [float(each) for each in residuals(numbers)]
    through_loss = [
        -2 * sum(miss * float(row[j]) for miss, row in zip(r, numbers.x, strict=True)) / len(r)
        for j in range(setting.weights)
    ]
    through_penalty = [2 * float(numbers.penalty) * float(w) for w in numbers.w]
    pairs = zip(through_loss, through_penalty, strict=True)
    slopes = [a + b for a, b in pairs] if setting.ridge else through_loss
    sizes = [abs(each) for each in (*slopes, *through_loss, 2 * sum(r) / len(r))]
    if min(sizes) < 0.1 or max(sizes) > LARGEST:
        raise Rejected("a gradient is 0, or large")
    if any(float(each) == 0 for each in numbers.y):
        raise Rejected("a target is 0")
