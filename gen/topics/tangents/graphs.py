"""Graphs of values and tangents together, and the same numbers without a graph.

The tangents are nodes like any other: the lines that the rules give for them (`solver.modes`) are
added to the graph, so that answers, worked steps and tolerances come about as they do for values.
The tangent of node `a` in pass 1 is the node `a.1`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from gen.variants import add
from solver import term as t
from solver.graph import Graph, GraphBuilder, Tangent
from solver.lines import Line
from solver.modes import tangent_lines
from solver.term import Term

Direction = tuple[tuple[str, Any], ...]
"""A tangent for every input, 0 for those that do not move."""

SUM = "D"
"""The node of the derivative that several passes are put together to."""


def tangent(node: str, number: int = 1) -> str:
    """The name of a node's tangent in the pass of that number."""
    return f"{node}.{number}"


def moving(direction: Direction) -> tuple[str, ...]:
    """The inputs that move."""
    return tuple(name for name, rate in direction if float(rate) != 0)


@lru_cache(maxsize=1024)
def with_tangents(graph: Graph, passes: tuple[tuple[str, ...], ...]) -> Graph:
    """The graph with a tangent for every node that moves, in passes that each move those inputs.

    The tangents of the inputs are inputs, and nothing gets a gradient. With several passes, the
    derivative along a further direction is their sum, weighted by inputs named after them.
    """
    builder = _Builder(graph)
    for number, inputs in enumerate(passes, 1):
        builder.carry(inputs, number)
    if len(passes) > 1:
        builder.add_up(len(passes))
    return builder.done()


class _Builder:
    """The graph on its way, with the tangents that it has so far."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.builder = graph, GraphBuilder()
        self.tangents: dict[str, Tangent] = {}
        self.ops = {e.target: e.op for e in graph.equations}
        for variable in graph.inputs:
            self.builder.input(variable.name, fixed=True)

    def carry(self, inputs: Sequence[str], number: int) -> None:
        """Add a pass: in the first one, the value of every node and then its tangent."""
        for name in inputs:
            self._name(name, number)
            self.builder.input(tangent(name, number), fixed=True)
        for line in tangent_lines(self.graph, frozenset(inputs)):
            if line.kind == "tangent":
                self._name(line.node, number)
                self._add(line, tangent(line.node, number), number)
            elif number == 1:
                self._add(line, line.node, number)

    def _name(self, node: str, number: int) -> None:
        self.tangents[tangent(node, number)] = Tangent(node, self.ops.get(node, ""), number)

    def _add(self, line: Line, target: str, number: int) -> None:
        def renamed(inner: Term) -> Term | None:
            return t.name(tangent(inner.args[0], number)) if inner.op == "tangent" else None

        formula = t.rewrite(line.formula, renamed)
        # A line that repeats another number still needs an equation of its own.
        written = t.number(1.0) * formula if t.is_leaf(formula) else formula
        add(self.builder, written, target, hidden=True)

    def add_up(self, passes: int) -> None:
        """Add the derivative along a direction of which the passes give one component each."""
        terms = []
        for number in range(1, passes + 1):
            weight = self.builder.input(rate(number), fixed=True)
            terms.append(t.name(weight) * t.name(tangent(self.graph.output, number)))
        add(self.builder, sum(terms[1:], terms[0]), SUM, hidden=True)

    def done(self) -> Graph:
        """The finished graph; its output is that of the values."""
        return self.builder.build(self.graph.output, self.tangents)


def rate(number: int) -> str:
    """The input that weights the pass of that number in the sum of passes."""
    return f"rate.{number}"


def seeds(direction: Direction, number: int = 1) -> Mapping[str, Any]:
    """The tangents of the inputs that move, by the names that they have in the graph."""
    return {tangent(name, number): value for name, value in direction if float(value) != 0}
