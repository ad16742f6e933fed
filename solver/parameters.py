"""Counting the weights and biases of a fully connected network from the widths of its layers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.errors import InputError

LARGEST_DIGITS, MOST_LAYERS = 12, 1000
"""What is counted: layers of so many units, written in so many digits, and so many of them."""

_BETWEEN = re.compile(r"\s*(?:->|[-\u2010-\u2015\u2192,:x\u00d7])\s*|\s+")


@dataclass(frozen=True, slots=True)
class LayerCount:
    """The parameters of one layer: a weight for each input and unit, a bias for each unit."""

    inputs: int
    units: int
    has_bias: bool = True

    @property
    def weights(self) -> int:
        """The number of weights."""
        return self.inputs * self.units

    @property
    def biases(self) -> int:
        """The number of biases."""
        return self.units if self.has_bias else 0

    @property
    def total(self) -> int:
        """Weights and biases together."""
        return self.weights + self.biases


@dataclass(frozen=True, slots=True)
class ParameterCount:
    """The layers of a network, from the first behind the inputs on, and their sums."""

    layers: tuple[LayerCount, ...]

    @property
    def weights(self) -> int:
        """The number of weights of all layers."""
        return sum(layer.weights for layer in self.layers)

    @property
    def biases(self) -> int:
        """The number of biases of all layers."""
        return sum(layer.biases for layer in self.layers)

    @property
    def total(self) -> int:
        """Weights and biases together."""
        return self.weights + self.biases


def count(widths: Sequence[int], bias: bool = True) -> ParameterCount:
    """The parameters of the network whose layers have these widths, the inputs first.

    Raises InputError for fewer than two layers, or a layer without units.
    """
    if len(widths) < 2:
        raise InputError("a network needs at least two layers, inputs and outputs: 784-10")
    for place, width in enumerate(widths, 1):
        if width < 1:
            raise InputError(f"layer {place} of the widths has {width} units; it needs at least 1")
    layers = [LayerCount(inputs, units, bias) for inputs, units in pairwise(widths)]
    return ParameterCount(tuple(layers))


def widths(text: str) -> tuple[int, ...]:
    """The widths that a text such as `784-128-64-10` lists, with dashes, commas or spaces.

    Raises InputError for anything else, or beyond `LARGEST_DIGITS` and `MOST_LAYERS`.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) > MOST_LAYERS + 1:
        raise InputError(f"there are {len(parts)} widths; at most {MOST_LAYERS + 1} are counted")
    return tuple(_width(part, text.strip()) for part in parts)


def _width(part: str, text: str) -> int:
    shown = text if len(text) <= 40 else f"{text[:37]}..."
    if not part:
        raise InputError(
            f"{shown!r} has a dash without a width before and behind it; widths are positive whole "
            "numbers such as 784-128-10"
        )
    if not re.fullmatch(r"[0-9]+", part):
        raise InputError(
            f"{part[:40]!r} is no width of a layer; write whole numbers such as 784-128-10"
        )
    if len(part.lstrip("0")) > LARGEST_DIGITS:
        raise InputError(
            f"a layer has {part[:6]}... units, a number of {len(part)} digits; "
            f"at most {LARGEST_DIGITS} digits are counted"
        )
    return int(part)
