"""Mistakes in a forward pass: the same network with other numbers, or another network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from gen.problem import Variant
from gen.topics.networks.nets import SQUARES, Array, Net
from gen.topics.networks.problems import variants
from solver.network import Architecture, Layer, Network, build
from solver.passes import forward
from solver.slips import SLIPS, run

_SPOILED = ("tanh_for_sigmoid", "exponent_sign", "activation_left_out")
_OF_PROBABILITIES = {"cross_entropy", "binary_cross_entropy"}
SQUARE = "factor_of_the_square"
_LINEAR = "leaky_relu"
"""With alpha 1 it is the identity, and its output still is a node of its own."""


@lru_cache(maxsize=512)
def spoiled(network: Network) -> tuple[str, ...]:
    """The solver's slips that change what a forward pass computes."""
    return tuple(name for name in _SPOILED if SLIPS[name].fits(network.graph))


def possible(network: Network, givens: Mapping[str, Array]) -> tuple[str, ...]:
    """Those of `spoiled` after which the loss of these numbers is still that of probabilities.

    Where a cross-entropy takes what an output unit gives, a spoiled unit may give more than 1: its
    logarithm makes the loss negative, or there is none. Nobody would put that down.
    """
    graph, names = network.graph, spoiled(network)
    if not graph.operations & _OF_PROBABILITIES:
        return names
    numbers = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    with np.errstate(all="ignore"):
        values = forward(graph, numbers)
        losses = [run(graph, values, numbers, name)[0][graph.output] for name in names]
    return tuple(name for name, loss in zip(names, losses, strict=True) if loss > 0)


def forward_variants(net: Net, network: Network) -> Iterator[Variant]:
    """Biases, signs, activations and losses that are wrong, by what leads to them."""
    givens = net.givens(network)
    yield from variants(net, network)
    yield from _renumbered(net, network)
    others = _others(network.architecture)
    yield from (Variant(slip, givens, other.graph) for slip, other in others.items())
    yield from _mistargeted(net, givens)


def with_the_factor_wrong(net: Net, network: Network) -> Iterator[Variant]:
    """Wrong numbers together with a wrong factor of a squared error, if it is one."""
    squared = _others(network.architecture).get(SQUARE)
    if squared is not None:
        numbers = (*variants(net, network), *_renumbered(net, network))
        for each in (*numbers, *_mistargeted(net, net.givens(network))):
            yield Variant(f"{each.slip}+{SQUARE}", each.givens, squared.graph)


def _renumbered(net: Net, network: Network) -> Iterator[Variant]:
    """Signs that are lost, and numbers in each other's places."""
    negative = tuple(tuple(-b for b in each) for each in net.biases)
    unsigned = tuple(tuple(tuple(map(_size, row)) for row in rows) for rows in net.weights)
    found = {
        "bias_subtracted": replace(net, biases=negative),
        "input_sign_lost": replace(net, x=tuple(map(_size, net.x))),
        "weight_signs_lost": replace(net, weights=unsigned),
        "inputs_exchanged": replace(net, x=net.x[::-1]),
    }
    for slip, other in found.items():
        if other != net:
            yield Variant(slip, other.givens(network))


def _size(number: Any) -> Any:
    return -number if number < 0 else number


def _mistargeted(net: Net, givens: Mapping[str, Array]) -> Iterator[Variant]:
    """Losses that look for another target."""
    y = givens["y"]
    if net.loss in SQUARES:
        yield Variant("target_added", {**givens, "y": -y})
        yield Variant("target_left_out", {**givens, "y": 0 * y})
    elif net.loss == "binary_cross_entropy":
        yield Variant("targets_exchanged", {**givens, "y": 1 - y})
    else:
        yield Variant("every_class", {**givens, "y": y**0})
        yield Variant("other_classes", {**givens, "y": 1 - y})


@lru_cache(maxsize=512)
def _others(architecture: Architecture) -> Mapping[str, Network]:
    """Networks that a student might have computed instead."""
    *hidden, last = architecture.layers
    found = {}
    if hidden and any(layer.activation != "identity" for layer in hidden):
        linear = (Layer(layer.width, _LINEAR, 1.0, layer.bias) for layer in hidden)
        bent = (
            layer if layer.activation == "identity" else other
            for layer, other in zip(hidden, linear, strict=True)
        )
        found["hidden_activation_left_out"] = replace(architecture, layers=(*bent, last))
    if last.activation == "identity" and hidden and hidden[-1].activation != "identity":
        activated = replace(last, activation=hidden[-1].activation)
        found["linear_output_activated"] = replace(architecture, layers=(*hidden, activated))
    if architecture.loss in SQUARES:
        other = SQUARES[1 - SQUARES.index(architecture.loss)]
        found[SQUARE] = replace(architecture, loss=other)
    return {slip: build(each) for slip, each in found.items()}
