from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.document import Math, Text
from templates.layout.frames import Frame
from templates.layout.lines import one_line, paragraph, width
from templates.layout.style import LEADING, Setting

TEXT = "the gradient of a loss with respect to each weight follows from one local rule"
WORDS = TEXT.split(" ")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=80), st.floats(60, 500))
def test_lines_keep_all_words_in_order_within_the_line(chosen: list[str], measure: float) -> None:
    rows = paragraph((Text(" ".join(chosen)),), Setting(measure))
    assert all(row.frame.width <= measure + 0.01 for row in rows)
    text = "".join(mark.text for row in rows for mark in row.frame.marks())  # type: ignore[union-attr]
    assert text.split() == chosen


def test_a_full_line_is_justified_and_the_last_is_not() -> None:
    rows = paragraph((Text(" ".join(WORDS * 5)),), Setting(300))
    assert [round(row.frame.width, 2) for row in rows[:-1]] == [300] * (len(rows) - 1)
    assert rows[-1].frame.width < 299


def test_a_ragged_line_keeps_its_spaces() -> None:
    content = (Text(" ".join(WORDS * 5)),)
    rows = paragraph(content, Setting(300, justified=False))
    assert any(row.frame.width < 297 for row in rows[:-1])


def test_the_first_two_and_the_last_two_lines_stay_together() -> None:
    rows = paragraph((Text(" ".join(WORDS * 8)),), Setting(300))
    assert [row.keep for row in rows] == [True, *[False] * (len(rows) - 3), True, False]


def test_a_line_of_words_has_the_height_of_the_leading() -> None:
    frame = one_line((Text("gradient"),), Setting(300))
    assert frame.height + frame.depth == pytest.approx(LEADING)


def test_a_tall_formula_makes_its_line_taller() -> None:
    frame = one_line((Math(r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),), Setting(300))
    assert frame.height + frame.depth > 1.5 * LEADING


def test_a_word_wider_than_its_line_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="'backpropagation' is wider than its line"):
        paragraph((Text("on backpropagation here"),), Setting(50))


def test_the_width_of_words_is_that_of_their_line() -> None:
    content = (Text("one local "), Math("x_1"), Text(" rule"))
    line: Frame = one_line(content, Setting(300))
    assert width(content, Setting(300)) == pytest.approx(line.width)


@pytest.mark.parametrize(("end", "last"), [("1.", ["weight", "1."]), ("weights.", ["weights."])])
def test_one_short_word_is_no_line(end: str, last: list[str]) -> None:
    start = (Text(" ".join([*WORDS, "weight"])),)
    content = (Text(" ".join([*WORDS, "weight", end])),)
    ragged = Setting(width(start, Setting(1000)), justified=False)
    rows = paragraph(content, ragged)
    text = "".join(mark.text for mark in rows[-1].frame.marks())  # type: ignore[union-attr]
    assert text.split() == last
