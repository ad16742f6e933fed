"""Statements about layers: slopes of small networks, and arrays of the shapes described."""

from __future__ import annotations

import cmath
from fractions import Fraction

import numpy as np

from gen.topics.concepts.oracle.slopes import logit, sigmoid, slope


def _atanh(output: Fraction) -> float:
    return cmath.atanh(float(output)).real


def next_terms(before: int, own: int, after: int) -> float:
    """How many pre-activations of the next layer move with one output of the middle layer."""
    rng = np.arange(1, after * own + 1, dtype=float).reshape(after, own)
    outputs = np.ones(own)
    moved = outputs.copy()
    moved[0] += 1
    assert np.ones((own, before)).shape[0] == outputs.size
    return float(np.count_nonzero(rng @ moved - rng @ outputs))


def tanh_delta(output: Fraction, weight: int, next: int) -> float:
    """The slope of a loss that is linear in the pre-activation of the following unit."""
    return slope(lambda s: next * (weight * cmath.tanh(s)), _atanh(output))


def tanh_output(output: Fraction, target: int) -> float:
    """The slope of the squared error by the pre-activation of tanh."""
    return slope(lambda s: (cmath.tanh(s) - target) ** 2, _atanh(output))


def weight_entry(delta: int, weight: int, input: int) -> float:
    """The slope by a weight where the loss has the slope delta by the weighted sum."""
    return slope(lambda w: delta * (w * input + 1), weight)


def bias_entry(bias: int, delta: int) -> float:
    """The slope by the bias where the loss has the slope delta by the pre-activation."""
    return slope(lambda b: delta * (3 + b), bias)


def gradient_entries(units: int, inputs: int, batch: int) -> float:
    """The size of the product of the sensitivities and the inputs of a batch, as columns."""
    return (np.ones((units, batch)) @ np.ones((inputs, batch)).T / batch).size


def paths_from_a_weight(second: int, third: int) -> float:
    """The paths from one unit to the output, as the product of matrices of ones counts them."""
    return float((np.ones((1, third)) @ np.ones((third, second)) @ np.ones((second, 1))).item())


def folded_entries(units: int, inputs: int) -> float:
    """The size of the matrix that multiplies the inputs with a 1 on top of them."""
    column = np.concatenate([[1.0], np.zeros(inputs)])
    return np.zeros((units, column.size)).size


def sigmoid_unit_weight(output: Fraction, target: int, input: int) -> float:
    """The slope of half the squared error by a weight of one sigmoid unit."""
    weight = 2.0
    rest = logit(output) - weight * input
    return slope(lambda w: (sigmoid(w * input + rest) - target) ** 2 / 2, weight)


def hidden_weight(hidden: Fraction, weight: int, error: int, input: int) -> float:
    """The slope by a weight of the hidden unit, of a loss linear in the output's weighted sum."""
    rest = logit(hidden) - input
    return slope(lambda w: error * (weight * sigmoid(w * input + rest)), 1.0)
