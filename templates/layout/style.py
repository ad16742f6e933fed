"""Measures of the page: paper sizes, type sizes and the space between things, in points.

The body is 10.5 point with a leading of 13.6, close to LaTeX's 11-point class scaled to a line of
about ninety characters. Every other length is stated here once, so that the page can be tuned
in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

PaperName = Literal["a4", "letter"]

BODY = 10.5
SMALL = 8.5
TITLE = 17.0
HEADINGS = {1: 14.0, 2: 12.0, 3: 10.5}
LEADING = 13.6
"""Distance between the baselines of two lines of body text."""

STRUT_HEIGHT = 0.72
STRUT_DEPTH = 0.28
"""The shares of a line's leading that lie above and below its baseline."""

LINE_SKIP = 1.2
"""Least white between a formula taller than its line and the neighbouring line's strut."""

SHORTEST_END = 2.0
"""The last line of a paragraph is at least so many ems long, if another word is to be had."""

PARAGRAPH_GAP = 5.0
DISPLAY_GAP = 5.5
HEADING_GAP = 14.0
AFTER_HEADING_GAP = 3.5
ITEM_GAP = 20.0
ENTRY_GAP = 2.5
OPTION_GAP = 5.0
TABLE_GAP = 8.0
FIGURE_GAP = 8.0
ANSWER_GAP = 6.0

LIST_INDENT = 18.0
DISPLAY_INDENT = 24.0
OPTION_INDENT = 6.0
COLUMN_GAP = 16.0

WORD_SPACE = 1 / 3
WORD_STRETCH = 0.28
WORD_SHRINK = 0.08
"""The space between words in ems, and how far a justified line may widen or narrow it. The
figures for space and shrink follow Computer Modern Roman (The TeXbook, appendix F); the stretch
is generous because words are never hyphenated."""

THICK_SPACE = 5 / 18
"""TeX's space around a relation, in ems (The TeXbook, chapter 18)."""

THIN_RULE = 0.4
THICK_RULE = 0.8

Face = Literal["regular", "bold", "italic", "bold-italic", "typewriter"]
FONTS: dict[Face, str] = {
    "regular": "KaTeX_Main-Regular",
    "bold": "KaTeX_Main-Bold",
    "italic": "KaTeX_Main-Italic",
    "bold-italic": "KaTeX_Main-BoldItalic",
    "typewriter": "KaTeX_Typewriter-Regular",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and the margin on each of its sides."""

    width: float
    height: float
    margin: float = 62.4

    @property
    def measure(self) -> float:
        """The length of a full line."""
        return self.width - 2 * self.margin

    @property
    def body(self) -> float:
        """The height between the top and the bottom margin."""
        return self.height - 2 * self.margin


PAPERS: dict[PaperName, Paper] = {"a4": Paper(595.276, 841.89), "letter": Paper(612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Setting:
    """How blocks are set: line length, type size, where displays stand, whether lines are filled.

    `centred` places displayed mathematics in the middle of the line; otherwise it is indented,
    which is easier to follow down the many short lines of a worked solution.
    """

    measure: float
    size: float = BODY
    face: Face = "regular"
    centred: bool = True
    justified: bool = True

    @property
    def leading(self) -> float:
        """Distance between baselines at this type size."""
        return self.size * LEADING / BODY

    def narrowed(self, amount: float) -> Self:
        """The same setting on a line shorter by `amount`."""
        return replace(self, measure=self.measure - amount)

    def inside(self) -> Self:
        """The setting of a cell: ragged lines, and displays at the left."""
        return replace(self, centred=False, justified=False)
