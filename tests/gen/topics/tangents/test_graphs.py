"""Graphs with tangents: what is added to a graph, and what is left when it is taken away."""

from __future__ import annotations

import numpy as np
import pytest

from gen.topics.tangents.graphs import tangent, with_tangents
from solver.graph import Graph, GraphBuilder
from solver.passes import forward


def squared_product() -> Graph:
    """y = (x z)^2 + z."""
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    a = builder.apply("multiply", x, z, name="a")
    b = builder.apply("power", a, name="b", exponent=2)
    builder.apply("add", b, z, name="y")
    return builder.build()


def test_every_node_that_moves_has_a_tangent():
    graph = with_tangents(squared_product(), (("x", "z"),))
    values = forward(graph, {"x": 2.0, "z": 3.0, "x.1": 1.0, "z.1": -1.0})
    assert values["a.1"] == 3.0 - 2.0
    assert values["b.1"] == 2 * 6.0 * 1.0
    assert values["y.1"] == 12.0 - 1.0


def test_several_passes_share_the_values_and_are_added_up():
    graph = with_tangents(squared_product(), (("x",), ("z",)))
    given = {"x": 2.0, "z": 3.0, "x.1": 1.0, "z.2": 1.0, "rate.1": 2.0, "rate.2": -1.0}
    values = forward(graph, given)
    assert (values["y.1"], values["y.2"]) == (36.0, 25.0)
    assert values["D"] == 2 * 36.0 - 25.0
    assert sum(equation.target == "a" for equation in graph.equations) == 1


def test_without_its_tangents_a_graph_is_what_it_was():
    plain = squared_product()
    again = with_tangents(plain, (("x",), ("z",))).without_tangents
    assert [v.name for v in again.inputs] == ["x", "z"]
    assert [e.target for e in again.equations] == ["a", "b", "y"]
    assert plain.without_tangents is plain


def test_a_tangent_knows_its_node_and_its_pass():
    graph = with_tangents(squared_product(), (("x",), ("z",)))
    told = graph.tangents[tangent("b", 2)]
    assert (told.node, told.op, told.number) == ("b", "power", 2)
    assert graph.tangents["x.1"].op == ""


def test_a_tangent_that_is_another_one_has_a_line_of_its_own():
    # Only z moves, and y = b + z passes on no more than z's tangent where b rests.
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    builder.apply("add", x, z, name="y")
    graph = with_tangents(builder.build(), (("z",),))
    assert forward(graph, {"x": 1.0, "z": 2.0, "z.1": 5.0})["y.1"] == pytest.approx(np.float64(5))
