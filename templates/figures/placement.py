"""Where to put labels on straight lines so that they hide neither each other nor anything else.

Every label is centred on its own line, at one of a few fractions of it. All labels at one
fraction look best; where that is impossible, each moves by itself, by coordinate descent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from templates.figures.drawing import Point, Rect

FRACTIONS = np.linspace(0.1, 0.9, 41)
# Lines fan out from their start: near it they are still sorted by where they come from, and
# the usual crossing of two lines, half way, is clear.
PREFERRED = 0.3
CLEARANCE = 2.2
# A line this near to a foreign label already looks like its own.
NEARNESS = 2.0
SWEEPS = 12
BLOCKED, OVERLAP, COVER = 1e6, 1e4, 10.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from `start` to `end` and the size of its label; a width of 0 means no label."""

    start: Point
    end: Point
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """The centre of each line's label, in order, and how many lines run under a foreign label.

    `clear` says that no label touches another label or an obstacle.
    """

    centres: tuple[Point, ...]
    covered: int
    clear: bool


@lru_cache(maxsize=512)
def place(lines: tuple[Line, ...], obstacles: tuple[Rect, ...]) -> Placement:
    """The best placement found for the labels of `lines`, the same in every run."""
    starts, ends = np.array([x.start for x in lines]), np.array([x.end for x in lines])
    sizes = np.array([(x.width, x.height) for x in lines])
    shown = sizes[:, 0] > 0
    at = starts[:, None] + FRACTIONS[None, :, None] * (ends - starts)[:, None]
    blocked = _blocked(at, sizes, obstacles)
    covers = _covers(at, sizes, starts, ends) * shown[:, None]
    cost = (BLOCKED * blocked + COVER * covers) * shown[:, None]
    cost = cost + np.abs(FRACTIONS - PREFERRED)
    chosen = _descend(at, sizes, shown, cost)
    every = np.arange(len(lines))
    clash = _clashes(at[every, chosen], sizes, shown).any()
    clear = not clash and not (blocked[every, chosen] & shown).any()
    centres = tuple((float(x), float(y)) for x, y in at[every, chosen])
    return Placement(centres, int(covers[every, chosen].sum()), bool(clear))


def _blocked(at: Floats, sizes: Floats, obstacles: Sequence[Rect]) -> NDArray[np.bool_]:
    """Which label would touch an obstacle, by line and fraction."""
    blocked = np.zeros(at.shape[:2], dtype=bool)
    half = sizes[:, None] / 2 + CLEARANCE
    low, high = at - half, at + half
    for rect in obstacles:
        across = (low[..., 0] < rect.right) & (high[..., 0] > rect.left)
        blocked |= across & (low[..., 1] < rect.top) & (high[..., 1] > rect.bottom)
    return blocked


def _covers(at: Floats, sizes: Floats, starts: Floats, ends: Floats) -> Floats:
    """How many other lines would pass under a label, by line and fraction (Liang and Barsky)."""
    half = sizes[:, None, None] / 2 + NEARNESS
    low, high = at[:, :, None] - half - starts, at[:, :, None] + half - starts
    run = np.where(ends == starts, 1e-9, ends - starts)
    first, second = low / run, high / run
    enter = np.maximum(np.minimum(first, second).max(axis=3), 0.0)
    leave = np.minimum(np.maximum(first, second).min(axis=3), 1.0)
    under = enter < leave
    own = np.arange(len(starts))
    under[own, :, own] = False
    counts: Floats = under.sum(axis=2).astype(np.float64)
    return counts


def _clashes(centres: Floats, sizes: Floats, shown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pairs of labels at `centres` touch; leading axes are so many ways to place them."""
    reach = (sizes[:, None] + sizes[None, :]) / 2 + CLEARANCE
    apart = np.abs(centres[..., :, None, :] - centres[..., None, :, :])
    pairs = shown[:, None] & shown[None, :] & ~np.eye(len(sizes), dtype=bool)
    touch: NDArray[np.bool_] = np.all(apart < reach, axis=-1) & pairs
    return touch


def _descend(at: Floats, sizes: Floats, shown: NDArray[np.bool_], cost: Floats) -> NDArray[np.intp]:
    """The fraction of each label: the best common one, then one label at a time."""
    every = np.arange(len(sizes))
    clashes = _clashes(at.swapaxes(0, 1), sizes, shown).sum(axis=(1, 2))
    common = cost.sum(axis=0) + OVERLAP * clashes
    chosen = np.full(len(sizes), int(np.argmin(common)))
    for _ in range(SWEEPS):
        before = chosen.copy()
        for i in np.flatnonzero(shown):
            reach = (sizes[i] + sizes) / 2 + CLEARANCE
            near = (np.abs(at[i][:, None] - at[every, chosen]) < reach).all(axis=2) & shown
            near[:, i] = False
            chosen[i] = int(np.argmin(cost[i] + OVERLAP * near.sum(axis=1)))
        if (before == chosen).all():
            break
    return chosen
