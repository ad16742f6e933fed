"""Derivatives from stored outputs, recomputed by going back to the pre-activations.

Nothing of the solver is used: the output is undone with a logarithm, the activation is written down
once more, and its derivative is a complex step.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gen.problem import Solution, Value, Verification
from gen.verification import ALLOWED, Mismatch

_STEP = 1e-20

_UNDONE: Mapping[str, Callable[[float], float]] = {
    "sigmoid": lambda o: math.log(o) - math.log(1 - o),
    "tanh": lambda o: (math.log(1 + o) - math.log(1 - o)) / 2,
}
_FORWARD: Mapping[str, Callable[[complex], complex]] = {
    "sigmoid": lambda s: 1 / (1 + cmath.exp(-s)),
    "tanh": lambda s: (cmath.exp(2 * s) - 1) / (cmath.exp(2 * s) + 1),
}


def slope(activation: str, output: float) -> float:
    """The derivative of an activation where it has that output."""
    s = _UNDONE[activation](output)
    return _FORWARD[activation](complex(s, _STEP)).imag / _STEP


def compare(
    activations: Sequence[str], givens: Mapping[str, Value], solution: Solution
) -> Verification:
    """All answers about stored outputs. Raises Mismatch for one that is wrong."""
    found = _expected(activations, givens)
    numbers, worst = 0, 0.0
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            apart = float(np.max(np.abs(value - found[ask.node])))
            if not apart <= ALLOWED:
                raise Mismatch(f"{ask.node} is {value} in the key, not {found[ask.node]}")
            numbers, worst = numbers + np.size(value), max(worst, apart)
    return Verification("undone outputs", numbers, worst)


def _expected(activations: Sequence[str], givens: Mapping[str, Value]) -> Mapping[str, Value]:
    o, v = (np.asarray(givens[name], dtype=float) for name in "ov")
    d = np.array([slope(activations[0], x) for x in np.ravel(o)]).reshape(o.shape)
    if len(activations) == 1:
        return {"d": d, "g": v * d}
    e = np.asarray(slope(activations[1], float(givens["y"])))
    return {"d": d, "e": e, "g": float(e) * v * d}
