"""The letters of values and tangents: a dot above, and the number of the pass if there are two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.topics.tangents.graphs import SUM, rate, tangent
from solver.graph import Graph
from templates.notation import Notation, Symbol, Symbols

SPARE = "k"
"""A letter that no drawn graph has."""


def of_passes(graph: Graph, notation: Notation) -> Mapping[str, Symbol]:
    """The tangents of a graph, by name, and another letter for a node with the adjoints' letter."""
    given = {notation.adjoint.letter: Symbol(SPARE)} if notation.adjoint else {}
    primal = graph.without_tangents
    symbols = Symbols(primal, None, notation, given)
    passes = max(each.number for each in graph.tangents.values())
    found = dict(given)
    for node in (*(v.name for v in primal.inputs), *(e.target for e in primal.equations)):
        symbol = symbols.tangent(node)
        for number in range(1, passes + 1):
            above = f"({number})" if passes > 1 else ""
            found[tangent(node, number)] = replace(symbol, above=above)
    if passes > 1:
        found[SUM] = symbols.tangent(graph.output)
        inputs = enumerate(primal.inputs, 1)
        found |= {rate(number): symbols.tangent(each.name) for number, each in inputs}
    return found
