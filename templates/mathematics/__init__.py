"""Mathematics: LaTeX source to a tree, and the tree to boxes or to plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from templates.mathematics.errors import MathematicsError
from templates.mathematics.parser import parse
from templates.mathematics.plain import plain, plain_tree

if TYPE_CHECKING:
    from templates.mathematics.layout import typeset as typeset
    from templates.mathematics.layout import typeset_tree as typeset_tree

__all__ = ["MathematicsError", "parse", "plain", "plain_tree", "typeset", "typeset_tree"]


def __getattr__(name: str) -> Any:
    """What sets formulas, imported when it is first used: text needs no fonts."""
    if name not in ("typeset", "typeset_tree"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from templates.mathematics import layout

    return getattr(layout, name)
