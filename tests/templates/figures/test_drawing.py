"""The strokes that figures are made of."""

from __future__ import annotations

from math import dist

import pytest

from templates.boxes import Bar, Box, Circle, Glyphs, Path
from templates.figures.drawing import (
    Rect,
    arrow,
    canvas,
    centred,
    enclosing,
    frame,
    inked,
    on_paper,
)


def test_rectangles_that_share_an_edge_do_not_overlap() -> None:
    unit = Rect(0, 0, 1, 1)
    assert not unit.overlaps(Rect(1, 0, 2, 1))
    assert unit.overlaps(Rect(0.9, 0.9, 2, 2))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((-1, 0.5), (2, 0.5), True),
        ((-1, -1), (2, 2), True),
        ((-1, 1.5), (2, 1.5), False),
        ((-1, 0.5), (-0.1, 0.5), False),
        ((0, 1.6), (1.6, 0), True),
        ((0.5, 1.6), (2.1, 0), False),
        ((0.5, 0.4), (0.6, 0.5), True),
    ],
)
def test_a_line_meets_a_rectangle_only_through_its_inside(
    start: tuple[float, float], end: tuple[float, float], expected: bool
) -> None:
    assert Rect(0, 0, 1, 1).meets(start, end) is expected


def test_the_enclosing_rectangle_reaches_every_side() -> None:
    assert enclosing([Rect(0, 1, 2, 3), Rect(-1, 2, 1, 5)]) == Rect(-1, 1, 2, 5)


def test_an_arrow_ends_in_a_filled_head_whose_tip_is_its_end() -> None:
    shaft, head = arrow(((0, 0), (30, 40)))
    assert isinstance(shaft, Path)
    assert isinstance(head, Path)
    assert head.closed
    assert head.fill == "#000000"
    assert head.points[0] == (30, 40)
    assert dist(head.points[1], (30, 40)) == pytest.approx(dist(head.points[2], (30, 40)))
    assert dist(shaft.points[-1], (30, 40)) < 5


def test_a_rounded_frame_is_a_closed_curve_inside_its_rectangle() -> None:
    shape = frame(Rect(0, 0, 20, 10), 3)
    assert shape.curved
    assert shape.closed
    assert (len(shape.points) - 1) % 3 == 0
    assert shape.points[0] == shape.points[-1]
    assert all(0 <= x <= 20 and 0 <= y <= 10 for x, y in shape.points)


def test_a_square_frame_has_four_corners() -> None:
    assert frame(Rect(0, 0, 2, 1)).points == ((0, 0), (2, 0), (2, 1), (0, 1))


def test_a_box_is_centred_by_its_whole_height() -> None:
    box = Box(10, 6, 2, (Glyphs("F", 8, "x"),))
    assert centred(box, 50, 20) == (Glyphs("F", 8, "x", 45, 18),)


def test_a_label_on_paper_hides_what_is_under_it_and_a_margin_more() -> None:
    patch, glyphs = on_paper(Box(10, 6, 2, (Glyphs("F", 8, "x"),)), 0, 0, margin=1)
    assert patch == Bar(12, 10, -6, -5, "#ffffff")
    assert glyphs == Glyphs("F", 8, "x", -5, -2)


def test_a_second_ink_reaches_every_mark_and_adds_no_stroke_where_there_was_none() -> None:
    marks = (Glyphs("F", 8, "x"), Bar(1, 1), Path(((0, 0), (1, 1))), Circle(2, fill="#ffffff"))
    glyphs, bar, path, circle = inked(Box(1, 1, 0, marks), "#123456").marks
    assert (glyphs, bar) == (Glyphs("F", 8, "x", ink="#123456"), Bar(1, 1, ink="#123456"))
    assert path == Path(((0, 0), (1, 1)), "#123456")
    assert circle == Circle(2, stroke="#123456", fill="#123456")


def test_a_canvas_stands_on_its_baseline_with_its_left_edge_at_the_origin() -> None:
    box = canvas([Circle(1, 5, 5)], Rect(4, 4, 6, 7))
    assert (box.width, box.height, box.depth) == (2, 3, 0)
    assert box.marks == (Circle(1, 1, 1),)
