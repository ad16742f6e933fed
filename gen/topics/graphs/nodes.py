"""One node of a graph on its own: what it computes, and what comes back from those that use it.

The rest of the graph is replaced by what it sends back: `c1`, `c2`, ... are what the children of
the node contribute to the gradient of the output with respect to it. The output itself, `L`, is the
sum of the node times each of these, which has just that gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from gen.topics.graphs.expressions import NEAR, SLOPE_PLACES, STEP, Move
from solver.graph import Graph, GraphBuilder
from solver.passes import backward, forward
from solver.rounding import round_half_up

OUTPUT = "L"
Activation = Literal["sigmoid", "tanh"]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a node computes from its inputs; `sizes` names what numbers suit it."""

    inputs: int
    build: Callable[[GraphBuilder, Sequence[str], str], str]
    sizes: str = "any"


def _applied(op: str, **settings: Any) -> Callable[[GraphBuilder, Sequence[str], str], str]:
    def build(graph: GraphBuilder, names: Sequence[str], target: str) -> str:
        return graph.apply(op, *names, name=target, **settings)

    return build


def _chained(op: str, then: str, **settings: Any) -> Callable[..., str]:
    """Two arguments first, and what comes of them with a third, if there is one."""

    def build(graph: GraphBuilder, names: Sequence[str], target: str) -> str:
        first = graph.apply(op, *names[:2], hidden=True)
        return graph.apply(then, first, *names[2:], name=target, **settings)

    return build


OPERATIONS: Mapping[str, Operation] = {
    "difference": Operation(2, _applied("subtract")),
    "product": Operation(2, _applied("multiply")),
    "square": Operation(1, _applied("power", exponent=2)),
    "cube": Operation(1, _applied("power", exponent=3)),
    "quotient": Operation(2, _applied("divide"), "divided"),
    "product of three": Operation(3, _chained("multiply", "multiply")),
    "square of a difference": Operation(2, _chained("subtract", "power", exponent=2)),
    "maximum": Operation(2, _applied("maximum")),
    "maximum and product": Operation(3, _chained("maximum", "multiply")),
    "product and maximum": Operation(3, _chained("multiply", "maximum")),
    "product and sum": Operation(3, _chained("multiply", "add")),
    "sum and product": Operation(3, _chained("add", "multiply")),
    "quotient and sum": Operation(3, _chained("divide", "add"), "divided"),
    "exp": Operation(1, _applied("exp"), "exponents"),
    "log": Operation(1, _applied("log"), "positive"),
    "sqrt": Operation(1, _applied("sqrt"), "squares"),
    "sigmoid": Operation(1, _applied("sigmoid"), "exponents"),
    "tanh": Operation(1, _applied("tanh"), "exponents"),
    "exp of a product": Operation(2, _chained("multiply", "exp"), "factors"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A node without its numbers: an operation, or a unit of so many inputs with an activation."""

    operation: str
    names: tuple[str, ...]
    """The inputs, and last the node itself."""
    children: int
    units: int = 0
    activation: Activation = "sigmoid"

    @property
    def inputs(self) -> tuple[str, ...]:
        """What gets a gradient from the node."""
        if not self.units:
            return self.names[:-1]
        numbered = range(1, self.units + 1)
        return (*(f"x{k}" for k in numbered), *(f"w{k}" for k in numbered), "b")

    @property
    def node(self) -> str:
        """The node that the children use."""
        return "o" if self.units else self.names[-1]

    @property
    def contributions(self) -> tuple[str, ...]:
        """What comes back, by child."""
        return tuple(f"c{k}" for k in range(1, self.children + 1))


def unit(inputs: int, activation: Activation, children: int) -> Shape:
    """A unit with inputs `x1`, weights `w1`, a bias `b`, pre-activation `s` and output `o`."""
    return Shape("unit", (), children, inputs, activation)


@lru_cache(maxsize=512)
def node_graph(shape: Shape) -> Graph:
    """The node alone, which is the output of this graph."""
    builder = GraphBuilder()
    _add(builder, shape)
    return builder.build()


@lru_cache(maxsize=512)
def graph_of(shape: Shape) -> Graph:
    """The node with what comes back to it."""
    builder = GraphBuilder()
    _add(builder, shape)
    sent = [builder.input(name, fixed=True) for name in shape.contributions]
    if len(sent) == 1:
        builder.apply("multiply", sent[0], shape.node, name=OUTPUT)
        return builder.build()
    first, *others = _products(builder, [(name, shape.node) for name in sent])
    for term in others[:-1]:
        first = builder.apply("add", first, term, hidden=True)
    builder.apply("add", first, others[-1], name=OUTPUT)
    return builder.build()


def _products(builder: GraphBuilder, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Hidden products, the last one made first: the backward pass then starts with the first."""
    made = [builder.apply("multiply", *pair, hidden=True) for pair in reversed(pairs)]
    return made[::-1]


def _add(builder: GraphBuilder, shape: Shape) -> None:
    for name in shape.inputs:
        builder.input(name)
    if not shape.units:
        OPERATIONS[shape.operation].build(builder, shape.inputs, shape.node)
        return
    numbered = range(1, shape.units + 1)
    first, *others = _products(builder, [(f"w{k}", f"x{k}") for k in numbered])
    for term in others:
        first = builder.apply("add", first, term, hidden=True)
    builder.apply("add", first, "b", name="s")
    builder.apply(shape.activation, "s", name="o")


def arrived(contributions: Sequence[Any]) -> Any:
    """What arrives at the node: the sum of the contributions, in their kind of number."""
    first, *others = (np.asarray(number)[()] for number in contributions)
    return sum(others, start=first)


def move(shape: Shape, givens: Mapping[str, Any], asked: Sequence[str], places: int) -> Move | None:
    """An asked input whose centred difference, from values of so many places, is near the mark.

    One that gets nothing will not do. None where there is no such input, as a small error is
    multiplied by what arrives.
    """
    graph = node_graph(shape)
    inputs = {name: np.float64(givens[name]) for name in shape.inputs}
    start = float(arrived([givens[name] for name in shape.contributions]))
    slopes = backward(graph, forward(graph, inputs))
    for name in asked:
        points = (round(float(inputs[name]) - STEP, 6), round(float(inputs[name]) + STEP, 6))
        moved = ({**inputs, name: np.float64(point)} for point in points)
        low, high = (
            float(round_half_up(forward(graph, each)[shape.node], places)) for each in moved
        )
        slope = float(round_half_up((high - low) / (2 * STEP), SLOPE_PLACES))
        exact = float(slopes[name]) * start
        if exact and abs(slope * start - exact) <= NEAR * max(1.0, abs(exact)):
            return Move(name, points, (low, high), slope)
    return None
