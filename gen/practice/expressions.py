r"""What a page needs to judge answers in symbols: how they are typed, and values to compare with.

A page has no algebra. It evaluates what was typed at points at which the values of all symbols, of
the right expression and of the known wrong ones are written down (`solver.equivalence` does the
same before it asks for a proof). So the right expression itself need not stand in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from gen.grading.expressions import symbols, wrong_entries
from gen.problem import Item
from solver import equivalence
from solver import term as t
from solver.lines import negated
from solver.term import Term
from templates.spelling import patterns, typed, unclear

Point = Mapping[Term, Any]

_KEY = "the points of a page"
_OTHERS = "%OTHERS%"
"""What stands in a spelling for all `others`: any symbol may follow, as in `yz_1`."""
_DIGITS, _ALL_DIGITS = 12, 17
"""The significant digits of the value of an expression, a thousand times more than equal values
must agree in; and of a symbol, from which a difference such as 1 - y^2 may take many."""

WORD = r"[\p{L}\p{N}_]"
"""What Python's `\\w` stands for, in a regular expression of JavaScript with flag u."""
_SIGNS_OF_SYNTAX = r"^$\.*+?()[]{}|/"
_NO_WORD = re.compile(r"\[\^\\W([^\]]*)\]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def language(item: Item) -> dict[str, Any]:
    """The symbols of an item: data that JSON can hold.

    `spellings` are pairs of a regular expression of JavaScript and the node that it reads, with
    `%OTHERS%` for one that reads any of them; `shown` is how each is best typed. `unclear` are
    pairs of what could be several of them and these. `points` has the values of each of the `nodes`
    at all points, None where one has none.
    """
    known = symbols(item)
    return {
        "spellings": [[javascript(p), node] for node, p in patterns(known, _OTHERS).items()],
        "shown": list(map(typed, known.values())),
        "unclear": [[javascript(p), list(several)] for p, several in unclear(known).items()],
        "nodes": list(known),
        "points": _values([t.name(node) for node in known], _points(item), _ALL_DIGITS),
    }


def expressions(item: Item, number: int) -> dict[str, Any]:
    """What judges a part that asks for expressions: the values, at the points of the item, of the
    right ones and of the `wrong` ones that slips lead to."""
    written = item.solution.parts[number].written
    assert written is not None
    points, right = _points(item), [cast(Term, entry) for entry in written.entries]
    return {
        "right": _values(right, points),
        "wrong": list(_wrong(item, number, right, points)),
    }


def _points(item: Item) -> list[Point]:
    assert item.problem.graph is not None
    return list(equivalence.points(item.problem.graph, _KEY))


def _wrong(
    item: Item, number: int, right: Sequence[Term], points: Sequence[Point]
) -> Iterator[dict[str, Any]]:
    """The values of the wrong expressions, the likeliest first; none twice."""
    yield {"slip": "sign_reversed", "values": _values([negated(e) for e in right], points)}
    seen: list[Any] = []
    for each in wrong_entries(item, number):
        values = _values([cast(Term, entry) for entry in each.entries], points)
        if values not in seen:
            seen.append(values)
            yield {"slip": each.slip, "values": values}


def _values(
    terms: Sequence[Term], points: Sequence[Point], digits: int = _DIGITS
) -> list[list[float | None]]:
    return [[_short(equivalence.value(term, point), digits) for point in points] for term in terms]


def _short(value: float | None, digits: int) -> float | None:
    return None if value is None else float(f"{value:.{digits}g}")


def javascript(pattern: str) -> str:
    """A pattern of `templates.spelling` as a regular expression that JavaScript takes (flag u)."""
    known = _NO_WORD.sub(lambda m: rf"(?![{m[1]}]){WORD}", pattern)
    return _ESCAPED.sub(_escaped, known)


def _escaped(match: re.Match[str]) -> str:
    sign = match[1]
    if sign.isalpha():
        return {"w": WORD, "d": r"\p{Nd}"}.get(sign, match[0])
    # JavaScript takes no backslash before a sign that means nothing.
    return match[0] if sign in _SIGNS_OF_SYNTAX else sign
