"""Local derivatives: how each node of a graph changes with each of its arguments alone.

They are what the edges of a computation graph carry in the chain rule: the derivative of the output
with respect to a node is the sum, over the paths from the one to the other, of the products of the
local derivatives along them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from solver.graph import Equation, Graph, Variable
from solver.passes import backward, forward

Edge = tuple[str, str]
"""An argument and the node that uses it."""

_ONE = np.float64(1.0)


def local_derivatives(
    graph: Graph, givens: Mapping[str, Any], start: Any = _ONE
) -> dict[Edge, Any]:
    """The derivative of every node with respect to each argument, its others held fixed.

    Hidden nodes belong to the formula of the node in which they are shown, and arguments that are
    fixed have no derivative. `start` is 1 in the kind of number of the `givens`. Nodes are numbers.
    """
    values = forward(graph, givens)
    found: dict[Edge, Any] = {}
    for target, alone in _alone(graph):
        gradients = backward(alone, values, start=start)
        found |= {(v.name, target): gradients[v.name] for v in alone.inputs if v.name in gradients}
    return found


@lru_cache(maxsize=512)
def _alone(graph: Graph) -> tuple[tuple[str, Graph], ...]:
    """For every shown node the graph of its own formula, whose inputs are its arguments."""
    return tuple((e.target, _formula(graph, e)) for e in graph.equations if not e.hidden)


def _formula(graph: Graph, equation: Equation) -> Graph:
    made = {e.target: e for e in graph.equations}
    inside: dict[str, Equation] = {}
    arguments: dict[str, Variable] = {}
    given = {v.name: v for v in graph.inputs}

    def visit(each: Equation) -> None:
        for name in each.inputs:
            if name in made and made[name].hidden:
                visit(made[name])
            elif name not in graph.constants:
                known = given.get(name) or Variable(name, graph.shapes[name])
                arguments.setdefault(name, known)
        inside.setdefault(each.target, each)

    visit(equation)
    return replace(
        graph,
        inputs=tuple(arguments.values()),
        equations=tuple(inside.values()),
        output=equation.target,
    )
