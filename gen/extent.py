"""How many different questions a family can ask, and how long they take.

Families change rarely and a good count takes long, so `benchmarks/measured.py` records what it
finds in `gen/measured.json`; what is not recorded, such as a course's own family, is estimated from
a few items.

A small family is counted: its draws are followed through every branch, each question once. Of a
large one only a sample is made. If n items hold c pairs of equal ones, the chance that two items
are equal is, with a confidence of 95 %, at most u / (n (n - 1) / 2), where u is the mean of a
Poisson variable that is c or less in 5 % of all cases. There are at least as many questions as one
over that chance, however unevenly they are drawn.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import mean
from typing import Any

from gen.draw import Draw
from gen.family import LoadedFamily, Rejected
from gen.items import Exhausted, fingerprint, make
from gen.problem import Key
from gen.vocabulary import Difficulty, Form
from gen.work import minutes, work

RECORD = "measured.json"
SAMPLE = 30
"""Items of a kind that are made where nothing is recorded."""
BRANCHES = 3000
"""The draws of a family with more branches are not followed through all of them."""
DEEPEST = 400
"""A question that takes more draws than this is drawn until it fits, and so has no last branch."""
_DOUBT = 0.05


@dataclass(frozen=True, slots=True)
class Extent:
    """The number of different questions, a lower bound unless `exact`, and typical minutes."""

    questions: int
    exact: bool
    minutes: float


def extents(loaded: LoadedFamily) -> Mapping[Difficulty, Extent]:
    """The extent of every difficulty: as it was recorded, or of a small sample made now."""
    recorded = _recorded().get(loaded.family.name, {})
    if recorded.get("version") == loaded.family.version:
        return {d: Extent(**recorded[d]) for d in loaded.family.difficulties}
    return {d: measured(loaded, d, SAMPLE, 0) for d in loaded.family.difficulties}


@cache
def _recorded() -> dict[str, Any]:
    file = files("gen").joinpath(RECORD)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def measured(
    loaded: LoadedFamily, difficulty: Difficulty, items: int, branches: int = BRANCHES
) -> Extent:
    """The extent of one difficulty over all its forms, from so many items of each form.

    Draws are followed through every branch where there are at most so many `branches`.
    """
    kinds = [_measured(loaded, difficulty, form, items, branches) for form in loaded.family.forms]
    return Extent(
        sum(each.questions for each in kinds),
        all(each.exact for each in kinds),
        round(mean(each.minutes for each in kinds), 1),
    )


def _measured(
    loaded: LoadedFamily, difficulty: Difficulty, form: Form, items: int, branches: int
) -> Extent:
    family = loaded.family
    keys = (Key(family.name, family.version, seed) for seed in range(items))
    made = [make(loaded, key, difficulty, form) for key in keys]
    typical = minutes(mean(work(item) for item in made[:SAMPLE]))
    seen = Counter(item.fingerprint for item in made)
    drawn = _all_draws(loaded, difficulty, form, branches)
    if drawn is not None:
        return Extent(_askable(loaded, difficulty, form, drawn, seen), True, typical)
    return Extent(max(len(seen), _at_least(seen)), False, typical)


def _askable(
    loaded: LoadedFamily,
    difficulty: Difficulty,
    form: Form,
    drawn: Collection[str],
    seen: Collection[str],
) -> int:
    """How many of the questions drawn are accepted: asked for until no further one comes."""
    found = set(seen)
    family = loaded.family
    for seed in range(len(drawn) * 2):
        if len(found) == len(drawn):
            break
        try:
            key = Key(family.name, family.version, seed, 1)
            found.add(make(loaded, key, difficulty, form, exclude=found).fingerprint)
        except Exhausted:
            break
    return len(found)


def _at_least(seen: Counter[str]) -> int:
    """The lower bound of the module's docstring, in two digits, rounded down."""
    items = sum(seen.values())
    pairs = items * (items - 1) / 2
    equal = sum(count * (count - 1) // 2 for count in seen.values())
    bound = pairs / _largest_mean(equal)
    unit = 10 ** max(0, math.floor(math.log10(max(bound, 1))) - 1)
    return int(bound // unit * unit)


def _largest_mean(count: int) -> float:
    """The mean of the Poisson variable that is `count` or less with a chance of 5 %."""
    low, high = float(count), 3.0 * count + 10
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance(count, middle) > _DOUBT else (low, middle)
    return low


def _chance(count: int, mean: float) -> float:
    """The chance that a Poisson variable is `count` or less."""
    return sum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) if mean > 0 else float(k == 0)
        for k in range(count + 1)
    )


class _Endless(Exception):  # noqa: N818 - says what the draws are
    """A branch has no end: the family draws until something fits."""


class _Branch(Draw):
    """Draws that follow a given path, and the first branch behind its end."""

    __slots__ = ("path", "widths")

    def __init__(self, path: list[int]) -> None:
        super().__init__("branch")
        self.path = path
        self.widths: list[int] = []

    def fork(self, *key: str | int) -> Draw:
        """The path goes on: a fork is drawn from as any other stream."""
        return self

    def integer(self, low: int, high: int) -> int:
        """The integer that the path says, counted from `low`."""
        if high < low:
            raise ValueError(f"there is no integer from {low} to {high}")
        place = len(self.widths)
        if place >= DEEPEST:
            raise _Endless
        self.widths.append(high - low + 1)
        return low + (self.path[place] if place < len(self.path) else 0)

    def next_path(self) -> list[int] | None:
        """The path of the next branch, None after the last."""
        taken = [*self.path, *[0] * (len(self.widths) - len(self.path))][: len(self.widths)]
        while taken and taken[-1] == self.widths[len(taken) - 1] - 1:
            taken.pop()
        return [*taken[:-1], taken[-1] + 1] if taken else None


def _all_draws(
    loaded: LoadedFamily, difficulty: Difficulty, form: Form, branches: int
) -> set[str] | None:
    """The fingerprints of all that a family can draw; None where it has too many branches."""
    found: set[str] = set()
    try:
        for count, mark in enumerate(_branches(loaded, difficulty, form)):
            if count >= branches:
                return None
            if mark is not None:
                found.add(mark)
    except _Endless:
        return None
    return found


def _branches(loaded: LoadedFamily, difficulty: Difficulty, form: Form) -> Iterator[str | None]:
    path: list[int] | None = []
    while path is not None:
        draw = _Branch(path)
        try:
            yield fingerprint(loaded.family.name, loaded.sample(draw, difficulty, form))
        except Rejected:
            yield None
        path = draw.next_path()
