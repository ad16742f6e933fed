"""Linearised networks: with the right factors they are the network, with others a student's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen.topics.networks.backward_slips import BY_LAYER, Taken, _givens, by_layer, linearised
from gen.topics.networks.nets import Net
from solver.network import Conventions, Network
from solver.orientation import weights_of
from solver.passes import backward, forward

NET = Net(
    activations=("tanh", "sigmoid", "softmax"),
    loss="cross_entropy",
    x=(0.5, -2.0),
    weights=(((0.5, -0.3), (0.8, 0.2)), ((0.4, 1.2), (-0.6, 0.7)), ((0.9, -0.2), (0.3, 0.5))),
    biases=((0.1, -0.2), (0.3, 0.4), (0.2, -0.5)),
    y=(0.0, 1.0),
)
CONVENTIONS = [
    Conventions(orientation, bias, fused=fused)
    for orientation in ("columns", "transposed", "rows")
    for bias in ("separate", "folded")
    if (orientation, bias) != ("rows", "folded")
    for fused in (True, False)
]


def passes(network: Network, givens: dict[str, np.ndarray], graph=None):
    graph = graph or network.graph
    values = forward(graph, givens)
    return values, backward(graph, values)


@pytest.mark.parametrize("conventions", CONVENTIONS)
def test_with_the_right_factors_values_and_gradients_are_those_of_the_network(
    conventions: Conventions,
):
    network = NET.network(conventions)
    givens = NET.givens(network)
    values, gradients = passes(network, givens)
    linear = passes(network, _givens(network, values, Taken()), linearised(network))
    for node in (*network.preactivations, *network.activations[1:], "loss"):
        assert linear[0][node] == pytest.approx(values[node])
    for node in (*network.preactivations, *network.weights, *network.biases):
        assert linear[1][node] == pytest.approx(gradients[node])


@pytest.mark.parametrize("conventions", CONVENTIONS)
def test_every_slip_leaves_the_values_and_changes_a_gradient(conventions: Conventions):
    network = NET.network(conventions)
    givens = NET.givens(network)
    values, gradients = passes(network, givens)
    found = {variant.slip: variant for variant in by_layer(network, givens)}
    assert set(found) == set(BY_LAYER) - {"output_derivative_left_out"} - {
        "hidden_derivative_left_out"
    } - ({"wrong_row_dropped"} if conventions.bias == "separate" else set())
    for variant in found.values():
        wrong = passes(network, dict(variant.givens), variant.graph)
        assert all(wrong[0][s] == pytest.approx(values[s]) for s in network.preactivations)
        changed = [n for n in network.weights if not np.allclose(wrong[1][n], gradients[n])]
        assert changed, variant.slip


def test_a_slip_has_the_same_numbers_in_every_orientation():
    square = replace(NET, activations=("tanh", "tanh", "tanh"), loss="squared_error")
    tables = []
    for orientation in ("columns", "transposed", "rows"):
        network = square.network(Conventions(orientation, squared_error="full"))
        givens = square.givens(network)
        tables.append(
            {
                variant.slip: weights_of(
                    network, passes(network, dict(variant.givens), variant.graph)[1]
                )
                for variant in by_layer(network, givens)
            }
        )
    first, *others = tables
    assert set(first) == set(BY_LAYER) - {"wrong_row_dropped"}
    for other in others:
        for slip, gradients in first.items():
            for name, expected in gradients.items():
                assert other[slip][name] == pytest.approx(expected)
