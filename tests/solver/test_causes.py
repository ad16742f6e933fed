"""Where a student's lines part from the right ones."""

from __future__ import annotations

import numpy as np

from solver.claims import parse
from solver.diagnosis import judge
from solver.network import Architecture, Layer, Network, build


def sigmoid_network() -> tuple[Network, dict[str, np.ndarray]]:
    network = build(Architecture(1, (Layer(1, "tanh"), Layer(1, "sigmoid")), "half_squared_error"))
    givens = {
        "x": np.array([[0.8]]),
        "y": np.array([[0.25]]),
        "W1": np.array([[0.9]]),
        "b1": np.array([[0.3]]),
        "W2": np.array([[-1.4]]),
        "b2": np.array([[1.1]]),
    }
    return network, givens


def test_without_the_output_units_derivative_the_line_of_the_prediction_is_still_right() -> None:
    network, givens = sigmoid_network()
    hidden = np.tanh(0.9 * 0.8 + 0.3)
    prediction = 1 / (1 + np.exp(-(-1.4 * hidden + 1.1)))
    without = float(prediction - 0.25) * -1.4 * (1 - hidden**2) * 0.8
    claim = parse(f"W1={without:.6f}", network.graph, network)
    (judgement,) = judge(network.graph, givens, [claim], 4, network)
    (cause,) = (c for c in judgement.causes if "output_derivative_left_out" in c.slips)
    assert cause.parting is not None
    assert cause.parting.line.leaf.args == (network.preactivations[-1],)
    assert cause.parting.line.kind == "backward"
    assert np.isclose(cause.parting.made, prediction - 0.25)
