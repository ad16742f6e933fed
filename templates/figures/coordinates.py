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
    for column in graph.columns:
        for slot, height in zip(column, _spread(column, found, extents, space), strict=True):
            found[slot] = height
    for k in range(ROUNDS):
        for column in graph.columns if k % 2 else reversed(graph.columns):
            wanted = list(found)
            for slot in column:
                # What no edge pulls keeps to the middle of its column.
                near = pulls[slot] or [(other, 1.0) for other in column]
                total = sum(weight for _, weight in near)
                wanted[slot] = sum(found[other] * weight for other, weight in near) / total
            placed = _spread(column, wanted, extents, space)
            for slot, height in zip(column, placed, strict=True):
                found[slot] = height
    return found


def _pulls(graph: Layers, count: int) -> list[list[tuple[int, float]]]:
    """Each slot's neighbours and how strongly they draw it to their own height."""
    nodes = {end for route in graph.routes for end in (route[0], route[-1])}
    pulls: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for route in graph.routes:
        for a, b in pairwise(route):
            weight = 1.0 if a in nodes and b in nodes else STRAIGHTNESS
            pulls[a].append((b, weight))
            pulls[b].append((a, weight))
    return pulls


def _spread(
    column: Sequence[int], wanted: Sequence[float], extents: Sequence[Extent], space: float
) -> list[float]:
    """The heights nearest to `wanted` that keep the order of `column` and its distances."""
    shifts = [0.0]
    for upper, lower in pairwise(column):
        shifts.append(shifts[-1] + extents[upper].below + space + extents[lower].above)
    # Measured down from the top and less its shift, each height may not lie above the last.
    level = pooled([wanted[slot] + shift for slot, shift in zip(column, shifts, strict=True)])
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
