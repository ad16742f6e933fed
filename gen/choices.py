"""Lettered options: the right answer among wrong ones that are somebody's mistakes.

A student must not be able to guess from size or place. The rank of the right option (how many of
the others are smaller) and its letter are drawn first, uniformly, from a stream that no rejected
attempt moves; then wrong options are found that give it that rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import copysign

import numpy as np

from gen.distinct import Look, Values, distinguishable, flat, printed
from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Answer, Option, Part, Problem, Value, Wrong
from solver.rounding import round_half_up
from solver.slips import REARRANGEMENTS

_SAME = 1e-9
"""Numbers this near to each other, as a share, are one number."""


def choose(part: Part, answer: Answer, problem: Problem, draw: Draw) -> tuple[Option, ...]:
    """The options of a part in the order in which they are lettered.

    Values are as they are printed: rounded, or exact. Where a required option lies on a side that
    the rank leaves empty, the rank is counted from the other end: ranks stay uniform over a family
    whose required options lie on either side equally often. Raises Rejected when the slips do not
    give enough wrong options below and above the right one.
    """
    rank = draw.integer(0, part.choices - 1)
    places = problem.places_of(part)
    right = printed(answer.shown, places)
    pool = _pool(answer, problem, places)
    below = [wrong for seen, wrong in pool if seen < right]
    above = [wrong for seen, wrong in pool if seen > right]
    if _required(below, part) > rank or _required(above, part) > part.choices - 1 - rank:
        rank = part.choices - 1 - rank
    needed = part.choices - 1 - rank
    if len(below) < rank or len(above) < needed:
        raise Rejected("the slips give too few options on one side of the right one")
    chosen = [*_side(below, rank, part, draw), *_side(above, needed, part, draw)]
    options = [Option(True, answer.shown), *(_wrong_option(wrong, places) for wrong in chosen)]
    return draw.shuffle(options)


def _wrong_option(wrong: Wrong, places: int) -> Option:
    return Option(False, tuple(_printed(value, places) for value in wrong.values), wrong.slip)


def _printed(value: Value, places: int) -> Value:
    return value if value.dtype == object else round_half_up(value, places)


def _required(pool: list[Wrong], part: Part) -> int:
    return sum(wrong.slip in part.must_include for wrong in pool)


def _side(pool: list[Wrong], count: int, part: Part, draw: Draw) -> tuple[Wrong, ...]:
    """`count` of the wrong options on one side of the right one, the required ones first."""
    required = [wrong for wrong in pool if wrong.slip in part.must_include]
    if len(required) > count:
        raise Rejected("there are more required options than places on their side")
    others = [wrong for wrong in pool if wrong.slip not in part.must_include]
    return (*required, *_prefer(others, count - len(required), draw))


def _prefer(pool: list[Wrong], count: int, draw: Draw) -> tuple[Wrong, ...]:
    """`count` of the pool: single slips before combined ones, otherwise by lot."""
    single = [wrong for wrong in pool if "+" not in wrong.slip]
    combined = [wrong for wrong in pool if "+" in wrong.slip]
    if len(single) >= count:
        return tuple(draw.sample(single, count))
    return (*single, *draw.sample(combined, count - len(single)))


def _pool(answer: Answer, problem: Problem, places: int) -> list[tuple[Look, Wrong]]:
    """The wrong answers and, after them, those that a rearrangement makes of each."""
    wrong = answer.wrong
    if printed(answer.values, places) != printed(answer.shown, places):
        wrong = _agreeing(wrong, answer)
    candidates = [*wrong, *_rearranged(wrong, problem)]
    return distinguishable(candidates, answer.values, answer.tolerances, places)


def _agreeing(wrong: Sequence[Wrong], answer: Answer) -> tuple[Wrong, ...]:
    """`wrong` with every entry taken from the right answer as the hand calculation has it.

    A hand calculation may end on another last digit than the exact one. If a slip leaves an entry
    as it is, or changes its place or sign, all the options must agree on that digit: the one that
    does not would be known for the right one.
    """
    pairs = [
        (abs(exact), abs(shown))
        for exact, shown in zip(flat(answer.values), flat(answer.shown), strict=True)
    ]
    return tuple(Wrong(each.slip, _agreed(each.values, pairs)) for each in wrong)


def _agreed(values: Values, pairs: Sequence[tuple[float, float]]) -> Values:
    """The values with the size of each entry as it is shown, if it is an exact one."""

    def agreed(number: float) -> float:
        for exact, shown in pairs:
            if abs(abs(number) - exact) <= _SAME * exact:
                return copysign(shown, number)
        return number

    return tuple(_each(value, agreed) for value in values)


def _each(value: Value, change: Callable[[float], float]) -> Value:
    """The array with every entry changed; itself, where that leaves all of them as they are."""
    entries = value.ravel().tolist()
    changed = [change(entry) for entry in entries]
    return value if changed == entries else np.array(changed).reshape(value.shape)


def _rearranged(simple: Sequence[Wrong], problem: Problem) -> Iterator[Wrong]:
    for name in problem.slips:
        if name not in REARRANGEMENTS:
            continue
        for wrong in simple:
            values = REARRANGEMENTS[name](wrong.values)
            if values is not None and name != wrong.slip:
                yield Wrong(f"{wrong.slip}+{name}", tuple(map(np.asarray, values)))
