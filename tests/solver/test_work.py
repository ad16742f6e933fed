"""Work: the operations of worked lines, counted as one would do with a pencil."""

from __future__ import annotations

import pytest

from solver import term as t
from solver.graph import GraphBuilder
from solver.steps import steps
from solver.work import operations


def lines(graph: GraphBuilder, wanted: list[t.Term], **givens: float):
    return steps(graph.build(), givens, [(leaf, None) for leaf in wanted], 4)


def product_of_sum():
    graph = GraphBuilder()
    x, y, z = (graph.input(name) for name in "xyz")
    graph.apply("multiply", graph.apply("add", x, y, name="q"), z, name="f")
    return graph


def test_a_sum_and_a_product_are_two_operations():
    assert operations(lines(product_of_sum(), [t.name("f")], x=-2, y=5, z=-4)) == 2


def test_lines_that_nothing_asked_for_needs_are_no_work():
    assert operations(lines(product_of_sum(), [t.name("q")], x=-2, y=5, z=-4)) == 1


def test_passing_a_gradient_on_unchanged_is_no_work():
    # df/dq = 1 * z and df/dx = df/dq: both are read off.
    assert operations(lines(product_of_sum(), [t.gradient("x")], x=-2, y=5, z=-4)) == 0


@pytest.mark.parametrize(
    ("op", "count"), [("exp", 1), ("tanh", 1), ("sigmoid", 3), ("relu", 0), ("negative", 0)]
)
def test_a_function_counts_as_the_keys_of_a_calculator_that_it_takes(op: str, count: int):
    graph = GraphBuilder()
    graph.apply(op, graph.input("x"), name="y")
    assert operations(lines(graph, [t.name("y")], x=0.7)) == count


@pytest.mark.parametrize(
    ("w", "x", "count"), [(2, 3, 1), (1, 3, 0), (2, -1, 0), (0, 3, 0), (0.5, 0.5, 1)]
)
def test_multiplying_by_one_minus_one_or_zero_is_no_work(w: float, x: float, count: int):
    graph = GraphBuilder()
    graph.apply("multiply", graph.input("w"), graph.input("x"), name="y")
    assert operations(lines(graph, [t.name("y")], w=w, x=x)) == count


def test_an_affine_layer_takes_a_product_for_each_weight_and_the_sums_between():
    graph = GraphBuilder()
    w, x = graph.input("W", (2, 3)), graph.input("x", (3, 1))
    s = graph.apply("matmul", w, x, name="s")
    graph.apply("sum", s, name="total")
    given = {"W": [[2, 3, 4], [5, 6, 7]], "x": [[2], [3], [4]]}
    found = steps(graph.build(), given, [(t.name("s"), None)], 4)
    assert operations(found) == 2 * (3 + 2)
