"""Labels on lines: apart from each other, from obstacles and from foreign lines."""

from __future__ import annotations

from itertools import combinations

import pytest

from templates.figures.drawing import Rect
from templates.figures.placement import Line, Placement, place


def rects(lines: tuple[Line, ...], found: Placement) -> list[Rect]:
    return [
        Rect.about(x, y, line.width, line.height)
        for line, (x, y) in zip(lines, found.centres, strict=True)
        if line.width
    ]


def full(n: int, m: int, pitch: float, width: float) -> tuple[Line, ...]:
    """Every line from n points to m points, with labels of 20 by 8 points."""
    return tuple(
        Line((0, -k * pitch), (width, (m - n) * pitch / 2 - i * pitch), 20, 8)
        for i in range(m)
        for k in range(n)
    )


def test_one_label_stands_on_its_line() -> None:
    line = Line((0, 0), (100, 50), 20, 8)
    ((x, y),) = place((line,), ()).centres
    assert y == pytest.approx(x / 2)
    assert 10 <= x <= 90


def test_two_lines_that_cross_half_way_keep_their_labels_off_the_crossing() -> None:
    lines = (Line((0, 0), (100, 50), 20, 8), Line((0, 50), (100, 0), 20, 8))
    found = place(lines, ())
    assert found.clear
    assert found.covered == 0
    first, second = rects(lines, found)
    assert not first.overlaps(second)
    assert not first.meets(lines[1].start, lines[1].end)
    assert not second.meets(lines[0].start, lines[0].end)


def test_a_label_keeps_off_an_obstacle() -> None:
    line = Line((0, 0), (100, 0), 20, 8)
    obstacle = Rect(0, -10, 60, 10)
    found = place((line,), (obstacle,))
    assert found.clear
    assert not rects((line,), found)[0].overlaps(obstacle)


def test_a_label_without_any_place_is_reported() -> None:
    line = Line((0, 0), (30, 0), 20, 8)
    assert not place((line,), (Rect(0, -1, 30, 1),)).clear


def test_lines_without_labels_take_no_room() -> None:
    assert place((Line((0, 0), (5, 0)), Line((0, 0), (5, 0))), (Rect(0, -1, 5, 1),)).clear


@pytest.mark.parametrize(("n", "m"), [(2, 2), (3, 3), (4, 3), (4, 4)])
def test_what_is_called_clear_has_no_two_labels_that_touch(n: int, m: int) -> None:
    lines = full(n, m, 50, 140)
    found = place(lines, ())
    assert found.clear
    assert not any(a.overlaps(b) for a, b in combinations(rects(lines, found), 2))


def test_lines_that_run_under_foreign_labels_are_counted() -> None:
    lines = (Line((0, 0), (30, 0), 25, 8), Line((0, 2), (30, 2)))
    assert place(lines, ()).covered == 1
