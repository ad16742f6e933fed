"""The letters of a single node and of those that use it, in a notation, and its drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.problem import Value
from gen.topics.graphs.nodes import OUTPUT, Shape, node_graph
from solver import steps
from solver import term as t
from templates.drawn_graphs import DrawnGraph, GraphEdge, GraphNode
from templates.formula import latex
from templates.notation import Notation, Style, Symbol, Symbols
from templates.notation.scores import scores, unlike
from templates.numerals import number


def letters(shape: Shape, notation: Notation) -> Mapping[str, Style | Symbol]:
    """A unit has the letters of the course, with a number at each input; children are u or so."""
    found: dict[str, Style | Symbol] = {OUTPUT: Style(notation.loss)}
    taken = {node: Style(node) for node in shape.names} if not shape.units else _unit(notation)
    free = unlike(taken, "wxbcu")
    alone = shape.children == 1
    found |= {n: Symbol(free["c"], "", "" if alone else n[1:]) for n in shape.contributions}
    found |= {n: Symbol(free["u"], "", "" if alone else n[-1]) for n in children(shape)}
    if shape.units:
        numbered = (name for name in shape.inputs if name != "b")
        single = shape.units == 1
        found |= {n: Symbol(free[n[0]], "", "" if single else n[1:]) for n in numbered}
        found |= {"b": Symbol(free["b"]), **taken}
    return found


def children(shape: Shape) -> tuple[str, ...]:
    """Names for the nodes that use the node."""
    return tuple(f"child {k}" for k in range(1, shape.children + 1))


def _unit(notation: Notation) -> dict[str, Style]:
    """The letters of a hidden unit, or of the output unit where a course has x for both."""
    s, o = (replace(notation.stems[node], layer=False) for node in "so")
    return {"s": s, "o": o if o.letter != notation.stems["x"].letter else scores(notation)["p"]}


def drawing(shape: Shape, givens: Mapping[str, Value], symbols: Symbols) -> DrawnGraph:
    """The node between its inputs and its children, with the numbers that are given."""
    log = symbols.function("log")
    shown = {n: number(value[()], log=log) for n, value in givens.items()}
    nodes = [
        GraphNode(name, str(symbols.value(name)), shown[name], is_input=True)
        for name in shape.inputs
    ]
    edges = []
    for line in steps.lines(node_graph(shape)):
        if line.kind == "forward":
            label = f"{symbols.value(line.node)} = {latex(line.formula, symbols)}"
            nodes.append(GraphNode(line.node, label))
            sources = dict.fromkeys(str(use.args[0]) for use in t.leaves(line.formula))
            edges += [GraphEdge(source, line.node) for source in sources]
    for child, sent in zip(children(shape), shape.contributions, strict=True):
        nodes.append(GraphNode(child, str(symbols.value(child))))
        edges.append(GraphEdge(shape.node, child, returned=shown[sent]))
    return DrawnGraph(tuple(nodes), tuple(edges))
