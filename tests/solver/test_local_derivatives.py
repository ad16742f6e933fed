"""Local derivatives at the edges of a graph: each argument moved alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from solver.exact import Exact
from solver.graph import Graph, GraphBuilder
from solver.local_derivatives import local_derivatives


def graph() -> Graph:
    """a = x z, b = log x, y = a / b + c x with a fixed c."""
    builder = GraphBuilder()
    x, z, c = builder.input("x"), builder.input("z"), builder.input("c", fixed=True)
    a = builder.apply("multiply", x, z, name="a")
    b = builder.apply("log", x, name="b")
    quotient = builder.apply("divide", a, b, hidden=True)
    builder.apply("add", quotient, builder.apply("multiply", c, x, hidden=True), name="y")
    return builder.build()


def test_each_edge_has_the_derivative_of_its_node_with_the_other_arguments_held_fixed() -> None:
    found = local_derivatives(graph(), dict(zip("xzc", np.array([2.0, 3.0, 5.0]), strict=True)))
    b = math.log(2.0)
    assert found == pytest.approx(
        {
            ("x", "a"): 3.0,
            ("z", "a"): 2.0,
            ("x", "b"): 0.5,
            ("a", "y"): 1 / b,
            ("b", "y"): -6 / b**2,
            ("x", "y"): 5.0,
        }
    )


def test_an_argument_that_is_used_twice_in_one_formula_has_one_edge() -> None:
    builder = GraphBuilder()
    x = builder.input("x")
    builder.apply("multiply", x, x, name="y")
    assert local_derivatives(builder.build(), {"x": np.float64(3.0)}) == {("x", "y"): 6.0}


def test_exact_numbers_stay_exact() -> None:
    builder = GraphBuilder()
    x, w = builder.input("x"), builder.input("w", fixed=True)
    builder.apply("multiply", w, x, name="y")
    third = np.array(Exact(1) / 3)
    found = local_derivatives(builder.build(), {"x": np.array(Exact(2)), "w": third}, Exact(1))
    assert str(found["x", "y"]) == "1/3"
