"""Networks unit by unit, in the symbols of the courses."""

from __future__ import annotations

import numpy as np
import pytest

from gen.topics.derivations.nets import Biased, Net, drawn, graph, symbols
from solver.passes import forward
from templates.notation import Symbols, known, load

NET = Net((2, 2, 1), ("tanh", "sigmoid"), "half_squared_error")


def test_a_network_computes_what_its_matrices_compute() -> None:
    found = graph(NET)
    source = np.random.default_rng(1)
    givens = {variable.name: source.normal() for variable in found.inputs}
    x = np.array([givens["x1"], givens["x2"]])
    first = np.array([[givens[f"w1_{i}_{j}"] for j in (1, 2)] for i in (1, 2)])
    z = np.tanh(first @ x + np.array([givens["b1_1"], givens["b1_2"]]))
    s = givens["w2_1_1"] * z[0] + givens["w2_1_2"] * z[1] + givens["b2_1"]
    y = 1 / (1 + np.exp(-s))
    values = forward(found, givens)
    assert values["o2_1"] == pytest.approx(y)
    assert values["loss"] == pytest.approx((y - givens["y"]) ** 2 / 2)


def test_without_a_loss_the_output_is_differentiated_and_biases_may_be_missing() -> None:
    bare = Net((2, 2, 1), ("tanh", "identity"), biases="none")
    assert graph(bare).output == bare.prediction == "s2_1"
    assert not any(variable.name.startswith("b") for variable in graph(bare).inputs)


@pytest.mark.parametrize(
    ("biases", "names"),
    [
        ("all", ["b1_1", "b1_2", "b2_1"]),
        ("none", []),
        ("hidden", ["b1_1", "b1_2"]),
        ("output", ["b2_1"]),
    ],
)
def test_the_units_of_some_layers_have_biases(biases: Biased, names: list[str]) -> None:
    net = Net((2, 2, 1), ("tanh", "identity"), biases=biases)
    found = [variable.name for variable in graph(net).inputs]
    assert [name for name in found if name.startswith("b")] == names
    for notation in known():
        assert set(symbols(net, load(notation))) >= set(found)


@pytest.mark.parametrize(
    ("notation", "written"),
    [
        ("cmu-gormley", [r"\alpha_{12}", r"\beta_{1}", r"\alpha_{10}", "z_{2}", "y", "y^{*}"]),
        ("waterloo-meila", ["w_{12}", r"\beta_{1}", "b_{1}", "x_{2}^{(1)}", "f", "y_{*}"]),
        (
            "cmu-chai",
            ["w_{1,2}^{(1)}", "w_{1,1}^{(2)}", "w_{1,0}^{(1)}", "o_{2}^{(1)}", "o^{(2)}", "y"],
        ),
    ],
)
def test_a_course_has_its_symbols(notation: str, written: list[str]) -> None:
    found = symbols(NET, load(notation))
    nodes = ("w1_1_2", "w2_1_1", "b1_1", "o1_2", "o2_1", "y")
    assert [str(found[node]) for node in nodes] == written


def test_a_drawing_has_the_symbols_of_all_weights_and_biases() -> None:
    notation = load("cmu-gormley")
    written = Symbols(graph(NET), None, notation, symbols(NET, notation))
    said = drawn(NET, written).description
    for name in ("α₁₂", "α₂₁", "β₂", "α₁₀", "β₀", "z₁", "y"):
        assert name in said, said
