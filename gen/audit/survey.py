"""Surveying a family at one difficulty: items over many seeds, each verified in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import process_time

import numpy as np

from gen import collector, shelves
from gen.audit.chances import Places
from gen.audit.guesses import guesses
from gen.distinct import printed
from gen.family import find
from gen.items import Exhausted, make
from gen.problem import Answer, Item, Key, Option
from gen.verification import Mismatch
from gen.vocabulary import Arithmetic, Difficulty
from gen.work import work

SAMPLED = 60
"""Items whose work is counted, and that are made once more against the clock."""


@dataclass(slots=True)
class Tally:
    """What was counted over the items of a family at one difficulty.

    `letters` and `ranks` say where the right option stood, `tries` how guesses fared, `reach` is
    the largest share of its answer that a tolerance was. `seconds` are of processor time.
    """

    items: int = 0
    attempts: int = 0
    numbers: int = 0
    reach: float = 0.0
    work: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    fingerprints: set[str] = field(default_factory=set)
    letters: Places = field(default_factory=Counter)
    ranks: Places = field(default_factory=Counter)
    tries: dict[str, list[tuple[bool, float]]] = field(default_factory=lambda: defaultdict(list))
    refuted: list[str] = field(default_factory=list)
    degenerate: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """Count an item in."""
        self.items += 1
        self.attempts += item.attempts
        self.numbers += sum(each.numbers for each in item.verifications)
        self.fingerprints.add(item.fingerprint)
        self.degenerate += _complaints(item)
        self.reach = max([self.reach, *_reaches(item)])
        for name, right, chance in guesses(item):
            self.tries[name].append((right, chance))
        for solved in item.solution.parts:
            self._place(solved.options, item.problem.places)

    def _place(self, options: Sequence[Option], places: int) -> None:
        if sum(option.right for option in options) != 1:
            return
        self.letters[len(options), [option.right for option in options].index(True)] += 1
        if options[0].values:
            looks = sorted((printed(option.values, places), option.right) for option in options)
            self.ranks[len(options), [right for _, right in looks].index(True)] += 1


def survey(
    family: str,
    difficulty: Difficulty,
    seeds: Sequence[int],
    arithmetic: Arithmetic = "decimal",
    plugins: Sequence[str] = (),
) -> Tally:
    """Make an item for each seed, in the family's forms by turns, and count what it is like."""
    if plugins:
        shelves.use(plugins)
    tally, loaded = Tally(), find(family)
    sampled: list[Callable[[], Item]] = []
    for count, seed in enumerate(seeds):
        form = loaded.family.forms[count % len(loaded.family.forms)]
        key = Key(family, loaded.family.version, seed)
        try:
            tally.add(make(loaded, key, difficulty, form, full=True, arithmetic=arithmetic))
        except (Mismatch, Exhausted) as error:
            tally.refuted.append(str(error))
            continue
        if count < SAMPLED:
            sampled.append(partial(make, loaded, key, difficulty, form, arithmetic=arithmetic))
    _sample(tally, sampled)
    return tally


def _sample(tally: Tally, again: Sequence[Callable[[], Item]]) -> None:
    """Make items once more, one after the other, against the clock; and count their work."""
    with collector.paused():
        for make_again in again:
            start = process_time()
            make_again()
            tally.seconds.append(process_time() - start)
    tally.work += [work(make_again()) for make_again in again]


def _complaints(item: Item) -> Iterator[str]:
    """What a student could complain about, worked out from the finished item alone."""
    name = f"{item.key.family}, {item.difficulty} {item.form}, seed {item.key.seed}"
    for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
        if solved.answer is not None:
            yield from (f"{name}: {what}" for what in _doubts(solved.answer, part.zeros))
        places = item.problem.places_of(part)
        looks = Counter(printed(o.values, places) for o in solved.options if o.values)
        if looks and looks.most_common(1)[0][1] > 1:
            yield f"{name}: two options look the same"
        if solved.options and not any(option.right for option in solved.options):
            yield f"{name}: no option is right"


def _doubts(answer: Answer, zeros: bool) -> Iterator[str]:
    """What is wrong with an answer; with `zeros`, some of its values may be 0, but not all."""
    some = zeros and any(np.any(value) for value in answer.values)
    for value, tolerance in zip(answer.values, answer.tolerances, strict=True):
        entries = np.abs(np.ravel(value))
        if not np.all(np.isfinite(entries)):
            yield "an answer is not finite"
        elif not entries.any():
            if not some:
                yield "an answer is zero"
        elif tolerance >= entries[entries > 0].min():
            yield "the tolerance takes in zero"


def _reaches(item: Item) -> Iterator[float]:
    for solved in item.solution.parts:
        if solved.answer is not None:
            pairs = zip(solved.answer.values, solved.answer.tolerances, strict=True)
            sizes = ((float(np.max(np.abs(value))), within) for value, within in pairs)
            yield from (within / size for size, within in sizes if size > 0)
