"""The figure that belongs to a problem: its network, its computation graph, or a plot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from gen.problem import Figure as Wanted
from gen.problem import Item, Problem
from solver import exact, steps
from solver.local_derivatives import Edge, local_derivatives
from solver.network import build
from templates import diagrams
from templates.document import Figure
from templates.drawn_graphs import DrawnGraph
from templates.notation import Symbols


def figure(item: Item, symbols: Symbols, solved: bool) -> Figure | None:
    """The item's figure, or that of its solution; a solved graph shows every value and gradient."""
    problem = item.problem
    match _solved(problem) if solved else problem.figure:
        case "network":
            return _network(problem, symbols)
        case "graph":
            assert problem.graph is not None
            notes = _notes(item, symbols) if solved else {}
            return diagrams.of_graph(problem.graph, symbols, notes)
        case "derivatives":
            assert problem.graph is not None
            every = _notes(item, symbols) if solved else {}
            slopes = {name: ("", slope) for name, (_, slope) in every.items()}
            return diagrams.of_derivatives(problem.graph, _derivatives(item), symbols, slopes)
        case "none":
            return None
        case drawn:
            made = drawn(symbols)
            if isinstance(made, DrawnGraph):
                return diagrams.of_drawn(made, _notes(item, symbols) if solved else {})
            if isinstance(made, Figure):
                return made
            # The drawing needs fonts, which problems without a plot do without.
            from templates.figures.plot import plot

            return plot(made)


def _network(problem: Problem, symbols: Symbols) -> Figure:
    """The network, its units labelled for one example however many there are."""
    network = problem.network
    assert network is not None
    if network.architecture.examples > 1:
        network = build(replace(network.architecture, examples=1))
        symbols = Symbols(network.graph, network, symbols.notation)
    return diagrams.of_network(network, problem.givens, symbols)


def _solved(problem: Problem) -> Wanted:
    if problem.solved_figure is None:
        return problem.figure if problem.figure in ("graph", "derivatives") else "none"
    return problem.solved_figure


def _derivatives(item: Item) -> dict[Edge, Any]:
    """The local derivatives at the edges that lead to the output."""
    problem = item.problem
    assert problem.graph is not None
    start = exact.Exact(1) if problem.arithmetic == "exact" else np.float64(1.0)
    reaching = {line.node for line in steps.lines(problem.graph) if line.kind == "backward"}
    reaching.add(problem.graph.output)
    found = local_derivatives(problem.graph, problem.givens, start)
    return {edge: number for edge, number in found.items() if reaching.issuperset(edge)}


def _notes(item: Item, symbols: Symbols) -> diagrams.Notes:
    """Each node's value and gradient as the worked solution prints them, or would print them."""
    problem = item.problem
    assert problem.graph is not None
    worked = problem.worked([(line.leaf, None) for line in steps.lines(problem.graph)])
    return diagrams.notes(problem.graph, problem.givens, worked, symbols)
