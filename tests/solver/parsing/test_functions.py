from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from solver import term as t
from solver.parsing.functions import FUNCTIONS, SYNONYMS

X, Z = t.name("x"), t.name("z")


def at(term: t.Term, x: float, z: float = 0.0) -> float:
    return float(t.evaluate(term, {X: np.float64(x), Z: np.float64(z)}))


OF_ONE: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "log2": math.log2,
    "log10": math.log10,
    "abs": abs,
    "square": lambda x: x * x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "softplus": lambda x: math.log(1 + math.exp(x)),
    "relu": lambda x: max(x, 0.0),
    "sum": lambda x: x,
    "mean": lambda x: x,
}
OF_TWO: dict[str, Callable[[float, float], float]] = {"max": max, "min": min}


@pytest.mark.parametrize("name", OF_ONE)
def test_a_function_of_one_argument_means_what_its_name_says(name: str) -> None:
    assert at(FUNCTIONS[name].make(X), 0.7) == pytest.approx(OF_ONE[name](0.7), rel=1e-14)


@pytest.mark.parametrize("name", OF_TWO)
@pytest.mark.parametrize("numbers", [(0.5, 2.0), (3.0, -1.0)])
def test_a_function_of_two_arguments_means_what_its_name_says(
    name: str, numbers: tuple[float, float]
) -> None:
    assert at(FUNCTIONS[name].make(X, Z), *numbers) == OF_TWO[name](*numbers)


@pytest.mark.parametrize(("name", "below"), [("leaky_relu", -0.2), ("elu", 0.1 * math.expm1(-2))])
def test_a_last_argument_may_be_a_plain_number(name: str, below: float) -> None:
    function = FUNCTIONS[name]
    assert (function.arguments, function.settings) == (2, 1)
    assert at(function.make(X, 0.1), -2.0) == pytest.approx(below)


def test_every_synonym_is_of_a_function() -> None:
    assert set(SYNONYMS.values()) <= set(FUNCTIONS)
    assert not set(SYNONYMS) & set(FUNCTIONS)
