"""Mistakes in the recursion for delta that are made in one layer, or with another layer's numbers.

A spoiled rule spoils every use of a primitive alike. Here a network is *linearised* instead, with
nodes of the same names: each product and each unit becomes a linear function, whose factors are
given, and every node is given the value that it has in the network. So the forward pass is the
network's, and the backward pass uses the factors that a student took: a derivative, the input that
meets a layer's weights, or the weights that the recursion goes back through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.topics.networks.nets import SQUARES
from solver import functions as f
from solver.graph import Equation, Graph, GraphBuilder
from solver.lines import LOCAL
from solver.network import Network
from solver.passes import forward
from solver.rules import RULES

BY_LAYER = (
    "output_derivative_left_out",
    "hidden_derivative_left_out",
    "next_layer_derivative",
    "own_output_as_input",
    "preactivation_as_input",
    "network_input_as_input",
    "wrong_row_dropped",
)
"""The slips that are made here."""


@dataclass(frozen=True, slots=True)
class Taken:
    """By layer, counted from 1, what is taken for right: derivatives of units, inputs, weights.

    All have the shapes that the network's graph has; an input has the constant 1 on top where
    biases are folded in. A layer that is not named has the right ones.
    """

    slopes: Mapping[int, Value] = field(default_factory=dict)
    inputs: Mapping[int, Value] = field(default_factory=dict)
    weights: Mapping[int, Value] = field(default_factory=dict)


@lru_cache(maxsize=512)
def linearised(network: Network) -> Graph:
    """The graph of the linearised network, with inputs for the factors."""
    builder = GraphBuilder()
    for variable in network.graph.inputs:
        builder.input(variable.name, variable.shape, variable.fixed)
    for value in network.graph.constants.values():
        builder.constant(value)
    for equation, layer in _by_layer(network):
        if equation.op == "matmul":
            _add_product(builder, network, equation, layer)
        elif equation.op in LOCAL:
            _add_unit(builder, equation, layer)
        else:
            builder.apply(
                equation.op, *equation.inputs, name=equation.target, **dict(equation.settings)
            )
    return builder.build(network.graph.output)


def _by_layer(network: Network) -> Iterator[tuple[Equation, int]]:
    """Every equation with its layer, which its matrix product begins."""
    layer = 0
    for equation in network.graph.equations:
        layer += equation.op == "matmul"
        yield equation, layer


def _factor(builder: GraphBuilder, what: str, layer: int, shape: tuple[int, ...]) -> str:
    return builder.input(f"{what} {layer}", shape, fixed=True)


def _add_product(builder: GraphBuilder, network: Network, equation: Equation, layer: int) -> None:
    """The weights times the input that is taken, and the weights that are taken times the input."""
    weights, source = _operands(network, equation)
    shapes = network.graph.shapes
    instead = _factor(builder, "input", layer, shapes[source])
    back = _factor(builder, "weights", layer, shapes[weights])
    first, second = _in_order(network, weights, instead), _in_order(network, back, source)
    # Named, as the names that a builder gives may be those of hidden equations.
    builder.apply("matmul", *first, name=f"first {layer}")
    builder.apply("matmul", *second, name=f"second {layer}")
    builder.apply("add", f"first {layer}", f"second {layer}", name=equation.target)


def _add_unit(builder: GraphBuilder, equation: Equation, layer: int) -> None:
    """The slope that is taken times the pre-activation."""
    slope = _factor(builder, "slope", layer, equation.shape)
    builder.apply("multiply", slope, equation.inputs[0], name=equation.target)


def _operands(network: Network, equation: Equation) -> tuple[str, str]:
    """The factor of a layer's product that has the weights, and the one that has the input."""
    left, right = equation.inputs
    return (right, left) if network.architecture.rows else (left, right)


def _in_order(network: Network, weights: Any, source: Any) -> tuple[Any, Any]:
    return (source, weights) if network.architecture.rows else (weights, source)


def _givens(network: Network, values: Mapping[str, Value], taken: Taken) -> dict[str, Value]:
    """The factors of the linearised network beside the network's own `values`."""
    found = dict(values)
    for equation, layer in _by_layer(network):
        target = values[equation.target]
        if equation.op == "matmul":
            weights, source = (values[node] for node in _operands(network, equation))
            found[f"input {layer}"] = taken.inputs.get(layer, source)
            found[f"weights {layer}"] = taken.weights.get(layer, weights)
            # Of these, the backward pass needs the shapes alone.
            found[f"first {layer}"] = found[f"second {layer}"] = target
        elif equation.op in LOCAL:
            right = _slope(equation, target, values[equation.inputs[0]])
            found[f"slope {layer}"] = taken.slopes.get(layer, right)
    return found


def _slope(equation: Equation, y: Value, x: Value) -> Value:
    derivative = RULES[equation.op].derivative
    assert derivative is not None
    return np.asarray(derivative(y, x, **dict(equation.settings)))


def by_layer(network: Network, givens: Mapping[str, Value]) -> Iterator[Variant]:
    """Every slip of `BY_LAYER` that this network leaves room for."""
    values = forward(network.graph, givens)
    for slip, taken in (*_of_slopes(network, values), *_of_products(network, values)):
        if taken != Taken():
            yield Variant(slip, _givens(network, values, taken), linearised(network))


def _of_slopes(network: Network, values: Mapping[str, Value]) -> Iterator[tuple[str, Taken]]:
    """Derivatives that are left out, or are those of another layer."""
    slopes = {
        layer: _slope(equation, values[equation.target], values[equation.inputs[0]])
        for equation, layer in _by_layer(network)
        if equation.op in LOCAL
    }
    last = network.architecture.depth
    ones = {layer: np.ones_like(slope) for layer, slope in slopes.items()}
    if last in ones and network.architecture.loss in SQUARES:
        yield "output_derivative_left_out", Taken({last: ones[last]})
        yield "hidden_derivative_left_out", Taken({k: one for k, one in ones.items() if k < last})
    exchanged = {
        layer: slopes[layer + 1] * ones[layer]
        for layer in slopes
        if layer + 1 in slopes and slopes[layer + 1].size in (1, slopes[layer].size)
    }
    yield "next_layer_derivative", Taken(exchanged)


def _of_products(network: Network, values: Mapping[str, Value]) -> Iterator[tuple[str, Taken]]:
    """Inputs of other layers, pre-activations among them, and the wrong row dropped."""
    folded = network.architecture.bias == "folded"
    instead: dict[str, dict[int, Value]] = {slip: {} for slip in _INSTEAD}
    turned = {}
    for equation, layer in _by_layer(network):
        if equation.op != "matmul":
            continue
        weights, source = (values[node] for node in _operands(network, equation))
        for slip, node in _INSTEAD.items():
            other = values[node(network, layer)]
            other = f.prepend_one(other) if folded else other
            if other.shape == source.shape and not np.array_equal(other, source):
                instead[slip][layer] = other
        if folded and layer > 1:
            turned[layer] = np.roll(weights, 1, axis=1)
    yield from ((slip, Taken(inputs=found)) for slip, found in instead.items())
    yield "wrong_row_dropped", Taken(weights=turned)


_INSTEAD: Mapping[str, Callable[[Network, int], str]] = MappingProxyType(
    {
        "own_output_as_input": lambda network, layer: network.activations[layer],
        "preactivation_as_input": lambda network, layer: ("x", *network.preactivations)[layer - 1],
        "network_input_as_input": lambda network, layer: "x",
    }
)
"""The node whose values are taken for the input of a layer."""
