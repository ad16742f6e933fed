"""A solution as a course states gradients: with a minus sign in front, or laid out as transposes.

All of it changes alike, since rounding is the same on both sides of zero. So nothing is solved
again, and nothing is drawn that was not drawn before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from gen.problem import Answer, Layout, Part, PartSolution, Problem, Solution, Value


def stated(solution: Solution, sign: Literal[1, -1], layout: Layout) -> Solution:
    """The solution with the sign and in the layout; it had neither minus signs nor transposes."""
    if not solution.problem.asks_gradients:
        return solution
    problem = replace(solution.problem, sign=sign, layout=layout)
    parts = zip(problem.parts, solution.parts, strict=True)
    return Solution(problem, tuple(_part(problem, part, solved) for part, solved in parts))


def _part(problem: Problem, part: Part, solved: PartSolution) -> PartSolution:
    def each(values: tuple[Value, ...]) -> tuple[Value, ...]:
        pairs = zip(part.asks, values, strict=True)
        return tuple(problem.stated(ask, value) for ask, value in pairs)

    answer = solved.answer
    if answer is not None:
        wrong = tuple(replace(slip, values=each(slip.values)) for slip in answer.wrong)
        answer = Answer(each(answer.values), each(answer.shown), answer.tolerances, wrong)
    options = tuple(
        replace(option, values=each(option.values)) if option.values else option
        for option in solved.options
    )
    return PartSolution(answer, options)
