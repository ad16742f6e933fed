"""One entry of an array as a primitive: its value, its gradient and its shape."""

from __future__ import annotations

import numpy as np
import pytest

from solver.graph import Graph, GraphBuilder
from solver.passes import backward, directional, forward
from solver.rounding import Rounded
from solver.shapes import ShapeError
from solver.steps import lines

POINT = {"x": np.array([[0.0, 0.2, 0.4], [0.6, 0.8, 1.0]])}


def exponential_of_the_last_entry() -> Graph:
    builder = GraphBuilder()
    powers = builder.apply("exp", builder.input("x", (2, 3)), name="a")
    builder.apply("entry", powers, name="y", index=(1, 2))
    return builder.build()


def test_the_value_is_that_entry_exactly_and_rounded():
    graph = exponential_of_the_last_entry()
    assert forward(graph, POINT)["y"] == pytest.approx(np.e)
    assert forward(graph, {"x": Rounded(POINT["x"], 2)})["y"].plain == 2.72


def test_the_gradient_reaches_that_entry_alone():
    graph = exponential_of_the_last_entry()
    gradient = backward(graph, forward(graph, POINT))["x"]
    direction = np.zeros((2, 3))
    direction[1, 2] = 1.0
    assert gradient == pytest.approx(np.e * direction)
    assert gradient[1, 2] == pytest.approx(directional(graph, POINT, "x", direction))


def test_the_formula_names_the_entry():
    formulas = {line.node: repr(line.formula) for line in lines(exponential_of_the_last_entry())}
    assert formulas["y"] == "entry(a, (1, 2))"


@pytest.mark.parametrize("index", [(2, 0), (0,), (0, -1)])
def test_an_entry_that_is_not_there_is_refused(index):
    builder = GraphBuilder()
    builder.input("x", (2, 3))
    with pytest.raises(ShapeError, match="there is no entry"):
        builder.apply("entry", "x", index=index)
