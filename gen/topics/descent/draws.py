"""A curve with two valleys, starts on both sides, and a rate at which the loss falls every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from math import gcd

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.topics.descent.graphs import down, loss_at, slope_at

LARGEST = 4.5
LEAST_GAP, LEAST_MOVE = 0.03, 0.04
"""Between the losses of two starts at the end, and from one place to the next."""


Exact = tuple[int, int, int, tuple[int, ...], tuple[int, ...]]
"""A curve, a rate as 1 over a whole number, and twice every start on either side."""
Sides = tuple[Sequence[float], Sequence[float]]
"""Starts to the left and to the right of 0."""


@dataclass(frozen=True, slots=True)
class Descent:
    """The curve, the rate, and where each run starts."""

    a: Number
    b: Number
    rate: Number
    starts: tuple[Number, ...]
    steps: int

    def paths(self) -> tuple[tuple[float, ...], ...]:
        """Every run, place by place."""
        return tuple(
            _path(float(self.a), float(self.b), float(self.rate), float(w), self.steps)
            for w in self.starts
        )

    def losses(self) -> tuple[float, ...]:
        """The loss at the end of each run."""
        return tuple(loss_at(path[-1], float(self.a), float(self.b)) for path in self.paths())

    def winner(self) -> int:
        """The run that ends with the smallest loss, from 0."""
        losses = self.losses()
        return losses.index(min(losses))


def _path(a: float, b: float, rate: float, w: float, steps: int) -> tuple[float, ...]:
    found = [w]
    for _ in range(steps):
        found.append(down(found[-1], slope_at(found[-1], a, b), rate))
    return tuple(found)


@lru_cache(maxsize=4096)
def falls(a: float, b: float, rate: float, w: float, steps: int) -> bool:
    """Whether every step of a run makes the loss smaller, by a move that is seen, on its side."""
    path = _path(a, b, rate, w, steps)
    losses = [loss_at(each, a, b) for each in path]
    pairs = zip(path, path[1:], losses, losses[1:], strict=False)
    return all(
        old * each > 0 and abs(each) <= LARGEST and abs(each - old) >= LEAST_MOVE and new < before
        for old, each, before, new in pairs
    )


def draw_descent(draw: Draw, count: int, steps: int) -> Descent:
    """Numbers of one decimal. Raises Rejected where two runs end alike."""
    a = float(draw.choice((2, 3, 4)))
    b = draw.sign() * draw.integer(2, 9) / 10
    rate = draw.choice((0.05, 0.1, 0.2))
    left, right = (
        [s for n in range(2, 27) if falls(a, b, rate, s := side * n / 10, steps)]
        for side in (-1, 1)
    )
    return _runs(draw, a, b, rate, (left, right), count, steps)


def draw_exact_descent(draw: Draw, count: int) -> Descent:
    """One step with whole numbers, a simple fraction as the rate, and halves at most as places."""
    a, b, rate, left, right = draw.choice([each for each in _exact() if _starts(each) >= count])
    pair = (draw.choice(left), draw.choice(right))
    others = [n for n in (*left, *right) if n not in pair]
    chosen = draw.shuffle((*pair, *draw.sample(others, count - 2)))
    starts = tuple(fraction(n, 2) for n in chosen)
    return _apart(Descent(fraction(a), fraction(b), fraction(1, rate), starts, 1))


def _starts(curve: Exact) -> int:
    return len(curve[3]) + len(curve[4])


def _runs(
    draw: Draw, a: float, b: float, rate: float, sides: Sides, count: int, steps: int
) -> Descent:
    if min(map(len, sides)) < 1 or sum(map(len, sides)) < count:
        raise Rejected("there are too few starts from which the loss falls")
    first, second = (draw.choice(side) for side in sides)
    others = [w for side in sides for w in side if w not in (first, second)]
    starts = draw.shuffle((first, second, *draw.sample(others, count - 2)))
    return _apart(Descent(a, b, rate, starts, steps))


def _apart(made: Descent) -> Descent:
    losses = sorted(made.losses())
    if any(y - x < LEAST_GAP for x, y in pairwise(losses)):
        raise Rejected("two runs end with nearly the same loss")
    return made


_RATES = (2, 3, 4, 5, 6, 8, 10, 12, 16)
"""1 over these."""


@lru_cache(maxsize=1)
def _exact() -> tuple[Exact, ...]:
    """Curves with starts from which a step leads to halves at most."""
    found: list[Exact] = []
    for a, b, rate in product(range(1, 17), [*range(-9, 0), *range(1, 10)], _RATES):
        left, right = (
            tuple(
                n
                for n in range(side, 10 * side, side)
                if _is_plain(a, b, rate, n) and falls(a, b, 1 / rate, n / 2, 1)
            )
            for side in (-1, 1)
        )
        if left and right:
            found.append((a, b, rate, left, right))
    return tuple(found)


def _is_plain(a: int, b: int, rate: int, n: int) -> bool:
    """Whether a step from n/2 leads to halves, and to a loss of three digits over 64 at most."""
    moved, rest = divmod(n**3 - 4 * a * n + 8 * b, 4 * rate)
    end = n - moved
    loss = end**4 - 8 * a * end**2 + 32 * b * end
    return rest == 0 and abs(loss) // gcd(loss, 64) < 1000
