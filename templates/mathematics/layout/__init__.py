"""The reader for pages: a tree to a box of glyphs and bars, by TeX's rules.

One file per construct; `setter.py` matches the nodes and calls them.
"""

from __future__ import annotations

from functools import lru_cache

from templates.boxes import Box
from templates.mathematics.layout.output import finished
from templates.mathematics.layout.setter import set_row
from templates.mathematics.layout.styles import DISPLAY, TEXT
from templates.mathematics.parser import parse
from templates.mathematics.tree import Row

__all__ = ["typeset", "typeset_tree"]


def typeset_tree(tree: Row, size: float, display: bool = False) -> Box:
    """The box of a tree in type of `size` points; its baseline is that of the formula.

    `display` chooses display style, for a formula on a line of its own; otherwise text style.
    Raises MissingGlyphError for a character that no font of the pages has.
    """
    return finished(set_row(tree, DISPLAY if display else TEXT), size)


@lru_cache(maxsize=1024)
def typeset(source: str, size: float, display: bool = False) -> Box:
    """The box of a formula in the LaTeX subset; see `typeset_tree`.

    Raises MathematicsError when the source cannot be read.
    """
    return typeset_tree(parse(source), size, display)
