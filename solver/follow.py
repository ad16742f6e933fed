"""Follow-through: what a later answer should be, given an earlier one that may be wrong.

The lines of the worked solution are evaluated in float64 with the claimed entries put in place of
what the lines before them lead to. So an answer is followed along the same relations as the right
one, and a relation that uses a claimed number uses it wherever the lines do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.claims import Claim, Index
from solver.graph import Graph
from solver.lines import relevant
from solver.saturation import evaluated
from solver.term import Term
from solver.tolerance import spread, tolerance

Array = NDArray[np.float64]
Overrides = Mapping[Term, Sequence[tuple[Index, float]]]
Refusal = Literal["", "zero", "not finite", "nothing left", "too small"]
"""Why an earlier answer does not count: it is 0, or leads to what is not finite, or to a number
that is 0 or no longer depends on what the right one depends on, or that rounding would hide."""

NUDGE = 1e-3
"""How far a number is moved to see what depends on it."""
_UNMOVED = 1e-10


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one graph at one point, to be evaluated with some numbers put in."""

    graph: Graph
    givens: Mapping[str, Any]

    def follow(
        self,
        wanted: Claim,
        put: Overrides,
        changed: Mapping[str, Array] | None = None,
        places: int | None = None,
    ) -> Array:
        """The entries that `wanted` is about, when the lines carry on with the numbers `put`.

        `changed` are other givens, by name; with `places`, every line is rounded to so many.
        """
        givens = {**self.givens, **(changed or {})}
        values: dict[Term, Any] = {
            t.name(v.name): np.asarray(givens[v.name], dtype=float) for v in self.graph.inputs
        }
        values[t.gradient(self.graph.output)] = np.float64(1.0)
        definitions: dict[Term, Term] = {}
        for line in relevant(self.graph, (wanted.leaf,)):
            _, found = evaluated(line.formula, values, definitions)
            found = found if places is None else np.round(found, places)
            values[line.leaf] = _patched(found, put.get(line.leaf, ()))
            definitions[line.leaf] = line.formula
        # An input that nothing depends on has no line, and its gradient is 0.
        return wanted.of_array(values.get(wanted.leaf, np.zeros(self.graph.shapes[wanted.node])))

    def tolerance(self, wanted: Claim, put: Overrides, places: int) -> float:
        """The tolerance of what follows, from what rounding every line to `places` does to it.

        Rounding to one place less counts a tenth, as errors may cancel by luck.
        """
        exact = self.follow(wanted, put)
        runs = [self.follow(wanted, put, None, places - less) for less in range(min(2, places))]
        deviation = spread(exact, exact, runs)
        return tolerance(deviation if np.isfinite(deviation) else 0.0, places, places)

    def is_upstream(self, claim: Claim, wanted: Claim) -> bool:
        """Whether `wanted` is computed from what `claim` is about."""
        if claim.leaf == wanted.leaf:
            return False
        return any(line.leaf == claim.leaf for line in relevant(self.graph, (wanted.leaf,)))

    def refusal(self, wanted: Claim, claims: Sequence[Claim], right: Overrides) -> Refusal:
        """Why `wanted` is not followed from the claims; empty where there is no reason.

        `right` holds the right numbers for the entries that the claims are about.
        """
        followed = self.follow(wanted, overrides(claims))
        if not np.all(np.isfinite(followed)):
            return "not finite"
        if any(self._is_idle(wanted, claims, claim, right) for claim in claims):
            return "zero"
        vanished = (followed == 0) & (self.follow(wanted, right) != 0)
        return "nothing left" if np.any(vanished) or self._lost(wanted, claims, right) else ""

    def _is_idle(
        self, wanted: Claim, claims: Sequence[Claim], claim: Claim, right: Overrides
    ) -> bool:
        """Whether the claim wrongly says 0 of an entry that `wanted` depends on."""
        put = overrides(claims)
        followed = self.follow(wanted, put)
        truth = dict(right[claim.leaf])
        for entry, value in zip(claim.entries, claim.value, strict=True):
            if value == 0 and truth[entry] != 0:
                moved = {**put, claim.leaf: [*put[claim.leaf], (entry, NUDGE)]}
                if _differ(self.follow(wanted, moved), followed):
                    return True
        return False

    def _lost(self, wanted: Claim, claims: Sequence[Claim], right: Overrides) -> bool:
        """Whether the claims cut off a given that the right number depends on at that point."""
        put = overrides(claims)
        return any(
            self._matters(name, wanted, right) and not self._matters(name, wanted, put)
            for name in (variable.name for variable in self.graph.inputs)
        )

    def _matters(self, name: str, wanted: Claim, put: Overrides) -> bool:
        value = np.asarray(self.givens[name], dtype=float)
        moved = self.follow(wanted, put, {name: value * (1 + NUDGE) + NUDGE})
        return _differ(moved, self.follow(wanted, put))


def overrides(claims: Sequence[Claim]) -> dict[Term, list[tuple[Index, float]]]:
    """The claimed numbers by leaf."""
    found: dict[Term, list[tuple[Index, float]]] = {}
    for claim in claims:
        numbers = zip(claim.entries, claim.value.tolist(), strict=True)
        found.setdefault(claim.leaf, []).extend(numbers)
    return found


def _patched(array: Array, entries: Sequence[tuple[Index, float]]) -> Array:
    if not entries:
        return array
    # An array also where rounding left a scalar.
    patched = np.array(array)
    for index, value in entries:
        patched[index] = value
    return patched


def _differ(a: Array, b: Array) -> bool:
    return bool(np.any(~(np.abs(a - b) <= _UNMOVED * np.maximum(np.abs(a), np.abs(b)))))
