"""The two passes over a graph: values forward, gradients backward.

Both are a walk along the equations with a table of rules, and nothing in them knows what kind of
number passes through. Gradients that meet at a fork are brought together in the order in which the
backward walk reaches them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np

from solver.graph import Graph
from solver.rules import RULES, Rules

Values = dict[str, Any]
_ONE = np.float64(1.0)


def forward(graph: Graph, givens: Mapping[str, Any], rules: Rules = RULES) -> Values:
    """Every node's value, by name. `givens` has an array (or a number of any kind) per input."""
    values: Values = {**_constants(graph), **givens}
    for target, rule, inputs in _forward_program(graph, rules):
        values[target] = rule(*[values[name] for name in inputs])
    return values


def backward(
    graph: Graph, values: Mapping[str, Any], rules: Rules = RULES, start: Any = _ONE
) -> Values:
    """The gradient of the output with respect to every node that it depends on, by name.

    `values` is what `forward` returned; `start` is the gradient of the output with respect to
    itself. Fixed inputs and constants have no entry. A node that does not reach the output has none
    either.
    """
    gradients: Values = {graph.output: start}
    accumulate = rules.accumulate
    for target, rule, inputs, wanted in _backward_program(graph, rules):
        if target not in gradients:
            continue
        pieces = rule(gradients[target], values[target], *[values[name] for name in inputs])
        for name, is_wanted, piece in zip(inputs, wanted, pieces, strict=True):
            if is_wanted and piece is not None:
                known = gradients.get(name)
                gradients[name] = piece if known is None else accumulate(known, piece)
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


@lru_cache(maxsize=4096)
def _forward_program(
    graph: Graph, rules: Rules
) -> tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...]:
    return tuple(
        (e.target, _bound(rules[e.op].forward, e.settings), e.inputs) for e in graph.equations
    )


@lru_cache(maxsize=4096)
def _backward_program(
    graph: Graph, rules: Rules
) -> tuple[tuple[str, Callable[..., Any], tuple[str, ...], tuple[bool, ...]], ...]:
    needed = graph.needs_gradient()
    return tuple(
        (
            e.target,
            _bound(rules[e.op].backward, e.settings),
            e.inputs,
            tuple(name in needed for name in e.inputs),
        )
        for e in reversed(graph.equations)
        if e.target in needed
    )


def _bound(rule: Callable[..., Any], settings: Iterable[tuple[str, Any]]) -> Callable[..., Any]:
    return partial(rule, **dict(settings)) if settings else rule
