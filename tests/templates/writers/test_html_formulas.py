"""Formulas of a page: long ones in parts between which a line may break."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from templates.mathematics import parse
from templates.writers.html_formulas import NARROW, SHORT, display, inline, width

LONG = r"s = W x + b = 0.5 \cdot 1 + 0.25 \cdot 2 + 0.125 \cdot 3 = 1.375"
CLAUSES = (
    r"x = \begin{bmatrix} 1 \\ -2 \end{bmatrix},\quad W = 0.125,\quad b = 0.75,\quad y = 0.5625"
)


def parts(markup: str) -> list[str]:
    """What each formula of the markup says."""
    tree = ElementTree.fromstring(f"<p>{markup}</p>")
    return [math.attrib["alttext"] for math in tree.iter("math")]


def test_a_short_formula_is_one() -> None:
    assert width(parse("a = b"), False) < SHORT
    assert parts(inline("a = b")) == ["a = b"]


def test_a_long_formula_breaks_after_its_relations() -> None:
    links = ["s =", "Wx + b =", "0.5 · 1 + 0.25 · 2 + 0.125 · 3 =", "1.375"]
    assert parts(inline(LONG)) == links


def test_a_long_line_of_a_solution_breaks_before_its_relations() -> None:
    links = ["s", "= Wx + b", "= 0.5 · 1 + 0.25 · 2 + 0.125 · 3", "= 1.375"]
    assert parts(inline(LONG, large=True)) == links


def test_punctuation_stays_with_the_end_of_a_formula() -> None:
    for source in ("a = b", LONG):
        markup = inline(source, after="?)")
        assert markup.endswith("</math>?)</span>")
        assert markup.count('class="together"') == 1


def test_a_display_that_a_telephone_can_show_is_one() -> None:
    assert 'display="block"' in display("a = b")
    assert parts(display("a = b")) == ["a = b"]


def test_a_wide_display_breaks_between_clauses() -> None:
    markup = display(CLAUSES)
    assert 'class="display divided"' in markup
    assert parts(markup) == ["x = [1; -2],", "W = 0.125,", "b = 0.75,", "y = 0.5625"]
    assert markup.count("\u2003") == 3


def test_a_long_sum_breaks_before_its_signs() -> None:
    markup = display("L = " + " + ".join(["0.123 x"] * 12))
    assert markup.count("<wbr/>") == 11
    assert all(width(parse(part), True) < NARROW for part in parts(markup))


def test_what_cannot_be_divided_is_scrolled() -> None:
    matrix = r"\begin{bmatrix} " + " & ".join(["0.1234"] * 12) + r" \end{bmatrix}"
    (wide,) = re.findall('<span class="wide"><math', inline(matrix))
    assert wide


def test_words_that_no_font_of_ours_has_are_shown_all_the_same() -> None:
    assert parts(inline(r"\text{語}")) == ["語"]
