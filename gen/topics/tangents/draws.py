"""Directions to move in, drawn so that every tangent is worth its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import isclose
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, is_exact, is_plain
from gen.family import Rejected
from gen.topics.graphs.expressions import Nodes, Point, graph_of
from gen.topics.tangents.graphs import Direction, moving
from solver.graph import Graph
from solver.modes import tangents
from solver.passes import forward

SMALLEST, LARGEST = 0.05, 90.0
"""The sizes between which tangents lie."""
RATES = (-3, -2, -1, 1, 2, 3)

Tangents = Mapping[str, Any]


def draw_unit(draw: Draw, point: Point, nodes: Nodes) -> Direction:
    """The direction of one input, by which a product moves in both factors if any will do.

    Raises Rejected where none gives tangents that are worth working out.
    """
    names = [name for name, _ in point]
    every = [[(n, int(n == name)) for n in names] for name in names]
    drawn = [_direction(point, rates) for rates in draw.shuffle(every)]
    suited = [each for each in drawn if suits(point, nodes, each)]
    if not suited:
        raise Rejected("no input gives tangents that are worth working out")
    return max(suited, key=lambda each: _moving_pairs(nodes, point, each))


def draw_direction(draw: Draw, point: Point, nodes: Nodes) -> Direction:
    """A direction of small whole numbers in which every input moves.

    They are not all of one size. Raises Rejected where none gives suitable tangents.
    """
    names = [name for name, _ in point]
    every = [r for r in product(RATES, repeat=len(names)) if len(set(map(abs, r))) > 1]
    for rates in draw.sample(every, min(12, len(every))):
        direction = _direction(point, list(zip(names, rates, strict=True)))
        if suits(point, nodes, direction):
            return direction
    raise Rejected("no direction gives tangents that are worth working out")


def units(point: Point) -> tuple[Direction, ...]:
    """The directions of all inputs, one after another."""
    names = [name for name, _ in point]
    return tuple(_direction(point, [(n, int(n == name)) for n in names]) for name in names)


def _direction(point: Point, rates: list[tuple[str, int]]) -> Direction:
    exact = is_exact(point[0][1])
    return tuple((name, fraction(r) if exact else float(r)) for name, r in rates)


def evaluated(graph: Graph, point: Point) -> Mapping[str, Any]:
    """Every node's value at a point, in the kind of number of the point."""
    return forward(graph, {name: _number(value) for name, value in point})


def carried(graph: Graph, values: Mapping[str, Any], direction: Direction) -> Tangents:
    """The tangent of every node that moves."""
    moved = set(moving(direction))
    seeds = {name: _number(rate) for name, rate in direction if name in moved}
    return tangents(graph, values, seeds)


def _number(value: Number) -> Any:
    return np.asarray(value)[()] if is_exact(value) else np.float64(value)


def suits(point: Point, nodes: Nodes, direction: Direction) -> bool:
    """Whether all tangents are of a tame size, and the output's is none that is known."""
    graph = graph_of(tuple(name for name, _ in point), nodes)
    found = carried(graph, evaluated(graph, point), direction)
    if is_exact(point[0][1]) and not all(map(is_plain, found.values())):
        return False
    sizes = {name: abs(float(value)) for name, value in found.items()}
    output = sizes.pop(graph.output, 0.0)
    tame = all(SMALLEST <= size <= LARGEST for size in (*sizes.values(), output))
    return tame and not any(isclose(output, size, rel_tol=1e-3) for size in (1.0, *sizes.values()))


def _moving_pairs(nodes: Nodes, point: Point, direction: Direction) -> int:
    """How many products and quotients have two arguments that move."""
    found = set(moving(direction))
    pairs = 0
    for node in nodes:
        moved = found.intersection(node.inputs)
        pairs += node.op in ("multiply", "divide") and len(moved) == 2
        if moved:
            found.add(node.name)
    return pairs


def draw_inner(draw: Draw, point: Point, nodes: Nodes, direction: Direction) -> str:
    """A node whose tangent is worth asking for: one that is computed from another if there is one.

    Raises Rejected where every tangent is that of an input.
    """
    graph = graph_of(tuple(name for name, _ in point), nodes)
    found = carried(graph, evaluated(graph, point), direction)
    known = {abs(float(rate)) for _, rate in direction}
    inputs = {name for name, _ in point}
    asked = [n for n in _told_apart(nodes, found, known) if not inputs.issuperset(n[1])]
    asked = asked or list(_told_apart(nodes, found, known))
    if not asked:
        raise Rejected("no node has a tangent that is worth asking for")
    return draw.choice(asked)[0]


def _told_apart(
    nodes: Nodes, found: Tangents, known: set[float]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in nodes[:-1]:
        if node.name in found and not any(isclose(abs(float(found[node.name])), k) for k in known):
            yield node.name, node.inputs
