"""How likely it is that chance alone makes what was counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

Places = Counter[tuple[int, int]]
"""How often each place was right, among so many: keys are (places, place)."""


def evenness(counts: Places) -> float:
    """The p value of a chi-square test for equal counts, for each number of places together.

    It is not a number where nothing was counted.
    """
    statistic, freedom = 0.0, 0
    for size in {size for size, _ in counts}:
        seen = [counts[size, place] for place in range(size)]
        expected = sum(seen) / size
        statistic += sum((count - expected) ** 2 / expected for count in seen)
        freedom += size - 1
    return upper_tail(statistic, freedom) if freedom else math.nan


def upper_tail(statistic: float, freedom: int) -> float:
    """The chance of a larger chi-square value, by the approximation of Wilson and Hilferty (1931).

    It is good to about 0.01 from two degrees of freedom on; with one, the value is the square of a
    normal variable.
    """
    if freedom == 1:
        return math.erfc(math.sqrt(statistic / 2))
    spread = 2 / (9 * freedom)
    deviation = ((statistic / freedom) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return 0.5 * math.erfc(deviation / math.sqrt(2))


def surplus(hits: Iterable[tuple[bool, float]]) -> tuple[float, float]:
    """By how much a guess is right more often than by chance, as a share, and the p value of that.

    Of each try, whether it was right and the chance that it was are given.
    """
    tries = list(hits)
    if not tries:
        return 0.0, 1.0
    right, expected = sum(hit for hit, _ in tries), sum(chance for _, chance in tries)
    variance = sum(chance * (1 - chance) for _, chance in tries)
    deviation = (right - expected) / math.sqrt(variance) if variance else 0.0
    return (right - expected) / len(tries), 0.5 * math.erfc(deviation / math.sqrt(2))
