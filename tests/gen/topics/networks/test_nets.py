"""Nets: numbers for a calculation by hand, and the arrays that the solver gets."""

from __future__ import annotations

from math import tanh

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.networks.nets import BANDS, GRIDS, INPUTS, Net, Plan, draw_net, flows, paths

NET = Net(
    activations=("relu", "tanh", "identity"),
    loss="squared_error",
    x=(2.0, -0.5),
    weights=(
        ((0.5, 2.0), (0.25, 1.5), (1.5, 0.5)),
        ((0.5, 1.5, -2.0), (0.25, 0.5, 0.75)),
        ((2.0, 0.5),),
    ),
    biases=((0.5, -0.25, 0.25), (0.5, 0.25), (-0.5,)),
    y=(1.0,),
)


def plans() -> list[Plan]:
    return [
        Plan((2, 1), ("sigmoid",), "binary_cross_entropy"),
        Plan((2, 3, 2), ("relu", "softmax"), "cross_entropy"),
        Plan((3, 2, 2, 1), ("tanh", "sigmoid", "relu"), "squared_error", "folded"),
        Plan((1, 2, 2), ("identity", "tanh"), "half_squared_error"),
    ]


def test_separate_biases_are_columns_beside_the_weights():
    givens = NET.givens()
    assert sorted(givens) == ["W1", "W2", "W3", "b1", "b2", "b3", "x", "y"]
    assert givens["W1"].tolist() == [[0.5, 2.0], [0.25, 1.5], [1.5, 0.5]]
    assert givens["b2"].tolist() == [[0.5], [0.25]]


def test_folded_biases_are_the_first_column_of_the_weights():
    net = Net(NET.activations, NET.loss, NET.x, NET.weights, NET.biases, NET.y, "folded")
    givens = net.givens()
    assert sorted(givens) == ["W1", "W2", "W3", "x", "y"]
    assert givens["W2"].tolist() == [[0.5, 0.5, 1.5, -2.0], [0.25, 0.25, 0.5, 0.75]]


@pytest.mark.parametrize("bias", ["separate", "folded"])
def test_the_arrays_are_what_the_networks_graph_takes(bias: str):
    net = Net(NET.activations, NET.loss, NET.x, NET.weights, NET.biases, NET.y, bias)
    assert set(net.network().graph.givens(net.givens())) == set(net.givens())


def test_flows_are_the_inputs_and_then_each_layers_activations():
    first, second = (0.5, 0.0, 3.0), (tanh(0.5 * 0.5 - 6 + 0.5), tanh(0.125 + 2.25 + 0.25))
    assert flows(NET)[0] == NET.x
    assert flows(NET)[1] == pytest.approx(first)
    assert flows(NET)[2] == pytest.approx(second)
    assert flows(NET)[3] == pytest.approx((2 * second[0] + 0.5 * second[1] - 0.5,))


def test_paths_multiply_over_the_widths_behind_a_layer():
    assert [paths(NET, layer) for layer in (1, 2, 3)] == [2, 1, 1]


def test_a_drawn_net_has_the_shapes_of_its_plan_and_numbers_from_one_grid():
    for plan in plans():
        for seed in range(50):
            net = draw_net(Draw(seed), plan)
            assert net.widths == plan.widths
            assert (net.activations, net.loss, net.bias) == (plan.activations, plan.loss, plan.bias)
            weights = {abs(w) for rows in net.weights for row in rows for w in row}
            biases = {abs(b) for vector in net.biases for b in vector}
            assert any(weights <= set(g.weights) and biases <= set(g.biases) for g in GRIDS)
            assert {abs(x) for x in net.x} <= set(INPUTS)


def test_every_pre_activation_lies_within_its_band_and_a_relu_layer_has_a_live_unit():
    for plan in plans():
        for seed in range(50):
            net = draw_net(Draw(seed), plan)
            for layer, (activation, rows) in enumerate(
                zip(net.activations, net.weights, strict=True)
            ):
                s = np.array(rows) @ flows(net)[layer] + np.array(net.biases[layer])
                low, high = BANDS[activation]
                assert np.all((np.abs(s) >= low - 1e-9) & (np.abs(s) <= high + 1e-9))
                assert activation != "relu" or np.any(s > 0)


def test_no_two_units_of_a_layer_have_the_same_weights():
    for plan in plans():
        for seed in range(50):
            for rows in draw_net(Draw(seed), plan).weights:
                assert len(set(rows)) == len(rows)


def test_the_target_is_missed_and_is_one_that_the_output_could_reach():
    for plan in plans():
        for seed in range(50):
            net = draw_net(Draw(seed), plan)
            assert np.max(np.abs(np.array(net.y) - flows(net)[-1])) >= 0.2
            match net.activations[-1]:
                case "softmax":
                    assert sorted(net.y) == [0.0, 1.0]
                case "sigmoid":
                    assert set(net.y) <= {0.0, 1.0}
                case "tanh":
                    assert max(map(abs, net.y)) <= 1
                case "relu":
                    assert min(net.y) > 0


def test_a_unit_that_no_bias_can_bring_into_its_band_is_rejected(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gen.topics.networks.nets.BANDS", {"tanh": (50.0, 60.0)})
    with pytest.raises(Rejected, match="no bias keeps a unit within its band"):
        draw_net(Draw(1), Plan((2, 1), ("tanh",), "squared_error"))
