"""Statements about ways to differentiate: the method is run and its passes are counted."""

from __future__ import annotations

import numpy as np


class _Counted:
    """The sum of squares of its arguments, which counts how often it is evaluated."""

    def __init__(self) -> None:
        self.points: dict[tuple[float, ...], float] = {}

    def __call__(self, at: np.ndarray) -> float:
        return self.points.setdefault(tuple(at.tolist()), float(at @ at))


def centred_evaluations(inputs: int) -> float:
    """Evaluations of a gradient by centred differences."""
    function, at = _Counted(), np.arange(1.0, inputs + 1)
    for unit in np.eye(inputs):
        _ = (function(at + unit / 4) - function(at - unit / 4)) * 2
    return len(function.points)


def one_sided_evaluations(inputs: int) -> float:
    """Evaluations of a gradient by one-sided differences."""
    function, at = _Counted(), np.arange(1.0, inputs + 1)
    for unit in np.eye(inputs):
        _ = (function(at + unit / 4) - function(at)) * 4
    return len(function.points)


def error_of_differences(factor: int) -> float:
    """The ratio of two errors of the centred difference of exp, to the nearest whole number."""

    def error(step: float) -> float:
        return float((np.exp(step) - np.exp(-step)) / (2 * step) - 1)

    return round(error(0.01) / error(0.01 / factor))


def centred_cube(theta: int, epsilon: int) -> float:
    """The quotient by its definition."""
    return float(((theta + epsilon) ** 3 - (theta - epsilon) ** 3) / (2 * epsilon))


def _jacobian(inputs: int, outputs: int) -> np.ndarray:
    return np.arange(1.0, inputs * outputs + 1).reshape(outputs, inputs)


def reverse_passes(inputs: int, outputs: int) -> float:
    """Collects the Jacobian row by row, as a backward pass gives it."""
    jacobian = _jacobian(inputs, outputs)
    rows = [start @ jacobian for start in np.eye(outputs)]
    assert np.array_equal(np.array(rows), jacobian)
    return len(rows)


def forward_passes(inputs: int, outputs: int) -> float:
    """Collects the Jacobian column by column, as a forward pass gives it."""
    jacobian = _jacobian(inputs, outputs)
    columns = [jacobian @ direction for direction in np.eye(inputs)]
    assert np.array_equal(np.array(columns).T, jacobian)
    return len(columns)


def fewest_passes(inputs: int, outputs: int) -> float:
    """The smaller of the two counts."""
    return min(forward_passes(inputs, outputs), reverse_passes(inputs, outputs))


def _dual(value: int, rate: int) -> np.ndarray:
    """A dual number as a matrix: the part behind the value is nilpotent."""
    return np.array([[value, rate], [0, value]])


def product_of_dual_numbers(a: int, b: int, c: int, d: int) -> float:
    """The product of two matrices that multiply like dual numbers."""
    return float((_dual(a, b) @ _dual(c, d))[0, 1])


def cube_of_a_dual_number(u: int, rate: int) -> float:
    """The third power of a matrix that multiplies like a dual number."""
    number = _dual(u, rate)
    return float((number @ number @ number)[0, 1])
