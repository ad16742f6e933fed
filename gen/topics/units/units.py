"""A single unit with its numbers, for one example or for several.

The numbers are drawn so that the unit is alive for every example, that it misses every target, and
that no entry of the gradient is as good as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import log
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, is_exact, logarithm
from gen.family import Rejected
from gen.problem import Value
from gen.solving import passes
from gen.topics.networks.nets import BANDS, SQUARES, activated, following
from gen.vocabulary import Difficulty
from solver.network import Architecture, Conventions, Layer, Network, Reduction, build
from solver.orientation import arrays, rows_of

Row = tuple[Any, ...]
"""Floats, or `solver.exact.Exact` numbers."""
Kind = tuple[str, str]
"""The activation and the loss."""
Setting = tuple[int, int, bool]
"""The number of examples and of inputs, and whether there is a bias."""

KINDS: tuple[Kind, ...] = (
    ("identity", "half_squared_error"),
    ("identity", "squared_error"),
    ("sigmoid", "half_squared_error"),
    ("sigmoid", "squared_error"),
    ("sigmoid", "binary_cross_entropy"),
    ("sigmoid", "binary_cross_entropy"),
    ("tanh", "half_squared_error"),
    ("tanh", "squared_error"),
)
_PLAIN = tuple(kind for kind in KINDS if kind[0] == "identity" or kind[1] not in SQUARES)
"""Those whose fractions stay short when several examples are added."""
SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = MappingProxyType(
    {
        "easy": ((1, 2, False), (1, 3, False), (1, 2, True)),
        "medium": ((2, 2, False), (2, 2, True), (3, 1, True)),
        "hard": ((3, 2, True), (3, 2, True), (3, 3, False), (2, 3, True)),
    }
)

TRIES = 100
"""How many sets of numbers are tried before they are given up."""
INPUTS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.2)
LEAST_SLOPE, LEAST_GAP = 0.03, 0.1
"""The least size of an entry of the gradient, and the least distance of two pre-activations."""
LEAST_MISS = 0.2
TARGETS: Mapping[str, Row] = MappingProxyType({"sigmoid": (0.0, 1.0), "tanh": (-1.0, -0.5, 0.5)})
MISSES = (0.5, 1.0, 1.5, 2.0)

EXACT_INPUTS = (1, 2, 3, 4)
EXACT_WEIGHTS = (1, 2, 3)
POWERS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"sigmoid": (-3, -2, -1, 1, 2, 3), "tanh": (-2, -1, 1, 2)}
)
"""The multiples of ln 2 that a pre-activation may be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The numbers as they are printed, a row of `inputs` for each example.

    `bias` is None where there is none. The `reduction` makes no difference to one example.
    """

    activation: str
    loss: str
    inputs: tuple[Row, ...]
    weights: Row
    bias: Any
    targets: Row
    reduction: Reduction = "sum"

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact, so that no calculator is needed."""
        return is_exact(self.inputs[0][0])

    def network(self, conventions: Conventions | None = None) -> Network:
        """The unit as a network of one layer, as a course has it or as it was drawn."""
        drawn = Architecture(
            len(self.weights),
            (Layer(1, self.activation),),
            self.loss,
            "none" if self.bias is None else "separate",
            examples=len(self.inputs),
            reduction=self.reduction,
        )
        return build(drawn if conventions is None else following(drawn, conventions))

    def givens(self, network: Network) -> dict[str, Value]:
        """The arrays that the network's graph takes."""
        weights: list[Value] = [np.array([self.weights])]
        bias = None if self.bias is None else np.array([self.bias])
        targets = np.array(self.targets)[:, None]
        return arrays(network.architecture, weights, [bias], self.rows, targets)

    @property
    def rows(self) -> Value:
        """The inputs, a row for each example."""
        return np.array(self.inputs)

    @property
    def sums(self) -> Value:
        """The pre-activation of every example."""
        products: Value = self.rows @ np.array(self.weights)
        return products if self.bias is None else products + self.bias

    @property
    def outputs(self) -> Value:
        """The output for every example."""
        return activated(self.activation, self.sums)

    @property
    def deltas(self) -> Value:
        """The derivative of the loss with respect to the pre-activation of every example."""
        network = self.network()
        start = fraction(1) if self.exact else np.float64(1.0)
        gradients = passes(network.graph, self.givens(network), start)[1]
        return rows_of(network, gradients["s1"])[:, 0]


def draw_unit(draw: Draw, difficulty: Difficulty) -> Unit:
    """A unit of the difficulty, in decimals. Raises Rejected if no numbers suit it."""
    activation, loss = draw.choice(KINDS)
    count, width, biased = draw.choice(SETTINGS[difficulty])
    reduction = _reduction(draw, count)
    for _ in range(TRIES):
        columns = [_signed(draw, INPUTS, count) for _ in range(width)]
        inputs = tuple(zip(*columns, strict=True))
        weights, bias = _signed(draw, WEIGHTS, width), _signed(draw, WEIGHTS, 1)[0]
        unit = Unit(activation, loss, inputs, weights, bias if biased else None, (), reduction)
        if not _is_alive(unit):
            continue
        targets = tuple(_target(draw, activation, o) for o in unit.outputs.tolist())
        unit = Unit(activation, loss, inputs, weights, unit.bias, targets, reduction)
        if _differ(targets) and is_tame(unit):
            return unit
    raise Rejected("a pre-activation or an entry of the gradient is out of bounds")


def draw_exact_unit(draw: Draw, difficulty: Difficulty) -> Unit:
    """The same with numbers that need no calculator: whole ones, or multiples of ln 2."""
    count, width, biased = draw.choice(SETTINGS[difficulty])
    activation, loss = draw.choice(KINDS if count == 1 else _PLAIN)
    reduction = _reduction(draw, count)
    for _ in range(4 * TRIES):
        columns = [_signed(draw, EXACT_INPUTS, count) for _ in range(width)]
        rows = tuple(zip(*columns, strict=True))
        weights = _signed(draw, EXACT_WEIGHTS, width)
        bias = draw.sign() * draw.choice(EXACT_WEIGHTS) if biased else None
        sums = [sum(w * x for w, x in zip(weights, row, strict=True)) + (bias or 0) for row in rows]
        if not _suit(activation, sums):
            continue
        targets = tuple(_exact_target(draw, activation, s) for s in sums)
        # Judged over floats, which takes a small part of the time.
        scale = 1.0 if activation == "identity" else log(2)
        near = tuple(scale * w for w in weights), None if bias is None else scale * bias
        unit = Unit(activation, loss, rows, *near, tuple(map(float, targets)), reduction)
        if _differ(targets) and is_tame(unit):
            as_given = fraction if activation == "identity" else _power
            return Unit(
                activation,
                loss,
                tuple(tuple(map(fraction, row)) for row in rows),
                tuple(map(as_given, weights)),
                None if bias is None else as_given(bias),
                tuple(map(_fraction, targets)),
                reduction,
            )
    raise Rejected("a number is not plain enough to carry on with")


def _reduction(draw: Draw, count: int) -> Reduction:
    """A mean more often than a sum."""
    return "mean" if count > 1 and draw.integer(1, 3) > 1 else "sum"


def _signed(draw: Draw, sizes: tuple[Any, ...], count: int) -> Row:
    return tuple(draw.sign() * size for size in draw.sample(sizes, count))


def _is_alive(unit: Unit) -> bool:
    """Whether every pre-activation is in the band of its activation, and no two are alike."""
    low, high = BANDS[unit.activation]
    sums = unit.sums
    gaps = np.diff(np.sort(sums))
    inside = np.all((np.abs(sums) >= low) & (np.abs(sums) <= high))
    return bool(inside and np.all(gaps >= LEAST_GAP))


def _suit(activation: str, sums: list[int]) -> bool:
    """Whether the sums are small whole numbers, or multiples of ln 2 that leave plain outputs."""
    allowed = POWERS.get(activation, tuple(n for n in range(-6, 7) if n))
    return len(set(sums)) == len(sums) and all(s in allowed for s in sums)


def _power(exponent: int) -> Any:
    return logarithm(2**exponent) if exponent >= 0 else logarithm(1, 2**-exponent)


def _target(draw: Draw, activation: str, output: float) -> float:
    if activation == "identity":
        return round(2 * output) / 2 + draw.sign() * draw.choice(MISSES)
    return float(draw.choice([t for t in TARGETS[activation] if abs(t - output) >= LEAST_MISS]))


def _exact_target(draw: Draw, activation: str, s: int) -> Fraction:
    if activation == "identity":
        return Fraction(s + draw.sign() * draw.integer(1, 4))
    output = float(activated(activation, np.array(s * log(2))))
    return Fraction(draw.choice([t for t in TARGETS[activation] if abs(t - output) >= LEAST_MISS]))


def _fraction(value: Fraction) -> Any:
    return fraction(value.numerator, value.denominator)


def _differ(targets: Row) -> bool:
    """Whether several examples do not all have one target."""
    return len(targets) == 1 or len(set(targets)) > 1


def is_tame(unit: Unit) -> bool:
    """Whether no entry of the gradient, and no derivative of the bias, is as good as 0."""
    deltas = unit.deltas
    return bool(min(np.abs(deltas @ unit.rows).min(), abs(deltas.sum())) >= LEAST_SLOPE)
