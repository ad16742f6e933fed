"""What binary rounding leaves of numbers that cancel is 0; small products are not."""

from __future__ import annotations

import numpy as np
import pytest

from solver import term as t
from solver.cancellation import cancelled
from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, build
from solver.steps import Step, steps

SMALLEST = 0.5e-4


def settled(formula: t.Term, **numbers: float) -> float:
    values = {t.name(name): np.asarray(number) for name, number in numbers.items()}
    raw = np.asarray(t.evaluate(formula, values), dtype=float)
    return float(cancelled(formula, values, raw, SMALLEST))


A, B, C = (t.name(name) for name in "abc")


@pytest.mark.parametrize(
    "numbers",
    [{"a": 0.3, "b": -0.4, "c": 0.1}, {"a": 1999.7, "b": -2002.1, "c": 2.4}],
)
def test_decimals_that_cancel_leave_0(numbers: dict[str, float]) -> None:
    assert sum(numbers.values()) != 0
    assert settled(A + B + C, **numbers) == 0


@pytest.mark.parametrize(
    ("a", "b"), [(1e-9, 1e-9), (1e-30, 3.0), (-2.5e-6, 0.1)], ids=["both", "very", "one"]
)
def test_a_small_product_stays(a: float, b: float) -> None:
    assert settled(A * B, a=a, b=b) == a * b


def test_a_small_difference_of_long_numbers_stays() -> None:
    assert settled(A - B, a=1.000000001, b=1.0) == 1.000000001 - 1.0


def test_what_is_not_small_is_not_looked_at() -> None:
    assert settled(A + B, a=0.1, b=0.2) == 0.1 + 0.2


def first_line() -> Step:
    """The pre-activation 0.3 · 1 + (-0.2) · 2 + 0.1, which is 0."""
    network = build(Architecture(2, (Layer(1, "sigmoid"),), "half_squared_error"))
    givens = {
        "x": np.array([[1.0], [2.0]]),
        "W1": np.array([[0.3, -0.2]]),
        "b1": np.array([[0.1]]),
        "y": np.array([[1.0]]),
    }
    return steps(network.graph, givens, [(t.name("s1"), None)], 4)[0]


def test_a_line_whose_terms_cancel_prints_0() -> None:
    line = first_line()
    assert line.value == 0
    assert line.exact


def test_a_line_with_a_small_product_keeps_its_digits() -> None:
    from solver.arithmetic import Decimals

    builder = GraphBuilder()
    builder.apply("multiply", builder.input("a"), builder.input("b"), name="y")
    givens = {"a": np.array(1e-9), "b": np.array(3.0)}
    (line,) = steps(builder.build(), givens, [(t.name("y"), None)], Decimals(4))
    assert line.value == 3e-9
