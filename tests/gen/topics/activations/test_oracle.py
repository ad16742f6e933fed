"""Slopes from outputs, against the closed forms that the oracle does not use."""

from __future__ import annotations

import numpy as np
import pytest

from gen.topics.activations.oracle import slope


@pytest.mark.parametrize("output", [0.1, 0.45, 0.8])
def test_the_slope_of_a_sigmoid_is_its_output_times_the_rest(output):
    assert slope("sigmoid", output) == pytest.approx(output * (1 - output))


@pytest.mark.parametrize("output", [-0.9, -0.2, 0.6])
def test_the_slope_of_tanh_is_what_its_square_leaves_of_one(output):
    assert slope("tanh", output) == pytest.approx(1 - output**2)


def test_the_slope_agrees_with_a_central_difference():
    s, h = 0.7, 1e-6
    difference = (np.tanh(s + h) - np.tanh(s - h)) / (2 * h)
    assert slope("tanh", float(np.tanh(s))) == pytest.approx(difference, abs=1e-9)
