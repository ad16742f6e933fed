from __future__ import annotations

import pytest

from templates.boxes import Glyphs
from templates.layout.formulas import display, display_width, inline
from templates.layout.style import DISPLAY_INDENT, Setting
from templates.mathematics import typeset

CHAIN = r"a = 0.1234 \cdot 0.5678 = 0.2345 \cdot 0.6789 = 0.3456 \cdot 0.7891 = 0.4567"
SUM = "a = " + " + ".join(f"0.12{number}" for number in range(10, 40))


def test_a_short_formula_is_one_box() -> None:
    assert inline("a = b", 10, 400) == (typeset("a = b", 10),)


def test_a_wide_formula_in_the_line_is_divided_after_each_relation() -> None:
    assert len(inline(CHAIN, 10, 400)) == 5


def test_a_display_is_centred_or_indented() -> None:
    (row,) = display("a = b", Setting(400))
    assert row.x == pytest.approx((400 - row.frame.width) / 2)
    (row,) = display("a = b", Setting(400, centred=False))
    assert row.x == DISPLAY_INDENT


@pytest.mark.parametrize("source", [CHAIN, SUM, r"a = 1,\quad " * 20 + "b = 2"])
@pytest.mark.parametrize("measure", [150.0, 250.0, 400.0])
def test_a_divided_display_stays_within_its_line(source: str, measure: float) -> None:
    rows = display(source, Setting(measure))
    assert len(rows) > 1 or display_width(source, 10.5) <= measure
    assert all(row.x + row.frame.width <= measure + 0.01 for row in rows)
    assert all(row.keep for row in rows[:-1])


def test_the_relations_of_a_chain_stand_under_one_another() -> None:
    rows = display(CHAIN, Setting(200))
    places = {round(row.x, 3) for row in rows[1:]}
    texts = [mark for mark in rows[0].frame.marks() if isinstance(mark, Glyphs)]
    first = min(mark.x for mark in texts if mark.text.startswith("="))
    assert places == {round(rows[0].x + first, 3)}


def test_a_formula_that_nothing_divides_is_reduced_a_little_or_refused() -> None:
    source = r"\begin{bmatrix} 0.1234 & 0.1234 & 0.1234 & 0.1234 \end{bmatrix}"
    natural = display_width(source, 10.5)
    (row,) = display(source, Setting(natural * 0.8))
    assert row.frame.width == pytest.approx(natural * 0.8, rel=0.02)
    with pytest.raises(ValueError, match="can nowhere be divided"):
        display(source, Setting(natural * 0.4))
