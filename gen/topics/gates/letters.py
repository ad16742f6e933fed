"""The letters of a perceptron in a notation: inputs, weights, sums and outputs; a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, build
from solver.orientation import entry_index
from templates.notation import Notation, Style, Symbol, Symbols
from templates.notation.scores import alike, unlike

THRESHOLD = r"\theta"


def of_perceptron(notation: Notation) -> Mapping[str, Style | Symbol]:
    """`x1`, ... and `w1`, ... are numbers with an index; `s` and `y` have an entry for each row."""
    x = replace(notation.stems["x"], layer=False)
    s = replace(notation.stems["s"], layer=False)
    free = unlike({"x": x, "s": s}, "wy")
    w, y = alike(x, free["w"]), alike(s, free["y"])
    return {
        "s": s,
        "y": y,
        "t": Style(THRESHOLD),
        "lo": Symbol(THRESHOLD, "", r"\text{min}"),
        "hi": Symbol(THRESHOLD, "", r"\text{max}"),
        **indexed(notation, "x", x, 3),
        **indexed(notation, "w", w, 3),
    }


def indexed(notation: Notation, node: str, style: Style, count: int) -> dict[str, Symbol]:
    """`node1`, `node2`, ...: the entries of a vector in that style."""
    graph = GraphBuilder()
    graph.apply("sum", graph.input(node, (count,)), name="total")
    symbols = Symbols(graph.build(), None, notation, {node: style})
    return {f"{node}{i + 1}": symbols.value(node, (i,)) for i in range(count)}


def of_net(inputs: int, hidden: int, notation: Notation) -> Mapping[str, Symbol]:
    """The symbols that a network's units and weights have in the course; thresholds are theta."""
    drawn = Architecture(inputs, (Layer(hidden, "tanh"), Layer(1, "tanh")))
    network = build(
        replace(
            drawn,
            rows=notation.conventions.orientation == "rows",
            transposed=notation.conventions.orientation == "transposed",
        )
    )
    symbols = Symbols(network.graph, network, notation)

    def of(name: str, unit: int, other: int = 0) -> Symbol:
        return symbols.value(*entry_index(network, name, unit, other))

    found = {f"x{j + 1}": of("x", j) for j in range(inputs)}
    for i in range(hidden):
        found |= {f"w{i + 1}{j + 1}": of("W1", i, j) for j in range(inputs)}
        found |= {f"s{i + 1}": of("s1", i), f"h{i + 1}": of("o1", i)}
        found[f"t{i + 1}"] = replace(of("b1", i), base=THRESHOLD)
        found[f"v{i + 1}"] = of("W2", 0, i)
    output = {"u": of("s2", 0), "y": of("o2", 0), "t": replace(of("b2", 0), base=THRESHOLD)}
    return {**found, **output}
