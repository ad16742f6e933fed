"""Kerns between an italic letter and what follows it: rule 14 of appendix G."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from templates.mathematics.tree import Node, Operator, Script, Symbol, Variant

# Letters by kern before a comma or a full stop, before a slash, and single pairs, in em.
# Source: the ligature table of cmmi10.tfm (by tftopl), without the kerns for accents.
_BEFORE_STOP: Final = {"ντδrKHCTNXMSZfσj": -0.0556, "UFPJ": -0.1111, "VWY": -0.1667}
_BEFORE_SLASH: Final = {"CT": -0.0278, "KHUMSZFPJ": -0.0556, "NX": -0.0833, "VWY": -0.1111}
_PAIRS: Final = {
    "dY": 0.0556, "dZ": -0.0556, "dj": -0.1111, "df": -0.1667,
    "/A": -0.0556, "/M": -0.0556, "/N": -0.0556, "/Y": 0.0556, "/Z": -0.0556,
}  # fmt: skip


def _table() -> dict[str, float]:
    stops = {c + mark: k for group, k in _BEFORE_STOP.items() for c in group for mark in ",."}
    slashes = {c + "/": k for group, k in _BEFORE_SLASH.items() for c in group}
    return {**stops, **slashes, **_PAIRS}


# By left and right character.
KERNS: Final[Mapping[str, float]] = _table()
_KERNED: Final = frozenset(pair[0] for pair in KERNS)


def kerned_text(node: Node) -> str:
    """The character of a node after which a kern may follow, or an empty string."""
    if isinstance(node, Symbol):
        return node.text if node.text in _KERNED and node.variant is Variant.ITALIC else ""
    return node.text if isinstance(node, Operator) and node.text in _KERNED else ""


def kern(left: str, right: Node) -> float:
    """The kern in em between a character and the node that follows it."""
    base = right.base if isinstance(right, Script) else right
    if not isinstance(base, Symbol | Operator):
        return 0.0
    upright = isinstance(base, Symbol) and base.variant is not Variant.ITALIC
    return 0.0 if upright else KERNS.get(left + base.text, 0.0)
