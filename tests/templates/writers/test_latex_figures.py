"""Figures of a LaTeX file."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from templates.boxes import Bar, Box, Circle, Glyphs
from templates.document import Document, Figure
from templates.typefaces import font_file
from templates.writers.latex import write
from templates.writers.latex_figures import figure, preamble

PDFLATEX, PDFTOPPM = shutil.which("pdflatex"), shutil.which("pdftoppm")
FONT = "KaTeX_Main-Regular"


def box(*marks: Glyphs | Bar | Circle, width: float = 40.0) -> Box:
    return Box(width, 20, 4, marks)


def area(operators: str) -> float:
    """The area of a filled PDF path; counters of letters are taken away."""
    pen = AreaPen(None)
    stack: list[float] = []
    for token in operators.split():
        if re.fullmatch(r"-?\d+", token):
            stack.append(float(token))
            continue
        points = list(zip(stack[::2], stack[1::2], strict=True))
        stack = []
        match token:
            case "m":
                pen.moveTo(*points)
            case "l":
                pen.lineTo(*points)
            case "c":
                pen.curveTo(*points)
            case "h":
                pen.closePath()
    return float(pen.value)


def test_a_drawing_has_its_size_and_says_its_description() -> None:
    text = figure(box(Bar(5, 0.5, 1, 2)), "one unit, o⁽¹⁾")
    assert text.startswith("\\drawing{40.00}{20.00}{4.00}{\n")
    assert "1.00 2.00 5.00 0.50 re f" in text
    assert text.endswith("}{one unit, o$^{(1)}$}")


def test_a_drawing_wider_than_the_line_is_reduced() -> None:
    text = figure(box(Bar(5, 0.5), width=936.0), "wide")
    assert text.startswith("\\drawing{468.00}{10.00}{2.00}{\n0.5000 0 0 0.5000 0 0 cm\n")


def test_a_letter_is_a_macro_at_its_place() -> None:
    text = figure(box(Glyphs(FONT, 10, "a a", 3, 4)), "letters")
    assert re.findall(r"q (\S+) 0 0 \S+ (\S+) (\S+) cm \\outline\{(\S+)\} Q", text) == [
        ("0.010000", "3.00", "4.00", f"{FONT}-61"),
        ("0.010000", "10.50", "4.00", f"{FONT}-61"),
    ]


def test_the_macros_are_there_when_a_drawing_needs_them() -> None:
    assert preamble("words") == ""
    assert "\\defineoutline{KaTeX" not in preamble(figure(box(Bar(1, 1)), "a bar"))
    macros = preamble(figure(box(Glyphs(FONT, 10, "abab")), "letters"))
    assert re.findall(r"\\defineoutline\{(.*?)\}", macros) == [f"{FONT}-61", f"{FONT}-62"]


@pytest.mark.parametrize("letter", "aB8&")
def test_an_outline_has_the_area_of_the_letter(letter: str) -> None:
    macros = preamble(figure(box(Glyphs(FONT, 10, letter)), "a letter"))
    (operators,) = re.findall(r"\\defineoutline\{.*?\}\{(.*)\}", macros)
    font = TTFont(font_file(FONT))
    pen = AreaPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(letter)]].draw(pen)
    assert area(operators) == pytest.approx(pen.value, rel=0.01)


@pytest.mark.skipif(
    PDFLATEX is None or PDFTOPPM is None, reason="pdflatex or pdftoppm is not installed"
)
def test_the_drawing_is_on_the_page(tmp_path: Path) -> None:
    bar = Figure(box(Bar(40, 20, 0, 0, ink="#ff0000"), Glyphs(FONT, 10, "a", 2, 2)), "a red bar")
    (tmp_path / "page.tex").write_text(write(Document("Quiz", (bar,))), encoding="ascii")
    latex = [str(PDFLATEX), "-halt-on-error", "-interaction=nonstopmode", "page.tex"]
    subprocess.run(latex, cwd=tmp_path, capture_output=True, check=True)
    image = [str(PDFTOPPM), "-r", "72", "page.pdf", "page"]
    subprocess.run(image, cwd=tmp_path, capture_output=True, check=True)
    pixels = (tmp_path / "page-1.ppm").read_bytes()[-595 * 842 * 3 :]
    red = sum(pixels[i : i + 3] == b"\xff\x00\x00" for i in range(0, len(pixels), 3))
    # The bar is 40 by 20 points, less the letter on it and the pixels at its edges.
    assert 600 < red < 800
