"""Whether two expressions over the symbols of a graph are equal.

The symbols are the graph's nodes: inputs, and values computed from them, so that y and the sigmoid
that makes it are one thing. Two tests are made. First both expressions are evaluated at points
drawn from the expressions themselves, so that no text can be made to fit points known before. Then
SymPy is asked to prove the identity, or to refute it with fifty digits (`solver.identities`); where
an expression is too large for that, or of a kind that it cannot decide, the numbers decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal

import numpy as np

from solver import identities
from solver import term as t
from solver.graph import Graph
from solver.passes import forward
from solver.term import Term

Outcome = Literal["equal", "different", "undecided"]

TRIED, NEEDED, ENOUGH = 24, 6, 12
"""The points at which expressions may be evaluated, how many of them both need a value at, and
after how many no more are tried."""
NEAR = 1e-9
"""How far apart equal values may lie, as a share."""

CONSTANTS: Mapping[str, float] = {"e": np.e, "pi": np.pi}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome; `proved` says that SymPy proved or refuted it, and not the numbers alone.

    It is undecided where one expression has no value at nearly all points.
    """

    outcome: Outcome
    proved: bool = False


def compare(given: Term, right: Term, graph: Graph) -> Comparison:
    """Whether two expressions over the nodes of `graph`, e and pi are equal wherever they exist.

    Raises KeyError for a name that is none of these.
    """
    near = agree(given, right, graph)
    if near is None:
        return Comparison("undecided")
    if not near:
        return Comparison("different")
    identical = identities.identical(given, right, graph)
    if identical is None:
        return Comparison("equal")
    return Comparison("equal" if identical else "different", proved=True)


def agree(given: Term, right: Term, graph: Graph) -> bool | None:
    """Whether two expressions agree at points drawn from both; None where too few have values."""
    usable = 0
    for values in points(graph, f"{given}\n{right}"):
        one, other = value(given, values), value(right, values)
        if one is None or other is None:
            continue
        usable += 1
        if not _near(one, other):
            return False
        if usable == ENOUGH:
            break
    return True if usable >= NEEDED else None


def points(graph: Graph, key: str) -> Iterator[Mapping[Term, Any]]:
    """Values of every node, by its name as a term, at points that follow from the key."""
    for number in range(TRIED):
        givens = {
            variable.name: _drawn(f"{key} {number} {variable.name}", variable.shape)
            for variable in graph.inputs
        }
        values = {**CONSTANTS, **forward(graph, givens)}
        yield {t.name(name): value for name, value in values.items()}


def _drawn(key: str, shape: tuple[int, ...]) -> Any:
    """Numbers between 0.2 and 1.4 in size: nothing there is nearly 0, saturated or large."""
    count = int(np.prod(shape, dtype=int))
    words = [blake2b(f"{key} {n}".encode(), digest_size=8).digest() for n in range(count)]
    numbers = [_number(int.from_bytes(word, "big")) for word in words]
    return np.array(numbers).reshape(shape)


def _number(word: int) -> float:
    size = 0.2 + 1.2 * (word >> 1) / 2.0**63
    return size if word & 1 else -size


def value(term: Term, values: Mapping[Term, Any]) -> float | None:
    """The value at a point, or None where some part of the term has none."""
    try:
        with np.errstate(all="raise", under="ignore"):
            value = t.evaluate(term, values)
    except (FloatingPointError, ZeroDivisionError, OverflowError):
        return None
    return float(value) if np.isrealobj(value) and np.isfinite(value) else None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(abs(one), abs(other)) + 1e-14
