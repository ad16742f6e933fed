"""Causes: which mistakes lead to a wrong number, and at which line each shows first.

The numbers of mistakes are compared tier by tier: single slips, one number taken for another, the
number of something else, and last two slips together. The first tier in which
something agrees is the explanation, since what is simpler is likelier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from solver.claims import Claim, Index
from solver.follow import Lines
from solver.graph import Graph
from solver.lines import Line, relevant
from solver.matching import Wrong, believable, matching
from solver.mistakes import FACTORS, Mistake, Mistakes
from solver.network import Network
from solver.term import Term
from solver.tolerance import Passes, Tolerances

Array = NDArray[np.float64]
Explained = Literal["slip", "two slips"]

MOST_CAUSES = 3
"""The most explanations that are given for one number."""
MOST_ENTRIES_TRIED = 32
"""How many entries of a line are tried for one that the answer depends on."""


@dataclass(frozen=True, slots=True)
class Parting:
    """The first line at which a mistake changes what is printed, and one entry of it.

    `right` is what the line should be and `printed` what it prints, `made` what the mistake makes
    it.
    """

    line: Line
    index: Index | None
    right: float
    printed: float
    made: float


@dataclass(frozen=True, slots=True)
class Cause:
    """One explanation of a wrong number.

    It is slips by name; or what the number belongs to `instead`; or two leaves that are
    `exchanged` in the line of the answer: the one that belongs there, and the one that was taken.
    """

    slips: tuple[str, ...]
    parting: Parting | None = None
    instead: tuple[Term, Index | None] | None = None
    exchanged: tuple[Term, Term] | None = None


class Causes:
    """Explanations of wrong claims about one graph at one point.

    `right` is what `forward` and `backward` return for it, `tolerances` are those of its leaves.
    """

    def __init__(
        self,
        graph: Graph,
        givens: Mapping[str, Any],
        right: Passes,
        tolerances: Tolerances,
        network: Network | None = None,
    ) -> None:
        self.graph, self.right, self.tolerances = graph, right, tolerances
        self.mistakes = Mistakes(graph, givens, right, network)
        self.lines = Lines(graph, givens)

    def explain(
        self, wrong: Wrong, known: Sequence[Claim]
    ) -> tuple[Explained, tuple[Cause, ...]] | None:
        """What leads to the claimed numbers, the likeliest first; None where nothing is known to.

        `known` are claims of the same student that are right.
        """
        for part in _parts(wrong):
            for verdict, found in self._tiers(part):
                likely = self._likeliest(found, part, known)
                if likely:
                    return verdict, tuple(self._cause(wrong.claim, m) for m in likely)
        return None

    def _tiers(self, wrong: Wrong) -> Iterator[tuple[Explained, list[Mistake]]]:
        """What agrees with the claim, by tier."""
        claim, mistakes, places = wrong.claim, self.mistakes, self.tolerances.places
        yield "slip", matching(wrong, mistakes.single(claim), places)
        # Too much leads to 0 for anything else to be believed.
        if np.any(wrong.claimed):
            for tier in (mistakes.exchanges, mistakes.elsewhere):
                yield "slip", believable(wrong, tier(claim), places)
            yield "two slips", believable(wrong, mistakes.pairs(claim), places)

    def _likeliest(
        self, found: Sequence[Mistake], wrong: Wrong, known: Sequence[Claim]
    ) -> list[Mistake]:
        """The first few that write different lines and agree with the student's right answers.

        If these speak against all, a mistake may have been made at this place alone; but entries of
        one array are worked out together.
        """
        own = [m for m in found if m.passes is None or _leaves_the_rest(m, wrong)]
        agreeing = [m for m in own if not self._contradicted(m, known)] or own
        kept: list[Mistake] = []
        for mistake in agreeing:
            told = any(self._writes_the_same(mistake, other, wrong.claim) for other in kept)
            if len(kept) < MOST_CAUSES and not told and not _subsumed(mistake, agreeing):
                kept.append(mistake)
        return kept

    def _writes_the_same(self, one: Mistake, other: Mistake, claim: Claim) -> bool:
        """Whether two mistakes agree in every line that leads to the answer."""
        if one.passes is None or other.passes is None:
            return False
        for line in relevant(self.graph, (claim.leaf,)):
            of = line.kind == "backward"
            first, second = one.passes[of].get(line.node), other.passes[of].get(line.node)
            if line.kind != "local" and not _equal(first, second):
                return False
        return True

    def _contradicted(self, mistake: Mistake, known: Sequence[Claim]) -> bool:
        """Whether the mistake would have made an answer wrong that is right."""
        if mistake.passes is None:
            return False
        for claim in known:
            made = mistake.passes[claim.of == "gradient"].get(claim.node)
            allowed = claim.of_array(self.tolerances.of(claim.leaf))
            if made is None or np.any(
                ~(np.abs(claim.of_array(made) - self._right(claim)) <= allowed)
            ):
                return True
        return False

    def _cause(self, claim: Claim, mistake: Mistake) -> Cause:
        parting = None if mistake.passes is None else self._parting(claim, mistake.passes)
        return Cause(mistake.slips, parting, mistake.instead, mistake.exchanged)

    def _parting(self, claim: Claim, made: Passes) -> Parting | None:
        """The first line that comes out differently and matters; None when it is the answer's."""
        for line in relevant(self.graph, (claim.leaf,)):
            if line.leaf == claim.leaf:
                return None
            of = line.kind == "backward"
            if line.kind == "local" or line.node not in made[of]:
                continue
            right = np.asarray(self.right[of][line.node], dtype=float)
            wrong = np.asarray(made[of][line.node], dtype=float)
            if wrong.shape == right.shape:
                index = self._first_difference(claim, line.leaf, right, wrong)
                if index is not None:
                    printed = self.tolerances.printed(line.leaf)
                    at = index if right.size > 1 else None
                    numbers = (float(array[index]) for array in (right, printed, wrong))
                    return Parting(line, at, *numbers)
        return None

    def _first_difference(
        self, claim: Claim, leaf: Term, right: Array, wrong: Array
    ) -> Index | None:
        """The first entry of a line that differs, and that the claimed number depends on."""
        differs = np.argwhere(np.abs(wrong - right) > self.tolerances.of(leaf))
        for found in islice(differs.tolist(), MOST_ENTRIES_TRIED):
            index = tuple(found)
            put = {leaf: [(index, float(wrong[index]))]}
            if np.any(self.lines.follow(claim, put) != self._right(claim)):
                return index
        return None

    def _right(self, claim: Claim) -> Array:
        return claim.of_array(self.right[claim.of == "gradient"][claim.node])


def _equal(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, equal_nan=True))


def _parts(wrong: Wrong) -> Iterator[Wrong]:
    """The claim as a whole, then those entries alone that do not fit."""
    yield replace(wrong, mask=np.ones(wrong.mask.shape, dtype=bool))
    if not wrong.mask.all():
        yield wrong


def _leaves_the_rest(mistake: Mistake, wrong: Wrong) -> bool:
    """Whether the mistake leaves those entries right that are not to be matched."""
    kept = ~wrong.mask
    return bool(np.all(np.abs(mistake.numbers - wrong.right)[kept] <= wrong.tolerance[kept]))


def _subsumed(mistake: Mistake, found: Sequence[Mistake]) -> bool:
    """Whether a likelier slip, with the same other one if there is one, explains its factor."""
    beside = {name for name in mistake.slips if name not in FACTORS}
    return len(beside) < len(mistake.slips) and any(
        other.rank < mistake.rank and other.passes is not None and beside <= set(other.slips)
        for other in found
    )
