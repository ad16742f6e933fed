"""Checking every answer against computations that share no backward rule with the solver.

Fast: values are recomputed entry by entry from textbook definitions (`gen.reference`), and
gradients by a complex step through the forward rules. Full: both are recomputed with fifty digits,
gradients by central differences of the textbook definitions; scalar graphs that are small enough
are also differentiated by SymPy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from gen import reference
from gen.problem import Ask, Problem, Solution, Value, Verification
from solver.graph import Graph
from solver.passes import directional

ALLOWED = 1e-9
"""The largest deviation that passes, relative to the larger of 1 and the number itself."""

DIGITS = 50
SYMBOLIC_LIMIT = 12
"""SymPy is asked about scalar graphs of at most this many equations."""

Oracle = Callable[[Graph, Mapping[str, Value], Ask], Value]


class Mismatch(Exception):  # noqa: N818 - a finding about an item, not a fault of the caller
    """An answer differs from what an independent computation says."""


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """Recompute every answer; returns what was compared, by oracle.

    Raises Mismatch, saying which quantity and both numbers, where an oracle disagrees. Problems
    without a graph have their family's own check.
    """
    if problem.graph is None:
        raise TypeError("a problem without a graph needs its family's own verify")
    chosen = _full_oracles(problem.graph) if full else _FAST
    return tuple(_compare(problem, solution, name, oracles) for name, oracles in chosen.items())


def _compare(
    problem: Problem, solution: Solution, name: str, oracles: Mapping[str, Oracle]
) -> Verification:
    numbers, worst = 0, 0.0
    for ask, value in _answers(problem, solution):
        if ask.of not in oracles:
            continue
        assert problem.graph is not None
        expected = oracles[ask.of](problem.graph, problem.givens, ask)
        deviation = np.max(np.abs(value - expected) / np.maximum(1.0, np.abs(expected)))
        if not deviation <= ALLOWED:
            quantity = f"the {ask.of} of {ask.node}" + (f"{list(ask.index)}" if ask.index else "")
            raise Mismatch(f"{quantity} is {value} in the key, but {name} gives {expected}")
        numbers, worst = numbers + value.size, max(worst, float(deviation))
    return Verification(name, numbers, worst)


def _answers(problem: Problem, solution: Solution) -> Iterator[tuple[Ask, Value]]:
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        yield from zip(part.asks, solved.answer.values, strict=True)


def _indices(graph: Graph, ask: Ask) -> list[tuple[int, ...]]:
    if ask.index is not None:
        return [ask.index]
    return list(np.ndindex(*graph.shapes[ask.node]))


def _arranged(graph: Graph, ask: Ask, entries: list[float]) -> Value:
    shape = () if ask.index is not None else graph.shapes[ask.node]
    return np.array(entries, dtype=float).reshape(shape)


def _value_by(scalars: Any) -> Oracle:
    def oracle(graph: Graph, givens: Mapping[str, Value], ask: Ask) -> Value:
        value = reference.evaluate(graph, givens, scalars)[ask.node]
        entries = [float(value[index]) for index in _indices(graph, ask)]
        return _arranged(graph, ask, entries)

    return oracle


def _complex_step(graph: Graph, givens: Mapping[str, Value], ask: Ask) -> Value:
    inner, start = _cut(graph, givens, ask.node)
    steps = [
        directional(inner, start, ask.node, _unit(graph, ask.node, index))
        for index in _indices(graph, ask)
    ]
    return _arranged(graph, ask, steps)


def _unit(graph: Graph, node: str, index: tuple[int, ...]) -> Value:
    unit = np.zeros(graph.shapes[node])
    unit[index] = 1.0
    return unit


def _cut(
    graph: Graph, givens: Mapping[str, Any], node: str, scalars: Any = math
) -> tuple[Graph, dict[str, Any]]:
    """The graph in which `node` is an input, so that it can be varied on its own."""
    if node in givens:
        return graph, dict(givens)
    values = reference.evaluate(graph, givens, scalars)
    kept = tuple(e for e in graph.equations if e.target != node)
    start = {**givens, node: values[node].astype(float) if scalars is math else values[node]}
    return Graph(graph.inputs, graph.constants, kept, graph.output, graph.shapes), start


@cache
def _mp() -> Any:
    from mpmath import mp

    mp.dps = DIGITS
    return mp


def _exactly(givens: Mapping[str, Value]) -> dict[str, Any]:
    mp = _mp()
    return {
        name: np.frompyfunc(lambda x: mp.mpf(float(x)), 1, 1)(np.asarray(value))
        for name, value in givens.items()
    }


def _fifty_digits(graph: Graph, givens: Mapping[str, Value], ask: Ask) -> Value:
    return _value_by(_mp())(graph, _exactly(givens), ask)


def _central_difference(graph: Graph, givens: Mapping[str, Value], ask: Ask) -> Value:
    """(L(+h) - L(-h)) / 2h with h = 1e-16 in fifty digits: exact to about thirty."""
    mp = _mp()
    step = mp.mpf(10) ** -16
    inner, start = _cut(graph, _exactly(givens), ask.node, mp)
    slopes = []
    for index in _indices(graph, ask):
        ends = []
        for sign in (1, -1):
            moved = np.array(start[ask.node], dtype=object, copy=True)
            moved[index] = moved[index] + sign * step
            outputs = reference.evaluate(inner, {**start, ask.node: moved}, mp)
            ends.append(outputs[graph.output][()])
        slopes.append(float((ends[0] - ends[1]) / (2 * step)))
    return _arranged(graph, ask, slopes)


def _symbolic(graph: Graph, givens: Mapping[str, Value], ask: Ask) -> Value:
    """SymPy's derivative of the expression in the inputs and, where it is asked about, the node."""
    import sympy

    numbers = {name: sympy.Rational(str(float(value))) for name, value in givens.items()}
    inner, start = _cut(graph, numbers, ask.node, sympy)
    symbols = {name: sympy.Symbol(name, real=True) for name in start}
    output = reference.evaluate(inner, symbols, sympy)[graph.output][()]
    point = {symbols[name]: np.asarray(start[name])[()] for name in start}
    return np.array(float(sympy.diff(output, symbols[ask.node]).subs(point).evalf(20)))


def _symbolic_applies(graph: Graph) -> bool:
    scalar = all(shape == () for shape in graph.shapes.values())
    kinks = {"relu", "leaky_relu", "elu", "absolute", "maximum", "minimum"}
    smooth = not any(e.op in kinks for e in graph.equations)
    return scalar and smooth and len(graph.equations) <= SYMBOLIC_LIMIT


_FAST: Mapping[str, Mapping[str, Oracle]] = {
    "textbook definitions": {"value": _value_by(math)},
    "complex step": {"gradient": _complex_step},
}
_FULL: Mapping[str, Mapping[str, Oracle]] = {
    "fifty digits": {"value": _fifty_digits, "gradient": _central_difference},
}
_WITH_SYMPY: Mapping[str, Mapping[str, Oracle]] = {**_FULL, "SymPy": {"gradient": _symbolic}}


def _full_oracles(graph: Graph) -> Mapping[str, Mapping[str, Oracle]]:
    return {**_FAST, **(_WITH_SYMPY if _symbolic_applies(graph) else _FULL)}
