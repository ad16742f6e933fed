"""Formulas of an HTML page: browsers do not divide a formula, so long ones come in parts.

The parts of a formula are elements of their own between which a line may break, so that the same
page can be read on a telephone. The places are those of the PDF (`templates.layout.division`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from templates.elements import element
from templates.layout.division import at_clauses, at_relations, at_signs, relation_last
from templates.mathematics import parse, plain_tree, typeset_tree
from templates.mathematics.mathml import mathml_tree
from templates.mathematics.tree import Row as Formula
from templates.typefaces import MissingGlyphError

SHORT = 14.0
"""Formulas up to this width, in ems, are never divided."""

NARROW = 19.0
"""The line of a telephone held upright, in ems: links of a chain wider than this are divided."""

_BETWEEN_CLAUSES, _BETWEEN_LINKS, _BETWEEN_TERMS = "\u2003", " ", "<wbr/>"


@lru_cache(maxsize=2048)
def inline(source: str, large: bool = False, after: str = "") -> str:
    """A formula in the line; a wide one may break after its relations, before them if `large`.

    `after` is punctuation, which stays with the end of the formula.
    """
    tree = parse(source)
    if width(tree, large) <= SHORT:
        parts = [_Part("", mathml_tree(tree, large=large))]
    else:
        parts = list(_parts(tree, large, SHORT, last=not large))
    if after:
        between, last = parts[-1]
        words = last + escape(after)
        parts[-1] = _Part(between, element("span", words, {"class": "together"}))
    return _joined(parts)


@lru_cache(maxsize=1024)
def display(source: str) -> str:
    """A formula on a line of its own; a wide one may break between clauses and before relations."""
    tree = parse(source)
    if width(tree, True) <= NARROW:
        return element("div", mathml_tree(tree, display=True), {"class": "display"})
    parts = _joined(_parts(tree, True, NARROW, last=False))
    return element("div", parts, {"class": "display divided"})


def width(tree: Formula, large: bool) -> float:
    """How wide a formula is in the pages' own type, in ems: near enough for any other."""
    try:
        return typeset_tree(tree, 1.0, large).width
    except MissingGlyphError:
        return 0.5 * len(plain_tree(tree))


class _Part(NamedTuple):
    """A part of a formula and what stands between it and the part before."""

    between: str
    shown: str


def _joined(parts: Iterable[_Part]) -> str:
    first, *rest = parts
    return first.shown + "".join(part.between + part.shown for part in rest)


def _parts(tree: Formula, large: bool, undivided: float, last: bool) -> Iterator[_Part]:
    """The clauses of a formula, the links of a clause wider than `undivided`, and the terms of a
    long link. Links end with their relation if `last`, and begin with it otherwise.
    """
    for clause in at_clauses(tree):
        between = _BETWEEN_CLAUSES
        for link in _links(clause, last) if width(clause, large) > undivided else (clause,):
            for term in at_signs(link) if width(link, large) > NARROW else (link,):
                yield _Part(between, _fitting(term, large))
                between = _BETWEEN_TERMS
            between = _BETWEEN_LINKS


def _links(clause: Formula, last: bool) -> tuple[Formula, ...]:
    links = at_relations(clause)
    return relation_last(links) if last else links


def _fitting(tree: Formula, large: bool) -> str:
    """A part, which is scrolled where it is too wide, since nothing divides it further."""
    shown = mathml_tree(tree, large=large)
    return element("span", shown, {"class": "wide"}) if width(tree, large) > NARROW else shown
