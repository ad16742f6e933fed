"""Numbers at which an activation is worth asking about: off the kinks and off the flat ends."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, logarithm
from gen.family import Rejected

Numbers = tuple[Number, ...]

_HUNDREDTHS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "sigmoid": (20, 240),
        "tanh": (20, 160),
        "softplus": (20, 200),
        "relu": (20, 300),
        "leaky_relu": (20, 300),
        "elu": (20, 180),
    }
)
"""The least and the greatest size of a pre-activation, in hundredths."""
PIECEWISE = frozenset({"relu", "leaky_relu", "elu"})
ALPHAS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"leaky_relu": (0.05, 0.1, 0.2, 0.25), "elu": (0.5, 1.0, 1.5, 2.0)}
)
EXACT_ALPHAS = (1.0, 2.0, 3.0)
"""Those of ELU."""
_WEIGHTS = (0.4, 0.5, 0.6, 0.8, 1.2, 1.5, 1.6, 2.0, 2.5)
_ODDS: Mapping[str, tuple[tuple[int, int], ...]] = MappingProxyType(
    {
        "sigmoid": ((2, 1), (3, 1), (4, 1), (3, 2), (5, 1), (7, 1), (9, 1)),
        "tanh": ((2, 1), (3, 1), (3, 2), (4, 1)),
        "softplus": ((2, 1), (3, 1), (4, 1), (3, 2), (5, 1)),
        "elu": ((2, 1), (3, 1), (4, 1), (3, 2), (5, 1)),
    }
)
"""Fractions, and with them their reciprocals, whose logarithms suit the activation."""


def draw_points(draw: Draw, activation: str, count: int, step: int = 1) -> Numbers:
    """Different pre-activations, to a hundredth or a multiple; of a kink's sides each, if several.

    A single one of a function with a kink lies to the left of it, where there is more to do.
    """
    low, high = _HUNDREDTHS[activation]
    sizes = draw.sample(range(low // step, high // step + 1), count)
    signs = _signs(draw, activation, count)
    return tuple(sign * size * step / 100 for sign, size in zip(signs, sizes, strict=True))


def _signs(draw: Draw, activation: str, count: int) -> tuple[int, ...]:
    if activation not in PIECEWISE:
        return tuple(draw.sign() for _ in range(count))
    if count == 1:
        return (-1,)
    more = (draw.sign() for _ in range(count - 2))
    return draw.shuffle((-1, 1, *more))


def draw_exact_points(draw: Draw, activation: str, count: int) -> Numbers:
    """Whole numbers for ReLUs; for the others logarithms of fractions."""
    signs = _signs(draw, activation, count)
    if activation not in _ODDS:
        sizes = draw.sample(range(1, 9), count)
        return tuple(fraction(sign * size) for sign, size in zip(signs, sizes, strict=True))
    odds = draw.sample(_ODDS[activation], count)
    return tuple(
        logarithm(*(q if sign > 0 else q[::-1])) for sign, q in zip(signs, odds, strict=True)
    )


def draw_weights(draw: Draw, count: int) -> Numbers:
    """Different weights of either sign; of several, not all have the same."""
    sizes = draw.sample(_WEIGHTS, count)
    signs = (
        draw.shuffle((-1, 1, *(draw.sign() for _ in range(count - 2))))
        if count > 1
        else (draw.sign(),)
    )
    return tuple(sign * size for sign, size in zip(signs, sizes, strict=True))


def draw_exact_weights(draw: Draw, count: int) -> Numbers:
    """As `draw_weights`, whole numbers other than 1."""
    sizes = draw.sample((2, 3, 4, 5, 6, 8), count)
    signs = (
        draw.shuffle((-1, 1, *(draw.sign() for _ in range(count - 2))))
        if count > 1
        else (draw.sign(),)
    )
    return tuple(fraction(sign * size) for sign, size in zip(signs, sizes, strict=True))


def draw_outputs(draw: Draw, activation: str, count: int) -> Numbers:
    """Different outputs of a sigmoid or tanh, to a hundredth, off the middle and the ends."""
    return tuple(x / 100 for x in _outputs(draw, activation, count))


def draw_exact_outputs(draw: Draw, activation: str, count: int) -> Numbers:
    """As `draw_outputs`, fractions with small denominators."""
    if activation == "tanh":
        return tuple(fraction(draw.sign() * a, b) for a, b in draw.sample(_TANH_OUTPUTS, count))
    return tuple(fraction(a, b) for a, b in draw.sample(_SIGMOID_OUTPUTS, count))


_TANH_OUTPUTS = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5))
_SIGMOID_OUTPUTS = ((1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5))


def _outputs(draw: Draw, activation: str, count: int) -> tuple[int, ...]:
    if activation == "tanh":
        return tuple(draw.sign() * x for x in draw.sample(range(20, 91), count))
    # From 0.45 to 0.55 the derivative hardly differs from 1/4.
    return draw.sample((*range(10, 46), *range(55, 91)), count)


def draw_bias(draw: Draw, activation: str, total: float) -> float:
    """A bias of one decimal that brings a weighted sum into the band of the activation.

    Raises Rejected where the bias is 0.
    """
    low, high = _BANDS[activation]
    bias = round(draw.sign() * draw.integer(low, high) / 100 - total, 1)
    if bias == 0:
        raise Rejected("the bias is 0")
    return bias


_BANDS = {"sigmoid": (30, 180), "tanh": (30, 120), "softplus": (30, 180)}
"""The sizes, in hundredths, between which the pre-activation of a further unit lies."""
