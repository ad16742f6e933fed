"""Slips: named mistakes that students make, as spoiled tables of rules.

A slip replaces some rules, and the same passes then give exactly the number that a student who
makes that mistake gets. What is wrong is said in `templates/slips.toml`; here it is only computed.
The codes (M024) are those of the project's list of misconceptions, empty for what it does not list.

Two kinds: a *backward* slip leaves the forward values alone, so they are reused; a *forward* slip
changes them too. Slips that a single rule cannot express (numbers in the wrong order) are
rearrangements of the right answer (`REARRANGEMENTS`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from solver import functions as f
from solver.graph import Graph
from solver.passes import Values, backward, forward
from solver.rules import RULES, Primitive, Rules, fit

Spoil = Callable[[Rules], Rules]


@dataclass(frozen=True, slots=True)
class Slip:
    """A named mistake. `touches` are the primitives whose rule it replaces; empty for forks."""

    name: str
    code: str
    spoil: Spoil
    touches: frozenset[str]
    changes_values: bool = False

    def fits(self, graph: Graph) -> bool:
        """Whether the graph has anything that this slip can go wrong with."""
        return not self.touches or not self.touches.isdisjoint(graph.operations)


@cache
def rules_of(slip: str) -> Rules:
    """The table of rules as spoiled by the slip of that name. Raises KeyError if there is none."""
    return SLIPS[slip].spoil(RULES)


def run(
    graph: Graph,
    values: Values,
    givens: Mapping[str, Any],
    slip: str,
    towards: tuple[str, ...] | None = None,
) -> tuple[Values, Values]:
    """Values and gradients as the slip leaves them; `values` are the right ones, from `forward`.

    Gradients are those that `solver.passes.backward` gives on the way `towards` these nodes.
    """
    rules = rules_of(slip)
    spoiled = forward(graph, givens, rules) if SLIPS[slip].changes_values else values
    return spoiled, backward(graph, spoiled, rules, towards=towards)


def _derivative(name: str, rule: Callable[..., Any]) -> Primitive:
    """The elementwise primitive `name` with another local derivative."""

    def back(g: Any, y: Any, x: Any, **settings: Any) -> tuple[Any]:
        return (g * rule(y, x, **settings),)

    return replace(RULES[name], backward=back, derivative=rule)


def _backward(name: str, rule: Callable[..., Any]) -> Primitive:
    return replace(RULES[name], backward=rule)


def _forward(name: str, rule: Callable[..., Any]) -> Primitive:
    return replace(RULES[name], forward=rule)


def _slip(name: str, code: str, *changes: Primitive, forward: bool = False) -> Slip:
    touches = frozenset(change.name for change in changes)
    return Slip(name, code, lambda rules: rules.spoiled(changes), touches, forward)


def _fork(name: str, code: str, accumulate: Callable[[Any, Any], Any]) -> Slip:
    return Slip(name, code, lambda rules: rules.spoiled((), accumulate=accumulate), frozenset())


def _ones(y: Any, x: Any, **_: Any) -> Any:
    return np.ones_like(y)


def _reversed(name: str) -> Primitive:
    back = RULES[name].backward

    def negated(g: Any, *rest: Any, **settings: Any) -> Any:
        return back(-g, *rest, **settings)

    return _backward(name, negated)


def _scaled(name: str, factor: float) -> Primitive:
    back = RULES[name].backward

    def scaled(g: Any, *rest: Any, **settings: Any) -> Any:
        return back(factor * g, *rest, **settings)

    return _backward(name, scaled)


def _is_square(a: Any) -> bool:
    return len(a.shape) == 2 and a.shape[0] == a.shape[1]


def _untransposed(g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
    right = RULES["matmul"].backward(g, y, a, b)
    return (right[0], a @ g if _is_square(a) and len(b.shape) == 2 else right[1])


def _swapped_outer(g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
    right = RULES["matmul"].backward(g, y, a, b)
    return (_exchanged(right[0]) if len(a.shape) == 2 else right[0], right[1])


def _exchanged(matrix: Any) -> Any:
    """Entry (j, i) in place of (i, j); not a number where the matrix has no such entry."""
    exchanged = np.full_like(matrix, np.nan)
    size = min(matrix.shape)
    exchanged[:size, :size] = matrix[:size, :size].T
    return exchanged


def _input_left_out(g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
    return RULES["matmul"].backward(g, y, a, np.ones_like(b))[0], a.T @ g


def _own_weight(g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
    right = RULES["matmul"].backward(g, y, a, b)
    column = len(b.shape) == 2 and b.shape[1] == 1
    return (g * a if column else right[0], right[1])


def _without_weights(g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
    right = RULES["matmul"].backward(g, y, a, b)
    return (right[0], np.ones_like(a).T @ g)


def _weighted(name: str, factor: Callable[[Any], Any]) -> Primitive:
    """The loss `name`, its gradient multiplied by a factor that depends on the prediction."""

    def back(g: Any, y: Any, p: Any, t: Any) -> tuple[Any, None]:
        return (RULES[name].backward(g, y, p, t)[0] * factor(p), None)

    return _backward(name, back)


def _binary_loss_of_prediction(g: Any, y: Any, s: Any, t: Any) -> tuple[Any, None]:
    p = f.sigmoid(s)
    return (g * (p - t) / (p * (1 - p)), None)


def _mask_by_gradient(g: Any, y: Any, x: Any) -> tuple[Any]:
    return (np.maximum(g, 0.0),)


_FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos")
_ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus")
_SQUARES = ("squared_error", "half_squared_error")
_LOSSES = (
    *_SQUARES,
    "binary_cross_entropy",
    "binary_cross_entropy_of_scores",
    "cross_entropy",
    "cross_entropy_of_scores",
)

_ALL = (
    _fork("overwrites_at_fork", "M001", lambda old, new: new),
    _fork("keeps_first_path", "M002", lambda old, new: old),
    _fork("multiplies_paths", "M003", lambda old, new: old * new),
    _slip("weight_left_out", "M005", _backward("matmul", _without_weights)),
    _slip(
        "upstream_ignored",
        "M006",
        *(
            _backward(n, lambda g, y, *x, n=n, **s: RULES[n].backward(np.ones_like(g), y, *x, **s))
            for n in ("multiply", "divide", "power", *_FUNCTIONS, *_ACTIVATIONS)
        ),
    ),
    _slip(
        "own_factor",
        "M007",
        _backward("multiply", lambda g, y, a, b: (fit(g * a, y, a), fit(g * b, y, b))),
    ),
    _slip(
        "subtrahend_sign_lost",
        "M008",
        _backward("subtract", lambda g, y, a, b: (fit(g, y, a), fit(g, y, b))),
    ),
    _slip(
        "quotient_sign_lost",
        "M009",
        _backward("divide", lambda g, y, a, b: (fit(g / b, y, a), fit(g * (a / b**2), y, b))),
    ),
    _slip(
        "quotient_square_missing",
        "M009",
        _backward("divide", lambda g, y, a, b: (fit(g / b, y, a), fit(-g * (a / b), y, b))),
    ),
    _slip(
        "factor_left_out",
        "M005",
        _backward("multiply", lambda g, y, a, b: (fit(g, y, a), fit(g, y, b))),
    ),
    _slip("derivative_at_output", "M010", _derivative("log", lambda y, x: 1 / y)),
    _slip(
        "inner_derivative_forgotten",
        "M011",
        _derivative("sin", _ones),
        _derivative("cos", _ones),
        _derivative("exp", _ones),
        _derivative("log", _ones),
    ),
    _slip(
        "sum_shared_out",
        "M012",
        _backward("add", lambda g, y, a, b: (fit(g / 2, y, a), fit(g / 2, y, b))),
    ),
    _slip(
        "exponent_left_out",
        "",
        _derivative("power", lambda y, x, exponent: x ** (exponent - 1)),
    ),
    _slip(
        "exponent_not_lowered",
        "",
        _derivative("power", lambda y, x, exponent: exponent * y),
    ),
    _slip("root_half_left_out", "", _derivative("sqrt", lambda y, x: 1 / y)),
    _slip(
        "sine_cosine_sign",
        "",
        _derivative("sin", lambda y, x: -np.cos(x)),
        _derivative("cos", lambda y, x: np.sin(x)),
    ),
    _slip(
        "function_not_differentiated",
        "",
        *(_derivative(n, lambda y, x: y) for n in ("log", "sqrt", "sin", "cos", "sigmoid", "tanh")),
    ),
    _slip(
        "maximum_shared_out",
        "M014",
        _backward("maximum", lambda g, y, a, b: (fit(g / 2, y, a), fit(g / 2, y, b))),
    ),
    _slip("maximum_to_the_smaller", "M015", _backward("maximum", RULES["minimum"].backward)),
    _slip("relu_derivative_is_input", "M016", _derivative("relu", lambda y, x: y)),
    _slip("relu_mask_forgotten", "M017", _derivative("relu", _ones)),
    _slip("mask_from_gradient", "M018", _backward("relu", _mask_by_gradient)),
    _slip(
        "leaky_slope_forgotten", "M020", _derivative("leaky_relu", lambda y, x, alpha: f.step(x))
    ),
    _slip("absolute_sign_lost", "M022", _derivative("absolute", _ones)),
    _slip("activation_derivative_left_out", "M024", *(_derivative(n, _ones) for n in _ACTIVATIONS)),
    _slip(
        "preactivation_in_derivative",
        "M025",
        _derivative("sigmoid", lambda y, x: x * (1 - x)),
        _derivative("tanh", lambda y, x: 1 - x**2),
    ),
    _slip(
        "activation_applied_twice",
        "M026",
        _derivative("sigmoid", lambda y, x: f.sigmoid(y) * (1 - f.sigmoid(y))),
        _derivative("tanh", lambda y, x: 1 - np.tanh(y) ** 2),
    ),
    _slip("sigmoid_rule_for_tanh", "M028", _derivative("tanh", lambda y, x: y * (1 - y))),
    _slip("tanh_rule_for_sigmoid", "M030", _derivative("sigmoid", lambda y, x: 1 - y**2)),
    _slip(
        "stops_at_complement",
        "",
        _derivative("sigmoid", lambda y, x: 1 - y),
        _derivative("tanh", lambda y, x: 1 - y),
    ),
    _slip(
        "exponent_sign",
        "M034",
        _forward("sigmoid", lambda x: f.sigmoid(-x)),
        forward=True,
    ),
    _slip("residual_reversed", "M037", *(_reversed(n) for n in _LOSSES)),
    _slip(
        "factor_two",
        "M038",
        _scaled("squared_error", 0.5),
        _scaled("half_squared_error", 2.0),
    ),
    _slip(
        "target_not_subtracted",
        "M045",
        _backward(
            "cross_entropy_of_scores", lambda g, y, s, t, axis=None: (g * f.softmax(s, axis), None)
        ),
        _backward("binary_cross_entropy_of_scores", lambda g, y, s, t: (g * f.sigmoid(s), None)),
    ),
    _slip(
        "sigmoid_derivative_twice",
        "M050",
        _backward(
            "binary_cross_entropy_of_scores",
            lambda g, y, s, t: (
                g * (f.sigmoid(s) - t) * f.sigmoid(s) * (1 - f.sigmoid(s)),
                None,
            ),
        ),
    ),
    _slip(
        "stops_at_prediction",
        "M053",
        _backward("binary_cross_entropy_of_scores", _binary_loss_of_prediction),
        _backward(
            "cross_entropy_of_scores",
            lambda g, y, s, t, axis=None: (-g * t / f.softmax(s, axis), None),
        ),
    ),
    _slip("linear_output_bent", "M032", *(_weighted(n, lambda p: p * (1 - p)) for n in _SQUARES)),
    _slip(
        "output_derivative_left_out",
        "M051",
        *(_weighted(n, lambda p: 1 / (p * (1 - p))) for n in _SQUARES),
    ),
    _slip("input_left_out", "M011", _backward("matmul", _input_left_out)),
    _slip("own_weight", "M007", _backward("matmul", _own_weight)),
    _slip(
        "bias_multiplied_in",
        "M068",
        _backward("add", lambda g, y, a, b: (fit(g, y, a), fit(g * b, y, b))),
    ),
    _slip("outer_product_swapped", "M063", _backward("matmul", _swapped_outer)),
    _slip("weights_not_transposed", "M064", _backward("matmul", _untransposed)),
    _slip(
        "activation_left_out",
        "M096",
        *(
            replace(_derivative(n, _ones), forward=lambda x, **_: x)
            for n in ("sigmoid", "tanh", "relu")
        ),
        forward=True,
    ),
    _slip(
        "tanh_for_sigmoid",
        "M099",
        replace(RULES["tanh"], name="sigmoid"),
        replace(RULES["sigmoid"], name="tanh"),
        forward=True,
    ),
    _slip("log_base_ten", "M042", _forward("log", lambda x: np.log10(x)), forward=True),
    _slip("log_base_two", "M042", _forward("log", lambda x: np.log2(x)), forward=True),
)

SLIPS: Mapping[str, Slip] = MappingProxyType({slip.name: slip for slip in _ALL})
"""Every slip that is a spoiled table, by name."""


Answers = tuple[Any, ...]


def _negated(values: Answers) -> Answers:
    return tuple(-value for value in values)


def _swapped(values: Answers) -> Answers | None:
    return values[::-1] if len(values) > 1 else None


def _transposed(values: Answers) -> Answers | None:
    """Rows and columns exchanged, which keeps the shape of a square matrix only."""
    square = all(np.ndim(v) == 2 and v.shape[0] == v.shape[1] > 1 for v in values)
    return tuple(v.T for v in values) if square else None


REARRANGEMENTS: Mapping[str, Callable[[Answers], Answers | None]] = MappingProxyType(
    {"sign_reversed": _negated, "order_swapped": _swapped, "rows_and_columns": _transposed}
)
"""Mistakes made with a right answer at hand: the wrong values, or None where there are none."""
