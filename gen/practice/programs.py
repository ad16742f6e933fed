"""Programs: the lines that lead to what an item asks for, so that a page can follow them.

Where a later answer is worked out again from a student's own earlier one, the lines of the worked
solution are evaluated with the student's numbers put in (`solver.follow`). A program has those
lines, what is given, and what the solver says of the right answers (`solver.diagnosis`); terms are
nested lists, as `["add", "x", ["multiply", 2.0, "w"]]`, in which a text is a leaf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import numpy as np

from gen.problem import Ask, Item
from solver import diagnosis
from solver import term as t
from solver.claims import Claim
from solver.diagnosis import Judgement
from solver.graph import Graph
from solver.lines import Line, lines, relevant
from solver.term import Term

Data = Any
"""What JSON can hold."""

_MARKS = {"name": "", "gradient": "d ", "local": "l "}


def program(item: Item) -> dict[str, Data] | None:
    """What follow-through needs, or None where no answer to the item depends on another one.

    `quantities` has an entry for each number or array asked for: its part, the leaf and the flat
    `entries` of it that are asked for, the right numbers and their tolerances, the lines that lead
    to it, and whether a course writes it with a minus sign (`sign`) or transposed (`turned`, the
    shape that is typed). `after` is its place among the lines, in whose order answers are judged.
    """
    problem = item.problem
    asked = list(_asked(item))
    if problem.graph is None or not problem.givens or not _any_follows(problem.graph, asked):
        return None
    graph, leaves = problem.graph, tuple(ask.leaf for _, ask, _ in asked)
    claims = [claim(item, ask, value) for _, ask, value in asked]
    judged = diagnosis.judge(graph, problem.givens, claims, problem.places, problem.network)
    found = relevant(graph, leaves)
    used = {leaf for line in found for leaf in t.leaves(line.formula)}
    return {
        "places": problem.places,
        "output": leaf(t.gradient(graph.output)),
        "inputs": {
            v.name: _array(problem.givens[v.name]) for v in graph.inputs if t.name(v.name) in used
        },
        "lines": [[leaf(line.leaf), as_data(line.formula)] for line in found],
        "quantities": [
            {"part": part, **_quantity(item, ask, judgement, found)}
            for (part, ask, _), judgement in zip(asked, judged, strict=True)
        ],
    }


def _asked(item: Item) -> Iterator[tuple[int, Ask, Any]]:
    """The quantities that numbers are typed for, each with its part and its right answer."""
    for number, (part, solved) in enumerate(
        zip(item.problem.parts, item.solution.parts, strict=True)
    ):
        if solved.answer is not None and not solved.options:
            for ask, value in zip(part.asks, solved.answer.values, strict=True):
                yield number, ask, value


def _any_follows(graph: Graph, asked: Iterable[tuple[int, Ask, Any]]) -> bool:
    """Whether the lines that lead to something that is asked for pass something else that is."""
    leaves = [ask.leaf for _, ask, _ in asked]
    return any(
        line.leaf in leaves and line.leaf != wanted
        for wanted in leaves
        for line in relevant(graph, (wanted,))
    )


def claim(item: Item, ask: Ask, value: Any) -> Claim:
    """What a student who gives this value says of the graph that the item is about."""
    array = np.asarray(item.problem.stated(ask, value), dtype=np.float64)
    entries = (ask.index,) if ask.index is not None else tuple(np.ndindex(array.shape))
    of: Literal["value", "gradient"] = "value" if ask.of == "value" else "gradient"
    none = (None,) * len(entries)
    return Claim(ask.node, of, ask.index, entries, array.ravel(), none, "")


def _quantity(item: Item, ask: Ask, judged: Judgement, found: tuple[Line, ...]) -> dict[str, Data]:
    problem = item.problem
    assert problem.graph is not None
    shape = problem.graph.shapes[ask.node]
    places = {line.leaf: place for place, line in enumerate(lines(problem.graph))}
    needed = relevant(problem.graph, (ask.leaf,))
    turned = ask.of != "value" and problem.layout == "numerator" and ask.index is None
    return {
        "leaf": leaf(ask.leaf),
        "entries": [int(np.ravel_multi_index(e, shape)) if e else 0 for e in judged.claim.entries],
        "right": judged.right.tolist(),
        "tolerance": judged.tolerance.tolist(),
        "lines": [place for place, line in enumerate(found) if line in needed],
        "after": places.get(ask.leaf, len(places)),
        "sign": 1 if ask.of == "value" else problem.sign,
        "turned": list(shape[::-1]) if turned and len(shape) > 1 else None,
    }


def _array(value: Any) -> dict[str, Data]:
    array = np.asarray(value, dtype=np.float64)
    return {"shape": list(array.shape), "values": array.ravel().tolist()}


def leaf(term: Term) -> str:
    """The text that stands for a leaf: that of a gradient begins with `d `, of a local derivative
    with `l `, and no name of a node has a space."""
    return _MARKS[term.op] + str(term.args[0])


def as_data(term: Term) -> Data:
    """A term as nested lists: the operation and its arguments, with leaves as texts."""
    if t.is_leaf(term):
        return leaf(term)
    if term.op == "number":
        return float(term.args[0])
    return [term.op, *(as_data(a) if isinstance(a, Term) else _setting(a) for a in term.args)]


def _setting(value: Any) -> Data:
    return list(value) if isinstance(value, tuple) else value
