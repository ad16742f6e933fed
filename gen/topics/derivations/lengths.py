"""How long expressions are as they are printed.

Lengths are those in the standard notation, so that the options are the same in all.
"""

from __future__ import annotations

from gen.problem import Entry
from gen.ranks import Side
from gen.topics.derivations.nets import Net
from gen.topics.derivations.spoiling import UNIT
from solver import term as t
from solver.term import Term

_BETWEEN = {"add": 3, "subtract": 3, "multiply": 1, "divide": 1}
"""The characters that an operation puts between its arguments."""
_SUMS = ("add", "subtract", "negative")


def side(net: Net, right: Entry, other: Entry) -> Side:
    """Whether another expression is shorter or longer than the right one.

    That is clear where it is so in characters and in symbols: formulas on a page stack their
    scripts, and courses have symbols of other lengths. Neither is, where the two disagree.
    """
    assert isinstance(right, Term)
    assert isinstance(other, Term)
    characters = length(net, other) - length(net, right)
    symbols = _symbols(other) - _symbols(right)
    if characters == 0 or characters * symbols < 0:
        return 0
    if characters < 0:
        return -2 if symbols else -1
    return 2 if symbols else 1


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
