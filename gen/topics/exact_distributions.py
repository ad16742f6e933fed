"""Drawing scores and probabilities whose softmax and cross-entropy need no calculator.

Scores are logarithms of rational numbers, so their exponentials are rational; probabilities are
fractions. No two entries are alike.
"""

from __future__ import annotations

from math import gcd

from gen.draw import Draw
from gen.exact_numbers import fraction, logarithm
from solver.exact import Exact

HIGHEST = 8
"""The exponentials of scores are in the proportion of whole numbers up to this one."""
DENOMINATORS = (6, 8, 9, 10, 12, 15, 16, 18, 20)

Numbers = tuple[Exact, ...]


def draw_log_scores(draw: Draw, count: int, highest: int = HIGHEST) -> Numbers:
    """`count` different scores such as ln 3, 0 and -ln 2: whole numbers over one denominator."""
    denominator = draw.choice((1, 1, 2, 3))
    proportions = draw.sample(range(1, highest + 1), count)
    return tuple(logarithm(n, denominator) for n in proportions)


def draw_fractions(draw: Draw, count: int) -> Numbers:
    """`count` different probabilities that sum to 1, over one denominator of at most 20."""
    denominator = draw.choice([d for d in DENOMINATORS if d > count * (count + 1) // 2 - 1])
    free = denominator - count * (count + 1) // 2
    extra = sorted(draw.integer(0, free) for _ in range(count - 1))
    steps = [after - before for before, after in zip([0, *extra], [*extra, free], strict=True)]
    parts = [rank + part for rank, part in enumerate(sorted(steps), 1)]
    return tuple(fraction(part, denominator) for part in draw.shuffle(parts))


def draw_chances(draw: Draw, count: int) -> Numbers:
    """`count` different probabilities that have nothing to do with each other.

    None is 1/2, and no two are each other's complement.
    """
    below = draw.sample(_BELOW_A_HALF, count)
    return tuple(fraction(n if draw.integer(0, 1) else d - n, d) for n, d in below)


_BELOW_A_HALF = tuple(
    (n, d) for d in range(3, 11) for n in range(1, d) if 2 * n < d and gcd(n, d) == 1
)


def draw_odds_scores(draw: Draw, count: int) -> Numbers:
    """`count` different scores ln(a/b) for one output, none 0 and none minus another."""
    above = draw.sample(_ODDS, count)
    return tuple(logarithm(a, b) if draw.integer(0, 1) else logarithm(b, a) for a, b in above)


_ODDS = tuple((a, b) for b in range(1, 6) for a in range(b + 1, 10) if gcd(a, b) == 1)
