"""Every symbol of every node, in every notation, is set and is told from all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from solver.network import Network
from templates.mathematics import parse
from templates.notation import Symbols, known, load

SHAPES = [(depth, width, examples) for depth in range(1, 6) for width, examples in
          ((1, 1), (1, 3), (3, 1), (2, 2), (12, 1))]  # fmt: skip


def nodes(network: Network) -> Iterator[str]:
    yield from (variable.name for variable in network.graph.inputs)
    yield from (equation.target for equation in network.graph.equations if not equation.hidden)


def entries(network: Network, node: str) -> list[Any]:
    shape = network.graph.shapes[node]
    some = [range(min(size, 2)) for size in shape]
    return [None, *product(*some)] if int(np.prod(shape)) > 1 else [None]


@pytest.mark.parametrize("name", known())
@pytest.mark.parametrize(
    ("last", "loss"),
    [
        ("identity", "half_squared_error"),
        ("sigmoid", "squared_error"),
        ("sigmoid", "binary_cross_entropy"),
        ("softmax", "cross_entropy"),
    ],
)
def test_all_symbols_can_be_set_and_are_distinct(
    name: str, last: str, loss: str, in_notation: Callable[..., Network]
) -> None:
    notation = load(name)
    for depth, width, examples in SHAPES:
        widths, activations = (width,) * (depth + 1), ("tanh",) * (depth - 1) + (last,)
        network = in_notation(notation, widths, activations, examples=examples, loss=loss)
        symbols = Symbols(network.graph, network, notation)
        live = network.graph.needs_gradient()
        found: list[str] = []
        for node in nodes(network):
            for index in entries(network, node):
                found.append(str(symbols.value(node, index)))
                if node in live and node != "loss":
                    found.append(str(symbols.gradient(node, index)))
        for text in found:
            assert parse(text)
        doubles = {text for text in found if found.count(text) > 1}
        assert not doubles


@pytest.mark.parametrize("name", known())
def test_local_derivatives_and_running_indices_can_be_set(
    name: str, in_notation: Callable[..., Network]
) -> None:
    notation = load(name)
    network = in_notation(notation, (2, 3, 2), ("tanh", "sigmoid"), examples=2)
    symbols = Symbols(network.graph, network, notation)
    for node in ("o1", "o2"):
        for index in (None, (1, 0)):
            assert parse(str(symbols.local(node, index)))
        for sub in ("i", "ki"):
            assert parse(str(symbols.value(node, sub=sub)))
            assert parse(str(symbols.gradient(node, sub=sub)))
            assert parse(str(symbols.local(node, sub=sub)))


@pytest.mark.parametrize("name", known())
def test_functions_and_marks_can_be_set(name: str) -> None:
    notation = load(name)
    update = notation.update
    for text in (*notation.functions.values(), update.rate, update.momentum, update.velocity):
        assert parse(f"{text} x")
    assert parse(f"x^{{{notation.transpose}}} {notation.hadamard} y")
