"""Draws of single nodes: what they compute at each difficulty, and numbers that suit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, logarithm
from gen.family import Rejected
from gen.topics.graphs.nodes import OPERATIONS, Activation, Shape, unit
from gen.vocabulary import Difficulty, Form

Numbers = tuple[tuple[str, Number], ...]
Size = float | tuple[int, int]
"""A size as a decimal or as a fraction."""

_NAMES = (("a", "b", "h", "y"), ("x", "z", "t", "y"), ("p", "q", "r", "f"), ("r", "s", "t", "y"))
_OPERATIONS: Mapping[Difficulty, tuple[str, ...]] = {
    "easy": (
        *("difference", "product", "maximum", "square", "cube", "quotient", "exp", "log"),
        "sqrt",
    ),
    "medium": (
        *("product of three", "square of a difference", "product and sum", "sum and product"),
        *("quotient and sum", "exp of a product", "sigmoid", "tanh", "quotient"),
        *("maximum and product", "product and maximum"),
    ),
    "hard": (),
}
_UNITS: Mapping[Difficulty, tuple[tuple[int, Activation], ...]] = {
    "easy": (),
    "medium": ((1, "sigmoid"), (1, "tanh")),
    "hard": ((2, "sigmoid"), (2, "tanh"), (3, "sigmoid"), (3, "tanh")),
}
_SINGLE = ("square", "cube", "log", "sqrt", "exp")
"""Operations that leave few mistakes to choose from, where one child alone sends something back."""

_SIZES: Mapping[str, tuple[float, ...]] = {
    "any": (0.5, 1.5, 2, 2.5, 3, 4),
    "divided": (0.5, 1.5, 2, 2.5, 4, 5),
    "exponents": (0.5, 0.8, 1.2, 1.5),
    "factors": (0.5, 0.6, 1.5, 0.8, 1.2),
    "positive": (0.5, 1.5, 2, 2.5, 3, 4),
    "squares": (0.25, 2.25, 4, 9, 6.25),
    "weights": (0.3, 0.4, 0.5, 0.6, 0.8, 1.2, 1.5, 2),
}
_EXACT: Mapping[str, tuple[tuple[int, int], ...]] = {
    "any": ((1, 2), (3, 2), (2, 1), (3, 1), (4, 1), (2, 3)),
    "divided": ((1, 2), (2, 1), (3, 1), (4, 1), (5, 1)),
    "exponents": ((2, 1), (3, 1), (4, 1), (5, 1)),
    "factors": ((2, 1), (3, 1)),
    "positive": ((1, 2), (3, 2), (2, 1), (3, 1), (4, 1), (5, 1)),
    "squares": ((1, 4), (9, 4), (4, 1), (9, 1), (25, 4), (1, 9)),
    "weights": ((1, 2), (2, 1), (3, 1), (1, 1), (3, 2)),
}
_SENT = (0.5, 1.5, 2.0, 2.5, 3.0, 4.0)
_EXACT_SENT = ((1, 2), (3, 2), (2, 1), (3, 1), (4, 1), (5, 2))
_POSITIVE = frozenset({"positive", "squares"})
_LOGARITHMIC = frozenset({"exponents"})
LEAST_OF_S, MOST_OF_S = 0.25, 2.0
"""The sizes of a pre-activation at which a unit bends and is not saturated."""

LEAST_APART = 0.2
"""How far the arguments of a maximum are apart at least."""


def draw_shape(draw: Draw, difficulty: Difficulty, form: Form) -> Shape:
    """A node of the difficulty: the harder, the more inputs and the more children."""
    children = {"easy": 1, "medium": 2, "hard": draw.integer(2, 3)}[difficulty]
    operations = _OPERATIONS[difficulty]
    if form == "choice" and children == 1:
        operations = tuple(name for name in operations if name not in _SINGLE)
    units = _UNITS[difficulty]
    place = draw.integer(0, len(operations) + len(units) - 1)
    if place >= len(operations):
        return unit(*units[place - len(operations)], children)
    chosen = operations[place]
    *inputs, node = draw.choice(_NAMES)
    return Shape(chosen, (*inputs[: OPERATIONS[chosen].inputs], node), children)


def draw_numbers(draw: Draw, shape: Shape, exact: bool) -> Numbers:
    """Numbers for the inputs of the node, and those that come back to it."""
    inputs = _unit_inputs(draw, shape, exact) if shape.units else _inputs(draw, shape, exact)
    sendable: Sequence[Size] = _EXACT_SENT if exact else _SENT
    sizes = draw.sample(sendable, shape.children)
    sent = [_number(size, draw.sign()) for size in sizes]
    total = sum(float(number) for number in sent)
    if abs(total) < 0.5 or total == 1:
        raise Rejected("what comes back adds up to 0 or to 1")
    if _is_tied(shape, [float(number) for _, number in inputs]):
        raise Rejected("the arguments of a maximum are alike")
    return (*inputs, *zip(shape.contributions, sent, strict=True))


def _is_tied(shape: Shape, numbers: Sequence[float]) -> bool:
    """Whether the product is next to what it is compared with; inputs are never alike."""
    if shape.operation != "product and maximum":
        return False
    first, second, third = numbers
    return abs(first * second - third) < LEAST_APART


def _number(size: Size, sign: int) -> Number:
    if isinstance(size, tuple):
        return fraction(sign * size[0], size[1])
    return float(sign * size)


def _inputs(draw: Draw, shape: Shape, exact: bool) -> Numbers:
    """Different sizes for the inputs, so that none can be taken for another."""
    kind = OPERATIONS[shape.operation].sizes
    sizes: Sequence[Size] = (_EXACT if exact else _SIZES)[kind]
    chosen = draw.sample(sizes, len(shape.inputs))
    signs = [1 if kind in _POSITIVE else draw.sign() for _ in chosen]
    if exact and kind in _LOGARITHMIC | {"factors"}:
        return tuple(zip(shape.inputs, _logarithms(chosen, signs), strict=True))
    numbers = (_number(size, sign) for size, sign in zip(chosen, signs, strict=True))
    return tuple(zip(shape.inputs, numbers, strict=True))


def _logarithms(sizes: Sequence[Size], signs: Sequence[int]) -> list[Number]:
    """One logarithm, and whole numbers for what it is multiplied by."""
    found: list[Number] = []
    for position, (size, sign) in enumerate(zip(sizes, signs, strict=True)):
        assert isinstance(size, tuple)
        whole = fraction(sign * size[0], size[1])
        found.append(whole if position else sign * logarithm(size[0]))
    return found


def _unit_inputs(draw: Draw, shape: Shape, exact: bool) -> Numbers:
    """A bias that brings the pre-activation to where the activation bends."""
    sizes: Sequence[Size] = (_EXACT if exact else _SIZES)["weights"]
    drawn = [draw.choice(sizes) for _ in range(2 * shape.units)]
    numbers = [_number(size, draw.sign()) for size in drawn]
    products = [w * x for w, x in zip(numbers[: shape.units], numbers[shape.units :], strict=True)]
    bias = _exact_bias(draw, products) if exact else _bias(draw, products)
    return tuple(zip(shape.inputs, (*numbers, bias), strict=True))


def _exact_bias(draw: Draw, products: Sequence[Any]) -> Number:
    bias: Number = draw.sign() * logarithm(draw.integer(2, 4))
    for product in products:
        bias = bias - product
    return bias


def _bias(draw: Draw, products: Sequence[Any]) -> Number:
    total = sum(products)
    bias = float(round(draw.sign() * draw.integer(4, 16) / 10 - total, 1))
    if not LEAST_OF_S <= abs(bias + total) <= MOST_OF_S or bias == 0:
        raise Rejected("the unit is saturated, or has no bias")
    return bias
