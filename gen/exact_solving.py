"""Solving a problem over exact numbers: answers, and what the slips lead to, without a calculator.

The same two passes that give an answer in float64 give it here as a fraction, a logarithm or a
power of e. Nothing is rounded, so there is one run and no spread. A draw is rejected when a number
in the worked solution is not one that a student would write down; a slip that leads to such a
number is left out, as it would give itself away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from gen import claims
from gen.choices import choose
from gen.draw import Draw
from gen.exact_numbers import is_plain
from gen.family import Rejected
from gen.later import Later
from gen.problem import Answer, Part, PartSolution, Problem, Solution, Value, Wrong
from gen.solving import fitting, graph_of, passes, pick, wrong_answers
from solver.exact import Exact, exact
from solver.graph import Graph
from solver.slips import run
from solver.steps import lines, relevant
from solver.term import Term
from solver.tolerance import Passes

TOLERANCE = 0.0005
"""How far a decimal may lie from the exact answer: it is right to three places."""
SMALLEST, LARGEST = 0.02, 1000.0
"""The sizes between which the entries of answers lie, other than 0."""

_NOT_EXACT = (ValueError, TypeError, ArithmeticError, AttributeError)
"""What is raised where numbers stop being exact: 1 / 0, ln 0, a function that has no exact form."""


def solve(problem: Problem, draw: Draw) -> Solution:
    """The solution of a problem whose givens are exact; `draw` decides on the order of options.

    Raises Rejected, with the reason, where a number on the way is no number for an exam without a
    calculator, and for an answer that is zero, very small or very large.
    """
    return Solution(problem, tuple(_parts(problem, draw)))


def _parts(problem: Problem, draw: Draw) -> Iterator[PartSolution]:
    others = any(not part.claims for part in problem.parts)
    solved = _numbers(problem, draw) if others else iter(())
    for number, part in enumerate(problem.parts):
        yield claims.solved(part, draw.fork(number)) if part.claims else next(solved)


def _numbers(problem: Problem, draw: Draw) -> Iterator[PartSolution]:
    """The solved forms of the parts that ask for numbers."""
    graph = graph_of(problem)
    givens = {name: exact(value) for name, value in problem.givens.items()}
    right = _made(partial(_passes, graph, givens))
    if right is None:
        raise Rejected("the numbers do not stay exact")
    _check_lines(graph, right, [ask.leaf for ask in problem.worked_asks])
    asks = [ask for part in problem.parts for ask in part.asks]
    towards = tuple(dict.fromkeys(ask.node for ask in asks if ask.of_gradient))
    slips = Later(_slips, problem, givens, right, fitting(graph, problem.slips), towards)
    for number, part in enumerate(problem.parts):
        if part.claims:
            continue
        shown = tuple(exact(value) for value in pick(part, right))
        values = tuple(np.asarray(value, dtype=float) for value in shown)
        _check(values, part.zeros)
        tolerances = (TOLERANCE,) * len(values)
        wrong = Later(_wrong, part, shown, tolerances, slips, problem)
        answer = Answer(values, shown, tolerances, wrong)
        options = choose(part, answer, problem, draw.fork(number)) if part.form == "choice" else ()
        yield PartSolution(answer, options)


def _passes(
    graph: Graph, givens: Mapping[str, Value], towards: tuple[str, ...] | None = None
) -> Passes:
    return passes(graph, givens, Exact(1), towards)


def _made(compute: Callable[[], Passes]) -> Passes | None:
    """The values and gradients of a run, or None where they do not stay exact."""
    try:
        return compute()
    except _NOT_EXACT:
        return None


def _check_lines(graph: Graph, right: Passes, wanted: list[Term]) -> None:
    """Every number that the worked solution prints is one that a student would write down."""
    values, gradients = right
    for line in relevant(graph, tuple(wanted)):
        printed = gradients if line.kind == "backward" else values
        if not _are_plain(printed[line.node]):
            raise Rejected("a number is not plain enough to carry on with")


def is_plain_throughout(graph: Graph, givens: Mapping[str, Value]) -> bool:
    """Whether every value and every gradient of a graph at exact givens is a plain number."""
    made = _made(partial(_passes, graph, givens))
    return made is not None and all(
        _are_plain(table[line.node])
        for line in lines(graph)
        for table in (made[line.kind == "backward"],)
    )


def _are_plain(value: Any) -> bool:
    return all(map(is_plain, np.asarray(value).ravel().tolist()))


def _check(values: tuple[Value, ...], zeros: bool) -> None:
    for value in values:
        entries = np.abs(value).ravel()
        entries = entries[entries > 0]
        if not entries.size and zeros:
            continue
        if not entries.size:
            raise Rejected("an answer is zero")
        if entries.min() < SMALLEST or entries.max() > LARGEST:
            raise Rejected("an answer is too small or too large")


def _slips(
    problem: Problem,
    givens: Mapping[str, Value],
    right: Passes,
    names: tuple[str, ...],
    towards: tuple[str, ...],
) -> Iterator[tuple[str, Passes]]:
    """What the fitting slips and the variants compute, where that stays exact."""
    graph = graph_of(problem)
    runs: list[tuple[str, Callable[[], Passes]]] = [
        (name, partial(run, graph, right[0], givens, name, towards)) for name in names
    ]
    for each in problem.variants:
        variant = {name: exact(value) for name, value in each.givens.items()}
        runs.append((each.slip, partial(_passes, each.graph or graph, variant, towards)))
    for name, compute in runs:
        made = _made(compute)
        if made is not None:
            yield name, made


def _wrong(
    part: Part,
    shown: tuple[Value, ...],
    tolerances: tuple[float, ...],
    slips: Sequence[tuple[str, Passes]],
    problem: Problem,
) -> tuple[Wrong, ...]:
    return wrong_answers(part, shown, tolerances, list(_plain(part, slips)), problem)


def _plain(part: Part, slips: Sequence[tuple[str, Passes]]) -> Iterator[Wrong]:
    """What the slips make of a part, where that is as plain as an answer."""
    for name, made in slips:
        picked = pick(part, made)
        if all(map(_are_plain, picked)):
            yield Wrong(name, tuple(exact(value) for value in picked))
