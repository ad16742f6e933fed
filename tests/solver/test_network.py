from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solver.network import ACTIVATIONS, LOSSES, Architecture, Bias, Conventions, Layer, build
from solver.passes import backward, forward
from solver.steps import lines

CURVES: dict[str, Callable[[float], float]] = {
    "identity": lambda s: s,
    "sigmoid": lambda s: 1 / (1 + math.exp(-s)),
    "tanh": math.tanh,
    "relu": lambda s: max(s, 0.0),
    "leaky_relu": lambda s: s if s > 0 else 0.2 * s,
    "elu": lambda s: s if s > 0 else 0.2 * math.expm1(s),
    "softplus": lambda s: math.log1p(math.exp(s)),
}


def activated(activation: str, scores: list[float]) -> list[float]:
    if activation != "softmax":
        return [CURVES[activation](s) for s in scores]
    powers = [math.exp(s) for s in scores]
    return [p / sum(powers) for p in powers]


def lost(loss: str, p: float, t: float) -> float:
    match loss:
        case "squared_error":
            return (p - t) ** 2
        case "half_squared_error":
            return (p - t) ** 2 / 2
        case "mean_squared_error":
            return (p - t) ** 2
        case "cross_entropy":
            return -t * math.log(p)
        case _:
            return -t * math.log(p) - (1 - t) * math.log(1 - p)


def loss_by_loops(architecture: Architecture, givens: dict[str, Any]) -> float:
    """The loss of columns with separate biases, one number at a time."""
    losses = []
    for example in range(architecture.examples):
        o = [float(v) for v in givens["x"][:, example]]
        for number, layer in enumerate(architecture.layers, start=1):
            weights, biases = givens[f"W{number}"], givens[f"b{number}"][:, 0]
            sums = [sum(map(math.prod, zip(row, o, strict=True))) for row in weights.tolist()]
            o = activated(layer.activation, [s + b for s, b in zip(sums, biases, strict=True)])
        pairs = zip(o, givens["y"][:, example], strict=True)
        losses.append(sum(lost(architecture.loss, p, t) for p, t in pairs))
    if architecture.loss == "mean_squared_error":
        return sum(losses) / (architecture.examples * architecture.widths[-1])
    return sum(losses) / (architecture.examples if architecture.reduction == "mean" else 1)


def givens_of(architecture: Architecture, seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    values: dict[str, Any] = {
        v.name: rng.normal(size=v.shape) for v in build(architecture).graph.inputs
    }
    y = rng.uniform(0.1, 0.9, values["y"].shape)
    axis = 1 if architecture.rows else 0
    values["y"] = y / y.sum(axis=axis, keepdims=True) if "entropy" in architecture.loss else y
    return values


ENDS = [
    *(("half_squared_error", activation) for activation in ACTIVATIONS),
    *(("squared_error", activation) for activation in ("identity", "tanh")),
    ("mean_squared_error", "softplus"),
    *(("binary_cross_entropy", activation) for activation in ("sigmoid", "softmax")),
    *(("cross_entropy", activation) for activation in ("softmax", "sigmoid", "softplus")),
]


@pytest.mark.parametrize(("loss", "activation"), ENDS)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_loss_is_that_of_a_calculation_by_loops(
    loss: str, activation: str, reduction: Any
) -> None:
    layers = (Layer(4, "tanh"), Layer(3, activation, 0.2))
    architecture = Architecture(2, layers, loss, "separate", 5, reduction)
    givens = givens_of(architecture)
    value = forward(build(architecture).graph, givens)["loss"]
    assert value == pytest.approx(loss_by_loops(architecture, givens), rel=1e-12)


def test_every_loss_has_been_an_end() -> None:
    assert {loss for loss, _ in ENDS} == set(LOSSES)
    assert {activation for _, activation in ENDS} == set(ACTIVATIONS)


def shapes(bias: Bias, rows: bool) -> dict[str, tuple[int, ...]]:
    layers = (Layer(3, "tanh"), Layer(2))
    graph = build(Architecture(4, layers, bias=bias, examples=5, rows=rows)).graph
    return {name: tuple(shape) for name, shape in graph.shapes.items() if name[0] in "xyWbsol"}


def test_columns_have_weights_of_units_by_inputs() -> None:
    assert shapes("separate", rows=False) == {
        "x": (4, 5),
        "W1": (3, 4),
        "b1": (3, 1),
        "s1": (3, 5),
        "o1": (3, 5),
        "W2": (2, 3),
        "b2": (2, 1),
        "s2": (2, 5),
        "y": (2, 5),
        "loss": (),
    }


def test_rows_have_everything_transposed() -> None:
    columns = shapes("separate", rows=False)
    assert shapes("separate", rows=True) == {name: shape[::-1] for name, shape in columns.items()}


def test_a_folded_bias_is_one_more_column_of_weights() -> None:
    folded = shapes("folded", rows=False)
    assert (folded["W1"], folded["W2"]) == ((3, 5), (2, 4))
    assert "b1" not in folded
    assert shapes("none", rows=False)["W1"] == (3, 4)
    assert "b1" not in shapes("none", rows=False)


def test_transposed_weights_are_of_inputs_by_units_and_all_else_lies_in_columns() -> None:
    layers = (Layer(3, "tanh"), Layer(2))
    graph = build(Architecture(4, layers, examples=5, transposed=True)).graph
    assert {name: graph.shapes[name] for name in ("x", "W1", "b1", "o1", "W2", "s2")} == {
        "x": (4, 5),
        "W1": (4, 3),
        "b1": (3, 1),
        "o1": (3, 5),
        "W2": (3, 2),
        "s2": (2, 5),
    }
    folded = build(Architecture(4, layers, bias="folded", transposed=True)).graph.shapes
    assert (folded["W1"], folded["W2"]) == ((5, 3), (4, 2))


def test_transposed_weights_are_multiplied_from_their_own_side_in_every_line() -> None:
    network = build(Architecture(2, (Layer(3, "tanh"), Layer(2)), transposed=True))
    formulas = {str(line.leaf): str(line.formula) for line in lines(network.graph)}
    assert formulas["s1"] == "((W1.T @ x) + b1)"
    assert formulas["d[W1]"] == "(x @ d[s1].T)"
    assert formulas["d[o1]"] == "(W2 @ d[s2])"


def test_the_orientation_is_named_after_what_was_asked_for() -> None:
    layers = (Layer(1),)
    assert Architecture(2, layers).orientation == "columns"
    assert Architecture(2, layers, rows=True).orientation == "rows"
    assert Architecture(2, layers, transposed=True).orientation == "transposed"


@pytest.mark.parametrize("bias", ["separate", "folded"])
def test_a_layer_may_go_without_a_bias(bias: Bias) -> None:
    layers = (Layer(3, "tanh", bias=False), Layer(2))
    network = build(Architecture(4, layers, bias=bias))
    assert network.graph.shapes["W1"] == (3, 4)
    assert network.graph.shapes["W2"] == ((2, 4) if bias == "folded" else (2, 3))
    assert network.biases == (("b2",) if bias == "separate" else ())
    assert (network.architecture.bias_of(1), network.architecture.bias_of(2)) == ("none", bias)


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_an_entropy_that_is_not_fused_goes_through_the_prediction(activation: str) -> None:
    loss = "cross_entropy" if activation == "softmax" else "binary_cross_entropy"
    fused = Architecture(2, (Layer(3, activation),), loss, examples=2)
    apart = replace(fused, fused=False)
    assert [e.op for e in build(apart).graph.equations][-2:] == [activation, loss]
    givens = givens_of(fused)
    found = {}
    for architecture in (fused, apart):
        graph = build(architecture).graph
        found[architecture.fused] = backward(graph, forward(graph, givens))
    assert "o1" in found[False]
    assert "o1" not in found[True]
    for name in ("W1", "b1", "s1"):
        np.testing.assert_allclose(found[False][name], found[True][name], rtol=1e-12)


def test_the_mean_squared_error_is_a_mean_over_all_entries_whatever_the_reduction() -> None:
    one, other = (
        Architecture(2, (Layer(3),), "mean_squared_error", examples=4, reduction=reduction)
        for reduction in ("sum", "mean")
    )
    givens = givens_of(one)
    residuals = givens["W1"] @ givens["x"] + givens["b1"] - givens["y"]
    for architecture in (one, other):
        value = forward(build(architecture).graph, givens)["loss"]
        assert value == pytest.approx(np.mean(residuals**2), rel=1e-12)


def test_the_nodes_are_named_by_layer() -> None:
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(3), Layer(1, "sigmoid"))))
    assert network.preactivations == ("s1", "s2", "s3")
    assert network.activations == ("x", "o1", "s2", "o3")
    assert network.weights == ("W1", "W2", "W3")
    assert network.biases == ("b1", "b2", "b3")
    assert network.prediction == "o3"
    assert network.graph.output == "loss"
    assert [v.name for v in network.graph.inputs if v.fixed] == ["x", "y"]
    assert network.architecture.widths == (2, 2, 3, 1)
    assert network.architecture.depth == 3


@pytest.mark.parametrize(
    ("activation", "loss", "op"),
    [
        ("sigmoid", "binary_cross_entropy", "binary_cross_entropy_of_scores"),
        ("softmax", "cross_entropy", "cross_entropy_of_scores"),
        ("sigmoid", "half_squared_error", "half_squared_error"),
        ("sigmoid", "cross_entropy", "cross_entropy"),
    ],
)
def test_a_loss_that_fits_its_activation_takes_the_scores(
    activation: str, loss: str, op: str
) -> None:
    graph = build(Architecture(2, (Layer(2, activation),), loss)).graph
    assert graph.equations[-1].op == op


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_the_delta_of_a_fitting_loss_is_prediction_minus_target(activation: str) -> None:
    loss = "cross_entropy" if activation == "softmax" else "binary_cross_entropy"
    architecture = Architecture(2, (Layer(3, activation),), loss, examples=4, reduction="mean")
    givens = givens_of(architecture)
    network = build(architecture)
    values = forward(network.graph, givens)
    gradients = backward(network.graph, values)
    np.testing.assert_allclose(gradients["s1"], (values["o1"] - givens["y"]) / 4, rtol=1e-12)


def test_equal_architectures_share_one_graph() -> None:
    first, second = (build(Architecture(2, (Layer(2, "tanh"), Layer(1)))) for _ in range(2))
    assert first is second


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Architecture(2, (Layer(1),), "hinge"),
            "unknown loss 'hinge'; the losses are squared_error, half_squared_error,",
        ),
        (
            lambda: Architecture(2, (Layer(1, "swish"),)),
            "unknown activation 'swish'; there are identity, sigmoid, tanh,",
        ),
        (
            lambda: Architecture(2, (Layer(1),), bias="folded", rows=True),
            "a folded-in bias is for column examples; use a separate bias for rows",
        ),
        (
            lambda: Conventions("rows", "folded"),
            "a folded-in bias is for column examples; use a separate bias for rows",
        ),
        (
            lambda: Architecture(2, (Layer(1),), rows=True, transposed=True),
            "rows and transposed are two orientations; ask for one of them",
        ),
    ],
)
def test_an_impossible_architecture_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
