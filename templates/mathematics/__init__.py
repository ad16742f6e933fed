"""Mathematics: LaTeX source to a tree, and the tree to boxes or to plain text."""

from __future__ import annotations

from templates.mathematics.errors import MathematicsError
from templates.mathematics.layout import typeset, typeset_tree
from templates.mathematics.parser import parse
from templates.mathematics.plain import plain, plain_tree

__all__ = ["MathematicsError", "parse", "plain", "plain_tree", "typeset", "typeset_tree"]
