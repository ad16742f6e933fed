from __future__ import annotations

from collections.abc import Callable

import pytest

from templates.boxes import Path
from templates.document import AnswerSpace
from templates.layout.answers import rows
from templates.layout.frames import Laid
from templates.layout.style import LEADING, Setting
from templates.markup import parse_inline


def test_room_without_a_label_is_white_of_that_many_lines() -> None:
    (row,) = rows(AnswerSpace(lines=4), Setting(400))
    assert row.extent == pytest.approx(4 * LEADING)
    assert list(row.frame.marks()) == []  # type: ignore[union-attr]


def test_no_room_and_no_label_is_nothing() -> None:
    assert rows(AnswerSpace(), Setting(400)) == ()


def test_the_box_stands_at_the_right_below_the_room(words: Callable[[Laid], str]) -> None:
    (row,) = rows(AnswerSpace(parse_inline(r"answer $y =$"), 4), Setting(400))
    (frame,) = [mark for mark in row.frame.marks() if isinstance(mark, Path)]  # type: ignore[union-attr]
    assert max(x for x, _ in frame.points) == 400
    assert max(y for _, y in frame.points) == pytest.approx(row.frame.height - 4 * LEADING)
    assert words(row.frame).startswith("answer")


def test_a_tall_label_makes_the_box_taller() -> None:
    tall = parse_inline(r"$\begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix} =$")
    (row,) = rows(AnswerSpace(tall), Setting(400))
    (low,) = rows(AnswerSpace(parse_inline("$y =$")), Setting(400))
    assert row.extent > low.extent


def test_the_box_grows_with_the_rows_and_columns_of_the_answer() -> None:
    label = parse_inline("$W =$")
    (one,) = rows(AnswerSpace(label), Setting(400))
    (matrix,) = rows(AnswerSpace(label, rows=3, columns=4), Setting(400))
    (small,) = (mark for mark in one.frame.marks() if isinstance(mark, Path))  # type: ignore[union-attr]
    (large,) = (mark for mark in matrix.frame.marks() if isinstance(mark, Path))  # type: ignore[union-attr]
    assert matrix.extent > 1.5 * one.extent
    assert min(x for x, _ in large.points) < min(x for x, _ in small.points)


def test_the_box_for_a_shape_is_small_and_has_its_cross_in_the_middle(
    words: Callable[[Laid], str],
) -> None:
    label = parse_inline("$W$ is")
    (row,) = rows(AnswerSpace(label, inside=parse_inline(r"$\times$")), Setting(400))
    (usual,) = rows(AnswerSpace(label), Setting(400))
    (box,) = (mark for mark in row.frame.marks() if isinstance(mark, Path))  # type: ignore[union-attr]
    (large,) = (mark for mark in usual.frame.marks() if isinstance(mark, Path))  # type: ignore[union-attr]
    assert min(x for x, _ in box.points) > min(x for x, _ in large.points)
    (x,) = (part[0] + part[2].width / 2 for part in row.frame.parts[2:])  # type: ignore[union-attr]
    assert x == pytest.approx(sum(x for x, _ in box.points) / 4)
    assert words(row.frame).endswith("×")
