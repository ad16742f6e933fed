"""What goes wrong in forward mode: rules of primitives that lose a term, and wrong directions.

A slip is forward mode run with another rule, or along another direction. Its numbers are worked
out here, over whatever kind of number the values are, and handed on as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import hypot
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.topics.tangents.graphs import Direction
from solver.graph import Graph
from solver.modes import Pushes, tangents
from solver.rules import RULES

Moved = Sequence[Any]
Numbers = Mapping[str, Any]

_FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "power")
_NOT_EXACT = (ValueError, TypeError, ArithmeticError, AttributeError)
"""What is raised where numbers stop being exact."""


def _both(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A rule that is used where both arguments move, and the right one elsewhere."""

    def push(moved: Moved, y: Any, x: Moved, **_: Any) -> Any:
        return None if None in map(_none, moved) else rule(*moved, y, *x)

    return push


def _none(tangent: Any) -> Any:
    return None if tangent is None else 0


def _second(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A rule for a primitive whose second argument moves; the first one may rest."""

    def push(moved: Moved, y: Any, x: Moved, **_: Any) -> Any:
        first, second = moved
        return None if second is None else rule(0 * second if first is None else first, second, *x)

    return push


def _alone(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A rule for a function of one argument."""
    return lambda moved, y, x, **settings: rule(moved[0], y, x[0], **settings)


def _undriven(op: str) -> Callable[..., Any]:
    derivative = RULES[op].derivative
    assert derivative is not None
    return _alone(lambda moved, y, x, **settings: derivative(y, x, **settings))


_ONE_TERM: Pushes = {
    "multiply": _both(lambda da, db, y, a, b: da * b),
    "divide": _both(lambda da, db, y, a, b: da / b),
}

PUSHES: Mapping[str, Pushes] = MappingProxyType(
    {
        "product_rule_one_term": _ONE_TERM,
        "product_rule_other_term": {"multiply": _both(lambda da, db, y, a, b: a * db)},
        "tangents_multiplied": {"multiply": _both(lambda da, db, y, a, b: da * db)},
        "tangents_divided": {"divide": _both(lambda da, db, y, a, b: da / db)},
        "argument_tangent_left_out": {op: _undriven(op) for op in _FUNCTIONS},
        "tangent_passed_unchanged": {op: _alone(lambda da, y, x, **_: da) for op in _FUNCTIONS},
        "quotient_sign_lost": {
            "divide": _second(lambda da, db, a, b: da / b + db * (a / b**2)),
        },
        "quotient_square_missing": {
            "divide": _second(lambda da, db, a, b: da / b - db * (a / b)),
        },
        "subtrahend_sign_lost": {"subtract": _second(lambda da, db, a, b: da + db)},
        "exponent_left_out": {"power": _alone(lambda da, y, x, **_: da * x)},
        "exponent_not_lowered": {"power": _alone(lambda da, y, x, **_: 2 * y * da)},
        "root_half_left_out": {"sqrt": _alone(lambda da, y, x: da / y)},
        "sine_cosine_sign": {
            "sin": _alone(lambda da, y, x: -np.cos(x) * da),
            "cos": _alone(lambda da, y, x: np.sin(x) * da),
        },
        "function_not_differentiated": {
            op: _alone(lambda da, y, x: y * da)
            for op in ("log", "sqrt", "sin", "cos", "tanh", "sigmoid")
        },
        "sigmoid_rule_for_tanh": {"tanh": _alone(lambda da, y, x: y * (1 - y) * da)},
        "tanh_rule_for_sigmoid": {"sigmoid": _alone(lambda da, y, x: (1 - y**2) * da)},
    }
)
"""The slips that replace the rule of a primitive, by name."""


def directions(direction: Direction) -> Iterator[tuple[str, Direction]]:
    """The slips that move the inputs in another direction."""
    names, rates = zip(*direction, strict=True)
    alike = tuple(zip(names, (*rates[1:], rates[0]), strict=True))
    moved = [name for name, rate in direction if float(rate) != 0]
    if len(moved) == 1:
        yield "seeded_at_wrong_input", alike
        yield "all_inputs_moved", tuple((name, _like(rates[0], 1)) for name in names)
        return
    yield "rates_exchanged", alike
    yield "direction_ignored", tuple((name, _like(rates[0], 1)) for name in names)
    for name in moved[:1]:
        alone = tuple((n, rate if n == name else 0 * rate) for n, rate in direction)
        yield "first_input_alone", alone
    if isinstance(rates[0], float):
        length = hypot(*rates)
        yield "direction_normalised", tuple((name, rate / length) for name, rate in direction)


def _like(number: Any, value: int) -> Any:
    return 0 * number + value


def wrong_rules(
    graph: Graph, values: Numbers, direction: Direction
) -> Iterator[tuple[str, Numbers]]:
    """What every slip at a primitive of this graph makes of the tangents, by node."""
    moved = _moved(direction)
    for slip, pushes in PUSHES.items():
        if not graph.operations.isdisjoint(pushes):
            yield from _tried(slip, graph, values, moved, pushes)


def wrong_tangents(
    graph: Graph, values: Numbers, direction: Direction
) -> Iterator[tuple[str, Numbers]]:
    """What every slip in one pass makes of the tangents, by node."""
    for slip, other in directions(direction):
        yield from _tried(slip, graph, values, _moved(other), {})
    yield from wrong_rules(graph, values, direction)


def _moved(direction: Direction) -> Numbers:
    return {name: number for name, number in direction if float(number) != 0}


def _tried(
    slip: str, graph: Graph, values: Numbers, moved: Numbers, pushes: Pushes
) -> Iterator[tuple[str, Numbers]]:
    try:
        # What is not finite is left out later, so NumPy need not warn of it.
        with np.errstate(all="ignore"):
            made = tangents(graph, values, moved, pushes)
    except _NOT_EXACT:
        return
    yield slip, made


def wrong_passes(
    graph: Graph, values: Numbers, units: Sequence[Direction], weights: Sequence[Any]
) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    """What slips make of the output's tangents in several passes, and of their weighted sum."""
    right = tuple(tangents(graph, values, _moved(unit))[graph.output] for unit in units)
    for slip, total in _wrong_sums(right, weights):
        yield slip, right, total
    by_pass = [dict(wrong_rules(graph, values, unit)) for unit in units]
    for slip in PUSHES:
        if all(slip in made for made in by_pass):
            outputs = tuple(made[slip].get(graph.output, 0 * weights[0]) for made in by_pass)
            yield slip, outputs, _weighted(weights, outputs)


def _wrong_sums(outputs: Sequence[Any], weights: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    terms = [w * o for w, o in zip(weights, outputs, strict=True)]
    yield "passes_added", _sum(outputs)
    yield "rates_exchanged", _weighted(weights[::-1], outputs)
    yield "passes_subtracted", terms[0] - _sum(terms[1:])
    yield "first_pass_alone", terms[0]
    yield "last_pass_alone", terms[-1]
    if isinstance(weights[0], float):
        yield "direction_normalised", _sum(terms) / hypot(*weights)


def _weighted(weights: Sequence[Any], outputs: Sequence[Any]) -> Any:
    return _sum([w * o for w, o in zip(weights, outputs, strict=True)])


def _sum(terms: Sequence[Any]) -> Any:
    return sum(terms[1:], terms[0])
