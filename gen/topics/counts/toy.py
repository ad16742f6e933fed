"""Passes counted one by one: a function is differentiated until everything that is wanted is known.

What a pass tells is taken from what it computes: forward mode a column of the Jacobian, reverse
mode a row, two evaluations the column between them. Nothing here uses the formulas that it checks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np

Task = Literal["jacobian", "row", "column", "direction", "weighted"]
"""The whole Jacobian, one output's gradient, the derivatives with respect to one input, those of
all outputs along one direction, and the gradient of one weighted sum of the outputs."""
Method = Literal["forward", "reverse", "centred", "one_sided"]


class Toy:
    """A function with so many inputs and outputs, of whose Jacobian nothing is known at first.

    Inputs and outputs are counted in a basis in which the direction, or the weighted sum, is the
    first of them: what holds for one input holds for any direction.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        self.known = np.zeros((outputs, inputs), dtype=bool)
        self.passes = 0
        self._evaluated: set[tuple[int, int]] = set()

    def forward(self, place: int) -> None:
        """One pass of forward mode, with the tangent 1 at that input: its column."""
        self.passes += 1
        self.known[:, place] = True

    def reverse(self, output: int) -> None:
        """One pass of reverse mode from that output: its row."""
        self.passes += 1
        self.known[output, :] = True

    def centred(self, place: int) -> None:
        """The outputs on either side of the point, moved at that input."""
        self._evaluate(place, 1)
        self._evaluate(place, -1)
        self.known[:, place] = True

    def one_sided(self, place: int) -> None:
        """The outputs at the point and on one side of it."""
        self._evaluate(0, 0)
        self._evaluate(place, 1)
        self.known[:, place] = True

    def _evaluate(self, place: int, side: int) -> None:
        """The outputs at one point; nobody evaluates the same point twice."""
        if (place, side) not in self._evaluated:
            self._evaluated.add((place, side))
            self.passes += 1


@lru_cache(maxsize=4096)
def passes(task: Task, method: Method, inputs: int, outputs: int) -> int:
    """How many passes, or evaluations, a task takes with a method."""
    toy = Toy(inputs, outputs)
    wanted = np.zeros_like(toy.known)
    match task:
        case "jacobian":
            wanted[:] = True
        case "row" | "weighted":
            wanted[0, :] = True
        case "column" | "direction":
            wanted[:, 0] = True
    step = getattr(toy, method)
    needed = np.flatnonzero(wanted.any(axis=1 if method == "reverse" else 0))
    for place in needed.tolist():
        step(place)
    assert toy.known[wanted].all()
    return toy.passes
