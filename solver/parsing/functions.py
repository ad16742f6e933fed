"""The functions that an expression may name, and the terms that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from solver.term import Term, number


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes, which of them are plain numbers, and what it makes.

    `settings` are the last arguments, which are numbers and no expressions, such as the slope of a
    leaky ReLU.
    """

    arguments: int
    make: Callable[..., Term]
    settings: int = 0


def _of_one(op: str, *settings: object) -> Function:
    return Function(1, lambda x: Term(op, (x, *settings)))


def _of_two(op: str) -> Function:
    return Function(2, lambda a, b: Term(op, (a, b)))


def _with_slope(op: str) -> Function:
    return Function(2, lambda x, alpha: Term(op, (x, alpha)), settings=1)


def _tan(x: Term) -> Term:
    return Term("divide", (Term("sin", (x,)), Term("cos", (x,))))


def _to_base(base: float) -> Function:
    return Function(1, lambda x: np.log(x) / np.log(number(base)))


def _halved(sign: Callable[[Term, Term], Term]) -> Function:
    """The hyperbolic functions that are half of a sum or difference of exponentials."""
    return Function(1, lambda x: sign(np.exp(x), np.exp(-x)) / number(2.0))


FUNCTIONS: Mapping[str, Function] = {
    **{name: _of_one(name) for name in ("exp", "log", "sqrt", "sin", "cos", "tanh")},
    **{name: _of_one(name) for name in ("sigmoid", "relu", "softplus", "mean")},
    **{name: _of_one(name, None) for name in ("softmax", "log_softmax")},
    **{name: _of_two(name) for name in ("dot", "outer", "squared_error", "half_squared_error")},
    **{name: _of_two(name) for name in ("cross_entropy", "binary_cross_entropy")},
    "abs": _of_one("absolute"),
    "sum": _of_one("sum", None, False),
    "max": _of_two("maximum"),
    "min": _of_two("minimum"),
    "leaky_relu": _with_slope("leaky_relu"),
    "elu": _with_slope("elu"),
    "tan": Function(1, _tan),
    "sinh": _halved(lambda a, b: a - b),
    "cosh": _halved(lambda a, b: a + b),
    "log2": _to_base(2.0),
    "log10": _to_base(10.0),
    "square": Function(1, lambda x: Term("power", (x, number(2.0)))),
}
"""Every function by its usual name."""

SYNONYMS: Mapping[str, str] = {
    "ln": "log",
    "sigma": "sigmoid",
    "σ": "sigmoid",
    "logistic": "sigmoid",
    "ReLU": "relu",
    "LReLU": "leaky_relu",
    "ELU": "elu",
    "absolute": "abs",
    "maximum": "max",
    "minimum": "min",
}
"""Other names for some of them."""
