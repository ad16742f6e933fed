"""Derivatives by a step into the complex plane, and the functions that they are taken of."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

_STEP = 1e-30


def slope(function: Callable[[Any], Any], at: float) -> float:
    """The derivative at a point, exact to float64: the step is too small to be felt."""
    return float(function(complex(float(at), _STEP)).imag) / _STEP


def curvature(function: Callable[[Any], Any], at: float, step: float = 1e-3) -> float:
    """The second derivative at a point: a central difference of the slope, improved once."""

    def difference(h: float) -> float:
        return (slope(function, at + h) - slope(function, at - h)) / (2 * h)

    return (4 * difference(step / 2) - difference(step)) / 3


def sigmoid(u: Any) -> Any:
    """1 / (1 + exp(-u))."""
    return 1 / (1 + cmath.exp(-u))


def logit(p: float | Fraction) -> float:
    """The argument at which the sigmoid is p."""
    return cmath.log(float(p) / (1 - float(p))).real


def softmax(scores: Sequence[Any]) -> list[Any]:
    """Exponentials divided by their sum."""
    powers = [cmath.exp(u) for u in scores]
    return [each / sum(powers) for each in powers]
