"""Networks whose numbers stay exact from the inputs to every gradient."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.networks.exact_nets import LOGARITHMIC, draw_exact_net
from gen.topics.networks.nets import Net
from gen.vocabulary import DIFFICULTIES, Difficulty

difficulties = pytest.mark.parametrize("difficulty", DIFFICULTIES)


def nets(difficulty: Difficulty) -> Iterator[Net]:
    for seed in range(80):
        try:
            yield draw_exact_net(Draw("test", seed), difficulty)
        except Rejected:
            continue


def layers(net: Net) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Each layer's activation with its pre-activations and outputs, by hand in float64."""
    flow = np.array([float(x) for x in net.x])
    for activation, rows, biases in zip(net.activations, net.weights, net.biases, strict=True):
        weights = np.array([[float(w) for w in row] for row in rows])
        s = weights @ flow + np.array([float(b) for b in biases])
        flow = {
            "identity": s,
            "relu": np.maximum(s, 0),
            "sigmoid": 1 / (1 + np.exp(-s)),
            "tanh": np.tanh(s),
            "softmax": np.exp(s) / np.exp(s).sum(),
        }[activation]
        yield activation, s, flow


@difficulties
def test_every_activation_is_a_fraction_of_few_digits(difficulty: Difficulty):
    for net in nets(difficulty):
        for _, _, outputs in layers(net):
            for output in outputs:
                nearest = Fraction(float(output)).limit_denominator(999)
                assert abs(output - nearest) < 1e-12


@difficulties
def test_no_unit_is_saturated_or_on_its_kink(difficulty: Difficulty):
    for net in nets(difficulty):
        for activation, s, _ in layers(net):
            assert np.abs(s).min() > 0.1
            assert np.abs(s).max() < (2.0 if activation in LOGARITHMIC else 6.01)


@difficulties
def test_a_layer_of_relus_has_a_unit_that_is_on_and_no_two_units_alike(difficulty: Difficulty):
    for net in nets(difficulty):
        for activation, _, outputs in layers(net):
            assert activation != "relu" or outputs.max() > 0
        assert all(len(set(rows)) == len(rows) for rows in net.weights)


@difficulties
def test_the_prediction_misses_the_target(difficulty: Difficulty):
    for net in nets(difficulty):
        *_, (activation, _, prediction) = layers(net)
        target = np.array([float(y) for y in net.y])
        missed = np.abs(prediction - target)
        assert (missed[target == 1] if activation == "softmax" else missed).min() > 0.19


def test_every_kind_of_activation_occurs():
    seen = {
        kind for difficulty in DIFFICULTIES for net in nets(difficulty) for kind in net.activations
    }
    assert seen == {"identity", "relu", "sigmoid", "tanh", "softmax"}
