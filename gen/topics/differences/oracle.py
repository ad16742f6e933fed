"""Difference quotients and derivatives once more, with plain loops and complex steps."""

from __future__ import annotations

import cmath
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gen.problem import Problem, Solution, Verification
from gen.topics.differences.graphs import Setting
from gen.verification import ALLOWED, Mismatch

STEP = 1e-30
Function = Callable[[Sequence[complex]], complex]


def function_of(setting: Setting, givens: Mapping[str, Any]) -> Function:
    """J as a function of the parameters."""
    if setting.kind == "unit":
        return _loss(setting, givens)

    def value(at: Sequence[complex]) -> complex:
        total = complex(0)
        for coefficient, exponents in setting.terms:
            product = complex(coefficient)
            for x, exponent in zip(at, exponents, strict=True):
                for _ in range(exponent):
                    product *= x
            total += product
        return total

    return value


def _loss(setting: Setting, givens: Mapping[str, Any]) -> Function:
    x, b, y = givens["x"].tolist(), float(givens["b"]), float(givens["y"])

    def value(at: Sequence[complex]) -> complex:
        s = at[0] * x[0] + at[1] * x[1] + b
        o = cmath.tanh(s) if setting.activation == "tanh" else 1 / (1 + cmath.exp(-s))
        return complex((o - y) * (o - y) / 2)

    return value


def start_of(setting: Setting, givens: Mapping[str, Any]) -> list[float]:
    """The parameters before anything is moved."""
    return [float(givens[f"t{n}"]) for n in range(1, setting.parameters + 1)]


def values(problem: Problem) -> dict[str, float]:
    """Every quantity that can be asked for, by node."""
    setting = problem.words["setting"]
    assert isinstance(setting, Setting)
    j, at = function_of(setting, problem.givens), start_of(setting, problem.givens)
    e = float(problem.givens["e"])
    if setting.kind == "unit":
        return {k: v for n in (1, 2) for k, v in _around(j, at, n - 1, e, "", str(n)).items()}
    found = _around(j, at, setting.place, e, "", "")
    found |= _around(j, at, setting.place, e / 2, "h", "")
    for quotient in "DF":
        for mark in ("", "h"):
            found[f"E{quotient}{mark}"] = found[f"{quotient}{mark}"] - found["g"]
        if found[f"E{quotient}h"]:
            found[f"r{quotient}"] = found[f"E{quotient}"] / found[f"E{quotient}h"]
    return found


def _around(
    j: Function, at: list[float], place: int, e: float, mark: str, number: str
) -> dict[str, float]:
    def moved(by: complex) -> complex:
        return j([x + (by if n == place else 0) for n, x in enumerate(at)])

    above, middle, below = moved(e).real, moved(0).real, moved(-e).real
    return {
        f"J{number}": middle,
        f"J{mark}p{number}": above,
        f"J{mark}m{number}": below,
        f"D{mark}{number}": (above - below) / (2 * e),
        f"F{mark}{number}": (above - middle) / e,
        f"g{number}": moved(STEP * 1j).imag / STEP,
    }


def compare(problem: Problem, solution: Solution) -> Verification:
    """Hold every number that is asked for against the oracle. Raises Mismatch."""
    expected, worst, count = values(problem), 0.0, 0
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            theirs = expected[ask.node]
            deviation = abs(float(value) - theirs) / max(1.0, abs(theirs))
            if not deviation <= ALLOWED:
                raise Mismatch(f"{ask.node} is {value} in the key, not {theirs}")
            worst, count = max(worst, deviation), count + 1
    return Verification("the function at moved parameters", count, worst)
