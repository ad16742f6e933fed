"""Small networks with numbers for a calculation by hand, one example each.

A `Net` holds the numbers as they are printed; `draw_net` makes one of a given `Plan`. Weights and
inputs are drawn, and the biases are then chosen so that every pre-activation falls where its unit
is alive and unsaturated; the target is chosen so that the prediction misses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from gen.draw import Draw
from gen.family import Rejected
from solver.network import Architecture, Bias, Layer, Network, build
from solver.rules import RULES

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
Array = NDArray[np.float64]
Unit = tuple[Vector, float, float]
"""A unit's weights, its bias, and its pre-activation."""

ROWS = 12
"""How many rows of weights are tried before a bias that suits one is given up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A network without its numbers: widths (inputs first), an activation per layer, the loss."""

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    bias: Bias = "separate"


@dataclass(frozen=True, slots=True)
class Net:
    """A network's numbers. `weights[l][i][j]` leads from input j of a layer to its unit i.

    The biases stand apart here whatever the convention; `givens` folds them in where `bias` asks
    for it.
    """

    activations: tuple[str, ...]
    loss: str
    x: Vector
    weights: tuple[Matrix, ...]
    biases: tuple[Vector, ...]
    y: Vector
    bias: Bias = "separate"

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of inputs, then of units layer by layer."""
        return (len(self.x), *map(len, self.weights))

    def network(self) -> Network:
        """The network; nets that differ in their numbers alone share one graph."""
        layers = tuple(map(Layer, self.widths[1:], self.activations))
        return build(Architecture(self.widths[0], layers, self.loss, self.bias))

    def givens(self) -> dict[str, Array]:
        """Arrays by the names of the graph's inputs; examples are columns."""
        arrays = {"x": _column(self.x), "y": _column(self.y)}
        for number, (rows, biases) in enumerate(zip(self.weights, self.biases, strict=True), 1):
            if self.bias == "folded":
                rows = tuple((b, *row) for b, row in zip(biases, rows, strict=True))
            elif self.bias == "separate":
                arrays[f"b{number}"] = _column(biases)
            arrays[f"W{number}"] = np.array(rows)
        return arrays


@dataclass(frozen=True, slots=True)
class Grid:
    """Magnitudes that weights and biases are drawn from: few digits, and never 1."""

    weights: Vector
    biases: Vector


GRIDS = (
    Grid((0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.2, 1.5), (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)),
    Grid((0.25, 0.5, 0.75, 1.25, 1.5, 2.0), (0.25, 0.5, 0.75, 1.25, 1.5)),
    Grid((0.2, 0.4, 0.6, 0.8, 1.2, 1.4, 1.6), (0.1, 0.2, 0.3, 0.4, 0.5, 0.7)),
)
INPUTS = (0.5, 1.5, 2.0, 2.5, 3.0)

BANDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "sigmoid": (0.15, 2.0),
        "tanh": (0.15, 1.6),
        "relu": (0.2, 3.0),
        "identity": (0.1, 3.0),
        "softmax": (0.1, 1.6),
    }
)
"""Least and greatest |s| by activation: off the kink, off the flat ends, off zero."""

_TARGETS: Mapping[str, Vector] = MappingProxyType(
    {"sigmoid": (0.0, 1.0), "tanh": (-1.0, -0.5, 0.5, 1.0)}
)
_MISSES = (0.5, 1.0, 1.5)
_LEAST_MISS = 0.2
_DEAD_UNIT = 1 / 3
"""How often one unit of a wider ReLU layer is off."""


def draw_net(draw: Draw, plan: Plan) -> Net:
    """Numbers for a plan. Raises Rejected where no biases keep the units within their bands."""
    grid = draw.choice(GRIDS)
    x = _signed(draw, INPUTS, plan.widths[0])
    weights, biases, flow = [], [], np.array(x)
    for width, activation in zip(plan.widths[1:], plan.activations, strict=True):
        dead, inputs = _dead_unit(draw, activation, width), flow.tolist()
        units: list[Unit] = []
        for unit in range(width):
            units.append(_unit(draw, grid, inputs, activation, unit == dead, units))
        weights.append(tuple(row for row, _, _ in units))
        biases.append(tuple(bias for _, bias, _ in units))
        flow = activated(activation, np.array([s for _, _, s in units]))
    y = _target(draw, plan, flow.tolist())
    return Net(plan.activations, plan.loss, x, tuple(weights), tuple(biases), y, plan.bias)


def activated(activation: str, s: Array) -> Array:
    """A layer's activations, by the solver's rule."""
    return s if activation == "identity" else np.asarray(RULES[activation].forward(s))


def flows(net: Net) -> tuple[Vector, ...]:
    """The inputs and then every layer's activations for the net's example."""
    found = [np.array(net.x)]
    for activation, rows, bias in zip(net.activations, net.weights, net.biases, strict=True):
        found.append(activated(activation, np.array(rows) @ found[-1] + np.array(bias)))
    return tuple(tuple(flow.tolist()) for flow in found)


def paths(net: Net, layer: int) -> int:
    """How many paths lead from one unit of a layer (counted from 1) to the loss."""
    return prod(net.widths[layer + 1 :])


def _column(entries: Sequence[float]) -> Array:
    return np.array(entries, dtype=float).reshape(-1, 1)


def _signed(draw: Draw, magnitudes: Vector, count: int) -> Vector:
    return tuple(draw.sign() * size for size in draw.sample(magnitudes, count))


def _dead_unit(draw: Draw, activation: str, width: int) -> int | None:
    if activation != "relu" or width == 1 or draw.integer(1, 100) > 100 * _DEAD_UNIT:
        return None
    return draw.integer(0, width - 1)


def _unit(
    draw: Draw,
    grid: Grid,
    inputs: list[float],
    activation: str,
    dead: bool,
    others: Sequence[Unit],
) -> Unit:
    """A row of weights that no other unit has, a bias that suits it, and what they add up to."""
    for _ in range(ROWS):
        row = _signed(draw, grid.weights, len(inputs))
        if any(row == other for other, _, _ in others):
            continue
        product = sum(w * o for w, o in zip(row, inputs, strict=True))
        sums = [
            (bias, product + bias)
            for size in grid.biases
            for bias in (size, -size)
            if _suits(product + bias, activation, dead)
        ]
        if sums:
            bias, s = draw.choice(sums)
            return row, bias, s
    raise Rejected("no bias keeps a unit within its band")


def _suits(s: float, activation: str, dead: bool) -> bool:
    low, high = BANDS[activation]
    if activation == "relu":
        return low <= (-s if dead else s) <= high
    return low <= abs(s) <= high


def _target(draw: Draw, plan: Plan, prediction: list[float]) -> Vector:
    if plan.activations[-1] == "softmax":
        label = draw.choice([k for k, p in enumerate(prediction) if 1 - p >= _LEAST_MISS])
        return tuple(float(label == k) for k in range(len(prediction)))
    return tuple(_miss(draw, plan.activations[-1], p) for p in prediction)


def _miss(draw: Draw, activation: str, prediction: float) -> float:
    """A target that the prediction misses: of the output's range, else a number near it."""
    if activation in _TARGETS:
        targets = _TARGETS[activation]
        return draw.choice([t for t in targets if abs(t - prediction) >= _LEAST_MISS] or targets)
    nearest = round(2 * prediction) / 2
    sizes = [*_MISSES, *(-m for m in _MISSES)]
    least = 0.0 if activation == "relu" else -np.inf
    return draw.choice([nearest + m for m in sizes if nearest + m > least and nearest + m != 0])
