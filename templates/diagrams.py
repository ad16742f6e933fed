"""The figure of a problem: its computation graph or its network, labelled in a notation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from solver import steps
from solver import term as t
from solver.graph import Graph
from solver.network import Network
from solver.orientation import weights_of
from solver.steps import Step
from templates.document import Figure
from templates.drawn_graphs import DrawnGraph, GraphNode
from templates.explain import result
from templates.formula import latex
from templates.notation import Symbols
from templates.numerals import number

CAPTIONS = {
    "identity": "linear",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
}
"""The names of activations that differ from the words for them."""

Labels = tuple[tuple[str, ...], ...]
Notes = Mapping[str, tuple[str, str]]
"""What is written above and below a node, by its name: its value and its gradient, in LaTeX."""


def of_network(network: Network, givens: Mapping[str, Any], symbols: Symbols) -> Figure:
    """The network with its weights on the edges and its biases, if it has any, from above."""
    numbers, log = weights_of(network, givens), symbols.function("log")
    weights = [numbers[name] for name in network.weights]
    widths = enumerate(network.architecture.widths[1:], start=1)
    biases = [
        _short(numbers[f"b{layer}"], log) if f"b{layer}" in numbers else ("",) * width
        for layer, width in widths
    ]
    return _drawn(
        unit_labels(network, symbols),
        tuple(tuple(_short(row, log) for row in matrix) for matrix in weights),
        tuple(biases),
        captions(network),
        str(symbols.value("loss")) if network.architecture.widths[-1] == 1 else None,
    )


def of_units(
    units: Labels, weights: tuple[Labels, ...], biases: Labels, words: tuple[str, ...], output: str
) -> Figure:
    """A network whose weights are symbols, unit by unit: all labels are LaTeX but the `words`.

    `words` has one caption a layer; `output` is the loss that the output unit feeds, if any.
    """
    return _drawn(units, weights, biases, words, output or None)


@lru_cache(maxsize=256)
def _drawn(
    units: tuple[tuple[str, ...], ...],
    weights: tuple[tuple[tuple[str, ...], ...], ...],
    biases: tuple[tuple[str, ...], ...],
    captions: tuple[str, ...],
    output: str | None,
) -> Figure:
    # The drawing needs fonts and layout, which a page for a terminal does without.
    from templates.figures import network as figure

    return figure.network(units, weights, biases, captions, output)


def _short(vector: Iterable[Any], log: str) -> tuple[str, ...]:
    return tuple(number(entry, slashed=True, log=log) for entry in vector)


def unit_labels(network: Network, symbols: Symbols) -> tuple[tuple[str, ...], ...]:
    """The symbol of every unit, layer by layer, the inputs first."""
    return tuple(
        tuple(
            str(symbols.value(node, (0, i) if network.architecture.rows else (i, 0)))
            for i in range(width)
        )
        for node, width in zip(network.activations, network.architecture.widths, strict=True)
    )


def captions(network: Network) -> tuple[str, ...]:
    """The words for the layers: the inputs, then each activation."""
    layers = network.architecture.layers
    inputs = "input" if network.architecture.widths[0] == 1 else "inputs"
    return (inputs, *(CAPTIONS.get(each.activation, each.activation) for each in layers))


def of_graph(graph: Graph, symbols: Symbols, notes: Notes) -> Figure:
    """The graph, every node labelled with its formula; `notes` may leave nodes out.

    Raises ValueError when a label is wider than a page.
    """
    from templates.figures import graph as figure

    below: Literal["gradient", "tangent"] = "tangent" if graph.tangents else "gradient"
    graph = graph.without_tangents
    forward = [line for line in steps.lines(graph) if line.kind == "forward"]
    nodes = [
        GraphNode(v.name, str(symbols.value(v.name)), *notes.get(v.name, ("", "")), True, below)
        for v in graph.inputs
    ]
    edges = []
    for line in forward:
        label = f"{symbols.value(line.node)} = {latex(line.formula, symbols)}"
        note = notes.get(line.node, ("", ""))
        nodes.append(GraphNode(line.node, label, *note, below=below))
        sources = dict.fromkeys(str(use.args[0]) for use in t.leaves(line.formula))
        edges += [(source, line.node) for source in sources]
    return figure.graph(nodes, edges)


def of_derivatives(
    graph: Graph, derivatives: Mapping[tuple[str, str], Any], symbols: Symbols, notes: Notes
) -> Figure:
    """The graph with a local derivative at each edge, and its nodes by their names alone.

    `derivatives` are those of the edges that are drawn, by argument and node; what none of them
    touches is left out.
    """
    from templates.figures import graph as figure

    drawn = dict.fromkeys(name for edge in derivatives for name in edge)
    inputs = {v.name for v in graph.inputs}
    computed = [equation.target for equation in graph.equations]
    order = [n for n in (*(v.name for v in graph.inputs), *computed) if n in drawn]
    nodes = [
        GraphNode(n, str(symbols.value(n)), *notes.get(n, ("", "")), is_input=n in inputs)
        for n in order
    ]
    log = symbols.function("log")
    labels = [number(np.asarray(d)[()], slashed=True, log=log) for d in derivatives.values()]
    return figure.graph(nodes, list(derivatives), labels)


def of_drawn(drawn: DrawnGraph, notes: Notes) -> Figure:
    """A graph that is drawn as it says, with the `notes` at its nodes in place of its own."""
    from templates.figures import graph as figure

    nodes = [_noted(node, *notes.get(node.name, ("", ""))) for node in drawn.nodes]
    edges = [(edge.source, edge.target) for edge in drawn.edges]
    labels = [edge.label for edge in drawn.edges]
    return figure.graph(nodes, edges, labels, [edge.returned for edge in drawn.edges])


def _noted(node: GraphNode, value: str, gradient: str) -> GraphNode:
    return replace(node, value=value or node.value, gradient=gradient or node.gradient)


def notes(
    graph: Graph, givens: Mapping[str, Any], worked: Iterable[Step], symbols: Symbols
) -> Notes:
    """The value and the gradient of each node that is a number, as its line prints them.

    In forward mode the tangents of a node, one for each pass, stand in place of its gradient.
    """
    if graph.tangents:
        return _tangent_notes(graph, givens, worked, symbols)
    found: dict[str, list[str]] = {name: ["", ""] for name in graph.shapes}
    log = symbols.function("log")
    for name, value in givens.items():
        found[name][0] = number(np.asarray(value)[()], log=log) if np.ndim(value) == 0 else ""
    for step in worked:
        if np.ndim(step.value) == 0 and step.kind != "local":
            found[step.node][step.kind == "backward"] = result(step, symbols)
    found[graph.output][1] = "-1" if symbols.notation.sign < 0 else "1"
    return {name: (value, gradient) for name, (value, gradient) in found.items()}


def _tangent_notes(
    graph: Graph, givens: Mapping[str, Any], worked: Iterable[Step], symbols: Symbols
) -> Notes:
    log = symbols.function("log")
    found = {name: number(np.asarray(value)[()], log=log) for name, value in givens.items()}
    found |= {step.node: result(step, symbols) for step in worked}
    passes = range(1, 1 + max(each.number for each in graph.tangents.values()))
    # What no moving input reaches has the tangent 0.
    tangents = {(node, k): "0" for node in found for k in passes}
    tangents |= {(each.node, each.number): found[n] for n, each in graph.tangents.items()}
    return {
        node: (text, r",\;".join(tangents[node, k] for k in passes))
        for node, text in found.items()
        if node not in graph.tangents
    }
