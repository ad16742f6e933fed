"""Solving a problem about whole numbers: nothing is rounded, so an answer has no tolerance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from gen import claims
from gen.choices import choose
from gen.draw import Draw
from gen.family import Rejected
from gen.later import Later
from gen.problem import Answer, Part, PartSolution, Problem, Solution, Value, Wrong
from gen.solving import graph_of, passes, pick, wrong_answers
from solver.tolerance import Passes

Judge = Callable[[Wrong, tuple[Value, ...]], bool]
"""Whether a student could believe a wrong answer, given what is right."""


def solve(
    problem: Problem, draw: Draw, lowest: float = -np.inf, believable: Judge | None = None
) -> Solution:
    """The solution of a problem whose every number is whole, and has at least the size `lowest`.

    Its parts may also be about statements. Raises Rejected where a number is none of that, where an
    answer is 0 altogether, or where the slips give too few options.
    """
    judge = believable or (lambda wrong, values: all(map(_is_whole, wrong.values)))
    return Solution(problem, tuple(_parts(problem, draw, lowest, judge)))


def _parts(problem: Problem, draw: Draw, lowest: float, judge: Judge) -> Iterator[PartSolution]:
    solved = _numbers(problem, draw, lowest, judge)
    for number, part in enumerate(problem.parts):
        yield claims.solved(part, draw.fork(number)) if part.claims else next(solved)


def _numbers(problem: Problem, draw: Draw, lowest: float, judge: Judge) -> Iterator[PartSolution]:
    """The solved forms of the parts that ask for numbers."""
    right = passes(graph_of(problem), problem.givens)
    slips = Later(_slips, problem)
    for number, part in enumerate(problem.parts):
        if part.claims:
            continue
        values = pick(part, right)
        if not all(_is_whole(v) and np.all(v >= lowest) and v.any() for v in values):
            raise Rejected("an answer is 0, or not a whole number of the right kind")
        exact = (0.0,) * len(values)
        wrong = Later(_wrong, part, values, slips, problem, judge)
        answer = Answer(values, values, exact, wrong)
        options = choose(part, answer, problem, draw.fork(number)) if part.form == "choice" else ()
        yield PartSolution(answer, options)


def _slips(problem: Problem) -> Iterator[tuple[str, Passes]]:
    for variant in problem.variants:
        yield variant.slip, passes(variant.graph or graph_of(problem), variant.givens)


def _wrong(
    part: Part,
    values: tuple[Value, ...],
    slips: Sequence[tuple[str, Passes]],
    problem: Problem,
    judge: Judge,
) -> tuple[Wrong, ...]:
    made = (Wrong(slip, pick(part, wrong)) for slip, wrong in slips)
    found = [each for each in made if judge(each, values)]
    return wrong_answers(part, values, (0.0,) * len(values), found, problem)


def _is_whole(value: Value) -> bool:
    return all(map(float.is_integer, value.ravel().tolist()))
