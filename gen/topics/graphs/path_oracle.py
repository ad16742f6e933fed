"""Sums over paths by linear algebra: with the numbers at the edges in a matrix D, entry by entry,
the sum over all paths is a geometric series, (1 - D)^-1, and so is their number.

Neither the graph nor the list of paths is used.
"""

from __future__ import annotations

import numpy as np

from gen.problem import Ask, Solution, Verification
from gen.topics.graphs.paths import Edges
from gen.verification import ALLOWED, Mismatch


def compare(edges: Edges, solution: Solution) -> Verification:
    """All answers with what the series gives. Raises Mismatch for one that is wrong."""
    numbers, worst = 0, 0.0
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            theirs = _expected(edges, ask)
            ours = float(solution.problem.stated(ask, value))
            apart = abs(ours - theirs) / max(1.0, abs(theirs))
            if not apart <= ALLOWED:
                raise Mismatch(f"{ask.node} is {ours} in the key, not {theirs}")
            numbers, worst = numbers + 1, max(worst, apart)
    return Verification("series of a matrix", numbers, worst)


def _expected(edges: Edges, ask: Ask) -> float:
    names = sorted({name for edge in edges for name in (edge.source, edge.target)})
    (output,) = set(names) - {edge.source for edge in edges}
    matrix = np.zeros((len(names), len(names)))
    for edge in edges:
        at = names.index(edge.source), names.index(edge.target)
        matrix[at] = float(edge.slope) if ask.of == "gradient" else 1.0
    series = np.linalg.inv(np.eye(len(names)) - matrix)
    start = ask.node if ask.of == "gradient" else ask.node[1:]
    return float(series[names.index(start), names.index(output)])
