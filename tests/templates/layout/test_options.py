from __future__ import annotations

import pytest

from templates.boxes import Circle, Glyphs, Path
from templates.document import Options
from templates.layout import options
from templates.layout.blocks import rows
from templates.layout.style import Setting
from templates.markup import parse


def block(*sources: str, several: bool = False) -> Options:
    return Options(tuple("ABCDEF"[: len(sources)]), tuple(map(parse, sources)), several)


LONG = "a weight that is neither shared nor frozen is updated"


@pytest.mark.parametrize(
    ("sources", "lines"),
    [
        (("$1$", "$2$", "$3$", "$4$"), 1),
        (("$1$", "$2$", "$3$", "$4$", "$5$"), 1),
        (("$1$", "$2$", "$3$", "$4$", "$5$", "$6$"), 3),
        ((LONG[:30], "$2$", "$3$", "$4$"), 2),
        ((LONG * 3, "$2$", "$3$", "$4$"), 4),
        (("yes", "no"), 1),
        (("two\n\nparagraphs", "one"), 2),
    ],
)
def test_options_take_as_many_columns_as_fit_evenly(sources: tuple[str, ...], lines: int) -> None:
    assert len(rows(block(*sources), Setting(470))) == lines


def test_no_page_break_parts_the_options() -> None:
    found = rows(block(LONG * 3, "no", "yes"), Setting(470))
    assert [row.keep for row in found] == [True, True, False]


@pytest.mark.parametrize(("several", "shape"), [(False, Circle), (True, Path)])
def test_circles_ask_for_one_and_squares_for_all(several: bool, shape: type) -> None:
    (row,) = rows(block("$1$", "$2$", several=several), Setting(470))
    shapes = [mark for mark in row.frame.marks() if isinstance(mark, Circle | Path)]  # type: ignore[union-attr]
    assert [type(mark) for mark in shapes] == [shape, shape]


def test_letters_and_matrices_of_a_row_share_a_baseline() -> None:
    matrix = r"$\begin{bmatrix} 1 \\ 2 \end{bmatrix}$"
    (row,) = rows(block("$1$", matrix), Setting(470))
    texts = [mark for mark in row.frame.marks() if isinstance(mark, Glyphs)]  # type: ignore[union-attr]
    assert [mark.y for mark in texts if mark.text.strip() in ("A", "B")] == [0.0, 0.0]


def test_the_options_begin_where_the_module_says() -> None:
    (row,) = rows(block("$1$"), Setting(470))
    assert row.x == options.OPTION_INDENT


def test_an_option_without_a_letter_begins_where_the_letter_would() -> None:
    (row,) = rows(Options(("",), (parse("True"),)), Setting(470))
    (text,) = [mark for mark in row.frame.marks() if isinstance(mark, Glyphs)]  # type: ignore[union-attr]
    assert (text.text.strip(), text.x) == ("True", options.LETTER)
