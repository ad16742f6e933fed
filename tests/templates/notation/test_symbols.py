from __future__ import annotations

from typing import Any

import pytest

from solver.errors import InputError
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, build
from templates.notation import Index, Symbol, Symbols, load


def of_network(**settings: Any) -> Symbols:
    layers = (Layer(2, "tanh"), Layer(1))
    network = build(Architecture(**{"inputs": 3, "layers": layers, **settings}))
    return Symbols(network.graph, network, load("backprep"))


def plain_graph() -> Symbols:
    builder = GraphBuilder()
    x = builder.input("x", (3,))
    w = builder.input("w1")
    first = builder.apply("entry", x, name="u", index=(1,))
    builder.apply("multiply", builder.apply("sin", first, name="v"), w, name="y")
    return Symbols(builder.build(), None, load("backprep"))


@pytest.mark.parametrize(
    ("node", "index", "text"),
    [
        ("x", None, r"\mathbf{x}"),
        ("x", (2, 0), "x_{3}"),
        ("y", None, "y"),
        ("y", (0, 0), "y"),
        ("W1", None, "W^{(1)}"),
        ("W1", (0, 1), "w_{12}^{(1)}"),
        ("W2", None, "W^{(2)}"),
        ("W2", (0, 1), "w_{12}^{(2)}"),
        ("b1", None, r"\mathbf{b}^{(1)}"),
        ("b1", (1, 0), "b_{2}^{(1)}"),
        ("b2", None, "b^{(2)}"),
        ("b2", (0, 0), "b^{(2)}"),
        ("s1", None, r"\mathbf{s}^{(1)}"),
        ("s1", (1, 0), "s_{2}^{(1)}"),
        ("o1", (0, 0), "o_{1}^{(1)}"),
        ("s2", None, r"\hat{y}"),
        ("loss", None, r"\ell"),
    ],
)
def test_a_network_has_layers_above_and_entries_from_one_below(
    node: str, index: Any, text: str
) -> None:
    assert str(of_network().value(node, index)) == text


@pytest.mark.parametrize(
    ("node", "index", "text"),
    [
        ("s1", None, r"\boldsymbol{\delta}^{(1)}"),
        ("s1", (1, 0), r"\delta_{2}^{(1)}"),
        ("s2", None, r"\delta^{(2)}"),
        ("o1", None, r"\dfrac{\partial \ell}{\partial \mathbf{o}^{(1)}}"),
        ("W1", (0, 2), r"\dfrac{\partial \ell}{\partial w_{13}^{(1)}}"),
        ("b2", None, r"\dfrac{\partial \ell}{\partial b^{(2)}}"),
    ],
)
def test_the_gradient_of_a_preactivation_is_a_delta(node: str, index: Any, text: str) -> None:
    assert str(of_network().gradient(node, index)) == text


def test_a_batch_is_written_in_capitals_with_the_example_as_second_index() -> None:
    symbols = of_network(examples=4)
    assert str(symbols.value("x")) == "X"
    assert str(symbols.value("s1", (1, 3))) == "s_{24}^{(1)}"
    assert str(symbols.gradient("s1")) == r"\Delta^{(1)}"
    assert str(symbols.value("s2")) == r"\hat{\mathbf{y}}"
    assert str(symbols.value("s2", (0, 3))) == r"\hat{y}_{4}"


def test_an_example_in_a_row_has_one_index_too() -> None:
    symbols = of_network(rows=True)
    assert str(symbols.value("x", (0, 2))) == "x_{3}"
    assert str(symbols.value("b1", (0, 1))) == "b_{2}^{(1)}"
    assert str(symbols.value("W1", (2, 1))) == "w_{32}^{(1)}"


def test_a_running_index_takes_an_axis_away() -> None:
    symbols = of_network(examples=4)
    assert str(symbols.value("s1", sub="ki")) == "s_{ki}^{(1)}"
    assert str(symbols.value("s1", sub="i")) == r"\mathbf{s}_{i}^{(1)}"
    assert str(symbols.gradient("s1", sub="i")) == r"\boldsymbol{\delta}_{i}^{(1)}"


def test_indices_beyond_nine_are_told_apart_by_a_comma() -> None:
    symbols = of_network(inputs=12)
    assert str(symbols.value("W1", (1, 10))) == "w_{2, 11}^{(1)}"
    assert str(symbols.value("x", (11, 0))) == "x_{12}"


@pytest.mark.parametrize(
    ("node", "index", "text"),
    [
        ("x", None, "x"),
        ("x", (2,), "x_{3}"),
        ("w1", None, "w_{1}"),
        ("u", None, "u"),
        ("cost", None, r"\mathrm{cost}"),
    ],
)
def test_the_nodes_of_a_plain_graph_are_written_by_their_names(
    node: str, index: Any, text: str
) -> None:
    symbols = Symbols(notation=load("backprep")) if node == "cost" else plain_graph()
    assert str(symbols.value(node, index)) == text


def test_gradients_of_a_plain_graph_are_of_its_output() -> None:
    symbols = plain_graph()
    assert str(symbols.gradient("w1")) == r"\dfrac{\partial y}{\partial w_{1}}"
    assert str(symbols.gradient("x", (0,))) == r"\dfrac{\partial y}{\partial x_{1}}"


def test_a_local_derivative_is_the_function_with_a_prime() -> None:
    assert str(of_network().local("o1")) == r"\tanh'(\mathbf{s}^{(1)})"
    assert str(of_network().local("o1", (0, 0))) == r"\tanh'(s_{1}^{(1)})"
    assert str(plain_graph().local("v")) == r"\sin'(u)"


def test_functions_have_the_names_of_the_notation_or_their_own() -> None:
    symbols = Symbols(notation=load("backprep"))
    assert symbols.function("log") == r"\ln"
    assert symbols.function("some_thing") == r"\operatorname{some thing}"


def test_given_symbols_come_before_all_others() -> None:
    graph: Graph | None = plain_graph().graph
    symbols = Symbols(graph, None, load("backprep"), given={"u": r"\theta", "y": "z^{(2)}"})
    assert str(symbols.value("u")) == r"\theta"
    assert str(symbols.gradient("u")) == r"\dfrac{\partial z^{(2)}}{\partial \theta}"
    assert str(symbols.value("y").transposed()) == r"z^{(2)\top}"


def test_a_given_node_can_have_symbols_for_its_entries() -> None:
    def entries(index: Index | None) -> Symbol:
        return Symbol("g") if index is None else Symbol("g", "", str(index[0] + 1))

    symbols = Symbols(plain_graph().graph, None, load("backprep"), given={"x": entries})
    assert str(symbols.value("x")) == "g"
    assert str(symbols.value("x", (1,))) == "g_{2}"


def test_a_transpose_stands_behind_the_layer() -> None:
    assert str(Symbol("W", "(2)", "i").transposed()) == r"W_{i}^{(2)\top}"
    assert str(Symbol("W").transposed()) == r"W^{\top}"


def test_an_unknown_notation_is_refused_with_those_there_are() -> None:
    assert load("backprep").loss == r"\ell"
    with pytest.raises(InputError, match=r"there is no notation 'latin'; there are .*standard"):
        load("latin")
    with pytest.raises(InputError, match=r"no notation 'gormley'; did you mean cmu-gormley$"):
        load("gormley")
