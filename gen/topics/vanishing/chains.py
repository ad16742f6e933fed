"""A chain of layers with one unit each, and the factor that a gradient gets on its way back.

For layer l (counted from 1) the graph takes the stored output `o{l}` and the weight `w{l}`; it has
the derivative of the unit `d{l}`, the layer's factor `f{l}`, and their product `F`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, is_exact
from gen.family import Rejected
from gen.problem import Value, Variant
from gen.vocabulary import Difficulty
from solver.graph import Graph, GraphBuilder
from templates.notation import Notation, Style, Symbol, layers

DEPTHS: Mapping[Difficulty, int] = MappingProxyType({"easy": 2, "medium": 3, "hard": 4})
SPOILED = (
    "factors_added",
    "activation_derivative_left_out",
    "weight_left_out",
    "stops_at_complement",
    "output_as_derivative",
    "first_layer_left_out",
    "last_layer_left_out",
)
"""The slips in any chain."""
EXCHANGED = {"sigmoid": "tanh_rule_for_sigmoid", "tanh": "sigmoid_rule_for_tanh"}

_WEIGHTS = (0.4, 0.6, 0.8, 1.2, 1.5, 1.6, 1.8, 2.5)
_EXACT_WEIGHTS = (2, 3, 4, 5, 6, 8)
_HUNDREDTHS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"sigmoid": (8, 92), "tanh": (20, 95)}
)
"""The least and the greatest size of an output, in hundredths."""
_FRACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sigmoid": ("1/3", "2/3", "1/4", "3/4", "1/5", "4/5", "2/5", "3/5", "1/6", "5/6"),
        "tanh": ("1/2", "-1/2", "1/3", "-2/3", "3/5", "-4/5", "4/5", "-1/3"),
    }
)
TRIES = 40
"""How many chains are tried before they are given up."""
_LEAST, _GREATEST = 0.008, 0.5
"""The sizes between which the factor of the whole chain lies."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The activation of all units, and by layer the stored outputs and the weights."""

    activation: str
    outputs: tuple[Any, ...]
    weights: tuple[Any, ...]

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact."""
        return is_exact(self.outputs[0])

    def givens(self) -> dict[str, Value]:
        """The numbers by name."""
        layers_of = zip(self.outputs, self.weights, strict=True)
        return {
            f"{node}{layer}": np.array(number)
            for layer, pair in enumerate(layers_of, 1)
            for node, number in zip("ow", pair, strict=True)
        }

    def bound(self) -> Any:
        """The largest size that the factor can have with these weights."""
        steepest = 4 if self.activation == "sigmoid" else 1
        sizes = [-w if float(w) < 0 else w for w in self.weights]
        return prod(sizes[1:], start=sizes[0]) / steepest ** len(sizes)


def draw_chain(draw: Draw, difficulty: Difficulty, exact: bool) -> Chain:
    """A chain that makes gradients smaller. Raises Rejected where it does so too much."""
    activation, depth = draw.choice(("sigmoid", "sigmoid", "tanh")), DEPTHS[difficulty]
    for _ in range(TRIES):
        outputs, weights = (_exact if exact else _decimal)(draw, activation, depth)
        slopes = [o * (1 - o) if activation == "sigmoid" else 1 - o * o for o in outputs]
        factor = prod(slopes) * prod(weights)
        if _LEAST <= abs(float(factor)) <= _GREATEST and (not exact or _is_short(factor)):
            return Chain(activation, *(tuple(map(_number, row)) for row in (outputs, weights)))
    raise Rejected("the gradient shrinks too much, or not at all")


def _decimal(draw: Draw, activation: str, depth: int) -> tuple[tuple[Any, ...], ...]:
    low, high = _HUNDREDTHS[activation]
    sizes = draw.sample([n for n in range(low, high + 1) if n != 50], depth)
    signs = [draw.sign() if activation == "tanh" else 1 for _ in sizes]
    outputs = tuple(sign * n / 100 for sign, n in zip(signs, sizes, strict=True))
    return outputs, tuple(draw.sign() * size for size in draw.sample(_WEIGHTS, depth))


def _exact(draw: Draw, activation: str, depth: int) -> tuple[tuple[Any, ...], ...]:
    outputs = tuple(map(Fraction, draw.sample(_FRACTIONS[activation], depth)))
    return outputs, tuple(draw.sign() * draw.choice(_EXACT_WEIGHTS) for _ in outputs)


def _is_short(number: Fraction) -> bool:
    return max(abs(number.numerator), number.denominator) < 1000


def _number(value: Any) -> Any:
    return value if isinstance(value, float) else fraction(*Fraction(value).as_integer_ratio())


@lru_cache(maxsize=256)
def graph(activation: str, depth: int, spoiled: str = "") -> Graph:
    """The factors and their product, right or with a slip."""
    builder = GraphBuilder()
    factors = [_factor(builder, activation, layer, spoiled) for layer in range(1, depth + 1)]
    kept = factors[spoiled == "first_layer_left_out" :][::-1]
    kept = kept[spoiled == "last_layer_left_out" :]
    total = kept[0]
    for number, factor in enumerate(kept[1:], 2):
        last = number == len(kept)
        op = "add" if spoiled == "factors_added" else "multiply"
        total = builder.apply(op, total, factor, name="F" if last else None, hidden=not last)
    if len(kept) == 1:
        builder.apply("multiply", builder.constant(1), total, name="F")
    return builder.build("F")


def _factor(builder: GraphBuilder, activation: str, layer: int, spoiled: str) -> str:
    o, w = builder.input(f"o{layer}"), builder.input(f"w{layer}")
    d = _slope(builder, activation, o, f"d{layer}", spoiled)
    if spoiled == "weight_left_out":
        return builder.apply("multiply", builder.constant(1), d, name=f"f{layer}")
    return builder.apply("multiply", w, d, name=f"f{layer}")


def _slope(builder: GraphBuilder, activation: str, o: str, name: str, spoiled: str) -> str:
    one = builder.constant(1)
    if spoiled == "activation_derivative_left_out":
        return builder.apply("power", o, exponent=0.0, name=name)
    if spoiled == "output_as_derivative":
        return builder.apply("multiply", one, o, name=name)
    if spoiled == "stops_at_complement":
        return builder.apply("subtract", one, o, name=name)
    if (activation == "sigmoid") != (spoiled in EXCHANGED.values()):
        rest = builder.apply("subtract", one, o, hidden=True)
        return builder.apply("multiply", o, rest, name=name)
    square = builder.apply("power", o, exponent=2, hidden=True)
    return builder.apply("subtract", one, square, name=name)


def variants(chain: Chain) -> Iterator[Variant]:
    """What the slips make of the factor."""
    for spoiled in (*SPOILED, EXCHANGED[chain.activation]):
        yield Variant(spoiled, chain.givens(), graph(chain.activation, len(chain.weights), spoiled))


def letters(depth: int, notation: Notation) -> Mapping[str, Style | Symbol]:
    """Outputs and weights by layer, and everything else as a derivative."""
    x = str(replace(notation.stems["x"], layer=False).letter)
    outputs = [x, *(str(layers.value(notation, "o", str(n), 0)) for n in range(1, depth + 1))]
    found: dict[str, Style | Symbol] = {"F": _derivative(outputs[-1], x)}
    for n in range(1, depth + 1):
        s = str(layers.value(notation, "s", str(n), 0))
        found |= {
            f"o{n}": Symbol(outputs[n]),
            f"w{n}": layers.value(notation, "W", str(n), 0),
            f"d{n}": _derivative(outputs[n], s),
            f"f{n}": _derivative(outputs[n], outputs[n - 1]),
        }
    return found


def _derivative(top: str, bottom: str) -> Symbol:
    return Symbol(rf"\dfrac{{\partial {top}}}{{\partial {bottom}}}", compound=True)
