"""Problems about small networks: what is asked, what has to be stated, what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

import numpy as np

from gen.draw import Draw
from gen.problem import Ask, Variant
from gen.topics.networks.nets import Array, Net, flows, paths
from solver.network import Network
from solver.slips import SLIPS

Quantity = tuple[str, Literal["value", "gradient"], tuple[int, ...] | None]
"""The arguments of an `Ask`, for records of parameters."""
Quantities = tuple[Quantity, ...]

SQUARES = ("half_squared_error", "squared_error")

_ALWAYS = (
    "residual_reversed",
    "activation_derivative_left_out",
    "preactivation_in_derivative",
    "outer_product_swapped",
)
_DEEP = ("weight_left_out", "weights_not_transposed")
_BY_LOSS: Mapping[str, tuple[str, ...]] = {
    "half_squared_error": ("factor_two",),
    "squared_error": ("factor_two",),
    "binary_cross_entropy": (
        "sigmoid_derivative_twice",
        "target_not_subtracted",
        "stops_at_prediction",
    ),
    "cross_entropy": ("target_not_subtracted", "stops_at_prediction"),
}
_BY_ACTIVATION: Mapping[str, tuple[str, ...]] = {
    "relu": ("relu_mask_forgotten", "relu_derivative_is_input"),
    "tanh": ("sigmoid_rule_for_tanh",),
    "sigmoid": ("tanh_rule_for_sigmoid",),
}
_LATE = ("input_left_out", "own_weight", "bias_multiplied_in", "activation_left_out")


def forward_values(net: Net) -> Quantities:
    """The prediction and the loss."""
    return ((net.network().prediction, "value", None), ("loss", "value", None))


def deltas(net: Net) -> Quantities:
    """The delta of every layer, from the output back."""
    return tuple((f"s{layer}", "gradient", None) for layer in range(len(net.weights), 0, -1))


def weight_and_bias(draw: Draw, net: Net, layer: int) -> tuple[Quantity, Quantity]:
    """The gradients of a weight whose unit and input are not off, and of the bias of that unit."""
    inputs, units = flows(net)[layer - 1 : layer + 1]
    i = draw.choice([unit for unit, value in enumerate(units) if value])
    j = draw.choice([unit for unit, value in enumerate(inputs) if value])
    return (f"W{layer}", "gradient", (i, j)), (f"b{layer}", "gradient", (i, 0))


def on_the_path(net: Net, asked: Ask) -> dict[str, object]:
    """What templates say of a gradient: its layer, its paths, and signs along a single path.

    `linear` has the numbers of the linear hidden layers. `onward` is None, or where one path leads
    to one output the weights behind the one asked about, as nodes with indices; `upward` then says
    whether the output rises with the unit, `input` what the weight multiplies, and `miss` is
    prediction minus target.
    """
    layer, flow = int(asked.node[1:]), flows(net)
    linear = [k for k, kind in enumerate(net.activations[:-1], 1) if kind == "identity"]
    facts: dict[str, object] = {
        "layer": layer,
        "linear": linear,
        "paths": paths(net, layer),
        "onward": None,
    }
    if asked.index is None or len(net.y) > 1 or paths(net, layer) > 1:
        return facts
    unit, source = asked.index
    chain = [(f"W{k}", (0, unit if k == layer + 1 else 0)) for k in range(layer + 1, len(flow))]
    signs = [net.weights[int(node[1:]) - 1][i][j] for node, (i, j) in chain]
    return {
        **facts,
        "onward": chain,
        "upward": sum(sign < 0 for sign in signs) % 2 == 0,
        "input": flow[layer - 1][source] if asked.node.startswith("W") else 1.0,
        "miss": flow[-1][0] - net.y[0],
    }


def slips(net: Net) -> tuple[str, ...]:
    """The slips that a net of this kind invites; where two give one value, the first names it."""
    return _slips(net.network())


@lru_cache(maxsize=512)
def _slips(network: Network) -> tuple[str, ...]:
    architecture = network.architecture
    used = dict.fromkeys(layer.activation for layer in architecture.layers)
    found = [*_ALWAYS, *(_DEEP if architecture.depth > 1 else ())]
    found += [*_BY_LOSS[architecture.loss], *_at_output(network)]
    for activation in used:
        found += _BY_ACTIVATION.get(activation, ())
    if architecture.loss == "cross_entropy" and architecture.depth > 1:
        # The deltas of a softmax add up to 0, and without the weights nothing else would go back.
        found.remove("weight_left_out")
    return tuple(name for name in (*found, *_LATE) if SLIPS[name].fits(network.graph))


def _at_output(network: Network) -> Iterator[str]:
    """The derivative of another kind of output unit."""
    layers, loss = network.architecture.layers, network.architecture.loss
    if loss not in SQUARES:
        return
    if layers[-1].activation == "sigmoid":
        yield "output_derivative_left_out"
    if layers[-1].activation == "identity" and any(x.activation == "sigmoid" for x in layers):
        yield "linear_output_bent"


def variants(net: Net, givens: Mapping[str, Array]) -> tuple[Variant, ...]:
    """Slips in the forward pass: other numbers put into the same graph."""
    if net.bias != "separate":
        return ()
    bare = {name: 0 * value if name.startswith("b") else value for name, value in givens.items()}
    square = [name for name, value in givens.items() if _can_be_exchanged(name, value)]
    if not square:
        return (Variant("bias_forgotten", bare),)
    turned = {**givens, **{name: givens[name].T for name in square}}
    return (Variant("bias_forgotten", bare), Variant("weight_indices_exchanged", turned))


def _can_be_exchanged(name: str, value: Array) -> bool:
    square = name.startswith("W") and value.shape[0] == value.shape[1] > 1
    return square and not np.array_equal(value, value.T)


def conventions(net: Net, asked: Iterable[Ask]) -> tuple[str, ...]:
    """The sentences that a problem about the net owes its reader, from what it uses and asks."""
    network = net.network()
    deltas = any(a.of == "gradient" and a.node in network.preactivations for a in asked)
    return (*_conventions(network), *(("delta",) if deltas else ()), "places")


@lru_cache(maxsize=512)
def _conventions(network: Network) -> tuple[str, ...]:
    architecture = network.architecture
    used = dict.fromkeys(layer.activation for layer in architecture.layers)
    keys = ["rows_are_units"] if max(architecture.widths[1:]) > 1 else []
    keys.append(f"bias_{architecture.bias}")
    keys += [activation for activation in used if activation in ("sigmoid", "relu", "softmax")]
    keys.append(architecture.loss)
    if architecture.loss not in SQUARES:
        keys.append("natural_logarithm")
    return tuple(keys)
