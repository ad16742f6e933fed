"""Tangents checked by what shares no rule with forward mode: complex steps, fine differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gen import reference
from gen.problem import Problem, Solution, Verification
from gen.topics.tangents.graphs import Direction
from gen.verification import ALLOWED, Mismatch
from solver.graph import Graph
from solver.passes import forward

Asked = Mapping[str, tuple[str, Direction]]
"""By the name of a tangent, the node and the direction."""

_TINY = 1e-30


def compare(
    graph: Graph, point: Mapping[str, Any], asked: Asked, solution: Solution, full: bool
) -> tuple[Verification, ...]:
    """Every tangent that is asked for with the derivative of its node along its direction.

    Raises Mismatch where they differ.
    """
    oracles = {"complex step along the direction": _complex_step}
    if full:
        oracles["difference along the direction, with fifty digits"] = _difference
    floats = {name: float(value) for name, value in point.items()}
    made = []
    for name, oracle in oracles.items():
        numbers, worst = 0, 0.0
        for tangent, value in _answers(solution):
            if tangent not in asked:
                continue
            node, direction = asked[tangent]
            rates = {name: float(rate) for name, rate in direction}
            theirs = oracle(graph, floats, node, rates)
            deviation = abs(value - theirs) / max(1.0, abs(theirs))
            if not deviation <= ALLOWED:
                raise Mismatch(f"{tangent} is {value} in the key, but the {name} says {theirs}")
            numbers, worst = numbers + 1, max(worst, deviation)
        made.append(Verification(name, numbers, worst))
    return tuple(each for each in made if each.numbers)


def _answers(solution: Solution) -> Iterator[tuple[str, float]]:
    problem: Problem = solution.problem
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            yield ask.node, float(value)


def _complex_step(
    graph: Graph, point: Mapping[str, float], node: str, rates: Mapping[str, float]
) -> float:
    """f(x + ih d) has the imaginary part h times the derivative along d (Squire and Trapp)."""
    stepped = {name: np.complex128(x + 1j * _TINY * rates[name]) for name, x in point.items()}
    return float(np.imag(forward(graph, stepped)[node]) / _TINY)


def _difference(
    graph: Graph, point: Mapping[str, float], node: str, rates: Mapping[str, float]
) -> float:
    from mpmath import mp

    own = mp.clone()
    own.dps = 50
    step = own.mpf(10) ** -16

    def at(side: int) -> Any:
        moved = {name: own.mpf(x) + side * step * own.mpf(rates[name]) for name, x in point.items()}
        return reference.evaluate(graph, moved, own)[node][()]

    return float((at(1) - at(-1)) / (2 * step))
