"""The letters of a perceptron in a notation: inputs, weights, sums and outputs; a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from solver.graph import GraphBuilder
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
