"""The figure that belongs to a problem: its network, or its computation graph."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gen.problem import Item
from solver import steps
from solver import term as t
from solver.network import Network
from templates.document import Figure
from templates.explain import result
from templates.figures import graph as graph_figure
from templates.figures import network as network_figure
from templates.figures.graph import GraphNode
from templates.formula import latex
from templates.notation import Symbols
from templates.numerals import decimal

CAPTIONS = {
    "identity": "linear",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
}


def figure(item: Item, symbols: Symbols, solved: bool) -> Figure | None:
    """The item's figure, if it has one; a solved graph shows every value and gradient."""
    match item.problem.figure:
        case "network":
            return _network(item, symbols)
        case "graph":
            return _graph(item, symbols, solved)
        case "none":
            return None


def _network(item: Item, symbols: Symbols) -> Figure:
    network = item.problem.network
    assert network is not None
    givens = item.problem.givens
    folded = network.architecture.bias == "folded"
    weights = [np.asarray(givens[name]) for name in network.weights]
    if network.architecture.rows:
        weights = [matrix.T for matrix in weights]
    biases = [np.asarray(givens[name]).ravel() for name in network.biases]
    if folded:
        biases = [matrix[:, 0] for matrix in weights]
        weights = [matrix[:, 1:] for matrix in weights]
    return _drawn(
        _unit_labels(network, symbols),
        tuple(tuple(tuple(decimal(w) for w in row) for row in matrix) for matrix in weights),
        tuple(tuple(decimal(b) for b in vector) for vector in biases) or None,
        _captions(network),
        str(symbols.value("loss")) if network.architecture.widths[-1] == 1 else None,
    )


@lru_cache(maxsize=256)
def _drawn(
    units: tuple[tuple[str, ...], ...],
    weights: tuple[tuple[tuple[str, ...], ...], ...],
    biases: tuple[tuple[str, ...], ...] | None,
    captions: tuple[str, ...],
    output: str | None,
) -> Figure:
    return network_figure.network(units, weights, biases, captions, output)


def _unit_labels(network: Network, symbols: Symbols) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            str(symbols.value(node, (0, i) if network.architecture.rows else (i, 0)))
            for i in range(width)
        )
        for node, width in zip(network.activations, network.architecture.widths, strict=True)
    )


def _captions(network: Network) -> tuple[str, ...]:
    layers = network.architecture.layers
    inputs = "input" if network.architecture.widths[0] == 1 else "inputs"
    return (inputs, *(CAPTIONS.get(each.activation, each.activation) for each in layers))


def _graph(item: Item, symbols: Symbols, solved: bool) -> Figure:
    graph = item.problem.graph
    assert graph is not None
    forward = [line for line in steps.lines(graph) if line.kind == "forward"]
    printed = _printed(item) if solved else {}
    nodes = [
        GraphNode(v.name, str(symbols.value(v.name)), *printed.get(v.name, ("", "")), is_input=True)
        for v in graph.inputs
    ]
    edges = []
    for line in forward:
        label = f"{symbols.value(line.node)} = {latex(line.formula, symbols)}"
        nodes.append(GraphNode(line.node, label, *printed.get(line.node, ("", ""))))
        sources = dict.fromkeys(str(use.args[0]) for use in t.leaves(line.formula))
        edges += [(source, line.node) for source in sources]
    return graph_figure.graph(nodes, edges)


def _printed(item: Item) -> dict[str, tuple[str, str]]:
    """Each node's value and gradient as the worked solution prints them, or would print them."""
    problem = item.problem
    assert problem.graph is not None
    found: dict[str, list[str]] = {name: ["", ""] for name in problem.graph.shapes}
    for name, value in problem.givens.items():
        found[name][0] = decimal(float(value)) if np.ndim(value) == 0 else ""
    every = [(line.leaf, None) for line in steps.lines(problem.graph)]
    for step in steps.steps(problem.graph, problem.givens, every, problem.places):
        if np.ndim(step.value) == 0 and step.kind != "local":
            found[step.node][step.kind == "backward"] = result(step)
    found[problem.graph.output][1] = "1"
    return {name: (value, gradient) for name, (value, gradient) in found.items()}
