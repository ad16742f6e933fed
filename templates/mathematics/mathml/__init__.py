"""The reader for browsers: a tree to MathML Core, which they show without a script.

`reader.py` matches the nodes, `leaves.py` has letters and operators, `elements.py` the tags.
"""

from __future__ import annotations

from functools import lru_cache

from templates.elements import element
from templates.mathematics.layout.styles import DISPLAY, TEXT
from templates.mathematics.mathml.reader import row
from templates.mathematics.parser import parse
from templates.mathematics.plain import plain_tree
from templates.mathematics.tree import Row

__all__ = ["mathml", "mathml_tree"]


@lru_cache(maxsize=2048)
def mathml(source: str, display: bool = False, large: bool = False) -> str:
    """A formula in the LaTeX subset as a `math` element; see `mathml_tree`.

    Raises MathematicsError when the source cannot be read.
    """
    return mathml_tree(parse(source), display, large)


def mathml_tree(tree: Row, display: bool = False, large: bool = False) -> str:
    """A tree as a `math` element, whose alternative text is the formula as one line of text.

    `display` is for a formula on a line of its own; with `large`, a formula in the line is set as
    large as in a display. The element has no namespace of its own: HTML gives it one.
    """
    attributes = {"alttext": plain_tree(tree)}
    if display:
        attributes["display"] = "block"
    elif large:
        attributes["displaystyle"] = "true"
    return element("math", row(tree, DISPLAY if display or large else TEXT), attributes)
