"""What a survey found, as a row of a table, and as sentences where something is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, harmonic_mean, median

from gen.audit.chances import evenness, surplus
from gen.audit.survey import Tally
from gen.vocabulary import Difficulty

UNLIKELY = 1e-4
"""What chance makes less often than this is not put down to chance: hundreds of tests are made."""
TELLING = 0.1
"""By how much a guess may be right more often than by chance: less is no help to anybody."""
FREE = 0.05
"""How often 0, 1 or all of the above may be right; more, and not by chance, is a finding."""
SHOWN = 20

COLUMNS = (
    ("family", "<22"),
    ("difficulty", "<10"),
    ("items", ">6"),
    ("wrong", ">6"),
    ("dull", ">5"),
    ("taken", ">6"),
    ("distinct", ">9"),
    ("letters p", ">10"),
    ("ranks p", ">8"),
    ("guess", ">7"),
    ("reach", ">6"),
    ("work", ">6"),
    ("items/s", ">8"),
)
LEGEND = """\
wrong: items that an oracle refutes, or seeds without an item; dull: degenerate items; taken: share
of draws accepted; distinct: share of items with different questions; p: chance of a place or rank
of the right option being so uneven; guess: by how much the best blind guess beats chance; reach:
largest tolerance as a share of its answer; work: operations by hand; items/s: of one core"""


@dataclass(frozen=True, slots=True)
class Row:
    """One family at one difficulty."""

    family: str
    difficulty: Difficulty
    tally: Tally

    def cells(self) -> tuple[str, ...]:
        """What stands in the columns."""
        tally = self.tally
        made = max(tally.items, 1)
        return (
            self.family,
            self.difficulty,
            str(tally.items),
            str(len(tally.refuted)),
            str(len(tally.degenerate)),
            f"{tally.items / max(tally.attempts, 1):.2f}",
            f"{len(tally.fingerprints) / made:.3f}",
            _figure(evenness(tally.letters), 3),
            _figure(evenness(tally.ranks), 3),
            f"{100 * max(_gain(name, hits) for name, hits in _tries(tally)):+.1f}%",
            f"{100 * tally.reach:.1f}%",
            f"{fmean(tally.work):.1f}" if tally.work else "-",
            f"{self.speed:.0f}",
        )

    @property
    def speed(self) -> float:
        """Items a second: the reciprocal of the median time for one."""
        return 1 / median(self.tally.seconds) if self.tally.seconds else 0.0

    def findings(self) -> Iterator[str]:
        """What is wrong, each in a sentence."""
        tally, name = self.tally, f"{self.family}, {self.difficulty}"
        yield from (*tally.refuted, *tally.degenerate)
        for what, counts in (("letter", tally.letters), ("rank", tally.ranks)):
            if evenness(counts) < UNLIKELY:
                yield f"{name}: the {what} of the right option is uneven: {dict(counts)}"
        for guess, hits in _tries(tally):
            share, chance = surplus(hits)
            if share > TELLING and chance < UNLIKELY:
                yield f"{name}: to answer {guess!r} is right {100 * share:.0f} % more than chance"
            # That a few items in few have the answer is chance too.
            free = [(right, FREE) for right, _ in hits]
            if guess in ("0", "1", "all") and surplus(free)[1] < UNLIKELY:
                yield f"{name}: {guess} is right in {100 * _rate(hits):.0f} % of all cases"


def _figure(value: float, places: int) -> str:
    return "-" if value != value else f"{value:.{places}f}"


Hits = list[tuple[bool, float]]


def _tries(tally: Tally) -> tuple[tuple[str, Hits], ...]:
    return tuple(sorted(tally.tries.items())) or (("none", []),)


def _gain(guess: str, hits: Hits) -> float:
    return surplus(hits)[0]


def _rate(hits: Hits) -> float:
    return sum(right for right, _ in hits) / max(len(hits), 1)


def line(cells: tuple[str, ...]) -> str:
    """Cells below the heads of their columns."""
    return "".join(f"{cell:{form}}" for cell, (_, form) in zip(cells, COLUMNS, strict=True))


def speeds(rows: Sequence[Row]) -> str:
    """How many items a second the median family makes, and which family the fewest.

    A family's speed is that of as many items of each difficulty.
    """
    by_family: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_family[row.family].append(row.speed)
    found = {name: harmonic_mean(each) for name, each in by_family.items()}
    slowest = min(found, key=found.__getitem__)
    return (
        f"items/s of one core: {median(found.values()):.0f} in the median family, "
        f"{found[slowest]:.0f} in the slowest ({slowest})"
    )


def head() -> str:
    """The heads of the columns."""
    return line(tuple(name for name, _ in COLUMNS))
