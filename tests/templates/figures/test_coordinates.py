"""Heights of slots: in order, apart, and level where they can be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.figures.coordinates import Extent, heights, pooled
from templates.figures.layers import layers


def test_pooling_leaves_a_falling_sequence_alone() -> None:
    assert pooled([3, 2, 1]) == [3, 2, 1]


def test_pooling_replaces_a_rise_by_its_mean() -> None:
    assert pooled([5, 1, 3, 0]) == [5, 2, 2, 0]
    assert pooled([1, 2, 6]) == [3, 3, 3]


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=12))
def test_a_pooled_sequence_never_rises_and_keeps_its_sum(values: list[float]) -> None:
    found = pooled(values)
    assert all(b <= a + 1e-9 for a, b in pairwise(found))
    assert sum(found) == pytest.approx(sum(values), abs=1e-6)


def test_a_chain_is_level() -> None:
    graph = layers(4, [(0, 1), (1, 2), (2, 3)])
    found = heights(graph, [Extent(5, 9)] * 4, 3)
    assert max(found) - min(found) == pytest.approx(0, abs=1e-6)


def test_two_operands_stand_evenly_about_their_node() -> None:
    graph = layers(3, [(0, 2), (1, 2)])
    a, b, node = heights(graph, [Extent(5, 9)] * 3, 3)
    assert a - b == pytest.approx(9 + 3 + 5)
    assert node == pytest.approx((a + b) / 2, abs=0.01)


def test_slots_of_a_column_keep_their_distance() -> None:
    graph = layers(6, [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)])
    extents = [Extent(4 + k, 2 * k) for k in range(6)]
    found = heights(graph, extents, 3)
    for column in graph.columns:
        for a, b in pairwise(column):
            gap = (found[a] - extents[a].below) - (found[b] + extents[b].above)
            assert gap >= 3 - 1e-9
