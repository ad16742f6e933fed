"""The two passes over a graph: values forward, gradients backward.

Both are a walk along the equations with a table of rules, and nothing in them knows what kind of
number passes through. Gradients that meet at a fork are brought together in the order in which the
backward walk reaches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from solver.graph import Graph
from solver.rules import RULES, ByInput, Rules

Values = dict[str, Any]
_ONE = np.float64(1.0)


def forward(graph: Graph, givens: Mapping[str, Any], rules: Rules = RULES) -> Values:
    """Every node's value, by name. `givens` has an array (or a number of any kind) per input.

    A node that has a value there as well keeps it, and is not computed.
    """
    values: Values = {**_constants(graph), **givens}
    primitives, value_of = rules.primitives, values.__getitem__
    for target, op, inputs, settings, _ in _program(graph):
        if target not in values:
            values[target] = primitives[op].forward(*map(value_of, inputs), **settings)
    return values


def backward(
    graph: Graph,
    values: Mapping[str, Any],
    rules: Rules = RULES,
    start: Any = _ONE,
    towards: tuple[str, ...] | None = None,
) -> Values:
    """The gradient of the output with respect to every node that it depends on, by name.

    `values` is what `forward` returned; `start` is the gradient of the output with respect to
    itself. Fixed inputs and constants have no entry. A node that does not reach the output has none
    either. With `towards`, the pass visits only what lies between the output and those nodes.
    """
    gradients: Values = {graph.output: start}
    primitives, accumulate, value_of = rules.primitives, rules.accumulate, values.__getitem__
    for target, op, inputs, settings, wanted in reversed(_program(graph, towards)):
        if not wanted or target not in gradients:
            continue
        rule, known = primitives[op].backward, map(value_of, inputs)
        if len(wanted) == 1 and type(rule) is ByInput:
            rule = rule.alone[wanted[0][0]]
        pieces = rule(gradients[target], values[target], *known, **settings)
        for position, name in wanted:
            piece = pieces[position]
            if piece is not None:
                earlier = gradients.get(name)
                gradients[name] = piece if earlier is None else accumulate(earlier, piece)
    return gradients


def directional(graph: Graph, givens: Mapping[str, Any], node: str, direction: Any) -> float:
    """The output's derivative along `direction` of one input, by a complex step.

    Only forward rules are used: f(x + ih d) has the imaginary part h f'(x) d up to h**3, and no
    difference is taken, so nothing cancels (Squire and Trapp, SIAM Review 40, 1998). Valid away
    from kinks.
    """
    tiny = 1e-30
    stepped = {**givens, node: givens[node] + 1j * tiny * direction}
    return float(np.imag(forward(graph, stepped)[graph.output]) / tiny)


@lru_cache(maxsize=1024)
def _constants(graph: Graph) -> Mapping[str, Any]:
    return {name: np.float64(value) for name, value in graph.constants.items()}


Instruction = tuple[str, str, tuple[str, ...], dict[str, Any], tuple[tuple[int, str], ...]]


@lru_cache(maxsize=1024)
def _program(graph: Graph, towards: tuple[str, ...] | None = None) -> tuple[Instruction, ...]:
    """The equations as the passes read them: target, primitive, inputs, settings, and by position
    those inputs that a gradient is wanted for."""
    needed = graph.needs_gradient()
    if towards is not None:
        needed &= graph.following(towards)
    return tuple(
        (
            e.target,
            e.op,
            e.inputs,
            dict(e.settings),
            tuple((p, name) for p, name in enumerate(e.inputs) if name in needed),
        )
        for e in graph.equations
    )
