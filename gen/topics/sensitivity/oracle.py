"""Rates and changes from the map alone: complex steps, and the function at two points.

The map is written out with plain loops; nothing here has a derivative in it.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from gen.problem import Problem, Solution, Verification
from gen.topics.sensitivity.graphs import Setting
from gen.verification import ALLOWED, Mismatch

STEP = 1e-30
FUNCTIONS: Mapping[str, Callable[[complex], complex]] = {
    "tanh": cmath.tanh,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)),
    "square": lambda x: x * x,
    "cube": lambda x: x * x * x,
}


def values(problem: Problem) -> dict[str, float]:
    """The quantities of a problem about changes that are single numbers, by node."""
    setting = problem.words["setting"]
    assert isinstance(setting, Setting)
    givens = {name: np.asarray(value, dtype=float) for name, value in problem.givens.items()}
    a = [complex(x) for x in givens["a"]]
    if setting.step == "linear":
        return _linear(setting, a, givens)
    [j] = setting.changed
    at = partial(_output, setting, givens)
    rate = at(_moved(a, j, STEP * 1j)).imag / STEP
    before, after = at(a).real, at(_moved(a, j, float(givens["e"]))).real
    predicted, true = rate * float(givens["e"]), after - before
    found = {"y": before, "yn": after, "g": rate, "p": predicted, "t": true, "d": true - predicted}
    return {**found, **{f"b{k}": x.real for k, x in enumerate(_affine(a, givens))}}


def moved(problem: Problem) -> Any:
    """The vector a after both changes of a linear setting, in the kind of number that is given."""
    setting, givens = problem.words["setting"], problem.givens
    assert isinstance(setting, Setting)
    found = givens["a"].copy()
    for place, change in zip(setting.changed, "ef", strict=True):
        found[place] = found[place] + givens[change][()]
    return found if found.dtype == object else np.round(found, 6)


def _linear(setting: Setting, a: list[complex], givens: Mapping[str, Any]) -> dict[str, float]:
    i, (j, k) = setting.watched, setting.changed
    rate = _affine(_moved(a, j, STEP * 1j), givens)[i].imag / STEP
    both = _moved(_moved(a, j, float(givens["e"])), k, float(givens["f"]))
    before, after = _affine(a, givens)[i].real, _affine(both, givens)[i].real
    return {"m": rate, "s": after - before, "n": after}


def _moved(a: list[complex], place: int, by: complex) -> list[complex]:
    return [x + (by if n == place else 0) for n, x in enumerate(a)]


def _affine(a: list[complex], givens: Mapping[str, Any]) -> list[complex]:
    rows = zip(givens["M"].tolist(), givens["v"].tolist(), strict=True)
    return [sum((m * x for m, x in zip(row, a, strict=True)), shift) for row, shift in rows]


def _output(setting: Setting, givens: Mapping[str, Any], a: list[complex]) -> complex:
    b = _affine(a, givens)
    if setting.step == "product":
        result = complex(1)
        for x in b:
            result *= x
        return result
    pairs = zip(givens["u"].tolist(), b, strict=True)
    return sum((u * FUNCTIONS[setting.step](x) for u, x in pairs), complex(0))


def compare(problem: Problem, solution: Solution) -> Verification:
    """Hold every number that is asked for against the oracle. Raises Mismatch."""
    expected, worst, count = values(problem), 0.0, 0
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            for place, ours in enumerate(np.ravel(value)):
                theirs = expected[ask.node if value.ndim == 0 else f"{ask.node}{place}"]
                deviation = abs(float(ours) - theirs) / max(1.0, abs(theirs))
                if not deviation <= ALLOWED:
                    raise Mismatch(f"{ask.node} is {ours} in the key, not {theirs}")
                worst, count = max(worst, deviation), count + 1
    return Verification("complex steps and two points of the map", count, worst)
