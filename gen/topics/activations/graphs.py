"""Graphs of activations between given pre-activations and one number.

`s` are pre-activations and `o` the outputs of their units. With weights `v`, the outputs go on to
`y`; with a bias `c` and a second activation too, `y` is the output of a further unit, whose
pre-activation is `t`. The *stored* graphs start from the outputs instead: `d` are the derivatives
of the units at `s` and `e` that of the unit at `t`, by the rules of the solver, and `g` is the
derivative of `y` with respect to `s`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from gen.problem import Value, Variant
from gen.variants import Recipe, graph_of, variant
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES, Rules
from solver.slips import SLIPS, rules_of
from solver.term import Term

Activations = tuple[str, ...]
WITH_ALPHA = frozenset({"leaky_relu", "elu"})

STORED_SLIPS = (
    "tanh_rule_for_sigmoid",
    "sigmoid_rule_for_tanh",
    "activation_applied_twice",
    "function_not_differentiated",
)
"""Those of the solver's slips that look at an output alone."""


_MADE_HERE = (
    "activation_derivative_left_out",
    "preactivation_in_derivative",
    "tanh_rule_for_sigmoid",
    "sigmoid_rule_for_tanh",
    "relu_mask_forgotten",
    "relu_derivative_is_input",
    "mask_from_gradient",
    "leaky_slope_forgotten",
    "activation_applied_twice",
    "function_not_differentiated",
    "upstream_ignored",
    "tanh_for_sigmoid",
    "exponent_sign",
)
"""The solver's slips about activations that can be made without a network."""


def fitting_slips(activations: Activations) -> tuple[str, ...]:
    """Those of the solver's slips that can be made with these activations."""
    fitting = (name for name in _MADE_HERE if not SLIPS[name].touches.isdisjoint(activations))
    return (*fitting, "sign_reversed")


@lru_cache(maxsize=256)
def forward_graph(activations: Activations, alpha: float, units: int, weighted: bool) -> Graph:
    """One activation, weighted where it leads on to `y`, or two of them one after the other."""
    settings: list[dict[str, Any]] = [
        {"alpha": alpha} if name in WITH_ALPHA else {} for name in activations
    ]
    graph = GraphBuilder()
    shape = () if units == 1 else (units,)
    o = graph.apply(activations[0], graph.input("s", shape), name="o", **settings[0])
    if not weighted:
        return graph.build()
    v = graph.input("v", shape, fixed=True)
    product = "multiply" if units == 1 else "dot"
    if len(activations) == 1:
        graph.apply(product, v, o, name="y")
        return graph.build()
    c = graph.input("c", fixed=True)
    t = graph.apply("add", graph.apply(product, v, o, hidden=True), c, name="t")
    graph.apply(activations[1], t, name="y", **settings[1])
    return graph.build()


def _slope(rules: Rules, activation: str, output: Any) -> Any:
    derivative = rules[activation].derivative
    assert derivative is not None
    return derivative(output, output)


def _one(rules: Rules, activations: Activations, v: Any, o: Any) -> Mapping[str, Term]:
    d = _slope(rules, activations[0], o)
    return {"d": _made(d), "g": v * d}


def _two(rules: Rules, activations: Activations, v: Any, o: Any, y: Any) -> Mapping[str, Term]:
    d, e = _slope(rules, activations[0], o), _slope(rules, activations[1], y)
    return {"d": _made(d), "e": _made(e), "g": e * v * d}


def _made(term: Term) -> Term:
    """A slip may leave a bare input, which has no operation that a node could be named after."""
    return 1 * term if term.op == "name" else term


@lru_cache(maxsize=256)
def _recipe(activations: Activations, slip: str = "") -> Recipe:
    made = _one if len(activations) == 1 else _two
    return partial(made, rules_of(slip) if slip else RULES, activations)


def forward_slips(
    activations: Activations, alpha: float, givens: Mapping[str, Value]
) -> Iterator[Variant]:
    """Another function in the place of the first activation: what it is taken for, or made of."""
    others = dict(_TAKEN_FOR) if activations[0] == "softplus" else {}
    size = givens["s"].size
    for slip, other in others.items():
        graph = forward_graph((other, *activations[1:]), alpha, size, "v" in givens)
        yield Variant(slip, givens, graph)
    if activations[0] == "elu" and alpha != 1:
        yield Variant(
            "alpha_left_out", givens, forward_graph(activations, 1.0, size, "v" in givens)
        )


_TAKEN_FOR = {
    "exponential_alone": "exp",
    "sigmoid_differentiated": "sigmoid",
    "softplus_taken_for_relu": "relu",
}


@lru_cache(maxsize=256)
def stored_graph(activations: Activations, units: int) -> Graph:
    """The derivative of `y` with respect to `s` out of the stored outputs alone."""
    shape = () if units == 1 else (units,)
    inputs = (("v", shape), ("o", shape), ("y", ()))[: 1 + len(activations)]
    graph = graph_of(_recipe(activations), inputs)
    hidden = (replace(each, hidden=each.target.startswith("_")) for each in graph.equations)
    return replace(graph, equations=tuple(hidden))


def stored_slips(activations: Activations, givens: Mapping[str, Value]) -> Iterator[Variant]:
    """What the slips make of the same outputs."""
    for slip in STORED_SLIPS:
        yield variant(slip, _recipe(activations, slip), **givens)
    for slip, recipe in _misuses(activations).items():
        yield variant(slip, recipe, **givens)


@lru_cache(maxsize=64)
def _misuses(activations: Activations) -> Mapping[str, Recipe]:
    """What is done with the outputs, or with the right derivatives, by mistake."""
    if len(activations) == 1:
        return {
            "weight_left_out": partial(_unweighted, activations[0]),
            "activation_derivative_left_out": lambda v, o: {"d": 1 + 0 * o, "g": 1 * v},
            "stops_at_complement": lambda v, o: {"d": 1 - o, "g": v * (1 - o)},
        }
    return {
        "last_unit_left_out": partial(_first_alone, activations),
        "weight_left_out": partial(_both_unweighted, activations),
        "stops_at_complement": lambda v, o, y: {
            "d": 1 - o,
            "e": 1 - y,
            "g": (1 - y) * v * (1 - o),
        },
    }


def _unweighted(activation: str, v: Any, o: Any) -> Mapping[str, Any]:
    d = _slope(RULES, activation, o)
    return {"d": d, "g": 1 * d}


def _first_alone(activations: Activations, v: Any, o: Any, y: Any) -> Mapping[str, Any]:
    d, e = _slope(RULES, activations[0], o), _slope(RULES, activations[1], y)
    return {"d": d, "e": e, "g": v * d}


def _both_unweighted(activations: Activations, v: Any, o: Any, y: Any) -> Mapping[str, Any]:
    d, e = _slope(RULES, activations[0], o), _slope(RULES, activations[1], y)
    return {"d": d, "e": e, "g": e * d}
