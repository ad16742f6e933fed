from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from solver.network import Architecture, Layer, Network, build
from solver.orientation import arrays, entry_index, numbers, rows_of, weights_of
from solver.passes import backward, forward

LAYOUTS: list[dict[str, Any]] = [
    {},
    {"bias": "folded"},
    {"transposed": True},
    {"transposed": True, "bias": "folded"},
    {"rows": True},
]
layouts = pytest.mark.parametrize("layout", LAYOUTS, ids=str)

X = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]])
Y = np.array([[1.0], [0.0], [-1.0]])
W1 = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
W2 = np.array([[1.0, -2.0, 0.5]])
B1 = np.array([0.7, 0.8, 0.9])


def example(layout: dict[str, Any]) -> tuple[Network, dict[str, Any]]:
    """A 2-3-1 net without a bias in its second layer, and a batch of three."""
    layers = (Layer(3, "tanh"), Layer(1, bias=False))
    network = build(Architecture(2, layers, examples=3, **layout))
    return network, arrays(network.architecture, [W1, W2], [B1, None], X, Y)


def by_hand() -> dict[str, Any]:
    """Everything over rows of examples: values, deltas and gradients."""
    s1 = X @ W1.T + B1
    o1 = np.tanh(s1)
    s2 = o1 @ W2.T
    delta2 = s2 - Y
    delta1 = delta2 @ W2 * (1 - o1**2)
    return {
        "loss": np.sum((s2 - Y) ** 2) / 2,
        "forward": {"s1": s1, "o1": o1, "s2": s2, "o2": s2},
        "delta": {"1": delta1, "2": delta2},
        "gradient": {"W1": delta1.T @ X, "b1": delta1.sum(axis=0), "W2": delta2.T @ o1},
    }


@layouts
def test_the_arrays_are_those_that_the_graph_takes(layout: dict[str, Any]) -> None:
    network, givens = example(layout)
    assert set(givens) == {v.name for v in network.graph.inputs}
    for variable in network.graph.inputs:
        assert givens[variable.name].shape == variable.shape


@layouts
def test_the_numbers_are_the_readers_in_every_orientation(layout: dict[str, Any]) -> None:
    network, givens = example(layout)
    values = forward(network.graph, givens)
    found = numbers(network, values, backward(network.graph, values))
    expected = by_hand()
    assert found["loss"] == pytest.approx(expected["loss"], rel=1e-12)
    for part in ("forward", "delta", "gradient"):
        assert sorted(found[part]) == sorted(expected[part])
        for name, array in expected[part].items():
            np.testing.assert_allclose(found[part][name], array, rtol=1e-12)


@layouts
def test_the_views_of_what_was_given_are_what_was_given(layout: dict[str, Any]) -> None:
    network, givens = example(layout)
    views = weights_of(network, givens)
    assert {name: view.tolist() for name, view in views.items()} == {
        "W1": W1.tolist(),
        "b1": B1.tolist(),
        "W2": W2.tolist(),
    }
    assert rows_of(network, givens["x"]).tolist() == X.tolist()


@layouts
def test_an_entry_lies_where_its_index_says(layout: dict[str, Any]) -> None:
    network, givens = example(layout)
    values = forward(network.graph, givens)
    for unit, other in product(range(3), range(2)):
        node, index = entry_index(network, "W1", unit, other)
        assert values[node][index] == W1[unit, other]
    for unit in range(3):
        node, index = entry_index(network, "b1", unit)
        assert values[node][index] == B1[unit]
        node, index = entry_index(network, "W2", 0, unit)
        assert values[node][index] == W2[0, unit]
    for unit, case in product(range(3), range(3)):
        node, index = entry_index(network, "o1", unit, case)
        assert values[node][index] == pytest.approx(by_hand()["forward"]["o1"][case, unit])


def test_a_single_example_has_no_row_around_it_unless_it_is_a_batch() -> None:
    network = build(Architecture(1, (Layer(2),)))
    givens = {"x": [[2.0]], "W1": [[1.0], [3.0]], "b1": [[0.0], [1.0]], "y": [[0.0], [0.0]]}
    arrays_of = {name: np.array(value) for name, value in givens.items()}
    values = forward(network.graph, arrays_of)
    gradients = backward(network.graph, values)
    assert numbers(network, values, gradients)["forward"]["s1"] == [2.0, 7.0]
    assert numbers(network, values, gradients, batch=True)["delta"]["1"] == [[2.0, 7.0]]
