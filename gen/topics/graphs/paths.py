"""Graphs whose edges carry local derivatives, and the paths through them.

The nodes are numbers that depend linearly on each other, so that the number at an edge is the local
derivative everywhere. Inputs get no value that matters: only derivatives are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.vocabulary import Difficulty
from solver.graph import Graph, GraphBuilder

REDRAWS = 30
SMALLEST, LARGEST = 0.25, 150.0
"""The sizes between which every derivative lies."""

ONE = "one"
"""The name of the 1 that paths are counted with."""

Pairs = tuple[tuple[str, str], ...]
Path = tuple[str, ...]
"""The nodes along a path, in order."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The local derivative of `target` with respect to `source` is `slope`."""

    source: str
    target: str
    slope: Number


Edges = tuple[Edge, ...]

_SHAPES: Mapping[Difficulty, tuple[str, ...]] = {
    "easy": (
        "ab ac bd cd",
        "ab ac bd cd ad",
        "ab ac ad be ce de",
        "ab bc bd cd",
        "ab ac bc cd",
        "ab bc cd ad",
    ),
    "medium": (
        "ab ac bd be cd ce df ef",
        "ab ac bc be cd de ce",
        "ab ac bd cd de ae be",
        "ab bc bd ce de be",
        "ab ac bd be ce df ef",
        "ab ac ad be bc ce de",
        "ac ad bd cd ce de",
        "ab ac bc bd cd",
    ),
    "hard": (
        "ab ac bc bd be cd ce df ef",
        "ab ac bc cd ce de be",
        "ab ac ad be ce cf df eg fg bg",
        "ab ac bd cd de df eg fg dg",
        "ab ac bd cd be ce df ef af",
        "ab ac bc bd cd de ce",
        "ac ad bc cd ce de cf df ef",
    ),
}
"""Graphs as lists of edges, each an argument and its node, both by their places in the order of
evaluation. The first node is the one asked about, the last one the output; a second node that no
edge leads to is another input, whose edges lie on no path from the first."""

_NAMES = (
    ("a", "b", "uvwpq", "c"),
    ("x", "z", "uvwpq", "y"),
    ("a", "b", "pqrst", "y"),
    ("x", "t", "hkmpq", "L"),
    ("w", "x", "pqruv", "J"),
    ("s", "t", "uvwxz", "f"),
)
"""For the first input, a second one, the nodes between and the output; never d, which stands for
the numbers at the edges, and never g, which a course may write for derivatives."""

_SIZES: Mapping[Difficulty, tuple[float, ...]] = {
    "easy": (2, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4, 0.5, 1.5),
    "hard": (2, 2, 3, 3, 4, 0.5, 1.5),
}
_EXACT_SIZES = (*((n, 1) for n in (2, 2, 3, 3, 4)), (1, 2), (3, 2), (1, 3), (2, 3))


def draw_edges(draw: Draw, difficulty: Difficulty, exact: bool) -> Edges:
    """A graph of the difficulty with a number at every edge.

    Raises Rejected where some derivative on the way is 0, or very small or large, several times.
    """
    pairs = _named(draw, draw.choice(_SHAPES[difficulty]))
    for _ in range(REDRAWS):
        edges = tuple(Edge(*pair, _slope(draw, difficulty, exact)) for pair in pairs)
        rates = [rate for _, rate in carried_forward(edges, edges[0].source)]
        slopes = [float(value) for value in (*derivatives(edges).values(), *rates)]
        if all(SMALLEST <= abs(slope) <= LARGEST for slope in slopes):
            return edges
    raise Rejected("a derivative is too small or too large")


def _named(draw: Draw, shape: str) -> Pairs:
    first, second, between, output = draw.choice(_NAMES)
    edges = shape.split()
    places = sorted({place for edge in edges for place in edge})
    inner = iter(between)
    sources = {place for place in places if all(edge[1] != place for edge in edges)}
    names = {place: second if place in sources else next(inner) for place in places[1:-1]}
    names |= {places[0]: first, places[-1]: output}
    return tuple((names[edge[0]], names[edge[1]]) for edge in edges)


def _slope(draw: Draw, difficulty: Difficulty, exact: bool) -> Number:
    sign = draw.sign() if draw.integer(0, 2) else 1
    if exact and difficulty != "easy":
        top, bottom = draw.choice(_EXACT_SIZES)
        return fraction(sign * top, bottom)
    size = sign * draw.choice(_SIZES[difficulty])
    return fraction(int(size)) if exact else float(size)


def nodes_of(edges: Iterable[Edge]) -> tuple[str, ...]:
    """All nodes in order of evaluation: inputs first, then each behind its arguments."""
    return _ordered(tuple((edge.source, edge.target) for edge in edges))


@lru_cache(maxsize=1024)
def _ordered(pairs: Pairs) -> tuple[str, ...]:
    targets = {target for _, target in pairs}
    order = list(dict.fromkeys(source for source, _ in pairs if source not in targets))
    while len(order) < len({name for pair in pairs for name in pair}):
        ready = (
            target
            for _, target in pairs
            if target not in order and all(s in order for s, t in pairs if t == target)
        )
        order.append(next(ready))
    return tuple(order)


def output_of(edges: Edges) -> str:
    """The node that no other uses."""
    return nodes_of(edges)[-1]


@lru_cache(maxsize=1024)
def paths(edges: Edges, start: str) -> tuple[Edges, ...]:
    """Every path from `start` to the output, as its edges, those through early nodes first."""
    leaving = [edge for edge in edges if edge.source == start]
    if not leaving:
        return ((),)
    return tuple((edge, *rest) for edge in leaving for rest in paths(edges, edge.target))


def product(path: Edges) -> Any:
    """The product of the numbers along a path."""
    return prod((edge.slope for edge in path[1:]), start=path[0].slope)


def derivatives(edges: Edges) -> dict[str, Any]:
    """The derivative of the output with respect to every other node: sums over paths."""
    return {node: _total(map(product, paths(edges, node))) for node in nodes_of(edges)[:-1]}


def _total(numbers: Iterable[Any]) -> Any:
    first, *rest = numbers
    return sum(rest, start=first)


def carried_forward(edges: Edges, start: str) -> tuple[tuple[str, Any], ...]:
    """How fast every node behind `start` changes with it, in order of evaluation."""
    rates: dict[str, Any] = {start: 1}
    for node in nodes_of(edges):
        terms = [e.slope * rates[e.source] for e in edges if e.target == node and e.source in rates]
        if terms:
            rates[node] = _total(terms)
    return tuple(rates.items())[1:]


def name_of(source: str, target: str) -> str:
    """The name of the number at an edge."""
    return f"d{target}{source}"


def count_of(node: str) -> str:
    """The name of the number of paths from a node to the output."""
    return f"N{node}"


@lru_cache(maxsize=1024)
def graph_of(pairs: Pairs, order: tuple[str, ...]) -> Graph:
    """The graph with the numbers at its edges as fixed inputs, and the numbers of paths.

    `order` has the nodes in order of evaluation.
    """
    builder = GraphBuilder()
    targets = {target for _, target in pairs}
    for node in order:
        if node not in targets:
            builder.input(node)
    for source, target in pairs:
        builder.input(name_of(source, target), fixed=True)
    builder.input(ONE, fixed=True)
    _add_counts(builder, pairs, order)
    for node in order:
        if node in targets:
            _add_node(builder, node, [source for source, target in pairs if target == node])
    return builder.build(order[-1])


def _add_node(builder: GraphBuilder, node: str, sources: Sequence[str]) -> None:
    """The sum of the arguments, each multiplied by the number at its edge."""
    *before, last = sources
    total = ""
    for source in before:
        term = builder.apply("multiply", name_of(source, node), source, hidden=True)
        total = builder.apply("add", total, term, hidden=True) if total else term
    if not total:
        builder.apply("multiply", name_of(last, node), last, name=node)
        return
    term = builder.apply("multiply", name_of(last, node), last, hidden=True)
    builder.apply("add", total, term, name=node)


def _add_counts(builder: GraphBuilder, pairs: Pairs, order: tuple[str, ...]) -> None:
    """As many paths from a node as from all that use it together; one from the output."""
    names = {order[-1]: ONE}
    for node in reversed(order[:-1]):
        first, *rest = (names[target] for source, target in pairs if source == node)
        name = count_of(node)
        if not rest:
            builder.apply("multiply", builder.constant(1), first, name=name)
        for place, term in enumerate(rest):
            ends = place == len(rest) - 1
            first = builder.apply("add", first, term, name=name if ends else None, hidden=not ends)
        names[node] = name
