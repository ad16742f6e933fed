"""Logistic regression recomputed from the negative log-likelihood alone.

Nothing of the graphs or of the solver is used: gradients are complex steps of the loss. Where a
statement is judged, the Hessian is a difference of those, improved by Richardson's extrapolation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gen.problem import Claim, Value
from gen.topics.logistic.graphs import Model

_STEP, _WIDTH, _ZERO = 1e-20, 1e-3, 1e-7
_ELSEWHERE = ((0.0, 0.0), (-1.0, 1.5), (2.0, 0.5))
"""Weights, or how they begin, at which it is looked whether the loss curves upwards."""


class Likelihood:
    """The negative log-likelihood of the examples of a problem, as a function of the weights."""

    def __init__(self, model: Model, givens: Mapping[str, Value]) -> None:
        numbers = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
        examples = range(1, model.examples + 1)
        self.rows = np.array([np.ravel(numbers[f"x{n}"]) for n in examples])
        self.targets = np.array([float(numbers[f"t{n}"]) for n in examples])
        self.weights = np.ravel(numbers["w"])

    def loss(self, weights: Any, targets: Any) -> Any:
        """Minus the logarithm of the likelihood: ln(1 + e^z) - t z, which is one term for both."""
        scores = self.rows @ weights
        return np.sum(np.log(1 + np.exp(scores)) - targets * scores)

    def gradient(self, at: Any, targets: Any = None) -> Any:
        """The gradient at these weights."""
        aims = self.targets if targets is None else targets
        steps = 1j * _STEP * np.eye(at.size)
        return np.array([self.loss(at + step, aims).imag / _STEP for step in steps])

    def hessian(self, at: Any, targets: Any = None) -> Any:
        """The Hessian at these weights."""

        def difference(width: float) -> Any:
            moves = width * np.eye(at.size)
            ahead = np.array([self.gradient(at + move, targets) for move in moves])
            behind = np.array([self.gradient(at - move, targets) for move in moves])
            return (ahead - behind) / (2 * width)

        return (4 * difference(_WIDTH / 2) - difference(_WIDTH)) / 3

    def flipped(self, example: int) -> Any:
        """The targets with that of one example exchanged for the other."""
        other = self.targets.copy()
        other[example] = 1 - other[example]
        return other


def expected(model: Model, givens: Mapping[str, Value]) -> dict[str, Any]:
    """Predictions, gradient, Hessian, and the weights after a Newton step."""
    of = Likelihood(model, givens)
    gradient, scores = of.gradient(of.weights), of.rows @ of.weights
    # The second derivative of ln(1 + e^z) is 1 / (2 cosh(z/2))^2.
    curved = zip(of.rows, 1 / (2 * np.cosh(scores / 2)) ** 2, strict=True)
    hessian = sum(factor * np.outer(row, row) for row, factor in curved)
    odds = np.exp(scores)
    found = {f"p{n}": o / (1 + o) for n, o in enumerate(odds, 1)}
    found |= {"g": gradient, "H": hessian}
    if model.newton:
        found["wn"] = of.weights - np.linalg.solve(hessian, gradient)
    return found


def is_true(model: Model, givens: Mapping[str, Value], claim: Claim) -> bool:
    """Whether a statement is true, by what the loss itself says."""
    of = Likelihood(model, givens)
    facts: Any = claim.facts
    here = of.hessian(of.weights)
    least = float(np.linalg.eigvalsh(here).min())
    match claim.name:
        case "semidefinite":
            return least > -_ZERO
        case "indefinite":
            return least < -_ZERO
        case "definite":
            return least > _ZERO
        case "flat":
            return abs(least) < _ZERO
        case "target_in_hessian":
            return _differ(here, of.hessian(of.weights, of.flipped(facts["example"])))
        case "target_in_gradient":
            other = of.gradient(of.weights, of.flipped(facts["example"]))
            return _differ(of.gradient(of.weights), other)
        case "global_minimum":
            return _convex(of)
        case "other_minimum":
            return not _convex(of)
        case "weight_rises":
            return bool(of.gradient(of.weights)[facts["weight"]] < 0)
        case "largest_factor":
            odds = np.exp(of.rows @ of.weights)
            return bool(np.argmax(odds / (1 + odds) ** 2) == facts["example"])
        case "doubled":
            change = np.diag(of.hessian(2 * of.weights)) - np.diag(here)
            return bool(np.all(change > 0 if facts["larger"] else change < 0))
        case "right_side":
            score = float((of.rows @ of.weights)[facts["example"]])
            return bool((score > 0) == (of.targets[facts["example"]] == 1))
        case name:
            raise ValueError(f"there is no statement {name}")


def _differ(one: Any, other: Any) -> bool:
    return bool(np.abs(one - other).max() > _ZERO)


def _convex(of: Likelihood) -> bool:
    """Whether the loss curves upwards, or not at all, at weights all over the plane."""
    points = (np.array(weights[: of.weights.size]) for weights in _ELSEWHERE)
    return all(np.linalg.eigvalsh(of.hessian(at)).min() > -_ZERO for at in points)
