"""Statements about gradient descent: the steps are taken."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gen.topics.concepts.oracle.slopes import curvature, slope


def _descended(loss: Callable[[Any], Any], start: float, rate: Fraction, steps: int) -> float:
    for _ in range(steps):
        start -= float(rate) * slope(loss, start)
    return start


def descent_step(weight: int, derivative: int, rate: Fraction) -> float:
    """Takes the step on a loss that has this derivative everywhere."""
    return _descended(lambda w: derivative * w, weight, rate, 1)


def updates_in_epochs(examples: int, batch: int, epochs: int) -> float:
    """Goes through the passes and their mini-batches."""
    return sum(1 for _ in range(epochs) for _ in range(0, examples, batch))


def batch_mean(first: int, second: int, third: int) -> float:
    """The slope of the mean of three losses with these slopes."""
    return slope(lambda w: sum(each * w for each in (first, second, third)) / 3, 2.0)


def mean_of_two(first: int, second: int, error: int, other: int) -> float:
    """The slope of the mean of two squared errors, for targets that give these errors at w = 1."""
    examples = ((first, first - error), (second, second - other))
    return slope(lambda w: sum((w * x - y) ** 2 / 2 for x, y in examples) / 2, 1.0)


def sum_step(first: int, second: int, third: int, rate: Fraction, total: int) -> float:
    """Takes a step from 0 on the sum of three losses that have these derivatives."""
    assert total == first + second + third
    return _descended(lambda w: first * w + second * w + third * w, 0.0, rate, 1)


def two_steps(start: int, rate: Fraction) -> float:
    """Takes two steps down the parabola."""
    return _descended(lambda w: w * w, start, rate, 2)


def stochastic_step(w: int, x: int, target: int, rate: Fraction) -> float:
    """Takes a step on the squared error of the example."""
    return _descended(lambda at: (at * x - target) ** 2 / 2, w, rate, 1)


def kept_run(first: int, second: int, third: int) -> float:
    """The run that no other beats."""
    errors = (first, second, third)
    return next(n for n, each in enumerate(errors, 1) if not any(other < each for other in errors))


def minimum_of_a_cubic(factor: int, root: int) -> float:
    """The one of the two points at which the function curves upwards."""

    def function(w: complex) -> complex:
        return w**3 - factor * w

    assert abs(slope(function, root)) < 1e-9
    return root if curvature(function, root) > 0 else -root
