"""Drawings as SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path

from templates.boxes import Bar, Box, Circle, Glyphs, Mark, Path
from templates.mathematics import typeset
from templates.writers.svg import NAMESPACE, Drawing, write

SVG = f"{{{NAMESPACE}}}"


def drawn(*marks: Mark, height: float = 10, depth: float = 2) -> ElementTree.Element:
    return ElementTree.fromstring(write(Box(20, height, depth, marks), "A graph. It has a node."))


def only(tree: ElementTree.Element, name: str) -> dict[str, str]:
    (found,) = tree.iter(f"{SVG}{name}")
    return found.attrib


def test_the_picture_has_the_size_of_its_box() -> None:
    look = drawn().attrib
    assert (look["viewBox"], look["width"], look["height"]) == ("0 -10 20 12", "20.00pt", "12.00pt")


def test_the_description_is_title_and_text_of_the_picture() -> None:
    tree = drawn()
    assert tree.attrib["role"] == "img"
    assert tree.findtext(f"{SVG}title") == "A graph"
    assert tree.findtext(f"{SVG}desc") == "It has a node."


def test_a_bar_hangs_from_its_upper_edge() -> None:
    assert only(drawn(Bar(5, 0.5, 1, 2)), "rect") == {
        "width": "5", "height": "0.5", "x": "1", "y": "-2.5", "fill": "currentColor",
    }  # fmt: skip


def test_a_circle_is_a_circle() -> None:
    assert only(drawn(Circle(3, 4, 5, fill="#eeeeee")), "circle") == {
        "cx": "4", "cy": "-5", "r": "3", "fill": "#eeeeee", "stroke": "currentColor",
        "stroke-width": "0.5",
    }  # fmt: skip


def test_paths_are_lines_or_curves_and_may_be_closed_or_dashed() -> None:
    line = only(drawn(Path(((0, 0), (1, 0), (1, 2)), closed=True)), "path")
    assert (line["d"], line["fill"]) == ("M0 0L1 0L1 -2Z", "none")
    curve = only(drawn(Path(((0, 0), (1, 0), (1, 1), (0, 1)), curved=True, dashed=True)), "path")
    assert (curve["d"], curve["stroke-dasharray"]) == ("M0 0C1 0 1 -1 0 -1", "3 2")


def test_a_filled_shape_without_a_line_has_no_line() -> None:
    shape = only(drawn(Path(((0, 0), (1, 0), (1, 2)), stroke=None, fill="#000000")), "path")
    assert "stroke" not in shape


def test_characters_are_outlines_each_defined_once() -> None:
    run = Glyphs("KaTeX_Main-Regular", 10, "a a", 3, 4)
    tree = drawn(run)
    assert [path.attrib["id"] for path in tree.iter(f"{SVG}path")] == ["KaTeX_Main-Regular-61"]
    # Widths by the font's own table: a is 500 thousandths of an em wide and the space 250.
    assert [use.attrib for use in tree.iter(f"{SVG}use")] == [
        {"href": "#KaTeX_Main-Regular-61"},
        {"href": "#KaTeX_Main-Regular-61", "x": "750"},
    ]
    assert only(tree, "g")["transform"] == "translate(3 -4) scale(0.010000 -0.010000)"


def test_every_path_of_a_formula_can_be_parsed_and_is_inside_its_em() -> None:
    box = typeset(r"\frac{\partial \ell}{\partial W^{(1)}_{12}} = \sum_i \delta_i x_2", 10, True)
    tree = ElementTree.fromstring(write(box, "formula"))
    paths = [path.attrib["d"] for path in tree.iter(f"{SVG}path")]
    assert len(paths) > 8
    for data in paths:
        pen = BoundsPen(None)
        parse_path(data, pen)
        assert all(-2000 < edge < 2000 for edge in pen.bounds)


def test_two_drawings_of_a_page_share_their_outlines() -> None:
    box = Box(20, 10, 0, (Glyphs("KaTeX_Main-Regular", 10, "a"),))
    drawing = Drawing(set())
    assert "<defs>" in drawing.svg(box, "one", {})
    assert "<defs>" not in drawing.svg(box, "two", {})


@pytest.mark.parametrize(
    ("themed", "ink"), [(False, "#9b1c1c"), (True, "var(--ink-9b1c1c, #9b1c1c)")]
)
def test_a_page_may_choose_its_own_inks(themed: bool, ink: str) -> None:
    box = Box(20, 10, 0, (Bar(1, 1, ink="#9b1c1c"),))
    tree = ElementTree.fromstring(Drawing(set(), themed).svg(box, "a bar", {}))
    assert only(tree, "rect")["fill"] == ink
