"""Alphabet commands such as \\mathbf: which letters they change and into what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from templates.mathematics.tree import Node, Number, Operator, Row, Symbol, Variant

_BOLDER: Final[Mapping[Variant, Variant]] = {
    Variant.ITALIC: Variant.BOLD_ITALIC,
    Variant.UPRIGHT: Variant.BOLD,
}
_CAPITAL_GREEK: Final = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")
_CAPITALS_ONLY: Final = frozenset({Variant.BLACKBOARD, Variant.CALLIGRAPHIC})
_WITH_GREEK: Final = frozenset({Variant.UPRIGHT, Variant.BOLD, Variant.TEXT_ITALIC})
_WITH_DIGITS: Final = frozenset({Variant.BOLD, Variant.TEXT_ITALIC, Variant.TYPEWRITER})


@dataclass(frozen=True, slots=True)
class Alphabet:
    """An alphabet in force; `variant` is None for \\boldsymbol, which deepens what is there."""

    command: str
    variant: Variant | None


ALPHABETS: Final[Mapping[str, Alphabet]] = {
    command: Alphabet(command, variant)
    for command, variant in {
        "\\mathrm": Variant.UPRIGHT,
        "\\mathbf": Variant.BOLD,
        "\\mathit": Variant.TEXT_ITALIC,
        "\\mathtt": Variant.TYPEWRITER,
        "\\mathbb": Variant.BLACKBOARD,
        "\\mathcal": Variant.CALLIGRAPHIC,
        "\\boldsymbol": None,
    }.items()
}


def restyled(node: Node, alphabet: Alphabet) -> Node:
    """A leaf in another alphabet; operators and spaces stay as they are, as in LaTeX.

    Raises ValueError for a symbol that LaTeX would silently leave as it is.
    """
    if alphabet.variant is None:
        return _emboldened(node)
    if isinstance(node, Symbol):
        return _lettered(node, alphabet.command, alphabet.variant)
    if isinstance(node, Number) and alphabet.variant in _WITH_DIGITS:
        return Number(node.text, alphabet.variant)
    return node


def _emboldened(node: Node) -> Node:
    if isinstance(node, Symbol | Number):
        return replace(node, variant=_BOLDER.get(node.variant, node.variant))
    if isinstance(node, Operator) and not node.limits:
        return replace(node, variant=Variant.BOLD)
    return node


def _lettered(node: Symbol, command: str, variant: Variant) -> Symbol:
    letter = node.text
    if variant in _CAPITALS_ONLY and not (letter.isascii() and letter.isupper()):
        raise ValueError(f"{command} has capital letters only, not {letter!r}")
    if letter.isascii() or (letter in _CAPITAL_GREEK and variant in _WITH_GREEK):
        return Symbol(letter, variant)
    raise ValueError(f"{command} does not change {letter!r}; use \\boldsymbol or no alphabet")


def joined(node: Node) -> Node:
    """Neighbouring letters made one name, so that \\mathrm{succ} is a word, not a product."""
    if not isinstance(node, Row):
        return node
    children: list[Node] = []
    for variant, group in groupby(node.children, _name_variant):
        if variant is None:
            children.extend(group)
        else:
            text = "".join(child.text for child in group if isinstance(child, Symbol))
            children.append(Symbol(text, variant))
    return children[0] if len(children) == 1 else Row(tuple(children))


def _name_variant(node: Node) -> Variant | None:
    named = (Variant.UPRIGHT, Variant.TEXT_ITALIC, Variant.TYPEWRITER)
    return node.variant if isinstance(node, Symbol) and node.variant in named else None
