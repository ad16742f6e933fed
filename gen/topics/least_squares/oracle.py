"""Least squares recomputed: the solution by orthogonal factors, gradients by a complex step.

Nothing of the graphs or of the solver is used. A penalty is a further example for each weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gen.problem import Value
from gen.topics.least_squares.graphs import Fit

_STEP = 1e-20


def expected(fit: Fit, givens: Mapping[str, Value]) -> dict[str, Any]:
    """Both sides of the equation, the solution, its squared error, a gradient elsewhere."""
    numbers = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    rows = numbers["X"].reshape(fit.examples, fit.weights)
    penalty = float(numbers.get("l", 0.0))
    more = np.sqrt(penalty) * np.eye(fit.weights)
    stacked = np.vstack([rows, more])
    aims = np.append(numbers["y"], np.zeros(fit.weights))
    q, r = np.linalg.qr(stacked)
    solution = np.linalg.solve(r, q.T @ aims)

    def loss(weights: Any) -> Any:
        total = sum((row @ weights - y) ** 2 for row, y in zip(rows, numbers["y"], strict=True))
        total = total + penalty * sum(w * w for w in weights)
        return total / 2 if fit.halved else total

    at = numbers["u"].reshape(fit.weights)
    steps = 1j * _STEP * np.eye(fit.weights)
    return {
        "A": [sum(a * b for a, b in zip(i, j, strict=True)) for i in stacked.T for j in stacked.T],
        "c": [sum(a * b for a, b in zip(i, numbers["y"], strict=True)) for i in rows.T],
        "w": solution,
        "J": loss(solution),
        "g": [loss(at + step).imag / _STEP for step in steps],
    }
