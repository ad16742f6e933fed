"""Make many items of every family, verify each in full, and print what was found.

    python benchmarks/audit.py --seeds 2000 --jobs 2

For every family and difficulty: how many items, how many draws were accepted, how many different
questions, how evenly the right option is spread over the letters and over the ranks (p values of
chi-square tests), and the items that an oracle refutes or that are degenerate, which must be none.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from gen.distinct import printed
from gen.family import find, names
from gen.items import Exhausted, make
from gen.problem import Item, Key, Option
from gen.verification import Mismatch
from gen.vocabulary import Difficulty


@dataclass
class Tally:
    items: int = 0
    attempts: int = 0
    numbers: int = 0
    fingerprints: set[str] = field(default_factory=set)
    letters: Counter[tuple[int, int]] = field(default_factory=Counter)
    ranks: Counter[tuple[int, int]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        self.items += 1
        self.attempts += item.attempts
        self.numbers += sum(each.numbers for each in item.verifications)
        self.fingerprints.add(item.fingerprint)
        self.failures += degenerate(item)
        for solved in item.solution.parts:
            options = solved.options
            if sum(option.right for option in options) == 1:
                place = [option.right for option in options].index(True)
                self.letters[len(options), place] += 1
            if options and options[0].values:
                self.ranks[len(options), rank(options, item)] += 1


def rank(options: Sequence[Option], item: Item) -> int:
    looks = [(printed(o.values, item.problem.places), o.right) for o in options]
    return [right for _, right in sorted(looks)].index(True)


def degenerate(item: Item) -> Iterator[str]:
    """What a student could complain about, worked out from the finished item alone."""
    name = f"{item.key.family} {item.difficulty} {item.form} seed {item.key.seed}"
    for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
        answer = solved.answer
        if answer is not None:
            for value, tolerance in zip(answer.values, answer.tolerances, strict=True):
                entries = np.abs(np.ravel(value))
                if not entries.any():
                    yield f"{name}: an answer is zero"
                elif tolerance >= entries[entries > 0].min():
                    yield f"{name}: the tolerance takes in zero"
        places = item.problem.places_of(part)
        looks = Counter(printed(o.values, places) for o in solved.options if o.values)
        if looks and looks.most_common(1)[0][1] > 1:
            yield f"{name}: two options look the same"


def survey(family: str, difficulty: Difficulty, seeds: Sequence[int]) -> Tally:
    tally = Tally()
    loaded = find(family)
    for seed in seeds:
        form = loaded.family.forms[seed % len(loaded.family.forms)]
        key = Key(family, loaded.family.version, seed)
        try:
            tally.add(make(loaded, key, difficulty, form, full=True))
        except (Mismatch, Exhausted) as error:
            tally.failures.append(str(error))
    return tally


def evenness(counts: Counter[tuple[int, int]]) -> float:
    """The p value of a chi-square test for equal counts, for each number of options together."""
    statistic, freedom = 0.0, 0
    for size in {size for size, _ in counts}:
        seen = [counts[size, place] for place in range(size)]
        expected = sum(seen) / size
        statistic += sum((count - expected) ** 2 / expected for count in seen)
        freedom += size - 1
    return upper_tail(statistic, freedom) if freedom else math.nan


def upper_tail(statistic: float, freedom: int) -> float:
    """The chance of a larger chi-square value, by Wilson and Hilferty's normal approximation."""
    spread = 2 / (9 * freedom)
    deviation = ((statistic / freedom) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return 0.5 * math.erfc(deviation / math.sqrt(2))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--seeds", type=int, default=100, help="seeds for each family and difficulty"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    given = parser.parse_args()
    cells = [(name, d) for name in names() for d in find(name).family.difficulties]
    families, difficulties = [name for name, _ in cells], [d for _, d in cells]
    print(
        f"{'family':16} {'difficulty':10} {'items':>6} {'accepted':>9} {'distinct':>9}"
        f" {'numbers':>8} {'letters p':>9} {'ranks p':>8} {'failures':>9}"
    )
    failures: list[str] = []
    with ProcessPoolExecutor(given.jobs) as pool:
        tallies = pool.map(survey, families, difficulties, repeat(range(1, given.seeds + 1)))
        for (name, difficulty), tally in zip(cells, tallies, strict=True):
            failures += tally.failures
            print(
                f"{name:16} {difficulty:10} {tally.items:6} {tally.items / tally.attempts:9.3f}"
                f" {len(tally.fingerprints) / tally.items:9.3f} {tally.numbers:8}"
                f" {evenness(tally.letters):9.3f} {evenness(tally.ranks):8.3f}"
                f" {len(tally.failures):9}",
                flush=True,
            )
    print(*failures[:20], sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
