r"""Formulas as the LaTeX that MathJax reads in a page: `\( \)` in the line, `\[ \]` in a display.

MathJax knows every command of `templates.mathematics` (a test has the list) but divides no formula,
so long ones come in parts, as in `html_formulas`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from xml.sax.saxutils import escape

from templates.elements import element
from templates.mathematics import parse
from templates.mathematics.symbols import LEAVES
from templates.mathematics.tokens import END, tokenise
from templates.mathematics.tree import AtomClass, Operator
from templates.writers.html_formulas import NARROW, SHORT, width

_OPENING = frozenset({"{", "\\left", "\\begin"})
_CLOSING = frozenset({"}", "\\right", "\\end"})
_BETWEEN_CLAUSES = "\u2003"

Division = Callable[[str], tuple[str, ...]]


@lru_cache(maxsize=2048)
def inline(source: str, large: bool = False, after: str = "") -> str:
    """A formula in the line; `after` is punctuation, which stays with its end."""
    *parts, last = _parts(source, large, SHORT)
    if after:
        between, shown = last
        last = (between, element("span", shown + escape(after), {"class": "together"}))
    return "".join(map("".join, (*parts, last)))


@lru_cache(maxsize=1024)
def display(source: str) -> str:
    """A formula on a line of its own; one wider than a telephone in parts."""
    if width(parse(source), True) <= NARROW:
        return element("div", rf"\[{escape(source)}\]", {"class": "display"})
    parts = "".join(map("".join, _parts(source, True, NARROW)))
    return element("div", parts, {"class": "display divided"})


def _parts(source: str, large: bool, undivided: float) -> Iterator[tuple[str, str]]:
    """Each part, and before it what stands between it and the part before.

    They are the formula itself or its clauses, and the links of what is wider than `undivided`. A
    part that is still wide is scrolled.
    """
    for number, clause in enumerate(_fitting(source, large, undivided, _clauses)):
        for place, link in enumerate(_fitting(clause, large, undivided, _links)):
            shown = _formula(link, large)
            if width(parse(link), large) > NARROW:
                shown = element("span", shown, {"class": "wide"})
            yield " " if place else _BETWEEN_CLAUSES if number else "", shown


def _fitting(source: str, large: bool, undivided: float, division: Division) -> tuple[str, ...]:
    return division(source) if width(parse(source), large) > undivided else (source,)


def _formula(source: str, large: bool) -> str:
    style = r"\displaystyle " if large else ""
    return escape(rf"\({style}{source.strip()}\)")


def _clauses(source: str) -> tuple[str, ...]:
    r"""The parts of `a = b,\quad c = d`, without the space between."""
    found, start = [], 0
    for before, token, place in _outside(source):
        if before in (",", ";") and token in ("\\quad", "\\qquad"):
            found.append(source[start:place])
            start = place + len(token)
    return (*found, source[start:])


def _links(source: str) -> tuple[str, ...]:
    """The parts of `a = b = c`: a, = b, = c. A run of relations is not parted."""
    cuts = [
        place
        for before, token, place in _outside(source)
        if place and _kind(token) is AtomClass.REL and _kind(before) is not AtomClass.REL
    ]
    return tuple(source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True))


def _outside(source: str) -> Iterator[tuple[str, str, int]]:
    """The tokens outside every bracket, each with the token before it and its place."""
    depth, before = 0, END
    for token, place in zip(*tokenise(source), strict=True):
        kind = _kind(token)
        depth -= token in _CLOSING or (kind is AtomClass.CLOSE and before != "\\right")
        if depth == 0 and token != END:
            yield before, token, place
        depth += token in _OPENING or (kind is AtomClass.OPEN and before != "\\left")
        before = token


def _kind(token: str) -> AtomClass | None:
    node = LEAVES.get(token)
    return node.kind if isinstance(node, Operator) else None
