"""Solving a problem about numbers: answers, tolerances, and what the slips lead to.

An answer comes three times from one graph: exactly (float64), as a hand calculation prints it that
rounds every line, and as one gets it that rounds after every single operation. The spread of the
three is the tolerance. Draws whose answers a student could not get right by hand, or could get
right by mistake, are rejected.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from gen import claims
from gen.choices import choose
from gen.distinct import distinguishable
from gen.draw import Draw
from gen.family import Rejected
from gen.later import Later
from gen.problem import Answer, Ask, Part, PartSolution, Problem, Solution, Value, Wrong
from solver import tolerance
from solver.graph import Graph
from solver.passes import backward, forward
from solver.rounding import round_half_up
from solver.slips import REARRANGEMENTS, SLIPS, run
from solver.steps import by_hand
from solver.tolerance import LARGEST_SHARE, Passes, plain


def solve(problem: Problem, draw: Draw) -> Solution:
    """The solution of a problem about numbers, statements or both; `draw` orders the options.

    Raises Rejected, with the reason, for a degenerate problem: an answer that is zero or as good as
    zero, a tolerance that admits zero or takes in too much, too few different wrong answers. Raises
    KeyError for a slip that there is none of.
    """
    # What is not finite is rejected or left out, so NumPy need not warn of it.
    with np.errstate(all="ignore"):
        return Solution(problem, tuple(_parts(problem, draw)))


def _parts(problem: Problem, draw: Draw) -> Iterator[PartSolution]:
    others = any(not part.claims for part in problem.parts)
    solved = _numbers(problem, draw) if others else iter(())
    for number, part in enumerate(problem.parts):
        yield claims.solved(part, draw.fork(number)) if part.claims else next(solved)


def _numbers(problem: Problem, draw: Draw) -> Iterator[PartSolution]:
    """The solved forms of the parts that ask for numbers."""
    graph = graph_of(problem)
    asks = [ask for part in problem.parts for ask in part.asks]
    towards = tuple(dict.fromkeys(ask.node for ask in asks if ask.of_gradient))
    right = passes(graph, problem.givens, towards=towards)
    shown = by_hand(graph, problem.givens, [ask.leaf for ask in asks], problem.places)
    runs = tolerance.careless(graph, problem.givens, problem.places, towards)
    slips = Later(_slips, problem, right, fitting(graph, problem.slips), towards)
    for number, part in enumerate(problem.parts):
        if part.claims:
            continue
        values = pick(part, right)
        by_line = tuple(_at(shown[ask.leaf], ask) for ask in part.asks)
        places = problem.places_of(part)
        deviations = _deviations(values, by_line, [pick(part, run) for run in runs])
        tolerances = tuple(tolerance.tolerance(d, problem.places, places) for d in deviations)
        if part.places is not None:
            by_line = tuple(round_half_up(value, places) for value in by_line)
        _check(values, by_line, tolerances, places, part.zeros)
        wrong = Later(_wrong, part, values, tolerances, slips, problem)
        answer = Answer(values, by_line, tolerances, wrong)
        options = choose(part, answer, problem, draw.fork(number)) if part.form == "choice" else ()
        yield PartSolution(answer, options)


def pick(part: Part, passes: Passes) -> tuple[Value, ...]:
    """What a part asks for, out of the values and the gradients of a run."""
    return tuple(_at(passes[ask.of == "gradient"][ask.node], ask) for ask in part.asks)


def graph_of(problem: Problem) -> Graph:
    """The problem's graph. Raises TypeError for a problem that has none."""
    if problem.graph is None:
        raise TypeError("a problem without a graph needs its family's own solve")
    return problem.graph


def _at(value: Any, ask: Ask) -> Value:
    whole = plain(value)
    return whole if ask.index is None else np.asarray(whole[ask.index])


def passes(
    graph: Graph,
    givens: Any,
    start: Any = np.float64(1.0),  # noqa: B008
    towards: tuple[str, ...] | None = None,
) -> Passes:
    """Every node's value, and the gradients that `start` at the output leads to.

    With `towards`, only the gradients on the way to these nodes.
    """
    values = forward(graph, givens)
    return values, backward(graph, values, start=start, towards=towards)


def _deviations(
    values: tuple[Value, ...], by_line: tuple[Value, ...], runs: list[tuple[Value, ...]]
) -> list[float]:
    """How far hand calculations end from the exact values.

    Raises Rejected where rounding leads to a number that is not finite.
    """
    worst = [
        tolerance.spread(value, by_line[ask], [run[ask] for run in runs])
        for ask, value in enumerate(values)
    ]
    if not all(map(math.isfinite, worst)):
        raise Rejected("an answer is not finite, or not when it is rounded by hand")
    return worst


def _check(
    values: tuple[Value, ...],
    shown: tuple[Value, ...],
    tolerances: tuple[float, ...],
    places: int,
    zeros: bool,
) -> None:
    for value, printed, reach in zip(values, shown, tolerances, strict=True):
        entries = [abs(x) for x in value.ravel().tolist() if x != 0]
        if not entries and zeros:
            continue
        if not entries:
            raise Rejected("an answer is zero")
        if any(x != 0 and p == 0 for x, p in zip(value.flat, printed.flat, strict=True)):
            raise Rejected("an answer rounds to zero")
        if 2 * reach >= min(entries):
            raise Rejected("the tolerance comes near zero")
        if reach > LARGEST_SHARE * max(entries):
            raise Rejected("rounding by hand changes too much of the answer")
        if max(entries) >= 10.0 ** (8 - places):
            raise Rejected("an answer is too large to carry so many places")


@lru_cache(maxsize=1024)
def fitting(graph: Graph, slips: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the slips that can be run."""
    return tuple(s for s in slips if s not in REARRANGEMENTS and SLIPS[s].fits(graph))


def _slips(
    problem: Problem, right: Passes, names: tuple[str, ...], towards: tuple[str, ...]
) -> Iterator[tuple[str, Passes]]:
    """What the fitting slips compute, and the variants of the problem."""
    graph = graph_of(problem)
    for name in names:
        yield name, run(graph, right[0], problem.givens, name, towards)
    for variant in problem.variants:
        yield variant.slip, passes(variant.graph or graph, variant.givens, towards=towards)


def _wrong(
    part: Part,
    values: tuple[Value, ...],
    tolerances: tuple[float, ...],
    slips: Sequence[tuple[str, Passes]],
    problem: Problem,
) -> tuple[Wrong, ...]:
    with np.errstate(all="ignore"):
        found = [Wrong(name, pick(part, made)) for name, made in slips]
        return wrong_answers(part, values, tolerances, found, problem)


def wrong_answers(
    part: Part,
    values: tuple[Value, ...],
    tolerances: tuple[float, ...],
    found: list[Wrong],
    problem: Problem,
) -> tuple[Wrong, ...]:
    """Those of `found`, and of the rearrangements of the right `values`, that are told apart.

    They can be told from the right ones and from each other, and keep their order.
    """
    for name in problem.slips:
        rearranged = REARRANGEMENTS[name](values) if name in REARRANGEMENTS else None
        if rearranged is not None:
            found = [*found, Wrong(name, tuple(map(np.asarray, rearranged)))]
    # Where two slips lead to the same values, one that the part must include gives its name.
    found = sorted(found, key=lambda wrong: wrong.slip not in part.must_include)
    told = distinguishable(found, values, tolerances, problem.places_of(part))
    return tuple(wrong for _, wrong in told)
