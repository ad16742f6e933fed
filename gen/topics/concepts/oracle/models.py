"""Statements about models: parameters are counted, gates are tried, fits are searched."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product

import numpy as np

from gen.topics.concepts.oracle.slopes import curvature, logit, sigmoid


def _entries(widths: Sequence[int], bias: bool = True) -> int:
    """The entries of every weight matrix, and of every bias vector, of a network that runs."""
    flow, count = np.zeros(widths[0]), 0
    for before, after in pairwise(widths):
        weights, biases = np.zeros((after, before)), np.zeros(after)
        flow = weights @ flow + biases
        count += weights.size + (biases.size if bias else 0)
    return count


def weights_without_biases(inputs: int, hidden: int) -> float:
    """Counts the entries of both matrices."""
    return _entries((inputs, hidden, 1), bias=False)


def one_to_one_network(hidden: int) -> float:
    """Counts the entries of all arrays."""
    return _entries((1, hidden, 1))


def perceptron_parameters(inputs: int, hidden: int, outputs: int) -> float:
    """Counts the entries of all arrays."""
    return _entries((inputs, hidden, outputs))


def equal_hidden_layers(inputs: int, layers: int, hidden: int) -> float:
    """Counts the entries of all arrays."""
    return _entries((inputs, *[hidden] * layers, 1))


def weight_matrices(hidden: int) -> float:
    """Counts the pairs of neighbouring layers, from the inputs to the output layer."""
    return len(list(pairwise(["inputs", *[f"hidden {i}" for i in range(hidden)], "output"])))


def slope_through_origin(first: int, up: int, second: int, over: int) -> float:
    """NumPy's least-squares fit of a line through the origin."""
    found = np.linalg.lstsq(np.array([[first], [second]]), np.array([up, over]), rcond=None)
    return float(found[0][0])


def logistic_curvature(p: Fraction, feature: int) -> float:
    """The second derivative of minus the log-likelihood at the weight that gives p."""

    def loss(w: complex) -> complex:
        return complex(-np.log(sigmoid(w * feature)))

    return curvature(loss, logit(p) / feature)


def balanced_multipliers(first: int, second: int, third: int) -> float:
    """The number for which multipliers times labels add up to 0, found by trying."""
    sums = {x: first * 1 + second * 1 + third * -1 + x * -1 for x in range(100)}
    return next(x for x, total in sums.items() if total == 0)


def threshold_unit(first: int, second: int, threshold: int, both: int) -> float:
    """Tries the four inputs."""
    assert both == first + second
    sums = (first * one + second * other for one, other in product((0, 1), repeat=2))
    return sum(each >= threshold for each in sums)


def collapsed_weight(first: int, second: int) -> float:
    """The slope of one linear unit behind the other."""
    ends = [second * (first * x) for x in (0, 1)]
    return ends[1] - ends[0]
