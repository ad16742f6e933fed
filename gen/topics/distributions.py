"""Drawing scores and probabilities that are pleasant to calculate with by hand.

Everything is drawn in whole tenths or hundredths and is right by construction: entries lie apart,
probabilities sum to exactly 1, and nothing is drawn twice.
"""

from __future__ import annotations

from itertools import pairwise

from gen.draw import Draw

LOWEST, HIGHEST = -20, 30
"""Scores lie between these, in tenths; 0 is not drawn, since e to the 0 hides a slip or two."""

SMALLEST = 4
"""No probability is smaller, in hundredths."""


def draw_scores(draw: Draw, count: int, spread: int = 35, gap: int = 3) -> tuple[float, ...]:
    """`count` scores of one decimal, at least `gap` tenths apart, in a range of `spread` tenths.

    Raises ValueError where so many do not fit into it.
    """
    choices = [tenths for tenths in range(LOWEST, HIGHEST + 1) if tenths]
    width = min(spread, len(choices))
    start = draw.integer(0, len(choices) - width)
    free = width - (count - 1) * (gap - 1)
    places = sorted(draw.sample(range(free), count))
    tenths = [choices[start + place + rank * (gap - 1)] for rank, place in enumerate(places)]
    return tuple(n / 10 for n in draw.shuffle(tenths))


def draw_distribution(draw: Draw, count: int, gap: int = 2) -> tuple[float, ...]:
    """`count` different probabilities in whole hundredths that sum to exactly 1.

    They are at least `gap` hundredths apart.
    """
    free = 100 - count * SMALLEST - gap * count * (count - 1) // 2
    bars = sorted(draw.sample(range(free + count - 1), count - 1))
    ends = [-1, *bars, free + count - 1]
    parts = sorted(after - before - 1 for before, after in pairwise(ends))
    hundredths = [SMALLEST + part + rank * gap for rank, part in enumerate(parts)]
    return tuple(n / 100 for n in draw.shuffle(hundredths))


def draw_predictions(draw: Draw, count: int) -> tuple[float, ...]:
    """`count` different probabilities of two decimals that have nothing to do with each other.

    None is 0.5, and no two are each other's complement: y and 1 - y would be as good.
    """
    below = draw.sample(range(6, 46), count)
    return tuple((n if draw.integer(0, 1) else 100 - n) / 100 for n in below)
