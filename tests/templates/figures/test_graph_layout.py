"""Where the frames and the curves of a computational graph stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from templates.boxes import Box
from templates.figures.graph_layout import Cell, Drawing, drawing
from templates.figures.layers import layers

EMPTY = Box(0.0, 0.0, 0.0)
LABEL = Box(20.0, 6.0, 2.0)


def plan(count: int, edges: list[tuple[int, int]], bands: int = 1) -> Drawing:
    """Nodes with equal labels and nothing above or below them."""
    return drawing([Cell(LABEL, EMPTY, EMPTY)] * count, layers(count, edges), bands, 10.0)


def test_level_neighbours_are_joined_by_a_straight_line_from_border_to_border() -> None:
    found = plan(2, [(0, 1)])
    left, right = found.frames
    middle = (left.bottom + left.top) / 2
    assert found.curves == (((left.right, middle), (right.left, middle)),)


def test_frames_have_one_height_and_leave_room_about_the_label() -> None:
    frames = plan(3, [(0, 1), (1, 2)]).frames
    assert {round(f.top - f.bottom, 6) for f in frames} == {16.0}
    assert all(f.right - f.left == pytest.approx(30) for f in frames)


def test_a_node_into_which_many_arrows_run_is_taller() -> None:
    *sources, sum_ = plan(7, [(k, 6) for k in range(6)]).frames
    assert sum_.top - sum_.bottom > sources[0].top - sources[0].bottom


def test_arrows_into_one_node_arrive_apart_in_the_order_of_their_sources() -> None:
    found = plan(4, [(0, 3), (1, 3), (2, 3)])
    sources = [found.frames[k].top for k in range(3)]
    arrivals = [curve[-1][1] for curve in found.curves]
    assert sorted(arrivals, reverse=True) == [
        arrival for _, arrival in sorted(zip(sources, arrivals, strict=True), reverse=True)
    ]
    assert min(abs(a - b) for a, b in pairwise(arrivals)) >= 4


def test_every_curve_is_a_line_or_a_run_of_cubic_segments() -> None:
    found = plan(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (1, 4)], bands=2)
    assert all(len(curve) == 2 or len(curve) % 3 == 1 for curve in found.curves)


def test_a_second_band_lies_under_the_first_and_runs_back() -> None:
    a, b, c, d = plan(4, [(0, 1), (1, 2), (2, 3)], bands=2).frames
    assert a.right < b.left
    assert d.right < c.left
    assert max(c.top, d.top) < min(a.bottom, b.bottom)
    assert c.left == pytest.approx(b.left)


def test_a_wide_gradient_widens_the_column_so_that_columns_do_not_touch() -> None:
    cells = [Cell(LABEL, EMPTY, Box(80.0, 6.0, 0.0))] * 2
    left, right = drawing(cells, layers(2, [(0, 1)]), 1, 10.0).frames
    assert right.left - left.right > 80 - 30 + 10
