"""A solution as a course states gradients: with a minus sign in front, or laid out as transposes.

All of it changes alike, since rounding is the same on both sides of zero. So nothing is solved
again, and nothing is drawn that was not drawn before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from gen.later import Later
from gen.problem import (
    Answer,
    Entry,
    Layout,
    Option,
    Part,
    PartSolution,
    Problem,
    Solution,
    Value,
    Written,
    Wrong,
)

Values = tuple[Value, ...]


def stated(solution: Solution, sign: Literal[1, -1], layout: Layout) -> Solution:
    """The solution with the sign and in the layout; it had neither minus signs nor transposes."""
    if not solution.problem.asks_gradients:
        return solution
    problem = replace(solution.problem, sign=sign, layout=layout)
    parts = zip(problem.parts, solution.parts, strict=True)
    return Solution(problem, tuple(_part(problem, part, solved) for part, solved in parts))


def _part(problem: Problem, part: Part, solved: PartSolution) -> PartSolution:
    answer = solved.answer
    if answer is not None:
        each = partial(_values, problem, part)
        wrong = Later(_wrong, each, answer.wrong)
        answer = Answer(each(answer.values), each(answer.shown), answer.tolerances, wrong)
    options = tuple(_option(problem, part, option) for option in solved.options)
    return PartSolution(answer, options, _written(problem, part, solved.written))


def _wrong(each: Callable[[Values], Values], wrong: Sequence[Wrong]) -> Iterator[Wrong]:
    return (replace(slip, values=each(slip.values)) for slip in wrong)


def _option(problem: Problem, part: Part, option: Option) -> Option:
    if option.entries:
        return replace(option, entries=_entries(problem, part, option.entries))
    if option.values:
        return replace(option, values=_values(problem, part, option.values))
    return option


def _values(problem: Problem, part: Part, values: Values) -> Values:
    pairs = zip(part.asks, values, strict=True)
    return tuple(problem.stated(ask, value) for ask, value in pairs)


def _written(problem: Problem, part: Part, written: Written | None) -> Written | None:
    if written is None:
        return None
    wrong = tuple(
        replace(slip, entries=_entries(problem, part, slip.entries)) for slip in written.wrong
    )
    return Written(_entries(problem, part, written.entries), wrong)


def _entries(problem: Problem, part: Part, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    pairs = zip(part.asks, entries, strict=True)
    return tuple(problem.stated_entry(ask, entry) for ask, entry in pairs)
