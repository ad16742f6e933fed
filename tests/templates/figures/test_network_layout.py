"""Where the columns and rows of a network stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from templates.boxes import Box
from templates.figures.network_layout import Layout, Network, bias_middle, layout, output_run

EMPTY = Box(0.0, 0.0, 0.0)
LABEL = Box(20.0, 6.0, 0.0)


def net(sizes: tuple[int, ...], weight: Box, bias: Box = EMPTY) -> Network:
    """A network of units of radius 10 with equal weights and equal biases."""
    pairs = list(pairwise(sizes))
    return Network(
        tuple((LABEL,) * n for n in sizes),
        tuple(((weight,) * n,) * m for n, m in pairs),
        tuple((bias,) * m for m in sizes[1:]),
        (),
        EMPTY,
        10.0,
    )


def test_rows_stand_evenly_about_the_axis_from_the_top() -> None:
    assert Layout(40.0, ()).rows(3) == (40, 0, -40)
    assert Layout(40.0, ()).rows(2) == (20, -20)


def test_columns_are_a_gap_apart_from_border_to_border() -> None:
    plan = layout(net((1, 1, 1), EMPTY))
    first, second, third = plan.columns()
    assert first == 0
    assert second == pytest.approx(third - second)
    ((line,), (_,)) = (gap.lines for gap in plan.gaps)
    assert line.end[0] - line.start[0] == pytest.approx(second - 10 - 9)


def test_weights_ask_for_wider_gaps_the_more_they_are() -> None:
    bare = layout(net((3, 3), EMPTY)).columns()[1]
    few = layout(net((2, 2), LABEL)).columns()[1]
    many = layout(net((3, 3), LABEL)).columns()[1]
    assert bare < few < many


def test_biases_spread_the_rows_so_that_each_clears_the_unit_above() -> None:
    found = net((1, 2), EMPTY, LABEL)
    plan = layout(found)
    upper, lower = plan.rows(2)
    assert bias_middle(found, lower, LABEL) + LABEL.height / 2 < upper - 10


def test_rows_without_biases_stand_apart_where_many_weights_are_between_them() -> None:
    few, many = net((2, 2), LABEL), net((3, 3), LABEL)
    bare = net((3, 3), EMPTY)
    assert layout(bare).pitch == layout(few).pitch < layout(many).pitch


def test_no_line_of_a_small_network_runs_under_a_label() -> None:
    assert [gap.covered for gap in layout(net((2, 3, 2), LABEL, LABEL)).gaps] == [0, 0]


def test_the_arrows_of_many_outputs_meet_farther_out_than_one_does() -> None:
    assert output_run(net((1, 4), EMPTY), Layout(40.0, ())) > output_run(
        net((1, 1), EMPTY), Layout(40.0, ())
    )
