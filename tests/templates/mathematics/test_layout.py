"""Formulas are laid out as TeX lays them out, checked against TeX's own measurements.

`pdflatex.txt` holds width, height and depth in points of formulas set by pdfTeX 1.40.24 with
amsmath in display style at 10 points. KaTeX has no separate designs for 7 and 5 points, so that
our scripts are a little narrower than Computer Modern's; everything else has to agree.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from templates.boxes import Bar, Box, Glyphs
from templates.mathematics import parse, typeset, typeset_tree
from templates.mathematics.symbols import LEAVES
from templates.mathematics.tree import Space
from templates.typefaces import MAIN, MATH_ITALIC, characters

FOLDER = Path(__file__).parent
MEASURED = [
    (source, float(width), float(height), float(depth))
    for line in (FOLDER / "pdflatex.txt").read_text(encoding="utf-8").splitlines()
    for width, height, depth, source in [line.split(" ", 3)]
]
ROUNDING = 0.02
# The 7-point minus of Computer Modern is lower by this than ours; TeX's \not is taller.
OTHER_DESIGNS = 0.4


@pytest.mark.parametrize(("source", "width", "height", "depth"), MEASURED)
def test_dimensions_agree_with_tex(source: str, width: float, height: float, depth: float) -> None:
    box = typeset(source, 10.0, display=True)
    assert box.height == pytest.approx(height, abs=OTHER_DESIGNS)
    assert box.depth == pytest.approx(depth, abs=OTHER_DESIGNS)
    assert 0.88 * width < box.width < width + ROUNDING


WITHOUT_SCRIPTS = [row for row in MEASURED if not set("_^'") & set(row[0])]


@pytest.mark.parametrize(
    ("source", "width"),
    [(row[0], row[1]) for row in WITHOUT_SCRIPTS if r"\frac{\frac" not in row[0]
     and r"\frac ab" not in row[0] and "sqrt[3]" not in row[0]],
)  # fmt: skip
def test_widths_agree_with_tex_where_there_are_no_scripts(source: str, width: float) -> None:
    assert typeset(source, 10.0, display=True).width == pytest.approx(width, abs=ROUNDING)


def glyphs(box: Box) -> list[Glyphs]:
    return [mark for mark in box.marks if isinstance(mark, Glyphs)]


def bars(box: Box) -> list[Bar]:
    return [mark for mark in box.marks if isinstance(mark, Bar)]


def texts(source: str) -> list[str]:
    return [run.text for run in glyphs(typeset(source, 10.0))]


def start(source: str, text: str) -> float:
    return next(run.x for run in glyphs(typeset(source, 10.0)) if run.text == text)


def test_one_letter_has_the_metrics_of_cmmi10() -> None:
    """cmmi10: x is 0.571527 em wide and 0.430555 em high."""
    box = typeset("x", 10.0)
    assert (box.width, box.height, box.depth) == pytest.approx((5.71527, 4.30555, 0), abs=1e-3)
    assert box.marks == (Glyphs(MATH_ITALIC, 10.0, "x"),)


def test_dimensions_grow_with_the_size() -> None:
    small, large = typeset(r"\frac{a}{b}", 10.0), typeset(r"\frac{a}{b}", 12.0)
    assert large.width == pytest.approx(1.2 * small.width)
    assert large.depth == pytest.approx(1.2 * small.depth)


def test_widths_of_ordinary_atoms_add_up() -> None:
    parts = sum(typeset(letter, 10.0).width for letter in "abc")
    assert typeset("abc", 10.0).width == pytest.approx(parts)


def test_a_relation_has_thick_space_on_both_sides() -> None:
    """Five eighteenths of an em on each side of an equals sign that is 7/9 em wide."""
    letters = typeset("a", 10.0).width + typeset("b", 10.0).width
    space = typeset("a=b", 10.0).width - letters - 7.7778
    assert space == pytest.approx(10 * 10 / 18, abs=1e-3)


def test_space_around_relations_vanishes_in_scripts() -> None:
    """0.7 of i, = and 1, and the half point that follows scripts."""
    width = typeset("x_{i=1}", 10.0).width - typeset("x", 10.0).width
    assert width == pytest.approx(0.7 * (3.4454 + 7.7778 + 5.0) + 0.5, abs=0.01)


@pytest.mark.parametrize("before", ["", "a = ", "(", "[", "a, ", r"a \cdot ", r"\log "])
def test_a_minus_that_cannot_be_binary_is_a_sign(before: str) -> None:
    """A minus is 7/9 em wide; as a sign no space parts it from its operand."""
    closing = {"(": ")", "[": "]"}.get(before, "")
    runs = glyphs(typeset(f"{before}-b{closing}", 10.0))
    minus = next(run for run in runs if "−" in run.text)
    operand = next(run for run in runs if run.text == "b")
    prefix = len(minus.text.split("−")[0])
    assert prefix == 0 or before in "(["
    width = typeset(minus.text.replace("−", ""), 10.0).width if prefix else 0.0
    assert operand.x - minus.x == pytest.approx(width + 7.7778, abs=1e-3)


def test_a_minus_in_a_matrix_cell_is_a_sign() -> None:
    assert "−0.3" in texts(r"\begin{bmatrix} 0.5 & -0.3 \end{bmatrix}")


def test_a_minus_between_operands_has_medium_space() -> None:
    """Two ninths of an em on each side."""
    assert start("a-b", "b") - start("a-b", "−") == pytest.approx(7.7778 + 20 / 9, abs=1e-3)


def test_a_decimal_number_is_one_run_without_space() -> None:
    assert texts("0.5") == ["0.5"]


def test_a_comma_in_braces_takes_no_space() -> None:
    assert texts("1{,}5") == ["1,5"]
    assert texts("1,5") == ["1,", "5"]


def test_a_negative_exponent_of_ten_has_a_true_minus() -> None:
    assert texts("1e-3") == ["1e−3"]


def test_neighbouring_glyphs_of_a_font_are_one_run() -> None:
    assert texts(r"\max(0)") == ["max(0)"]


def test_a_fraction_bar_lies_on_the_axis() -> None:
    """The axis of cmsy10 is 0.25 em above the baseline and the bar 0.04 em thick."""
    (bar,) = bars(typeset(r"\frac{a}{b}", 10.0, display=True))
    assert bar.y + bar.height / 2 == pytest.approx(2.5)
    assert bar.height == pytest.approx(0.4)


def test_the_narrower_part_of_a_fraction_is_centred() -> None:
    box = typeset(r"\frac{1}{1+1+1}", 10.0, display=True)
    (bar,), top = bars(box), glyphs(box)[0]
    assert top.x + 2.5 == pytest.approx(bar.x + bar.width / 2)


def test_text_style_makes_fractions_smaller_than_display_style() -> None:
    sizes = {run.size for run in glyphs(typeset(r"\frac{a}{b}", 10.0))}
    assert sizes == {7.0}
    assert glyphs(typeset(r"\dfrac{a}{b}", 10.0))[0].size == 10.0


def test_superscripts_rise_and_subscripts_drop() -> None:
    """A lone letter in display style: sup1 of cmsy10 is 4.13 pt, sub2 2.47 pt."""
    box = typeset("x_1^2", 10.0, display=True)
    down, up = sorted(run.y for run in glyphs(box) if run.size == 7.0)
    assert up == pytest.approx(4.13, abs=0.01)
    assert down == pytest.approx(-2.47, abs=0.01)


def test_a_superscript_clears_the_slant_of_its_letter_and_a_subscript_does_not() -> None:
    """The italic correction of f in cmmi10 is 0.10764 em."""
    sub, sup = start("f_1^2", "1"), start("f_1^2", "2")
    assert sup - sub == pytest.approx(1.0764, abs=1e-3)


def test_limits_stand_above_and_below_a_sum_in_display_style_only() -> None:
    display = typeset(r"\sum_{i}^{n}", 10.0, display=True)
    inline = typeset(r"\sum_{i}^{n}", 10.0)
    assert display.width < inline.width
    assert display.height > inline.height


def test_a_fence_grows_with_its_contents() -> None:
    heights = [
        typeset(rf"\left( {body} \right)", 10.0, display=True).height
        for body in ("x", r"\frac{a}{b}", r"\frac{\frac{a}{b}}{c}")
    ]
    assert heights == sorted(set(heights))


def test_a_tall_fence_is_put_together_from_pieces() -> None:
    column = r" \\ ".join("abcdef")
    runs = texts(rf"\left( \begin{{matrix}} {column} \end{{matrix}} \right)")
    assert runs[0] == "⎝"
    assert "⎛" in runs
    assert "⎜" in runs


@pytest.mark.parametrize("pair", ["()", "[]", r"\{\}", "||", r"\|\|", "⌊⌋", "⌈⌉"])
def test_every_fence_covers_a_tall_matrix(pair: str) -> None:
    """TeX lets at most 5 pt of the body stick out in all."""
    left, right = (pair[:2], pair[2:]) if pair[0] == "\\" else (pair[0], pair[1])
    names = {"⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil"}
    body = r"\begin{matrix}" + r"\\".join("abcdefgh") + r"\end{matrix}"
    source = rf"\left{names.get(left, left)} \right{names.get(right, right)}"
    fenced = typeset(source.replace(r" \right", rf" {body} \right"), 10.0)
    alone = typeset(rf"\left. {body} \right.", 10.0)
    assert fenced.width > alone.width
    drawn = [bar.height for bar in bars(fenced)] or [_reach(fenced)]
    assert max(drawn) >= alone.height + alone.depth - 5.0


def _reach(box: Box) -> float:
    pieces = [run for run in glyphs(box) if "Size4" in run.font]
    tops = [run.y + 10 * characters(run.font)[run.text].height for run in pieces]
    feet = [run.y - 10 * characters(run.font)[run.text].depth for run in pieces]
    return max(tops) - min(feet)


def test_a_matrix_is_centred_on_the_axis() -> None:
    box = typeset(r"\begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix}", 10.0)
    assert box.height - 2.5 == pytest.approx(box.depth + 2.5)


def test_ragged_rows_leave_cells_empty() -> None:
    ragged = typeset(r"\begin{matrix} 1 & 2 \\ 3 \end{matrix}", 10.0)
    full = typeset(r"\begin{matrix} 1 & 2 \\ 3 & \end{matrix}", 10.0)
    assert ragged == full


def test_aligned_lines_meet_at_the_relation() -> None:
    box = typeset(r"\begin{aligned} a+b &= c \\ d &= e \end{aligned}", 10.0)
    signs = [run.x for run in glyphs(box) if run.text == "="]
    assert signs[0] == pytest.approx(signs[1])


def test_a_root_covers_its_body() -> None:
    box = typeset(r"\sqrt{\frac{a}{b}}", 10.0, display=True)
    body = typeset(r"\frac{a}{b}", 10.0, display=True)
    assert box.height > body.height
    assert max(bar.y for bar in bars(box)) > body.height


def test_words_are_parted_by_the_word_space_of_the_text_font() -> None:
    """Two words of one letter, each 0.5 em, a third of an em apart."""
    assert typeset(r"\text{a a}", 9.0).width == pytest.approx(9 * (0.5 + 1 / 3 + 0.5))


def test_words_in_cyrillic_are_set_in_the_fallback_face() -> None:
    assert [run.font for run in glyphs(typeset(r"\text{if да}", 10.0))] == [MAIN, "cmunrm"]


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize(
    "source", [source for source, node in LEAVES.items() if not isinstance(node, Space)]
)
def test_every_symbol_can_be_set(source: str, display: bool) -> None:
    assert typeset(f"{{{source}}}_{{{source}}}", 10.0, display).width > 0


def test_the_same_tree_gives_the_same_box() -> None:
    tree = parse(r"\sigma(z) = \frac{1}{1 + e^{-z}}")
    assert typeset_tree(tree, 10.5, True) == typeset_tree(tree, 10.5, True)
