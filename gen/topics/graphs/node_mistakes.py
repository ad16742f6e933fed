"""What goes wrong at a single node: with what comes back to it, and with what it sends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.told import told
from gen.topics.graphs.nodes import Shape, arrived, node_graph
from solver.passes import backward, forward
from solver.rules import Rules
from solver.slips import SLIPS, rules_of

LOCAL_SLIPS = (
    *("own_factor", "factor_left_out", "subtrahend_sign_lost", "quotient_sign_lost"),
    *("quotient_square_missing", "exponent_left_out", "exponent_not_lowered"),
    *("root_half_left_out", "function_not_differentiated", "derivative_at_output"),
    *("inner_derivative_forgotten", "activation_derivative_left_out"),
    *("preactivation_in_derivative", "sigmoid_rule_for_tanh", "tanh_rule_for_sigmoid"),
    *("activation_applied_twice", "sum_shared_out"),
    *("maximum_shared_out", "maximum_to_the_smaller"),
)
_BESIDE_LOGARITHMS = frozenset({"preactivation_in_derivative", "activation_applied_twice"})
"""Those that leave no plain number where a pre-activation is a logarithm."""

_NOT_EXACT = (ValueError, TypeError, ArithmeticError, AttributeError)


def mistakes(shape: Shape, givens: Mapping[str, Value]) -> Iterator[Variant]:
    """What each slip makes of every gradient; the values are right."""
    graph = node_graph(shape)
    inputs = {name: givens[name] for name in shape.inputs}
    values = forward(graph, inputs)
    sent = [givens[name] for name in shape.contributions]
    known = {e.target: values[e.target] for e in graph.equations if not e.hidden}
    shown = (*shape.inputs, *known)
    whole = arrived(sent)
    for slip, start in _arriving(sent).items():
        found = backward(graph, values, start=start)
        yield told(slip, known, {name: found[name] for name in shown})
    exact = np.asarray(whole).dtype == object
    for slip in LOCAL_SLIPS:
        if exact and slip in _BESIDE_LOGARITHMS:
            continue
        made = _made(slip, graph, values, whole)
        if made is not None:
            yield told(slip, known, {name: made[name] for name in shown})
    # What reaches the node is right, and it sends on its local derivatives alone.
    alone = {**backward(graph, values, start=whole / whole), shape.node: whole}
    yield told("upstream_ignored", known, {name: alone[name] for name in shown})


def _made(slip: str, graph: Any, values: Mapping[str, Any], start: Any) -> Mapping[str, Any] | None:
    """The gradients under a slip, or None where it has nothing to go wrong with here."""
    if not SLIPS[slip].fits(graph):
        return None
    rules: Rules = rules_of(slip)
    try:
        return backward(graph, values, rules, start=start)
    except _NOT_EXACT:
        return None


def _arriving(sent: list[Value]) -> Mapping[str, Any]:
    """What may be taken for the gradient that arrives, where there are several contributions."""
    if len(sent) == 1:
        return {}
    numbers = [np.asarray(number)[()] for number in sent]
    product = numbers[0]
    for number in numbers[1:]:
        product = product * number
    return {
        "first_child_only": numbers[0],
        "last_child_only": numbers[-1],
        "children_multiplied": product,
        "children_averaged": arrived(sent) / len(sent),
    }
