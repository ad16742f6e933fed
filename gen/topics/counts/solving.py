"""Solving a problem about whole numbers: nothing is rounded, so an answer has no tolerance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gen.choices import choose
from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Answer, PartSolution, Problem, Solution, Value, Wrong
from gen.solving import graph_of, passes, pick, wrong_answers

MOST_OFF = 5.0
"""A wrong option is at most so many times as large as the right one."""


def solve_counts(problem: Problem, draw: Draw) -> Solution:
    """The solution of a problem whose every value is a whole number.

    Raises Rejected where a count is 0, or where the slips give too few options.
    """
    return Solution(problem, tuple(_parts(problem, draw)))


def _parts(problem: Problem, draw: Draw) -> Iterator[PartSolution]:
    right = passes(graph_of(problem), problem.givens)
    made = [(v.slip, passes(v.graph or graph_of(problem), v.givens)) for v in problem.variants]
    for number, part in enumerate(problem.parts):
        values = pick(part, right)
        if not all(np.all(value > 0) and np.all(value == np.round(value)) for value in values):
            raise Rejected("a count is not a positive whole number")
        exact = (0.0,) * len(values)
        found = [Wrong(slip, pick(part, wrong)) for slip, wrong in made]
        wrong = wrong_answers(
            part, values, exact, [w for w in found if _is_near(w, values)], problem
        )
        answer = Answer(values, values, exact, wrong)
        options = choose(part, answer, problem, draw.fork(number)) if part.form == "choice" else ()
        yield PartSolution(answer, options)


def _is_near(wrong: Wrong, values: tuple[Value, ...]) -> bool:
    """Whether a student could believe it: whole, positive, and not of another size altogether."""
    return all(
        bool(np.all((made > 0) & (made == np.round(made)) & (made <= MOST_OFF * value)))
        for made, value in zip(wrong.values, values, strict=True)
    )
