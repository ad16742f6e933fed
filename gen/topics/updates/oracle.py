"""An update recomputed: losses in plain NumPy, and gradients as complex steps of them.

Nothing of the graphs or of the solver is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from gen.problem import Solution, Value, Verification
from gen.topics.updates.graphs import Unit
from gen.topics.updates.settings import Kind
from gen.verification import ALLOWED, Mismatch

_STEP = 1e-20
Givens = Mapping[str, Value]


def expected(unit: Unit, givens: Givens) -> dict[str, Any]:
    """Loss, gradient, new parameters and new loss of one update with all examples."""
    x, y = givens["x"].reshape(unit.examples, -1), givens["y"].reshape(-1)
    old = _parameters(givens)
    slopes = _slopes(lambda p: _loss(unit, x, y, p), old)
    new = old - float(givens["e"]) * slopes
    return {
        "o": _outputs(unit, x, old),
        "loss": _loss(unit, x, y, old),
        **_split("gw", "gb", slopes),
        **_split("wn", "bn", new),
        "lossn": _loss(unit, x, y, new),
    }


def expected_of_epoch(unit: Unit, givens: Givens) -> dict[str, Any]:
    """The parameters after one example, and after two."""
    found: dict[str, Any] = {}
    current = _parameters(givens)
    for number, mark in (("1", "n"), ("2", "m")):
        one = {"x": givens[f"x{number}"], "y": givens[f"y{number}"], "e": givens["e"]}
        made = expected(unit, {**one, **_split("w", "b", current)})
        current = np.append(made["wn"], made["bn"])
        found |= _split(f"w{mark}", f"b{mark}", current)
    return found


def expected_of(kind: Kind, unit: Unit, givens: Givens) -> dict[str, Any]:
    """What `expected` or, of two updates, `expected_of_epoch` finds; exact numbers as floats."""
    numbers = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    found = expected_of_epoch if kind == "epoch" else expected
    return found(unit, numbers)


def moves(kind: Kind, unit: Unit, givens: Givens) -> tuple[float, ...]:
    """By how much each update moves the bias; what rounding alone makes is 0."""
    found = expected_of(kind, unit, givens)
    biases = [givens["b"], *(found[b] for b in ("bn", "bm") if b in found)]
    return tuple(round(float(new) - float(old), 9) for old, new in pairwise(biases))


def compare(found: Mapping[str, Any], solution: Solution) -> Verification:
    """All answers with what was found. Raises Mismatch for one that is wrong."""
    numbers, worst = 0, 0.0
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        if solved.answer is None:
            continue
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            theirs = np.ravel(found[ask.node])
            scale = np.maximum(1.0, np.abs(theirs))
            apart = float(np.max(np.abs(np.ravel(value) - theirs) / scale))
            if not apart <= ALLOWED:
                raise Mismatch(f"{ask.node} is {value} in the key, not {theirs}")
            numbers, worst = numbers + theirs.size, max(worst, apart)
    return Verification("complex step of the loss", numbers, worst)


def _parameters(givens: Givens) -> Any:
    return np.append(np.ravel(givens["w"]), givens["b"]).astype(float)


def _split(weights: str, bias: str, values: Any) -> dict[str, Any]:
    return {weights: np.asarray(values[:-1]), bias: np.asarray(values[-1])}


def _outputs(unit: Unit, x: Any, parameters: Any) -> Any:
    sums = x.astype(float) @ parameters[:-1] + parameters[-1]
    return 1 / (1 + np.exp(-sums)) if unit.loss == "binary_cross_entropy" else sums


def _loss(unit: Unit, x: Any, y: Any, parameters: Any) -> Any:
    p, t = _outputs(unit, x, parameters), y.astype(float)
    if unit.loss == "binary_cross_entropy":
        losses = -(t * np.log(p) + (1 - t) * np.log(1 - p))
    else:
        losses = (p - t) ** 2 / (2 if unit.loss == "half_squared_error" else 1)
    return losses.sum() / (unit.examples if unit.averaged else 1)


def _slopes(loss: Callable[[Any], Any], at: Any) -> Any:
    steps = 1j * _STEP * np.eye(at.size)
    return np.array([loss(at + step).imag / _STEP for step in steps])
