"""The lines that each course prints come out, and the numbers are the same in all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.graph import GraphBuilder
from solver.network import Network
from solver.steps import Step, lines, steps
from templates.explain import chain, read
from templates.notation import Notation, Symbols, known, load

Array = NDArray[np.float64]
Build = Callable[..., Network]
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])
Y = np.array([[0.25, -0.5, 1.0], [1.0, 0.75, 0.5]])
W1 = np.array([[0.5, -0.25], [1.0, 0.75], [-0.5, 0.25]])
B1 = np.array([[0.1], [-0.2], [0.3]])
W2 = np.array([[0.75, -1.0, 0.5], [0.25, 0.5, -1.5]])
B2 = np.array([[0.2], [-0.1]])


def by_hand(examples: int) -> dict[str, Array]:
    """Backpropagation through a 2-3-2 net, tanh and linear, half the squared error, in NumPy."""
    x, y = X[:, :examples], Y[:, :examples]
    o = np.tanh(W1 @ x + B1)
    prediction = W2 @ o + B2
    d2 = prediction - y
    d1 = (W2.T @ d2) * (1 - o * o)
    return {
        "loss": np.asarray(0.5 * np.sum((prediction - y) ** 2)),
        "W1": d1 @ x.T,
        "b1": d1.sum(axis=1, keepdims=True),
        "W2": d2 @ o.T,
        "b2": d2.sum(axis=1, keepdims=True),
    }


def givens(network: Network) -> dict[str, Array]:
    """The numbers, laid out as the network's conventions ask for."""
    architecture, folded = network.architecture, network.architecture.bias == "folded"
    turned = (lambda a: a.T) if architecture.rows else (lambda a: a)
    weights = {"W1": np.hstack([B1, W1]) if folded else W1}
    weights["W2"] = np.hstack([B2, W2]) if folded else W2
    upright = architecture.orientation == "columns"
    found = {name: w if upright else w.T for name, w in weights.items()}
    found |= {
        "x": turned(X[:, : architecture.examples]),
        "y": turned(Y[:, : architecture.examples]),
    }
    return found if folded else {**found, "b1": turned(B1), "b2": turned(B2)}


def undone(network: Network, notation: Notation, found: Mapping[str, Array]) -> dict[str, Array]:
    """Gradients in a notation as those with respect to W (units x inputs) and b, plus sign."""
    plain = {name: notation.sign * value for name, value in found.items()}
    if notation.layout == "numerator":
        plain = {name: value.T for name, value in plain.items()}
    if network.architecture.orientation != "columns":
        plain = {name: value.T if name[0] == "W" else value for name, value in plain.items()}
    if network.architecture.bias == "folded":
        for layer in "12":
            whole = plain[f"W{layer}"]
            plain[f"W{layer}"], plain[f"b{layer}"] = whole[:, 1:], whole[:, :1]
    return {name: value.reshape(value.shape[0], -1) for name, value in plain.items()}


def worked(notation: Notation, network: Network, numbers: Mapping[str, Any]) -> list[Step]:
    wanted = [(line.leaf, None) for line in lines(network.graph, notation.sign)]
    symbols = Symbols(network.graph, network, notation)
    found = steps(network.graph, numbers, wanted, 12, notation.sign)
    return [read(step, symbols) for step in found]


@pytest.mark.parametrize("name", known())
@pytest.mark.parametrize("layout", ["denominator", "numerator"])
@pytest.mark.parametrize("examples", [1, 3])
def test_the_numbers_are_the_same_in_every_notation(
    name: str, layout: Any, examples: int, in_notation: Build
) -> None:
    from dataclasses import replace

    notation = replace(load(name), layout=layout)
    settings = {"loss": "half_squared_error", "examples": examples}
    network = in_notation(notation, (2, 3, 2), ("tanh", "identity"), **settings)
    found = worked(notation, network, givens(network))
    expected = by_hand(examples)
    loss = next(step.value for step in found if step.node == "loss" and step.kind == "forward")
    np.testing.assert_allclose(loss, expected.pop("loss"), atol=1e-10)
    parameters = (*network.weights, *network.biases)
    gradients = {s.node: s.value for s in found if s.kind == "backward" and s.node in parameters}
    plain = undone(network, notation, gradients)
    assert sorted(plain) == sorted(expected)
    for node, gradient in plain.items():
        shape = expected[node].shape
        np.testing.assert_allclose(gradient.reshape(shape), expected[node], atol=1e-10)


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
def test_fused_and_step_by_step_lead_to_the_same_weights(
    orientation: str, in_notation: Build
) -> None:
    gradients = []
    for fused in (True, False):
        said = {"rows": orientation == "rows", "transposed": orientation == "transposed"}
        network = in_notation(
            load("backprep"), (2, 3, 2), ("tanh", "softmax"), loss="cross_entropy",
            examples=3, fused=fused, **said,
        )  # fmt: skip
        target = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
        numbers = {**givens(network), "y": target.T if orientation == "rows" else target}
        found = worked(load("backprep"), network, numbers)
        gradients.append(
            {s.node: s.value for s in found if s.kind == "backward" and s.node != "o2"}
        )
    assert gradients[0].keys() == gradients[1].keys()
    for node, gradient in gradients[0].items():
        np.testing.assert_allclose(gradients[1][node], gradient, atol=1e-9)


def formulas(
    name: str,
    in_notation: Build,
    widths: tuple[int, ...],
    activations: tuple[str, ...],
    **settings: Any,
) -> dict[str, str]:
    """By node and kind the left-hand side and the formula of every line."""
    notation = load(name)
    network = in_notation(notation, widths, activations, **settings)
    random = np.random.default_rng(7)
    numbers = {v.name: random.uniform(0.1, 0.9, v.shape) for v in network.graph.inputs}
    symbols = Symbols(network.graph, network, notation)
    wanted = [(line.leaf, None) for line in lines(network.graph, notation.sign)]
    found = {}
    for step in steps(network.graph, numbers, wanted, 3, notation.sign):
        links = chain(step, symbols).split(" = ")
        found[f"{step.kind} {step.node}"] = " = ".join(links[: 3 if symbols.meaning(step.node)
            and step.kind == "backward" else 2])  # fmt: skip
    return found


def test_standard_has_algorithms_6_3_and_6_4_of_goodfellow_bengio_and_courville(
    in_notation: Build,
) -> None:
    found = formulas("standard", in_notation, (2, 2, 2), ("tanh", "tanh"))
    assert found["forward s1"] == (
        r"\boldsymbol{a}^{(1)} = \boldsymbol{b}^{(1)} + \boldsymbol{W}^{(1)} \boldsymbol{x}"
    )
    assert found["forward s2"] == (
        r"\boldsymbol{a}^{(2)} = \boldsymbol{b}^{(2)} + \boldsymbol{W}^{(2)} \boldsymbol{h}^{(1)}"
    )
    assert found["forward o1"] == r"\boldsymbol{h}^{(1)} = f(\boldsymbol{a}^{(1)})"
    assert found["forward o2"] == r"\hat{\boldsymbol{y}} = f(\boldsymbol{a}^{(2)})"
    assert found["backward s1"] == (
        r"\nabla_{\boldsymbol{a}^{(1)}} J = "
        r"(\nabla_{\boldsymbol{h}^{(1)}} J) \odot f'(\boldsymbol{a}^{(1)})"
    )
    assert found["backward b2"] == (
        r"\nabla_{\boldsymbol{b}^{(2)}} J = \nabla_{\boldsymbol{a}^{(2)}} J"
    )
    assert found["backward W2"] == (
        r"\nabla_{\boldsymbol{W}^{(2)}} J = "
        r"(\nabla_{\boldsymbol{a}^{(2)}} J) \boldsymbol{h}^{(1)\top}"
    )
    assert found["backward o1"] == (
        r"\nabla_{\boldsymbol{h}^{(1)}} J = "
        r"\boldsymbol{W}^{(2)\top} \nabla_{\boldsymbol{a}^{(2)}} J"
    )


def test_cmu_chai_has_sensitivities_and_the_derivative_of_tanh(in_notation: Build) -> None:
    settings = {"loss": "squared_error"}
    found = formulas("cmu-chai", in_notation, (2, 2, 1), ("tanh", "tanh"), **settings)
    assert found["forward s2"] == (
        r"s^{(2)} = W^{(2)} \begin{bmatrix} 1 \\ \mathbf{o}^{(1)} \end{bmatrix}"
    )
    assert found["forward loss"] == r"\ell = (o^{(2)} - y)^{2}"
    assert found["backward o2"] == (r"\dfrac{\partial \ell}{\partial o^{(2)}} = 2(o^{(2)} - y)")
    assert found["local o2"] == (r"\dfrac{\partial o^{(2)}}{\partial s^{(2)}} = 1 - (o^{(2)})^{2}")
    assert found["backward s1"] == (
        r"\boldsymbol{\delta}^{(1)} = (\nabla_{\mathbf{o}^{(1)}} \ell) \odot \tanh'(\vec{s}^{(1)})"
    )
    assert found["backward W2"] == (
        r"\nabla_{W^{(2)}} \ell = "
        r"\delta^{(2)} \begin{bmatrix} 1 \\ \mathbf{o}^{(1)} \end{bmatrix}^{T}"
    )


def test_waterloo_meila_has_minus_the_gradient_from_target_minus_output(
    in_notation: Build,
) -> None:
    found = formulas("waterloo-meila", in_notation, (2, 2, 2, 1), ("tanh", "tanh", "identity"))
    assert found["forward s2"] == r"z^{(2)} = W^{(2)} x^{(1)} + b^{(2)}"
    assert found["forward o2"] == r"x^{(2)} = \phi(z^{(2)})"
    assert found["forward loss"] == r"\mathcal{L} = \frac{1}{2} (y_{*} - f)^{2}"
    assert found["backward s3"] == r"-\dfrac{\partial \mathcal{L}}{\partial f} = y_{*} - f"
    assert found["backward o2"] == (
        r"-\dfrac{\partial \mathcal{L}}{\partial x^{(2)}} = "
        r"W^{(3)T} \left(-\dfrac{\partial \mathcal{L}}{\partial f}\right)"
    )
    assert found["backward s2"] == (
        r"-\dfrac{\partial \mathcal{L}}{\partial z^{(2)}} = "
        r"-\dfrac{\partial \mathcal{L}}{\partial x^{(2)}} \odot \phi'(z^{(2)})"
    )
    settings = {"loss": "squared_error"}
    full = formulas("waterloo-meila", in_notation, (2, 1), ("sigmoid",), **settings)
    assert full["forward o1"] == r"f = \phi_{\text{out}}(z^{(1)})"
    assert full["backward o1"] == r"-\dfrac{\partial \mathcal{L}}{\partial f} = 2(y_{*} - f)"


def test_waterloo_meila_has_beta_in_a_net_of_two_layers(in_notation: Build) -> None:
    found = formulas("waterloo-meila", in_notation, (2, 2, 1), ("tanh", "sigmoid"))
    assert found["forward s1"] == "z = W x + b"
    assert found["forward o1"] == r"x^{(1)} = \phi(z)"
    assert found["forward s2"] == r"z^{(2)} = \beta^{T} x^{(1)} + b^{(2)}"
    assert found["backward o1"] == (
        r"-\dfrac{\partial \mathcal{L}}{\partial x^{(1)}} = "
        r"\beta \left(-\dfrac{\partial \mathcal{L}}{\partial z^{(2)}}\right)"
    )


def test_rutgers_kim_has_posteriors_minus_targets(in_notation: Build) -> None:
    settings = {"loss": "cross_entropy"}
    found = formulas("rutgers-kim", in_notation, (2, 2, 3), ("sigmoid", "softmax"), **settings)
    assert found["forward s2"] == r"\mathbf{y} = W^{(2)t} \mathbf{h}^{(1)} + \mathbf{b}^{(2)}"
    assert found["forward loss"] == r"J = -\sum_{k} t_{k} \, \ln P[C_{k} \mid \mathbf{x}]"
    assert found["backward s2"] == r"\nabla_{\mathbf{y}} J = P[C \mid \mathbf{x}] - \mathbf{t}"
    binary = formulas(
        "rutgers-kim", in_notation, (2, 2, 1), ("tanh", "sigmoid"), loss="binary_cross_entropy"
    )
    assert binary["backward s2"] == (
        r"\dfrac{\partial J}{\partial y} = P[C_{0} \mid \mathbf{x}] - t"
    )


def test_nyu_linzen_has_the_square_of_target_minus_prediction(in_notation: Build) -> None:
    settings = {"loss": "squared_error"}
    found = formulas("nyu-linzen", in_notation, (2, 2, 1), ("relu", "identity"), **settings)
    assert found["forward s1"] == r"a^{(1)} = W^{(1)} x + b^{(1)}"
    assert found["forward o1"] == r"o^{(1)} = \sigma(a^{(1)})"
    assert found["forward loss"] == r"\ell = (y - \hat{y})^{2}"
    assert found["backward s2"] == (r"\dfrac{\partial \ell}{\partial \hat{y}} = -2(y - \hat{y})")


def test_cmu_gormley_has_alpha_beta_and_adjoints_step_by_step(in_notation: Build) -> None:
    settings = {"loss": "binary_cross_entropy"}
    found = formulas("cmu-gormley", in_notation, (3, 2, 1), ("sigmoid", "sigmoid"), **settings)
    assert found["forward s1"] == (
        r"\mathbf{a} = \boldsymbol{\alpha}^{T} \mathbf{x} + \boldsymbol{\alpha}_{0}"
    )
    assert found["forward o1"] == r"\mathbf{z} = \sigma(\mathbf{a})"
    assert found["forward s2"] == r"b = \boldsymbol{\beta}^{T} \mathbf{z} + \beta_{0}"
    assert found["forward o2"] == r"y = \sigma(b)"
    assert found["backward o2"] == (
        r"g_{y} = \dfrac{\partial J}{\partial y} = \frac{y - y^{*}}{y(1 - y)}"
    )
    assert found["backward s2"] == (
        r"g_{b} = \dfrac{\partial J}{\partial b} = "
        r"g_{y} \cdot \dfrac{\partial y}{\partial b}"
    )
    deeper = formulas("cmu-gormley", in_notation, (3, 2, 2, 1), ("tanh", "tanh", "sigmoid"))
    assert deeper["forward s2"] == (
        r"\mathbf{a}^{(2)} = \boldsymbol{\alpha}^{(2)T} \mathbf{z}^{(1)} "
        r"+ \boldsymbol{\alpha}_{0}^{(2)}"
    )
    assert deeper["forward s3"] == (r"b = \boldsymbol{\beta}^{T} \mathbf{z}^{(2)} + \beta_{0}")


def test_cmu_gormley_counts_units_first_as_its_scalar_equations_do(in_notation: Build) -> None:
    notation = load("cmu-gormley")
    network = in_notation(notation, (3, 2, 2, 1), ("sigmoid",) * 3)
    symbols = Symbols(network.graph, network, notation)
    # Row 3 of the matrix, column 2: input 3 of unit 2.
    assert str(symbols.value("W1", (2, 1))) == r"\alpha_{23}^{(1)}"
    assert str(symbols.value("b1", (1, 0))) == r"\alpha_{20}^{(1)}"
    assert str(symbols.value("W3", (1, 0))) == r"\beta_{2}"
    assert str(symbols.gradient("W1", (2, 1))) == r"g_{\alpha_{23}^{(1)}}"


def test_cmu_gormley_solves_quiz_1_with_adjoints() -> None:
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    a = builder.apply("multiply", x, z, name="a")
    b = builder.apply("log", x, name="b")
    c = builder.apply("sin", b, name="c")
    d = builder.apply("exp", a, name="d")
    e = builder.apply("divide", a, b, name="e")
    f = builder.apply("divide", c, a, name="f")
    builder.apply("add", builder.apply("add", d, e, hidden=True), f, name="y")
    graph = builder.build()
    symbols = Symbols(graph, None, load("cmu-gormley"))
    wanted = [(line.leaf, None) for line in lines(graph)]
    found = steps(graph, {"x": np.array(2.0), "z": np.array(3.0)}, wanted, 4)
    texts = {f"{step.kind} {step.node}": chain(step, symbols) for step in found}
    assert texts["forward d"].startswith(r"d = \exp(a) = \exp(6) = 403.428")
    assert texts["forward b"] == r"b = \log x = \log 2 = 0.6931"
    assert texts["backward c"].startswith(r"g_{c} = \dfrac{\partial y}{\partial c} = ")
    # The slide rounds to [1208, 810].
    gradients = {step.node: float(step.value) for step in found if step.kind == "backward"}
    assert round(gradients["x"]) == 1208
    assert round(gradients["z"]) == 810
