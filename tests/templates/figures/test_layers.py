"""Layers of a directed acyclic graph."""

from __future__ import annotations

from itertools import pairwise

import pytest

from templates.figures.layers import crossings, layers


def test_a_chain_has_one_node_a_column() -> None:
    assert layers(3, [(0, 1), (1, 2)]).columns == ((0,), (1,), (2,))


def test_a_node_stands_behind_its_last_predecessor() -> None:
    found = layers(4, [(0, 1), (1, 2), (0, 3), (2, 3)])
    assert found.columns[3] == (3,)


def test_an_input_stands_just_before_its_first_use() -> None:
    found = layers(4, [(0, 1), (1, 3), (2, 3)])
    assert set(found.columns[1]) == {1, 2}


def test_a_long_edge_visits_every_column_on_its_way() -> None:
    found = layers(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    route = found.routes[3]
    assert (route[0], route[-1]) == (0, 3)
    assert [next(c for c, col in enumerate(found.columns) if s in col) for s in route] == [
        0,
        1,
        2,
        3,
    ]
    assert all(slot >= 4 for slot in route[1:-1])


def test_every_slot_stands_in_one_column_once() -> None:
    found = layers(5, [(0, 2), (1, 2), (2, 3), (0, 4), (3, 4)])
    slots = [slot for column in found.columns for slot in column]
    assert sorted(slots) == list(range(len(slots)))


def test_two_crossing_edges_are_untangled() -> None:
    found = layers(4, [(0, 3), (1, 2)])
    steps = [step for route in found.routes for step in pairwise(route)]
    assert crossings(found.columns, steps) == 0


def test_crossings_of_the_complete_bipartite_graph_of_three_and_three_are_nine() -> None:
    columns = ((0, 1, 2), (3, 4, 5))
    assert crossings(columns, [(a, b) for a in range(3) for b in range(3, 6)]) == 9


def test_operands_stay_in_the_order_in_which_they_are_given() -> None:
    assert layers(3, [(0, 2), (1, 2)]).columns[0] == (0, 1)


def test_a_node_without_edges_is_kept() -> None:
    assert layers(1, []).columns == ((0,),)


@pytest.mark.parametrize("edges", [[(0, 0)], [(0, 1), (1, 2), (2, 1)]])
def test_a_circle_is_refused(edges: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="circle"):
        layers(3, edges)
