"""Jacobians of a chain by complex steps through its maps, written out with plain loops.

Nothing here has a derivative, a matrix product or a rule of the solver in it.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gen.problem import Problem, Solution, Verification
from gen.topics.jacobians.chains import Chain
from gen.verification import ALLOWED, Mismatch

STEP = 1e-30
FUNCTIONS: Mapping[str, Callable[[complex], complex]] = {
    "tanh": cmath.tanh,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)),
    "square": lambda x: x * x,
    "cube": lambda x: x * x * x,
}
Numbers = list[complex]


def vectors(chain: Chain, start: int, x: Numbers, givens: Mapping[str, Any]) -> list[Numbers]:
    """The vectors from number `start` on, which is `x`."""
    found = [x]
    for step in range(start, len(chain.maps)):
        found.append(_mapped(chain, step, found[-1], givens))
    return found


def _mapped(chain: Chain, step: int, x: Numbers, givens: Mapping[str, Any]) -> Numbers:
    kind = chain.maps[step]
    if kind in FUNCTIONS:
        return [FUNCTIONS[kind](entry) for entry in x]
    number = sum(earlier not in FUNCTIONS for earlier in chain.maps[:step])
    rows = np.asarray(givens["MN"[number]], dtype=float).tolist()
    product = [sum(m * entry for m, entry in zip(row, x, strict=True)) for row in rows]
    if kind == "gate":
        return [entry * p for entry, p in zip(x, product, strict=True)]
    shift = np.asarray(givens["vw"[number]], dtype=float).tolist()
    return [p + v for p, v in zip(product, shift, strict=True)]


def jacobian(chain: Chain, node: str, givens: Mapping[str, Any]) -> list[list[float]]:
    """The Jacobian that a node stands for, in the layout of the chain."""
    _, top, bottom = node.split("_")
    start, end = chain.vectors.index(bottom), chain.vectors.index(top)
    a = [complex(x) for x in np.asarray(givens["a"], dtype=float)]
    at = vectors(chain, 0, a, givens)[start]
    rows = []
    for k in range(len(at)):
        moved = [x + (STEP * 1j if k == n else 0) for n, x in enumerate(at)]
        reached = vectors(chain, start, moved, givens)[end - start]
        rows.append([y.imag / STEP for y in reached])
    return rows if chain.layout == "denominator" else [list(row) for row in zip(*rows, strict=True)]


NUDGE = 0.01


def nudged(chain: Chain, givens: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """The last vector as it is, and with the first entry of `a` raised by `NUDGE`."""
    a = [complex(x) for x in np.asarray(givens["a"], dtype=float)]
    both = (a, [a[0] + NUDGE, *a[1:]])
    before, after = ([y.real for y in vectors(chain, 0, x, givens)[-1]] for x in both)
    return before, after


def compare(problem: Problem, solution: Solution) -> Verification:
    """Hold every Jacobian that is asked for against the oracle. Raises Mismatch."""
    worst, count = 0.0, 0
    for node, ours, theirs in _pairs(problem, solution):
        deviation = abs(ours - theirs) / max(1.0, abs(theirs))
        if not deviation <= ALLOWED:
            raise Mismatch(f"an entry of {node} is {ours} in the key, not {theirs}")
        worst, count = max(worst, deviation), count + 1
    return Verification("complex steps through the maps", count, worst)


def _pairs(problem: Problem, solution: Solution) -> Iterator[tuple[str, float, float]]:
    chain = problem.words["chain"]
    assert isinstance(chain, Chain)
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            if ask.node.startswith("J_"):
                theirs = np.array(jacobian(chain, ask.node, problem.givens))
                if value.shape != theirs.shape:
                    raise Mismatch(f"{ask.node} has the shape {value.shape}, not {theirs.shape}")
                for one, other in zip(value.ravel(), theirs.ravel(), strict=True):
                    yield ask.node, float(one), float(other)
