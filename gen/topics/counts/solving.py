"""Solving a problem about counts: every number is whole and positive."""

from __future__ import annotations

import numpy as np

from gen import whole_numbers
from gen.draw import Draw
from gen.problem import Problem, Solution, Value, Wrong

MOST_OFF = 5.0
"""A wrong option is at most so many times as large as the right one."""


def solve_counts(problem: Problem, draw: Draw) -> Solution:
    """The solution of a problem whose every value is a positive whole number.

    Raises Rejected where a count is 0, or where the slips give too few options.
    """
    return whole_numbers.solve(problem, draw, lowest=1, believable=_is_near)


def _is_near(wrong: Wrong, values: tuple[Value, ...]) -> bool:
    """Whether a student could believe it: whole, positive, and not of another size altogether."""
    return all(
        bool(np.all((made > 0) & (made == np.round(made)) & (made <= MOST_OFF * value)))
        for made, value in zip(wrong.values, values, strict=True)
    )
