"""Tolerances against simulated students, who round some of the operations and not others."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest

from gen.family import find
from gen.items import make
from gen.problem import Item, Key
from solver.passes import backward, forward
from solver.rounding import Rounded, round_half_up

ITEMS, STUDENTS = 12, 8
ROUNDED = 0.6
"""The share of operations after which a student rounds."""


class Student(Rounded):
    """Numbers of a student who writes down only some of the intermediate results."""

    chance = Random(1)

    def like(self, value: Any) -> Student:
        return Student(value, self.places)

    @property
    def T(self) -> Student:  # noqa: N802 - NumPy's name for it
        return self.like(self.plain.T)

    def _rounded(self, value: Any) -> Student:
        rounds = self.chance.random() < ROUNDED
        return self.like(round_half_up(value, self.places) if rounds else value)


def shares_of_the_tolerance(item: Item) -> Iterator[float]:
    """How far a student's answers end from the exact ones, in tolerances."""
    problem = item.problem
    assert problem.graph is not None
    values = forward(problem.graph, {n: Student(v, 4) for n, v in problem.givens.items()})
    gradients = backward(problem.graph, values, start=Student(1.0, 4))
    for part, solved in zip(problem.parts, item.solution.parts, strict=True):
        assert solved.answer is not None
        answer = solved.answer
        for ask, exact, tolerance in zip(part.asks, answer.values, answer.tolerances, strict=True):
            whole = (gradients if ask.of == "gradient" else values)[ask.node].plain
            found = round_half_up(whole if ask.index is None else whole[ask.index], 4)
            yield float(np.max(np.abs(found - exact))) / tolerance


@pytest.mark.parametrize(
    "name", ["weight_gradient", "graph_gradient", "softmax_values", "cross_entropy"]
)
def test_hardly_any_student_who_rounds_now_and_then_is_marked_wrong(name: str):
    loaded = find(name)
    shares = [
        share
        for difficulty in loaded.family.difficulties
        for seed in range(ITEMS)
        for item in [make(loaded, Key(name, 1, seed), difficulty, "numeric")]
        for _ in range(STUDENTS)
        for share in shares_of_the_tolerance(item)
    ]
    assert np.mean(np.array(shares) > 1) <= 0.001
    # Nor are tolerances so wide that rounding never comes near them.
    assert max(shares) > 0.1
