"""Directions: sizes of tangents, and which input of a product moves."""

from __future__ import annotations

from gen.draw import Draw
from gen.exact_numbers import fraction, is_plain
from gen.topics.graphs.growing import Node
from gen.topics.tangents.draws import carried, draw_direction, draw_unit, evaluated, suits

NODES = (Node("a", "multiply", ("x", "z")), Node("y", "multiply", ("x", "a")))
POINT = (("x", 2.0), ("z", 3.0))


def test_the_input_moves_by_which_both_factors_move():
    for seed in range(10):
        assert draw_unit(Draw(seed), POINT, NODES) == (("x", 1.0), ("z", 0.0))


def test_a_direction_moves_every_input_and_not_all_alike():
    for seed in range(20):
        direction = draw_direction(Draw(seed), POINT, NODES)
        rates = [rate for _, rate in direction]
        assert 0.0 not in rates
        assert abs(rates[0]) != abs(rates[1])
        assert suits(POINT, NODES, direction)


def test_a_direction_along_which_nothing_changes_does_not_suit():
    # x z is constant where x grows by 2 in 2 and z falls by 3 in 3.
    assert not suits(POINT, NODES[:1], (("x", 2.0), ("z", -3.0)))


def test_an_exact_direction_has_exact_tangents():
    point = (("x", fraction(1, 2)), ("z", fraction(3)))
    direction = draw_direction(Draw(3), point, NODES)
    from gen.topics.graphs.expressions import graph_of

    graph = graph_of(("x", "z"), NODES)
    found = carried(graph, evaluated(graph, point), direction)
    assert all(is_plain(value) for value in found.values())
