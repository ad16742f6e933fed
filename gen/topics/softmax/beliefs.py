"""Likelihoods, priors and normal densities to draw, and which class they decide for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import prod
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, is_exact, logarithm
from gen.family import Rejected
from gen.topics.softmax.posteriors import Kind
from gen.vocabulary import Difficulty

Row = tuple[Number, ...]

SETTINGS: Mapping[Difficulty, tuple[tuple[Kind, int], ...]] = {
    "easy": (("table", 2), ("table", 3), ("table", 3)),
    "medium": (("features", 3), ("logarithms", 3), ("logarithms", 4)),
    "hard": (("normal", 3), ("normal", 3), ("boundary", 2)),
}
EXACT_SETTINGS: Mapping[Difficulty, tuple[tuple[Kind, int], ...]] = {
    **SETTINGS,
    "hard": (("features", 4), ("boundary", 2), ("boundary", 2)),
}
"""What is given at each difficulty, and over how many classes."""

PRIORS: Mapping[int, tuple[tuple[int, ...], ...]] = {
    2: ((9, 1), (8, 2), (7, 3), (6, 4)),
    3: ((5, 3, 2), (6, 3, 1), (7, 2, 1), (5, 4, 1), (8, 1, 1), (4, 4, 2), (6, 2, 2)),
    4: ((4, 3, 2, 1), (5, 2, 2, 1), (4, 3, 2, 1), (6, 2, 1, 1)),
}
"""Prior probabilities in tenths."""
VARIANCES = (0.5, 1.5, 2.0, 2.5, 4.0)
EXACT_VARIANCES = ((1, 2), (2,), (3,), (4,), (4,))
CLEARLY = 1.1
"""The largest of several probabilities is at least so many times as large as the next one."""
LEAST = 0.02
"""No posterior is smaller, so that a rounded one still has digits."""


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is given: likelihoods of each class, a row for each feature, and priors.

    The rows are logarithms of likelihoods for "logarithms". Of normal densities there is one row,
    the means; `variance` is theirs, and `x` the observation of "normal". All numbers are exact, or
    none.
    """

    kind: Kind
    rows: tuple[Row, ...]
    priors: Row
    variance: Number = 1.0
    x: Number = 0.0

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.priors)

    def numbers(self) -> dict[str, Any]:
        """The inputs of the graph, in the order of the recipe's arguments."""
        names = {"features": ("h", "g"), "normal": ("m",), "boundary": ("m",)}
        rows = dict(zip(names.get(self.kind, ("h",)), self.rows, strict=True))
        found: dict[str, Any] = {name: np.array(row) for name, row in rows.items()}
        if "m" in found:
            found["v"] = np.array(self.variance)
        found["r"] = np.array(self.priors)
        if self.kind == "normal":
            found["x"] = np.array(self.x)
        return found


def draw_beliefs(draw: Draw, kind: Kind, count: int) -> Beliefs:
    """Numbers of one or two decimals, with a clear decision."""
    priors = tuple(n / 10 for n in _tenths(draw, count))
    match kind:
        case "logarithms":
            row = tuple(n / 10 for n in _apart(draw, range(-12, 21), count, 3))
            return _settled(draw, kind, (row,), priors)
        case "normal" | "boundary":
            variance = draw.choice(VARIANCES)
            return _normal(draw, kind, priors, variance, lambda n: n / 2)
        case _:
            rows = tuple(_likelihoods(draw, count) for _ in range(1 + (kind == "features")))
            return _settled(draw, kind, tuple(tuple(n / 20 for n in r) for r in rows), priors)


def draw_exact_beliefs(draw: Draw, kind: Kind, count: int) -> Beliefs:
    """The same in fractions and logarithms of fractions; normal densities have a boundary only."""
    priors = tuple(fraction(n, 10) for n in _tenths(draw, count))
    match kind:
        case "logarithms":
            over = draw.choice((1, 2, 3))
            row = tuple(logarithm(n, over) for n in draw.sample(range(1, 10), count))
            return _settled(draw, kind, (row,), priors)
        case "normal" | "boundary":
            variance = fraction(*draw.choice(EXACT_VARIANCES))
            return _normal(draw, kind, priors, variance, lambda n: fraction(n))
        case _:
            over = draw.choice((5, 6, 8, 10))
            rows = tuple(
                tuple(fraction(n, over) for n in draw.sample(range(1, over), count))
                for _ in range(1 + (kind == "features"))
            )
            return _settled(draw, kind, rows, priors)


def _tenths(draw: Draw, count: int) -> tuple[int, ...]:
    return draw.shuffle(draw.choice(PRIORS[count]))


def _likelihoods(draw: Draw, count: int) -> tuple[int, ...]:
    """Different likelihoods in twentieths."""
    return draw.sample(range(1, 19), count)


def _apart(draw: Draw, choices: range, count: int, gap: int) -> tuple[int, ...]:
    """`count` of the numbers, none 0, at least `gap` apart."""
    free = len(choices) - (count - 1) * (gap - 1)
    places = sorted(draw.sample(range(free), count))
    found = [choices[place + rank * (gap - 1)] for rank, place in enumerate(places)]
    if 0 in found:
        raise Rejected("a number is 0")
    return draw.shuffle(found)


def _settled(draw: Draw, kind: Kind, rows: tuple[Row, ...], priors: Row) -> Beliefs:
    """The rows in an order in which the decision is clear.

    It is the one that the likelihoods alone would make in about half of all items: else nobody
    would have to look at the priors. Raises Rejected where there is no such order.
    """
    surprising = draw.integer(0, 1) == 1
    first, *others = rows
    for order in draw.shuffle(list(permutations(first))):
        beliefs = Beliefs(kind, (order, *others), priors)
        if _is_clear(beliefs) and (len(set(decided(beliefs))) > 1) == surprising:
            return beliefs
    raise Rejected("no order of the likelihoods gives a clear decision")


def _is_clear(beliefs: Beliefs) -> bool:
    likely, joint = likelihoods(beliefs), joints(beliefs)
    tops = (sorted(each)[-2:] for each in (likely, joint))
    least = min(joint) / sum(joint) >= LEAST
    return least and all(second >= CLEARLY * first for first, second in tops)


def likelihoods(beliefs: Beliefs) -> list[float]:
    """What each class's likelihood is in proportion to."""
    rows = [[float(n) for n in row] for row in beliefs.rows]
    if beliefs.kind == "logarithms":
        return [float(np.exp(n)) for n in rows[0]]
    if beliefs.kind == "normal":
        x, v = float(beliefs.x), float(beliefs.variance)
        return [float(np.exp(-((x - m) ** 2) / (2 * v))) for m in rows[0]]
    return [prod(column) for column in zip(*rows, strict=True)]


def joints(beliefs: Beliefs) -> list[float]:
    """What each class's joint probability is in proportion to."""
    pairs = zip(likelihoods(beliefs), beliefs.priors, strict=True)
    return [likely * float(prior) for likely, prior in pairs]


def decided(beliefs: Beliefs) -> tuple[int, int]:
    """The class with the largest posterior and that with the largest likelihood, from 0.

    At a boundary, the class to its right and, of 0 and 1, whether equal priors would move the
    boundary to the left or to the right.
    """
    if beliefs.kind == "boundary":
        first, second = (float(m) for m in beliefs.rows[0])
        right = int(second > first)
        # A class with the larger prior takes room from the other one.
        return right, int(float(beliefs.priors[right]) > 0.5)
    return int(np.argmax(joints(beliefs))), int(np.argmax(likelihoods(beliefs)))


def _normal(
    draw: Draw,
    kind: Kind,
    priors: Row,
    variance: Number,
    number: Callable[[int], Number],
) -> Beliefs:
    """Means that are no mirror images of each other, and a point where no class is out of reach."""
    sizes = draw.sample(range(1, 8 if is_exact(variance) else 7), len(priors))
    means = tuple(number(n * draw.sign()) for n in sizes)
    if kind == "boundary":
        return Beliefs(kind, (means,), priors, variance)
    surprising = draw.integer(0, 1) == 1
    for tenths in draw.sample(range(-30, 31), 40):
        beliefs = Beliefs(kind, (means,), priors, variance, tenths / 10)
        clear = tenths and _is_clear(beliefs)
        if clear and (len(set(decided(beliefs))) > 1) == surprising:
            return beliefs
    raise Rejected("no point has a clear decision")


def judged(beliefs: Beliefs) -> tuple[int, int]:
    """As `decided`, found in another way: by weighing one class against each other one."""
    if beliefs.kind == "boundary":
        return _either_side(beliefs)
    return _winner(beliefs, beliefs.priors), _winner(beliefs, (1.0,) * beliefs.classes)


def _winner(beliefs: Beliefs, priors: Sequence[Number]) -> int:
    """The class that beats every other one by its evidence and its prior."""
    for k in range(beliefs.classes):
        others = [i for i in range(beliefs.classes) if i != k]
        if all(_log_odds(beliefs, priors, k, i, beliefs.x) > 0 for i in others):
            return k
    raise AssertionError("no class wins")


def _log_odds(beliefs: Beliefs, priors: Sequence[Number], k: int, i: int, x: Number) -> float:
    """The logarithm of the odds of class k against class i."""
    found = np.log(float(priors[k])) - np.log(float(priors[i]))
    for row in beliefs.rows:
        first, second = float(row[k]), float(row[i])
        match beliefs.kind:
            case "logarithms":
                found += first - second
            case "normal" | "boundary":
                distance = (float(x) - second) ** 2 - (float(x) - first) ** 2
                found += distance / (2 * float(beliefs.variance))
            case _:
                found += np.log(first / second)
    return float(found)


def _either_side(beliefs: Beliefs) -> tuple[int, int]:
    """Far to the right the class is seen, and between both boundaries who wins at which priors."""
    right = int(_log_odds(beliefs, beliefs.priors, 1, 0, 1e6) > 0)
    middle = sum(float(m) for m in beliefs.rows[0]) / 2
    taken = _log_odds(beliefs, beliefs.priors, right, 1 - right, middle) > 0
    return right, int(taken)


def statements(beliefs: Beliefs) -> Iterator[tuple[int, int]]:
    """Four pairs like `decided` to choose from, the true one among them."""
    truth = decided(beliefs)
    if beliefs.kind == "boundary":
        yield from ((k, side) for k in (0, 1) for side in (0, 1))
        return
    decision, likely = truth
    order = np.argsort(joints(beliefs))[::-1].tolist()
    other = likely if likely != decision else next(k for k in order if k != decision)
    yield from ((k, i) for k in (decision, other) for i in (decision, other))
