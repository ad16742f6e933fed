"""Which wrong options stand beside an expression, so that its length does not give it away.

The rank of the right option by length is drawn first; wrong options are then found that give it
that rank. Lengths are those in the standard notation, so that the options are the same in all.
"""

from __future__ import annotations

from collections.abc import Sequence

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Entry, WrongEntries
from gen.topics.derivations.nets import Net
from gen.topics.derivations.spoiling import UNIT
from solver import term as t
from solver.term import Term

_BETWEEN = {"add": 3, "subtract": 3, "multiply": 1, "divide": 1}
"""The characters that an operation puts between its arguments."""
_SUMS = ("add", "subtract", "negative")


def chosen(
    net: Net, right: Entry, wrong: Sequence[WrongEntries], choices: int, draw: Draw
) -> tuple[WrongEntries, ...]:
    """Wrong options beside which the right one has a rank by length that is drawn uniformly.

    At either end of the order it stands alone: what is as long takes places in between. Raises
    Rejected where there are too few that are shorter, or longer.
    """
    rank = draw.integer(0, choices - 1)
    by_side: dict[float, list[WrongEntries]] = {side: [] for side in (-2, -1, 0, 1, 2)}
    for each in wrong:
        by_side[_side(net, right, each.entries[0])].append(each)
    alike = by_side[0] if 0 < rank < choices - 1 else []
    shorter = _taken(by_side[-2], by_side[-1], alike, rank, draw)
    alike = [each for each in alike if each not in shorter]
    return (*shorter, *_taken(by_side[2], by_side[1], alike, choices - 1 - rank, draw))


def _taken(
    clear: Sequence[WrongEntries],
    hardly: Sequence[WrongEntries],
    alike: Sequence[WrongEntries],
    count: int,
    draw: Draw,
) -> tuple[WrongEntries, ...]:
    """So many that are clearly on one side, hardly so or alike; one clearly, if there is one.

    Where none may be alike, all are clearly on that side as far as there are enough.
    """
    if not count:
        return ()
    if len(clear) + len(hardly) + len(alike) < count or not (clear or hardly):
        raise Rejected("the slips give too few expressions that are shorter, or longer")
    if alike or not clear:
        first = draw.sample(clear or hardly, 1)
        rest = [each for each in (*clear, *hardly, *alike) if each not in first]
        return (*first, *draw.sample(rest, count - 1))
    sure = draw.sample(clear, min(count, len(clear)))
    return (*sure, *draw.sample(hardly, count - len(sure)))


def _side(net: Net, right: Entry, other: Entry) -> int:
    """-2 where the other is clearly shorter than the right one, 2 where it is clearly longer.

    It is clear where it is so in characters and in symbols: formulas on a page stack their scripts,
    and courses have symbols of other lengths. -1 and 1 are of characters alone, and 0 is neither.
    """
    assert isinstance(right, Term)
    assert isinstance(other, Term)
    characters = length(net, other) - length(net, right)
    symbols = _symbols(other) - _symbols(right)
    side = (characters > 0) - (characters < 0)
    return 0 if side * symbols < 0 else 2 * side if symbols else side


def _symbols(term: Term) -> int:
    """How many names and numbers an expression has."""
    if t.is_leaf(term) or term.op == "number":
        return 1
    return sum(_symbols(a) for a in term.args if isinstance(a, Term))


def length(net: Net, term: Term) -> int:
    """How many characters an expression over the nodes of a network has as a line of text."""
    if t.is_leaf(term):
        return _name(net, str(term.args[0]))
    args = [a for a in term.args if isinstance(a, Term)]
    match term.op:
        case "number":
            return 1
        case "multiply":
            return sum(_factor(net, a) for a in args) + _BETWEEN["multiply"]
        case "divide":
            return sum(_factor(net, a, "multiply") for a in args) + _BETWEEN["divide"]
        case "power":
            plain = args[0] == t.name(net.prediction)
            return length(net, args[0]) + (1 if plain else 3)
        case "add" | "subtract":
            return sum(length(net, a) for a in args) + _BETWEEN[term.op]
        case "negative":
            return 1 + _factor(net, args[0])
        case _:
            # A function of one argument: its letter and parentheses.
            return 3 + length(net, args[0])


def _factor(net: Net, term: Term, *others: str) -> int:
    """The characters of a factor, in parentheses where it needs them."""
    return length(net, term) + 2 * (term.op in (*_SUMS, *others))


def _name(net: Net, node: str) -> int:
    """The characters of a symbol: letter, layer and indices."""
    match = UNIT.fullmatch(node)
    if match is None:
        return 2 if node.startswith("x") else 1
    if node == net.prediction:
        return 1
    if match[1] == "w":
        return 10
    return 4 if int(match[2]) == net.depth else 5
