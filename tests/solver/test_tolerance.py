"""Tolerances, against decimals rounded by hand and the rule that they never cover 0."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest

from solver import term as t
from solver import tolerance
from solver.graph import GraphBuilder
from solver.passes import backward, forward
from solver.tolerance import Tolerances


def thirds(a: float, places: int = 4) -> Tolerances:
    """The tolerances of y = (a / 3) * b at b = 3."""
    builder = GraphBuilder()
    quotient = builder.apply("divide", builder.input("a"), builder.constant(3.0), name="q")
    builder.apply("multiply", quotient, builder.input("b"), name="y")
    graph = builder.build()
    givens = {"a": np.array(a), "b": np.array(3.0)}
    values = forward(graph, givens)
    return Tolerances(graph, givens, (values, backward(graph, values)), places)


@pytest.mark.parametrize("places", [2, 3, 4])
def test_a_tolerance_covers_what_rounding_every_line_does(places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    by_hand = (Decimal(2) / 3).quantize(unit, ROUND_HALF_UP) * 3
    found = float(thirds(2.0, places).of(t.name("y")))
    assert found >= abs(float(by_hand) - 2.0)
    # Three times the deviation and one unit, rounded up to one digit.
    assert found <= 10.0 ** (1 - places)


def test_a_tolerance_never_covers_zero() -> None:
    small = thirds(3e-4)
    assert 0 < float(small.of(t.name("y"))) < 1.5e-4
    assert float(small.of(t.name("q"))) < 0.5e-4


def test_a_value_of_zero_has_the_tolerance_of_the_places() -> None:
    assert float(thirds(0.0).of(t.name("y"))) == pytest.approx(1e-4)


def test_a_run_that_is_not_finite_when_it_is_rounded_does_not_count() -> None:
    builder = GraphBuilder()
    builder.apply("log", builder.input("p"), name="y")
    graph, givens = builder.build(), {"p": np.array(3e-5)}
    values = forward(graph, givens)
    found = Tolerances(graph, givens, (values, backward(graph, values)), 4)
    # A line rounded by half a unit, three times, and one unit.
    assert 1e-4 <= float(found.of(t.name("y"))) <= 3e-4


@pytest.mark.parametrize(
    ("x", "expected"), [(0.00041, 0.0005), (0.0004, 0.0004), (0.95, 1.0), (12.0, 20.0)]
)
def test_a_tolerance_is_rounded_up_to_one_digit(x: float, expected: float) -> None:
    assert tolerance.one_digit(x) == pytest.approx(expected, rel=1e-12)


def test_the_coarser_careless_run_counts_a_tenth() -> None:
    assert tolerance.spread([1.0, 2.0], [1.0, 2.0], [[1.0, 2.0], [1.5, 2.0]]) == pytest.approx(0.05)
