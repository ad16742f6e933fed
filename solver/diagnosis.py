"""Diagnosis: is an answer right; if not, which mistake gives that number, and from where on.

An answer is right within what rounding by hand can do to it (`solver.tolerance`). One that is not
may be right given the student's own earlier answers (`solver.follow`). What is left is compared
with the numbers that mistakes lead to (`solver.mistakes`, `solver.causes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from solver.causes import Cause, Causes, Parting
from solver.claims import Claim, Index
from solver.follow import Refusal, overrides
from solver.graph import Graph
from solver.lines import lines
from solver.matching import Wrong, agrees, last_digits
from solver.network import Network
from solver.passes import backward, forward
from solver.term import Term
from solver.tolerance import MOST_OF_A_VALUE, Passes, Tolerances, below_half

Array = NDArray[np.float64]
Verdict = Literal["right", "follows", "slip", "two slips", "wrong"]

MOST_ENTRIES_MOVED = 16
"""Up to so many claimed numbers, each is moved by itself to see what its rounding does."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What is to be said of one claim.

    `right` and `tolerance` have a number for each claimed entry, `fits` says which of them are
    within it, and `printed` is what the worked lines print, rounding on the way. `causes` explain a
    slip, the likeliest first. `given` are the other claims that the answer follows from, or would
    if it were not `refused`, which says why it does not count; `followed` is what follows.
    """

    claim: Claim
    verdict: Verdict
    right: Array
    printed: Array
    tolerance: Array
    fits: NDArray[np.bool_]
    causes: tuple[Cause, ...] = ()
    given: tuple[Claim, ...] = ()
    followed: Array | None = None
    refused: Refusal = ""

    @property
    def slips(self) -> tuple[str, ...]:
        """The likeliest cause's slips."""
        return self.causes[0].slips if self.causes else ()

    @property
    def parting(self) -> Parting | None:
        """The line at which the likeliest cause shows first, where that is before the answer."""
        return self.causes[0].parting if self.causes else None


# A slip may divide by 0, and an answer may be as large as a float.
@np.errstate(all="ignore")
def judge(
    graph: Graph,
    givens: Mapping[str, Any],
    claims: Sequence[Claim],
    places: int = 4,
    network: Network | None = None,
) -> tuple[Judgement, ...]:
    """A judgement of each claim, in their order; answers are carried to `places` decimals.

    `givens` has an array for each input; `network` is what the graph is of, if it is of one, which
    adds the mistakes that are only made with networks.
    """
    numbers = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    judging = _Judging(graph, numbers, places, network)
    order = {line.leaf: position for position, line in enumerate(lines(graph))}
    found: dict[int, Judgement] = {}
    for number in sorted(range(len(claims)), key=lambda n: order.get(claims[n].leaf, len(order))):
        found[number] = judging.judgement(claims[number], list(found.values()))
    return tuple(found[number] for number in range(len(claims)))


class _Judging:
    def __init__(
        self, graph: Graph, givens: Mapping[str, Array], places: int, network: Network | None
    ) -> None:
        self.places = places
        with np.errstate(all="ignore"):
            values = forward(graph, givens)
            gradients = backward(graph, values)
        for variable in graph.inputs:
            if not variable.fixed:
                gradients.setdefault(variable.name, np.zeros(variable.shape))
        self.right: Passes = (values, gradients)
        self.tolerances = Tolerances(graph, givens, self.right, places)
        self.causes = Causes(graph, givens, self.right, self.tolerances, network)
        self.lines = self.causes.lines

    def judgement(self, claim: Claim, earlier: Sequence[Judgement]) -> Judgement:
        right = self._right(claim)
        tolerance = claim.of_array(self.tolerances.of(claim.leaf))
        fits = agrees(claim, right, tolerance)
        printed = claim.of_array(self.tolerances.printed(claim.leaf))
        # Numbers near the largest that there are overflow when they are rounded.
        printed = np.where(np.isfinite(printed), printed, right)
        judged = Judgement(claim, "wrong", right, printed, tolerance, fits)
        if fits.all():
            return replace(judged, verdict="right")
        wrong = [
            other.claim
            for other in earlier
            if other.verdict != "right" and self.lines.is_upstream(other.claim, claim)
        ]
        judged = self._followed(judged, wrong)
        if judged.verdict == "follows" or judged.refused:
            return judged
        known = [other.claim for other in earlier if other.verdict == "right"]
        explained = self.causes.explain(Wrong(claim, right, tolerance, ~fits), known)
        if explained is None:
            return judged
        verdict, causes = explained
        return replace(judged, verdict=verdict, causes=causes)

    def _right(self, claim: Claim) -> Array:
        return claim.of_array(self.right[claim.of == "gradient"][claim.node])

    def _followed(self, judged: Judgement, wrong: Sequence[Claim]) -> Judgement:
        """The judgement, where the claim follows from wrong ones: all together, or one alone."""
        for given in ([*wrong], *([each] for each in reversed(wrong) if len(wrong) > 1)):
            if given and self._agrees(judged, given):
                needed = self._needed(judged, given)
                refused = self._refusal(judged, needed)
                if refused:
                    judged = replace(judged, refused=refused, given=tuple(needed))
                    continue
                followed = self.lines.follow(judged.claim, overrides(needed))
                return replace(
                    judged, verdict="follows", given=tuple(needed), followed=followed, refused=""
                )
        return judged

    def _agrees(self, judged: Judgement, given: Sequence[Claim]) -> bool:
        claim = judged.claim
        followed = self.lines.follow(claim, overrides(given))
        tolerance = self._tolerance(judged, given, followed)
        moved = np.abs(followed - judged.right) > judged.tolerance
        return bool(np.all(agrees(claim, followed, tolerance)) and np.any(moved))

    def _refusal(self, judged: Judgement, given: Sequence[Claim]) -> Refusal:
        """Why the claim is not followed from others that it agrees with; empty where it is."""
        refused = self.lines.refusal(judged.claim, given, self._overrides(given))
        if refused:
            return refused
        size = np.abs(self.lines.follow(judged.claim, overrides(given)))
        least = self._rounding(judged, given) / MOST_OF_A_VALUE
        return "too small" if np.any((size < least) & (size < np.abs(judged.right))) else ""

    def _rounding(self, judged: Judgement, given: Sequence[Claim]) -> Array:
        """What rounding by hand can do to what follows, at least what it does to the right one."""
        own = self.lines.tolerance(judged.claim, overrides(given), self.places)
        return np.maximum(own, judged.tolerance)

    def _tolerance(self, judged: Judgement, given: Sequence[Claim], followed: Array) -> Array:
        """The tolerance of what follows, as tight as that of a right number.

        To it comes what half a unit of the last decimal of each claimed number can do.
        """
        tolerance = self._rounding(judged, given)
        for claim in given:
            tolerance = tolerance + self._sway(judged.claim, given, claim, followed)
        return below_half(tolerance, followed)

    def _sway(self, wanted: Claim, given: Sequence[Claim], claim: Claim, followed: Array) -> Array:
        """How far the rounding of one claim moves what follows from all of them."""
        total = np.zeros(followed.shape)
        half = 0.5 * np.array(last_digits(claim, self.places))
        # Of many entries, all are moved at once, which is an estimate.
        nudges = np.diag(half) if half.size <= MOST_ENTRIES_MOVED else half[None, :]
        for nudge in nudges:
            put = [
                replace(claim, value=claim.value + nudge) if other is claim else other
                for other in given
            ]
            total = total + np.abs(self.lines.follow(wanted, overrides(put)) - followed)
        return np.where(np.isfinite(total), total, 0.0)

    def _needed(self, judged: Judgement, given: Sequence[Claim]) -> list[Claim]:
        """Those of the claims that make a difference to what follows."""
        needed = list(given)
        for claim in given:
            rest = [other for other in needed if other is not claim]
            if rest and self._agrees(judged, rest):
                needed = rest
        return needed

    def _overrides(self, claims: Sequence[Claim]) -> dict[Term, list[tuple[Index, float]]]:
        """The right numbers for what the claims are about."""
        return overrides([replace(claim, value=self._right(claim)) for claim in claims])
