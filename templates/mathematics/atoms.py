"""What readers ask about nodes as atoms: their class, whether they take limits, their signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from templates.mathematics.tree import (
    AtomClass,
    Cases,
    Delimiter,
    Fence,
    Function,
    Matrix,
    Node,
    Number,
    Operator,
    Row,
    Script,
    Symbol,
    Underbrace,
    UnderOver,
)

_BEFORE_ORDINARY: Final = frozenset(
    {AtomClass.BIN, AtomClass.OP, AtomClass.REL, AtomClass.OPEN, AtomClass.PUNCT}
)
_AFTER_ORDINARY: Final = frozenset({AtomClass.REL, AtomClass.CLOSE, AtomClass.PUNCT})


def atom_class(node: Node) -> AtomClass:
    """The class that a node shows to its neighbours (The TeXbook, chapter 17).

    A fraction is ordinary: LaTeX's \\frac wraps TeX's \\over in braces.
    """
    match node:
        case Symbol() | Number():
            return AtomClass.ORD
        case Operator() | Delimiter():
            return node.kind
        case Function():
            return AtomClass.OP
        case Script():
            return atom_class(node.base)
        case Fence() | Matrix() | Cases():
            return AtomClass.INNER
        case UnderOver():
            return _stacked_class(node.base)
        case Underbrace():
            return AtomClass.OP
        case _:
            return AtomClass.ORD


def _stacked_class(base: Node) -> AtomClass:
    """amsmath keeps relations and binary operators; anything else becomes ordinary."""
    inner = base.children[0] if isinstance(base, Row) and len(base.children) == 1 else base
    kind = atom_class(inner)
    return kind if kind in (AtomClass.BIN, AtomClass.REL) else AtomClass.ORD


def takes_limits(node: Node) -> bool:
    """Whether display style puts the scripts of this base below and above it."""
    match node:
        case Operator() | Function():
            return node.limits
        case UnderOver() | Underbrace():
            return True
        case _:
            return False


def resolved(kinds: Sequence[AtomClass]) -> list[AtomClass]:
    """The classes of a row with the binary operators that cannot be binary made ordinary.

    A minus at the start, or after another operator, a relation, an opening or a comma, is a
    sign; so is a binary operator before a relation, a closing or a comma (rules 5 and 6).
    """
    result = list(kinds)
    previous = AtomClass.OPEN
    for i, kind in enumerate(kinds):
        if kind is AtomClass.BIN and previous in _BEFORE_ORDINARY:
            result[i] = AtomClass.ORD
        elif kind in _AFTER_ORDINARY and previous is AtomClass.BIN:
            result[i - 1] = AtomClass.ORD
        previous = result[i]
    if result and previous is AtomClass.BIN:
        result[-1] = AtomClass.ORD
    return result
