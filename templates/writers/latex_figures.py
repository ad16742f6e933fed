r"""Figures of a LaTeX file: PDF operators, with the outlines of their letters as macros.

LaTeX has no drawing commands that every installation has and that can draw a curve with an arrow.
The engines that write PDF themselves (pdfTeX and LuaTeX) take its operators as they are; any other
shows the description of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from templates.boxes import Box, Glyphs, Mark
from templates.typefaces import advance
from templates.writers.latex_text import words
from templates.writers.outlines import outline, units_per_em
from templates.writers.pdf_marks import colour, shape

_MACROS = r"""\ifdefined\pdfliteral\else\ifdefined\pdfextension
  \protected\def\pdfliteral{\pdfextension literal}\fi\fi
\newcommand{\outline}[1]{\csname outline-#1\endcsname}
\newcommand{\defineoutline}[2]{\expandafter\gdef\csname outline-#1\endcsname{#2}}
% Width, height and depth in big points, the operators, and what the figure says.
\newcommand{\drawing}[5]{\ifdefined\pdfliteral
  \leavevmode\hbox to #1bp{\vrule width 0pt height #2bp depth #3bp\pdfliteral{q #4 Q}\hss}%
  \else\textit{Figure: #5}\fi}
"""
_LINE = 468.0
"""The length of a line in points; wider drawings are reduced."""

_USED = re.compile(r"\\outline\{([^}]+)-([0-9a-f]+)\}")
_STEP = re.compile(r"([MLQZ])([^MLQZ]*)")
_TWO_THIRDS = 2 / 3


def figure(box: Box, description: str) -> str:
    """The drawing as a macro call; `preamble` has the macros."""
    factor = min(1.0, _LINE / box.width)
    size = "".join(f"{{{factor * side:.2f}}}" for side in (box.width, box.height, box.depth))
    operators = [operator for mark in box.marks for operator in _operators(mark)]
    if factor < 1.0:
        operators.insert(0, f"{factor:.4f} 0 0 {factor:.4f} 0 0 cm")
    # An empty line would be a paragraph to TeX.
    drawn = "\n".join(["", *operators, ""])
    return f"\\drawing{size}{{{drawn}}}{{{words(description)}}}"


def preamble(body: str) -> str:
    """The macros for the drawings of a document, and the outlines that they use."""
    if "\\drawing{" not in body:
        return ""
    used = sorted(set(_USED.findall(body)))
    definitions = (
        f"\\defineoutline{{{font}-{code}}}{{{_filled(outline(font, chr(int(code, 16))))}}}"
        for font, code in used
    )
    return _MACROS + "\n".join(definitions) + "\n"


def _operators(mark: Mark) -> Iterator[str]:
    if not isinstance(mark, Glyphs):
        yield shape(mark, 0.0, 0.0)
        return
    yield f"{colour(mark.ink)} rg"
    scale = f"{mark.size / units_per_em(mark.font):.6f}"
    x = mark.x
    for character in mark.text:
        if not character.isspace():
            place = f"{scale} 0 0 {scale} {x:.2f} {mark.y:.2f} cm"
            yield f"q {place} \\outline{{{mark.font}-{ord(character):x}}} Q"
        x += advance(character, mark.font, mark.size)


def _filled(data: str) -> str:
    """Path data of SVG as PDF operators that fill the path; PDF knows cubic curves alone."""
    found = []
    x = y = 0.0
    for letter, figures in _STEP.findall(data):
        numbers = [float(number) for number in figures.split()]
        if letter == "Z":
            found.append("h")
            continue
        if letter == "Q":
            found.append(_cubic(x, y, *numbers))
        else:
            found.append(f"{_rounded(*numbers)} {letter.lower()}")
        x, y = numbers[-2:]
    return " ".join([*found, "f"])


def _cubic(x: float, y: float, cx: float, cy: float, ex: float, ey: float) -> str:
    """A quadratic Bezier segment from (x, y) as a cubic one."""
    controls = [
        (end + _TWO_THIRDS * (control - end))
        for ends in ((x, y), (ex, ey))
        for end, control in zip(ends, (cx, cy), strict=True)
    ]
    return f"{_rounded(*controls, ex, ey)} c"


def _rounded(*numbers: float) -> str:
    return " ".join(f"{number:.0f}" for number in numbers)
