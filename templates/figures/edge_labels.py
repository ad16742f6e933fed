"""Where to put labels on the curved arrows of a graph.

A label is centred on its own arrow, at one of many points of it, on a patch of white. It must not
touch a node or another label, and where it can it lies on no other arrow and not near to one, as it
would be taken for that one's. Labels are moved one at a time until none finds a better place
(coordinate descent).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from templates.figures.drawing import Point, Rect

SAMPLES = 16
"""Points on each cubic segment of a curve."""
CLEARANCE = 2.0
NEARNESS = 9.0
"""Within this distance of another arrow, a label may be read as that one's."""
BLOCKED, OVERLAP, COVER, NEAR = 1e6, 1e4, 10.0, 1.0
SWEEPS = 8

Floats = NDArray[np.float64]
Size = tuple[float, float]
_T = np.linspace(0.0, 1.0, SAMPLES + 1)[:, None]


def along(curve: Sequence[Point]) -> Floats:
    """Points at equal steps of arc length on a curve of cubic segments, or on a straight line."""
    points = np.array(curve)
    if len(points) == 2:
        dense = points[0] + _T * (points[1] - points[0])
    else:
        segments = [_cubic(points[k : k + 4]) for k in range(0, len(points) - 3, 3)]
        dense = np.concatenate(segments)
    steps = np.hypot(*np.diff(dense, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(steps)])
    even = np.linspace(0.0, at[-1], 3 * SAMPLES + 1)
    return np.stack([np.interp(even, at, dense[:, axis]) for axis in (0, 1)], axis=1)


def _cubic(p: Floats) -> Floats:
    """Bernstein's form of one segment."""
    s = 1 - _T
    curve: Floats = s**3 * p[0] + 3 * s**2 * _T * p[1] + 3 * s * _T**2 * p[2] + _T**3 * p[3]
    return curve


def centres(
    curves: Sequence[Sequence[Point]], sizes: Sequence[Size], obstacles: Sequence[Rect]
) -> tuple[Point, ...]:
    """The centre of each curve's label; a size of (0, 0) is no label and stays in the middle."""
    paths = [along(curve) for curve in curves]
    costs = [_alone(k, paths, sizes[k], obstacles) for k in range(len(paths))]
    chosen = [int(np.argmin(cost)) for cost in costs]
    for _ in range(SWEEPS):
        before = list(chosen)
        for k, path in enumerate(paths):
            others = [(paths[j][chosen[j]], sizes[j]) for j in range(len(paths)) if j != k]
            clashes = sum(_touching(path, sizes[k], *other) for other in others)
            chosen[k] = int(np.argmin(costs[k] + OVERLAP * clashes))
        if chosen == before:
            break
    return tuple((float(p[i][0]), float(p[i][1])) for p, i in zip(paths, chosen, strict=True))


def _alone(k: int, paths: Sequence[Floats], size: Size, obstacles: Sequence[Rect]) -> Floats:
    """What each point of path `k` costs apart from the other labels."""
    path = paths[k]
    cost = np.abs(np.linspace(-0.5, 0.5, len(path)))
    if size == (0.0, 0.0):
        return cost
    for rect in obstacles:
        middle = np.array([(rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2])
        room = (rect.right - rect.left, rect.top - rect.bottom)
        cost += BLOCKED * _touching(path, size, middle, room)
    for j, other in enumerate(paths):
        if j != k:
            cost += COVER * _close(path, other, size, CLEARANCE)
            cost += NEAR * _close(path, other, size, NEARNESS)
    return cost


def _close(path: Floats, other: Floats, size: Size, distance: float) -> NDArray[np.bool_]:
    """For which points of a path a label of that size lies so near to the other path."""
    half = np.array(size) / 2 + distance
    near: NDArray[np.bool_] = np.all(np.abs(path[:, None] - other[None]) < half, axis=2).any(axis=1)
    return near


def _touching(points: Floats, size: Size, middle: Floats, room: Size) -> Floats:
    """1 for every point at which a label of that size touches the other rectangle, else 0."""
    if size == (0.0, 0.0) or room == (0.0, 0.0):
        return np.zeros(len(points))
    reach = (np.array(size) + np.array(room)) / 2 + CLEARANCE
    touching: Floats = np.all(np.abs(points - middle) < reach, axis=1).astype(np.float64)
    return touching
