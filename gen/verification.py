"""Checking every answer against computations that share no backward rule with the solver.

Fast: values are recomputed entry by entry from textbook definitions (`gen.reference`), and
gradients by a complex step through the forward rules, whose output has to be that of the
definitions. Full: both are recomputed with fifty digits as well, gradients by central differences
of the textbook definitions; scalar graphs that are small enough are also differentiated by SymPy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

import numpy as np

from gen import reference
from gen.problem import Answer, Ask, Part, Problem, Solution, Value, Verification
from solver.graph import Graph, Variable
from solver.passes import directional, forward

ALLOWED, ALLOWED_EXACT = 1e-9, 1e-12
"""The largest deviation that passes, relative to the larger of 1 and the number itself."""

DIGITS = 50
SYMBOLIC_LIMIT = 12
"""SymPy is asked about scalar graphs of at most this many equations."""


class Mismatch(Exception):  # noqa: N818 - a finding about an item, not a fault of the caller
    """An answer differs from what an independent computation says."""


@dataclass(frozen=True)
class Point:
    """A graph at given inputs, evaluated by the reference with one module of scalar functions."""

    graph: Graph
    givens: Mapping[str, Any]
    scalars: Any

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Every node's value, as the reference has it."""
        return reference.evaluate(self.graph, self.givens, self.scalars)

    @cached_property
    def derivative(self) -> Callable[..., float]:
        """The solver's complex step. Raises Mismatch where its forward rules have another output.

        Rules that are wrong forward and backward alike would otherwise pass.
        """
        output = self.graph.output
        ours = float(forward(self.graph, self.givens)[output])
        theirs = float(self.values[output][()])
        if not _deviation(ours, theirs) <= ALLOWED:
            raise Mismatch(f"the value of {output} is {ours} in the solver, not {theirs}")
        return directional

    def cut(self, node: str) -> tuple[Graph, dict[str, Any]]:
        """The graph of what `node` leads to, as one of its inputs, and the values of all inputs.

        So it can be varied on its own. What it does not lead to is as the reference has it.
        """
        inner = starting_at(self.graph, node)
        return inner, {variable.name: self._numbers[variable.name] for variable in inner.inputs}

    @cached_property
    def _numbers(self) -> Mapping[str, Any]:
        """Every node's value as an array of machine numbers, if these are such numbers."""
        kind = float if self.scalars is math else object
        return {name: value.astype(kind) for name, value in self.values.items()}


@lru_cache(maxsize=2048)
def starting_at(graph: Graph, node: str) -> Graph:
    """The part of a graph that leads from a node to the output; all else that it uses is given."""
    moved, needed = {node}, {graph.output}
    for equation in graph.equations:
        if not moved.isdisjoint(equation.inputs):
            moved.add(equation.target)
    for equation in reversed(graph.equations):
        if equation.target in needed:
            needed.update(equation.inputs)
    targets = moved & needed - {node}
    kept = tuple(e for e in graph.equations if e.target in targets)
    used = dict.fromkeys((node, graph.output, *(name for e in kept for name in e.inputs)))
    given = (n for n in used if n not in targets and n not in graph.constants)
    inputs = tuple(Variable(name, graph.shapes[name]) for name in given)
    return Graph(inputs, graph.constants, kept, graph.output, graph.shapes)


Oracle = Callable[[Point, Ask], list[float]]
"""The entries of what is asked, in order."""


@dataclass(frozen=True, slots=True)
class Check:
    """An oracle, what it is called, what kind of quantity it computes, and with which scalars."""

    name: str
    of: Literal["value", "gradient"]
    scalars: Callable[[], Any]
    oracle: Oracle


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """Recompute every answer; returns what was compared, by oracle.

    Exact answers are compared as floats, computed from the givens as floats. Raises Mismatch,
    saying which quantity and both numbers, where an oracle disagrees. Problems without a graph have
    their family's own check.
    """
    if problem.graph is None:
        raise TypeError("a problem without a graph needs its family's own verify")
    if problem.arithmetic == "exact":
        _compare_printed(solution)
    checks = (*_FAST, *(_full(problem.graph) if full else ()))
    points: dict[Any, Point] = {}
    found = []
    for check in checks:
        scalars = check.scalars()
        if scalars not in points:
            points[scalars] = Point(problem.graph, _numbers(problem.givens, scalars), scalars)
        found.append(_run(check, points[scalars], solution))
    return tuple(each for each in found if each.numbers)


def _run(check: Check, point: Point, solution: Solution) -> Verification:
    numbers, worst = 0, 0.0
    allowed = ALLOWED_EXACT if solution.problem.arithmetic == "exact" else ALLOWED
    for ask, value in _answers(solution):
        if ask.of != check.of:
            continue
        for ours, theirs in zip(value.ravel().tolist(), check.oracle(point, ask), strict=True):
            deviation = _deviation(ours, theirs)
            if not deviation <= allowed:
                raise Mismatch(
                    f"{_name(ask)} is {value} in the key, but {check.name} says {theirs}"
                )
            numbers, worst = numbers + 1, max(worst, deviation)
    return Verification(check.name, numbers, worst)


def _compare_printed(solution: Solution) -> None:
    """An exact answer, as it is printed, is the number that the oracles are asked about."""
    for part, answer in _answered(solution):
        for ask, shown, value in zip(part.asks, answer.shown, answer.values, strict=True):
            apart = np.abs(np.asarray(shown, dtype=float) - value)
            if not np.all(apart <= ALLOWED_EXACT * np.maximum(1.0, np.abs(value))):
                raise Mismatch(f"{_name(ask)} is printed as {shown}, which is not {value}")


def _deviation(ours: float, theirs: float) -> float:
    return abs(ours - theirs) / max(1.0, abs(theirs))


def _answers(solution: Solution) -> Iterator[tuple[Ask, Value]]:
    """What is asked and its value: of a gradient, the one in the shape of its node, unsigned."""
    problem = solution.problem
    for part, answer in _answered(solution):
        for ask, value in zip(part.asks, answer.values, strict=True):
            yield ask, problem.stated(ask, value)


def _answered(solution: Solution) -> Iterator[tuple[Part, Answer]]:
    """The parts that ask for numbers, with their answers."""
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        if part.asks and solved.written is None:
            assert solved.answer is not None
            yield part, solved.answer


def _name(ask: Ask) -> str:
    entry = f"[{', '.join(map(str, ask.index))}]" if ask.index is not None else ""
    return f"the {ask.of} of {ask.node}{entry}"


def _indices(graph: Graph, ask: Ask) -> list[tuple[int, ...]]:
    return [ask.index] if ask.index is not None else list(np.ndindex(*graph.shapes[ask.node]))


def _value(point: Point, ask: Ask) -> list[float]:
    value = point.values[ask.node]
    return [float(value[index]) for index in _indices(point.graph, ask)]


def _complex_step(point: Point, ask: Ask) -> list[float]:
    inner, start = point.cut(ask.node)
    return [
        point.derivative(inner, start, ask.node, _unit(point.graph, ask.node, index))
        for index in _indices(point.graph, ask)
    ]


def _unit(graph: Graph, node: str, index: tuple[int, ...]) -> Value:
    unit = np.zeros(graph.shapes[node])
    unit[index] = 1.0
    return unit


def _central_difference(point: Point, ask: Ask) -> list[float]:
    """(L(+h) - L(-h)) / 2h with h = 1e-16 in fifty digits: exact to about thirty."""
    inner, start = point.cut(ask.node)
    step = point.scalars.mpf(10) ** -16

    def moved(index: tuple[int, ...], by: Any) -> Any:
        array = np.array(start[ask.node], dtype=object, copy=True)
        array[index] = array[index] + by
        outputs = reference.evaluate(inner, {**start, ask.node: array}, point.scalars)
        return outputs[inner.output][()]

    indices = _indices(point.graph, ask)
    return [float((moved(index, step) - moved(index, -step)) / (2 * step)) for index in indices]


def _symbolic(point: Point, ask: Ask) -> list[float]:
    """SymPy's derivative of the expression in the inputs and, where it is asked about, the node."""
    sympy = point.scalars
    inner, start = point.cut(ask.node)
    symbols = {name: sympy.Symbol(name, real=True) for name in start}
    output = reference.evaluate(inner, symbols, sympy)[inner.output][()]
    numbers = {symbols[name]: np.asarray(value)[()] for name, value in start.items()}
    return [float(sympy.diff(output, symbols[ask.node]).subs(numbers).evalf(20))]


def _floats() -> Any:
    return math


@cache
def _fifty_digits() -> Any:
    from mpmath import mp

    # A context of its own: others may set the precision of the shared one.
    own = mp.clone()
    own.dps = DIGITS
    return own


def _sympy() -> Any:
    import sympy

    return sympy


def _numbers(givens: Mapping[str, Value], scalars: Any) -> Mapping[str, Any]:
    """The givens as numbers of the kind that the scalar functions are for."""
    if scalars is math:
        return {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    make = scalars.mpf if hasattr(scalars, "mpf") else lambda x: scalars.Rational(str(x))
    as_numbers = np.frompyfunc(lambda x: make(float(x)), 1, 1)
    return {name: as_numbers(value) for name, value in givens.items()}


_FAST = (
    Check("textbook definitions", "value", _floats, _value),
    Check("complex step", "gradient", _floats, _complex_step),
)
_FULL = (
    Check("fifty digits", "value", _fifty_digits, _value),
    Check("differences with fifty digits", "gradient", _fifty_digits, _central_difference),
)
_SYMBOLIC = Check("SymPy", "gradient", _sympy, _symbolic)


def _full(graph: Graph) -> tuple[Check, ...]:
    return (*_FULL, _SYMBOLIC) if _is_symbolic(graph) else _FULL


def _is_symbolic(graph: Graph) -> bool:
    """Whether the graph is scalar, smooth and small."""
    kinks = {"relu", "leaky_relu", "elu", "absolute", "maximum", "minimum"}
    smooth = not any(e.op in kinks for e in graph.equations)
    scalar = all(shape == () for shape in graph.shapes.values())
    return scalar and smooth and len(graph.equations) <= SYMBOLIC_LIMIT
