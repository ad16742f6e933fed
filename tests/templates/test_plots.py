"""Plots as data: round ticks, axes about values, sampled curves and straight lines."""

from __future__ import annotations

from math import isclose

import pytest

from templates.plots import Axis, Curve, step_of, straight


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (-4, 4, (-4, -2, 0, 2, 4)),
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (-0.13, 0.31, (-0.1, 0, 0.1, 0.2, 0.3)),
        (0, 3e-4, (0, 5e-5, 1e-4, 1.5e-4, 2e-4, 2.5e-4, 3e-4)),
        (-250, 730, (-200, 0, 200, 400, 600)),
    ],
)
def test_ticks_are_round_numbers_within_the_range(low: float, high: float, ticks: tuple[float]):
    assert Axis("x", low, high).numbers() == ticks


def test_ticks_that_are_given_are_used():
    assert Axis("x", -0.5, 1.5, (0, 1)).numbers() == (0, 1)


@pytest.mark.parametrize("high", [0.7, 1, 1.3, 2.9, 5, 7, 11, 83, 0.012])
def test_there_are_at_most_six_steps_and_no_fewer_than_three(high: float):
    assert 2.4 - 1e-9 <= high / step_of(0, high) <= 6 + 1e-9


def test_an_axis_around_values_runs_from_tick_to_tick():
    axis = Axis.around("x", (0.3, -1.2, 2.9))
    assert (axis.low, axis.high) == (-2, 3)
    assert Axis.around("x", (0.1, 0.3)).high == 0.3


def test_an_axis_needs_room():
    with pytest.raises(ValueError, match="runs from 2 to 2"):
        Axis("x", 2, 2)


def test_a_sampled_curve_has_its_ends_and_the_heights_of_its_function():
    curve = Curve.of(lambda x: x * x, -1, 3, samples=5)
    assert curve.points == ((-1, 1), (0, 0), (1, 1), (2, 4), (3, 9))


@pytest.mark.parametrize(
    ("normal", "offset"), [((1, 1), 1.5), ((-2, 0.5), 0.25), ((3, 0), 2), ((0, -2), 1)]
)
def test_a_straight_line_satisfies_its_equation_at_both_ends(
    normal: tuple[float, float], offset: float
):
    axis = Axis("x", -0.5, 1.5)
    first, last = straight(normal, offset, axis, axis)
    assert first != last
    for x, y in (first, last):
        assert isclose(normal[0] * x + normal[1] * y, offset)


def test_a_line_needs_a_direction():
    with pytest.raises(ValueError, match="direction"):
        straight((0, 0), 1, Axis("x", 0, 1), Axis("y", 0, 1))
