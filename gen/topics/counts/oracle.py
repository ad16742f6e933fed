"""Parameters counted one by one: the arrays of a network are made, and their entries counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gen.problem import Solution, Verification
from gen.verification import Mismatch


def parameters(widths: Sequence[int], bias: bool = True) -> int:
    """The entries of every weight matrix and bias vector of a network, inputs first.

    The arrays have the shapes of a forward pass with one column; they take no memory.
    """
    flow, count = np.broadcast_to(np.float64(0), (widths[0], 1)), 0
    for width in widths[1:]:
        weights = np.broadcast_to(np.float64(0), (width, flow.shape[0]))
        count += weights.size
        flow = np.broadcast_to(np.float64(0), (weights.shape[0], flow.shape[1]))
        count += flow.size if bias else 0
    return count


def compare(expected: Mapping[str, int], solution: Solution) -> Verification:
    """All answers with the counts. Raises Mismatch for one that is wrong."""
    numbers = 0
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        if solved.answer is None:
            continue
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            if float(value) != expected[ask.node]:
                raise Mismatch(f"{ask.node} is {value} in the key, not {expected[ask.node]}")
            numbers += 1
    return Verification("counted entries", numbers, 0.0)
