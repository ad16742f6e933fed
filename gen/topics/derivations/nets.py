"""Small networks with one output, unit by unit: a graph of numbers, in the symbols of a course.

The nodes are called `x1`, `y`, and for unit i of layer l (both counted from 1) `w{l}_{i}_{j}`,
`b{l}_{i}`, the pre-activation `s{l}_{i}` and the activation `o{l}_{i}`; a linear unit's output is
its pre-activation. The loss, if there is one, is `loss`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Conventions, Layer, Network, build
from solver.orientation import entry_index
from templates import diagrams
from templates.document import Figure
from templates.notation import Notation, Symbol, Symbols

Loss = Literal["", "half_squared_error", "squared_error", "binary_cross_entropy"]
Biased = Literal["all", "none", "hidden", "output"]
"""The layers whose units have a bias."""
_OPS = {"binary_cross_entropy": "binary_cross_entropy_of_scores"}
_NODE = re.compile(r"([a-z])(\d*)_?(\d*)_?(\d*)")


@dataclass(frozen=True, slots=True)
class Net:
    """A network without its numbers: widths (inputs first, one output), an activation per layer.

    Without a loss, its output is what is differentiated.
    """

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: Loss = ""
    biases: Biased = "all"

    @property
    def depth(self) -> int:
        """The number of layers of units."""
        return len(self.activations)

    def has_bias(self, layer: int) -> bool:
        """Whether the units of a layer (counted from 1) have a bias."""
        if self.biases in ("all", "none"):
            return self.biases == "all"
        return (self.biases == "output") == (layer == self.depth)

    def output(self, layer: int, unit: int) -> str:
        """The node that a unit passes on; layer 0 has the inputs."""
        if layer == 0:
            return f"x{unit}"
        linear = self.activations[layer - 1] == "identity"
        return f"{'s' if linear else 'o'}{layer}_{unit}"

    @property
    def prediction(self) -> str:
        """The network's output."""
        return self.output(self.depth, 1)

    def units(self) -> Iterator[tuple[int, int]]:
        """Every unit as layer and number, in the order in which they are computed."""
        for layer, width in enumerate(self.widths[1:], start=1):
            yield from ((layer, unit) for unit in range(1, width + 1))


@lru_cache(maxsize=1024)
def graph(net: Net) -> Graph:
    """The graph of a network; equal networks share one."""
    builder = GraphBuilder()
    for number in range(1, net.widths[0] + 1):
        builder.input(f"x{number}", fixed=True)
    for layer, unit in net.units():
        s = _sum(builder, net, layer, unit)
        if net.activations[layer - 1] != "identity":
            builder.apply(net.activations[layer - 1], s, name=f"o{layer}_{unit}")
    if net.loss:
        target = builder.input("y", fixed=True)
        op = _OPS.get(net.loss, net.loss)
        source = f"s{net.depth}_1" if net.loss in _OPS else net.prediction
        builder.apply(op, source, target, name="loss")
    return builder.build("loss" if net.loss else net.prediction)


def _sum(builder: GraphBuilder, net: Net, layer: int, unit: int) -> str:
    """A unit's pre-activation: its weights, declared here, times what comes in, and its bias."""
    terms = []
    for number in range(1, net.widths[layer - 1] + 1):
        weight = builder.input(f"w{layer}_{unit}_{number}")
        source = net.output(layer - 1, number)
        terms.append(builder.apply("multiply", weight, source, hidden=True))
    if net.has_bias(layer):
        terms.append(builder.input(f"b{layer}_{unit}"))
    name, total = f"s{layer}_{unit}", terms[0]
    for position, each in enumerate(terms[1:], start=2):
        last = position == len(terms)
        total = builder.apply("add", total, each, name=name if last else None, hidden=not last)
    return total


def symbols(net: Net, notation: Notation) -> Mapping[str, Symbol]:
    """Every node as the notation writes it in a network of this form."""
    network = _network(net, notation.conventions)
    written = Symbols(network.graph, network, notation)
    names = [name for name in graph(net).shapes if not name.startswith("_")]
    return {name: _symbol(name, net, network, written) for name in names}


@lru_cache(maxsize=1024)
def _network(net: Net, conventions: Conventions) -> Network:
    layers = tuple(
        Layer(width, activation, bias=net.has_bias(layer))
        for layer, (width, activation) in enumerate(
            zip(net.widths[1:], net.activations, strict=True), start=1
        )
    )
    return build(
        Architecture(
            net.widths[0],
            layers,
            net.loss or "half_squared_error",
            conventions.bias,
            rows=conventions.orientation == "rows",
            transposed=conventions.orientation == "transposed",
        )
    )


def drawn(net: Net, written: Symbols) -> Figure:
    """The network with the symbols of its weights on the edges and of its biases from above."""

    def symbol(node: str) -> str:
        return str(written.value(node))

    sizes = list(enumerate(net.widths))
    units = tuple(
        tuple(symbol(net.output(layer, unit)) for unit in range(1, width + 1))
        for layer, width in sizes
    )
    weights = tuple(
        tuple(
            tuple(symbol(f"w{layer}_{i}_{j}") for j in range(1, net.widths[layer - 1] + 1))
            for i in range(1, width + 1)
        )
        for layer, width in sizes[1:]
    )
    biases = tuple(
        tuple(symbol(f"b{layer}_{i}") if net.has_bias(layer) else "" for i in range(1, width + 1))
        for layer, width in sizes[1:]
    )
    names = (diagrams.CAPTIONS.get(each, each) for each in net.activations)
    loss = symbol("loss") if net.loss else ""
    return diagrams.of_units(units, weights, biases, ("inputs", *names), loss)


def _symbol(name: str, net: Net, network: Network, written: Symbols) -> Symbol:
    if name in ("loss", "y"):
        return written.value(name)
    match = _NODE.fullmatch(name)
    assert match is not None
    stem, layer, unit, other = match.groups()
    if stem == "x":
        return written.value(*entry_index(network, "x", int(layer) - 1))
    if stem == "w":
        return written.value(*entry_index(network, f"W{layer}", int(unit) - 1, int(other) - 1))
    node = network.prediction if name == net.prediction else f"{stem}{layer}"
    return written.value(*entry_index(network, node, int(unit) - 1))
