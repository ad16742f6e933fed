from __future__ import annotations

import pytest

from templates.boxes import Bar, Box, Circle, Glyphs, Path
from templates.layout.frames import Frame, Row, beside, kept, scaled, spaced, stack, tied

DOT = Box(4, 3, 1, (Bar(4, 1, 0, 2),))


def test_marks_are_found_through_nested_frames_at_their_places() -> None:
    inner = Frame(4, 3, 1, ((1.0, 2.0, DOT),))
    outer = Frame(10, 10, 0, ((10.0, 20.0, inner), (0.0, 0.0, DOT)))
    assert list(outer.marks(100, 0)) == [Bar(4, 1, 111, 24), Bar(4, 1, 100, 2)]


def test_a_stack_has_the_baseline_of_its_first_row() -> None:
    frame = stack((Row(DOT, above=9), Row(DOT, above=2, x=5)), 20)
    assert (frame.width, frame.height, frame.depth) == (20, 3, 7)
    assert frame.parts == ((0.0, 0.0, DOT), (5.0, -6.0, DOT))
    assert stack((), 20) == Frame(20, 0, 0)


def test_frames_side_by_side_share_a_baseline() -> None:
    tall = Box(4, 9, 0)
    frame = beside(((0, DOT), (6, tall)), 10)
    assert (frame.width, frame.height, frame.depth) == (10, 9, 1)


def test_rows_can_be_tied_to_each_other_and_to_what_follows() -> None:
    rows = (Row(DOT), Row(DOT))
    assert [row.keep for row in kept(rows)] == [True, False]
    assert [row.keep for row in tied(rows)] == [False, True]
    assert kept(()) == tied(()) == spaced((), 3) == ()


def test_white_is_put_above_the_first_row() -> None:
    assert [row.above for row in spaced((Row(DOT, 1), Row(DOT, 2)), 7)] == [7, 2]


def test_scaling_shrinks_every_kind_of_mark() -> None:
    marks = (
        Glyphs("f", 10, "a", 2, 4),
        Bar(4, 2, 6, 8),
        Path(((0, 0), (10, 20)), line_width=1),
        Circle(6, 2, 4, line_width=1),
    )
    assert scaled(Box(20, 10, 6, marks), 0.5) == Box(
        10,
        5,
        3,
        (
            Glyphs("f", 5, "a", 1, 2),
            Bar(2, 1, 3, 4),
            Path(((0, 0), (5, 10)), line_width=0.5),
            Circle(3, 1, 2, line_width=0.5),
        ),
    )


def test_a_row_knows_its_extent_without_the_white_above() -> None:
    assert Row(DOT, above=5).extent == pytest.approx(4)
    assert Row(DOT, x=1).shifted(2).x == 3
