"""Labels on curved arrows: on their own curve, off nodes, other labels and, if possible, curves."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from templates.figures.drawing import Rect
from templates.figures.edge_labels import along, centres

# Two arrows from one point that part half way, and one that crosses neither.
UPPER = ((0.0, 0.0), (50.0, 0.0), (50.0, 40.0), (100.0, 40.0))
LOWER = ((0.0, 0.0), (50.0, 0.0), (50.0, -40.0), (100.0, -40.0))
LEVEL = ((0.0, -80.0), (100.0, -80.0))
SIZE = (16.0, 8.0)


def test_points_along_a_curve_are_evenly_spaced_from_end_to_end() -> None:
    for curve in (UPPER, LEVEL):
        points = along(curve)
        steps = np.hypot(*np.diff(points, axis=0).T)
        assert points[0] == pytest.approx(curve[0])
        assert points[-1] == pytest.approx(curve[-1])
        assert steps.max() < 1.1 * steps.min()


def test_a_lone_label_stands_in_the_middle_of_its_curve() -> None:
    ((x, y),) = centres([UPPER], [SIZE], [])
    assert (x, y) == pytest.approx((50.0, 20.0), abs=1.5)


def test_a_label_keeps_off_a_node_and_stays_on_its_curve() -> None:
    node = Rect(35.0, 5.0, 65.0, 35.0)
    ((x, y),) = centres([UPPER], [SIZE], [node])
    assert not Rect.about(x, y, *SIZE).overlaps(node)
    assert np.hypot(*(along(UPPER) - (x, y)).T).min() < 1e-9


def test_labels_of_parting_curves_touch_neither_each_other_nor_the_other_curve() -> None:
    curves = [UPPER, LOWER, LEVEL]
    rects = [Rect.about(x, y, *SIZE) for x, y in centres(curves, [SIZE] * 3, [])]
    assert not any(a.overlaps(b) for a, b in combinations(rects, 2))
    for k, rect in enumerate(rects):
        for j, curve in enumerate(curves):
            inside = [
                rect.left < x < rect.right and rect.bottom < y < rect.top for x, y in along(curve)
            ]
            assert any(inside) == (j == k)


def test_a_curve_without_a_label_is_in_nobody_s_way_by_its_label() -> None:
    both = centres([UPPER, UPPER], [SIZE, (0.0, 0.0)], [])
    assert both[0] == pytest.approx(both[1], abs=40)


def test_placement_is_the_same_in_every_run() -> None:
    curves = [UPPER, LOWER, LEVEL]
    assert centres(curves, [SIZE] * 3, []) == centres(curves, [SIZE] * 3, [])


def test_labels_of_crossing_arrows_stand_clear_of_the_crossing() -> None:
    down = ((0.0, 60.0), (60.0, 60.0), (60.0, -60.0), (120.0, -60.0))
    up = tuple((x, -y) for x, y in down)
    small = (6.0, 8.0)
    for (x, y), other in zip(centres([down, up], [small, small], []), (up, down), strict=True):
        assert np.abs(along(other) - (x, y)).max(axis=1).min() > 9.0
