"""The chain rule on a drawn graph: the sum over all paths of the products along them.

Tests that local derivatives are multiplied along a path and the paths added, whether all paths are
found, and that a node within the graph starts paths of its own. After Linzen, NYU DS-GA 1003 (the
chain rule as changes along paths), and the computation graphs of CMU 10-301/601, Lectures 12 and
14.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gen import exact_solving, solving, verification
from gen.draw import Draw
from gen.exact_numbers import is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.graphs.path_mistakes import mistakes
from gen.topics.graphs.path_oracle import compare
from gen.topics.graphs.paths import (
    ONE,
    Edges,
    carried_forward,
    count_of,
    derivatives,
    draw_edges,
    graph_of,
    name_of,
    nodes_of,
    paths,
    product,
)
from gen.vocabulary import Difficulty, Form
from templates.notation import Notation, Symbol

FAMILY = Family(
    name="chain_rule_paths",
    version=2,
    title="Paths through a computation graph",
    summary="a derivative as the sum over paths of the products of local derivatives in a drawing",
    topics=("computation graphs",),
    lectures=("000", "003", "004"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The edges with their numbers; the derivatives asked for, that by the first input last."""

    edges: Edges
    asked: tuple[str, ...]
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A graph with a few paths; from medium on, a node within it is asked about as well."""
    return _asked(draw, difficulty, form, draw_edges(draw, difficulty, exact=False))


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with whole numbers and fractions."""
    return _asked(draw, difficulty, form, draw_edges(draw, difficulty, exact=True))


def _asked(draw: Draw, difficulty: Difficulty, form: Form, edges: Edges) -> Params:
    start = edges[0].source
    if form != "numeric" or difficulty == "easy":
        return Params(edges, (start,), form)
    inputs = {node for node in nodes_of(edges) if all(edge.target != node for edge in edges)}
    inner = [node for node in nodes_of(edges)[:-1] if node not in inputs]
    forked = [node for node in inner if len(paths(edges, node)) > 1]
    long = [node for node in inner if len(paths(edges, node)[0]) > 1]
    return Params(edges, (draw.choice(forked or long or inner), start), form)


def pose(params: Params) -> Problem:
    """The number of paths and derivatives; a choice asks for the last derivative alone."""
    edges, start = params.edges, params.asked[-1]
    pairs = tuple((edge.source, edge.target) for edge in edges)
    order = nodes_of(edges)
    givens = {name_of(e.source, e.target): np.array(e.slope) for e in edges}
    one = np.array(edges[0].slope / edges[0].slope)
    inputs = {node: one for node in order if all(target != node for _, target in pairs)}
    slope = Part(params.form, (Ask(start, "gradient"),), points=2)
    before = [Part("numeric", (Ask(count_of(start)),))]
    before += [Part("numeric", (Ask(node, "gradient"),)) for node in params.asked[:-1]]
    return Problem(
        parts=(slope,) if params.form == "choice" else (*before, slope),
        graph=graph_of(pairs, order),
        givens={**inputs, **givens, ONE: one},
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(mistakes, edges, start, params.asked, params.form == "choice"),
        figure="derivatives",
        conventions=("gradients", "exact_values") if is_exact(one) else ("gradients",),
        words={
            "symbols": partial(_symbols, edges),
            "start": start,
            "output": order[-1],
            "inputs": tuple(inputs),
            "example": edges[-1],
            "example_name": name_of(edges[-1].source, edges[-1].target),
            "paths": {node: tuple(map(_path, paths(edges, node))) for node in params.asked},
            "totals": derivatives(edges),
            "forward": carried_forward(edges, start),
            "recomputed": partial(compare, edges),
        },
    )


def _path(path: Edges) -> tuple[tuple[str, ...], tuple[object, ...], object]:
    """The nodes of a path, the numbers along it, and their product."""
    nodes = (path[0].source, *(edge.target for edge in path))
    return nodes, tuple(edge.slope for edge in path), product(path)


def _symbols(edges: Edges, notation: Notation) -> Mapping[str, Symbol]:
    """The numbers at the edges, with node and argument below, and the numbers of paths."""
    numbers = {name_of(e.source, e.target): Symbol("d", "", f"{e.target}{e.source}") for e in edges}
    return {
        **numbers,
        **{count_of(n): Symbol("N", "", n) for n in nodes_of(edges)},
        ONE: Symbol("1"),
    }


def solve(problem: Problem, draw: Draw) -> Solution:
    """As any problem; the number of paths has no tolerance."""
    usual = exact_solving.solve if problem.arithmetic == "exact" else solving.solve
    solution = usual(problem, draw)
    first, *others = solution.parts
    if problem.parts[0].asks[0].of == "gradient":
        return solution
    assert first.answer is not None
    counted = replace(first, answer=replace(first.answer, tolerances=(0.0,)))
    return replace(solution, parts=(counted, *others))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, and once more by powers of a matrix."""
    recomputed = problem.words["recomputed"]
    assert callable(recomputed)
    return (*verification.verify(problem, solution, full), recomputed(solution))
