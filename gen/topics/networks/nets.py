"""Small networks with numbers for a calculation by hand, one example each.

A `Net` holds the numbers as they are printed; `draw_net` makes one of a given `Plan`. Weights and
inputs are drawn, and the biases are then chosen so that every pre-activation falls where its unit
is alive and unsaturated; the target is chosen so that the prediction misses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gen.draw import Draw
from gen.exact_numbers import is_exact
from gen.family import Rejected
from solver.network import Architecture, Bias, Conventions, Layer, Network, build
from solver.orientation import arrays
from solver.rules import RULES

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
Numbers = tuple[Any, ...]
"""Floats, or `solver.exact.Exact` numbers."""
Array = NDArray[Any]
Unit = tuple[Vector, float, float]
"""A unit's weights, its bias, and its pre-activation."""

SQUARES = ("half_squared_error", "squared_error")
"""The losses that a course may exchange for each other."""
EXPONENTIALS = frozenset({"sigmoid", "tanh", "softmax"})
"""The activations that are made of powers of e."""

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

    The biases stand apart here whatever the convention; `givens` folds them in where the network
    has them so. `loss` and `bias` are as drawn: a course may have others. All numbers are exact,
    or none.
    """

    activations: tuple[str, ...]
    loss: str
    x: Numbers
    weights: tuple[tuple[Numbers, ...], ...]
    biases: tuple[Numbers, ...]
    y: Numbers
    bias: Bias = "separate"

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of inputs, then of units layer by layer."""
        return (len(self.x), *map(len, self.weights))

    def network(self, conventions: Conventions | None = None) -> Network:
        """The network as a course has it, or as it was drawn.

        Nets that differ in their numbers alone share one graph.
        """
        layers = tuple(map(Layer, self.widths[1:], self.activations))
        drawn = Architecture(self.widths[0], layers, self.loss, self.bias)
        return build(drawn if conventions is None else following(drawn, conventions))

    def givens(self, network: Network | None = None) -> dict[str, Array]:
        """Arrays by the names of the inputs of the network's graph (by default `network()`)."""
        architecture = (network or self.network()).architecture
        weights: list[Array] = [np.array(rows) for rows in self.weights]
        biases = [None if self.bias == "none" else np.array(each) for each in self.biases]
        return arrays(architecture, weights, biases, np.array([self.x]), np.array([self.y]))

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact, so that no calculator is needed."""
        return is_exact(self.x[0])


def following(drawn: Architecture, conventions: Conventions) -> Architecture:
    """An architecture as a course writes it: biases, squared errors and orientation are its own."""
    half = "half_squared_error" if conventions.squared_error == "half" else "squared_error"
    return replace(
        drawn,
        loss=half if drawn.loss in SQUARES else drawn.loss,
        bias="none" if drawn.bias == "none" else conventions.bias,
        rows=conventions.orientation == "rows",
        transposed=conventions.orientation == "transposed",
        fused=conventions.fused,
    )


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
        dead, inputs = dead_unit(draw, activation, width), flow.tolist()
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


def flows(net: Net) -> tuple[Numbers, ...]:
    """The inputs and then every layer's activations for the net's example."""
    found = [np.array(net.x)]
    for activation, rows, bias in zip(net.activations, net.weights, net.biases, strict=True):
        found.append(activated(activation, np.array(rows) @ found[-1] + np.array(bias)))
    return tuple(tuple(flow.tolist()) for flow in found)


def paths(net: Net, layer: int) -> int:
    """How many paths lead from one unit of a layer (counted from 1) to the loss."""
    return prod(net.widths[layer + 1 :])


def _signed(draw: Draw, magnitudes: Vector, count: int) -> Vector:
    return tuple(draw.sign() * size for size in draw.sample(magnitudes, count))


def dead_unit(draw: Draw, activation: str, width: int) -> int | None:
    """The unit of a layer that is to be off, if any: now and then one of several ReLUs."""
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
