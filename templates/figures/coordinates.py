"""Heights for the slots of a layered graph: straight edges, and nothing on top of another.

The sum of squared steps in height along the edges is made small, column by column, under the
order and the distances that the columns prescribe; that is isotonic regression, solved by
pooling adjacent violators (Ayer and others, Annals of Mathematical Statistics 26, 1955).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from templates.figures.layers import Layers

ROUNDS = 24
# A long edge should be straight before anything else is.
STRAIGHTNESS = 4.0


@dataclass(frozen=True, slots=True)
class Extent:
    """What a slot takes above and below its own height, in points."""

    above: float
    below: float


def heights(graph: Layers, extents: Sequence[Extent], space: float) -> list[float]:
    """The height of each slot, at least `space` between the extents of two in one column."""
    found = [0.0] * len(extents)
    pulls = _pulls(graph, len(extents))
    columns = [(column, _shifts(column, extents, space)) for column in graph.columns]
    for column, shifts in columns:
        _place(column, _spread([0.0] * len(column), shifts), found)
    for k in range(ROUNDS):
        for column, shifts in columns if k % 2 else reversed(columns):
            wanted = [_pulled(pulls[slot], found) for slot in column]
            if len(column) == 1:
                found[column[0]] = wanted[0]
                continue
            _place(column, _spread(wanted, shifts), found)
    return found


def _pulled(near: Sequence[tuple[int, float]], heights: Sequence[float]) -> float:
    """The mean of the heights of some slots, by weight."""
    pull = total = 0.0
    for slot, weight in near:
        pull += heights[slot] * weight
        total += weight
    return pull / total


def _place(column: Sequence[int], placed: Sequence[float], heights: list[float]) -> None:
    for slot, height in zip(column, placed, strict=True):
        heights[slot] = height


def _pulls(graph: Layers, count: int) -> list[list[tuple[int, float]]]:
    """Each slot's neighbours and how strongly they draw it to their own height.

    What no edge pulls keeps to the middle of its column.
    """
    nodes = {end for route in graph.routes for end in (route[0], route[-1])}
    pulls: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for route in graph.routes:
        for a, b in pairwise(route):
            weight = 1.0 if a in nodes and b in nodes else STRAIGHTNESS
            pulls[a].append((b, weight))
            pulls[b].append((a, weight))
    for column in graph.columns:
        for slot in column:
            pulls[slot] = pulls[slot] or [(other, 1.0) for other in column]
    return pulls


def _shifts(column: Sequence[int], extents: Sequence[Extent], space: float) -> list[float]:
    """How far each slot of a column lies below the first when all stand as close as they may."""
    shifts = [0.0]
    for upper, lower in pairwise(column):
        shifts.append(shifts[-1] + extents[upper].below + space + extents[lower].above)
    return shifts


def _spread(wanted: Sequence[float], shifts: Sequence[float]) -> list[float]:
    """The heights nearest to `wanted` that keep the order of a column and its distances."""
    # Measured down from the top and less its shift, each height may not lie above the last.
    level = pooled([height + shift for height, shift in zip(wanted, shifts, strict=True)])
    return [height - shift for height, shift in zip(level, shifts, strict=True)]


def pooled(values: Sequence[float]) -> list[float]:
    """The sequence that never rises and is nearest to `values` in least squares."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while blocks and blocks[-1][0] < mean:
            last, count = blocks.pop()
            mean, size = (last * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    return [mean for mean, size in blocks for _ in range(size)]
