"""What is said of a student's own answers: right, right given another one, or which mistake."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.arithmetic import Decimals
from solver.causes import Cause, Parting
from solver.claims import Claim
from solver.diagnosis import Judgement
from solver.rounding import round_half_up
from solver.steps import Index
from solver.term import Term
from templates.context import in_words
from templates.document import Block
from templates.explain import rounded
from templates.notation import Symbols
from templates.numerals import tuple_of
from templates.rendering import render
from templates.slips import TOO, sentence, suited

TEMPLATE = "solutions/answers.md.j2"
MOST_ENTRIES = 4
"""The number of wrong entries up to which each is named."""
MOST_DECIMALS = 100
"""The decimals from which on nobody can have given too few."""


def judged(judgements: Sequence[Judgement], symbols: Symbols, places: int = 4) -> tuple[Block, ...]:
    """A heading and a paragraph or two for each judgement; nothing where there is none.

    Numbers are printed to `places` decimals, as lines are; in a notation that writes gradients with
    a minus sign, they are minus the gradient, as the symbol before them says.
    """
    if not judgements:
        return ()
    turned = any(_is_turned(judgement.claim, symbols) for judgement in judgements)
    blocks = [*render(TEMPLATE, "heading", minus=symbols.notation.sign < 0, turned=turned)]
    for judgement in judgements:
        blocks += _Words(judgement, symbols, places).blocks()
    return tuple(blocks)


def _is_turned(claim: Claim, symbols: Symbols) -> bool:
    """Whether an answer is about weights that the notation has the other way round."""
    network = symbols.network
    if network is None or claim.node not in network.weights:
        return False
    if network.architecture.orientation == "columns":
        return False
    matrix = 1 not in network.graph.shapes[claim.node] and claim.index is None
    return matrix or (claim.index is not None and symbols.notation.weights != "unit, input")


class _Words:
    def __init__(self, judgement: Judgement, symbols: Symbols, places: int) -> None:
        self.judgement, self.symbols, self.places = judgement, symbols, places

    def blocks(self) -> tuple[Block, ...]:
        judgement, claim = self.judgement, self.judgement.claim
        followed = judgement.followed
        return render(
            TEMPLATE,
            self._block(),
            claim=claim.text,
            name=self._name(claim),
            several=len(claim.entries) > 1,
            right=self._numbers(claim, judgement.printed, judgement.right),
            followed=None if followed is None else self._numbers(claim, followed, followed),
            earlier=in_words([f"`{each.text}`" for each in judgement.given]),
            digits=self._digits(),
            entries=self._wrong_entries(),
            causes=self._causes(),
            pairs=judgement.verdict == "two slips",
            refused=judgement.refused,
        )

    def _block(self) -> str:
        """The block for the verdict, which says why where there is something to say."""
        match self.judgement.verdict:
            case "right" | "follows" as verdict:
                return verdict
            case "wrong" if self.judgement.refused:
                return "refused"
            case "wrong":
                return "too_few" if self._has_too_few_digits() else "unknown"
            case _ if len(self._causes()) > 1:
                return "causes"
            case verdict:
                return "pair" if verdict == "two slips" else "slip"

    def _causes(self) -> list[dict[str, object]]:
        """The causes; the quantities that have the claimed number are one."""
        causes = self.judgement.causes
        if causes and all(cause.instead for cause in causes):
            names = [self._symbol(*cause.instead) for cause in causes if cause.instead]
            return [{**self._cause(causes[0]), "instead": names}]
        return [self._cause(cause) for cause in causes]

    def _name(self, claim: Claim) -> str:
        """The symbol of what is claimed; a list of entries where it is only part of an array."""
        whole = len(claim.entries) == np.prod(self._shape(claim.node), dtype=int)
        if claim.index is not None or whole:
            return self._symbol(claim.leaf, claim.index)
        return tuple_of([self._symbol(claim.leaf, index) for index in claim.entries])

    def _symbol(self, leaf: Term, index: Index | None) -> str:
        name = str(leaf.args[0])
        match leaf.op:
            case "gradient":
                return str(self.symbols.gradient(name, index))
            case "local":
                return str(self.symbols.local(name, index))
            case _:
                return str(self.symbols.value(name, index))

    def _shape(self, node: str) -> tuple[int, ...]:
        assert self.symbols.graph is not None
        return self.symbols.graph.shapes[node]

    def _numbers(
        self, claim: Claim, values: NDArray[np.float64], exact: NDArray[np.float64]
    ) -> str:
        """The claimed entries as the array that the symbol stands for."""
        shape = self._shape(claim.node)
        if claim.index is not None or len(claim.entries) != np.prod(shape, dtype=int):
            return self._printed(claim.leaf, values, exact)
        arrays = np.empty((2, *shape))
        for number, index in enumerate(claim.entries):
            arrays[(0, *index)], arrays[(1, *index)] = values[number], exact[number]
        turned = claim.of == "gradient" and self.symbols.notation.layout == "numerator"
        first, second = (array.T if turned else array for array in arrays)
        return self._printed(claim.leaf, first, second)

    def _printed(self, leaf: Term, values: ArrayLike, exact: ArrayLike) -> str:
        """Numbers as a line prints them, with the sign that the symbol has.

        Those that `exact`, the numbers before any rounding, needs no rounding for are in full.
        """
        sign = self.symbols.notation.sign if leaf.op == "gradient" else 1
        kind = Decimals(self.places)
        shown = kind.printed(sign * np.asarray(values, dtype=float))
        before = sign * np.asarray(exact, dtype=float)
        return rounded(shown, kind.in_full(before) & np.isclose(shown, before), self.places)

    def _digits(self) -> int | None:
        """How many decimals were given, where they are fewer than those that are carried."""
        judgement, decimals = self.judgement, self.judgement.claim.decimals
        if None not in decimals:
            fewest = min(d for d in decimals if d is not None)
            return fewest if fewest < self.places else None
        missed = np.abs(judgement.claim.value - judgement.right) > judgement.tolerance
        return 0 if np.any(missed) else None

    def _wrong_entries(self) -> list[str]:
        """The entries that are not right, where some are and they are few."""
        claim, fits = self.judgement.claim, self.judgement.fits
        wrong = [index for index, fit in zip(claim.entries, fits, strict=True) if not fit]
        if not fits.any() or len(wrong) > MOST_ENTRIES:
            return []
        return [self._symbol(claim.leaf, index) for index in wrong]

    def _has_too_few_digits(self) -> bool:
        """Whether the right values, rounded as the student's are, are the student's."""
        claim = self.judgement.claim
        return all(
            d is not None and d < MOST_DECIMALS and float(round_half_up(right, d)) == value
            for d, right, value in zip(
                claim.decimals, self.judgement.right, claim.value, strict=True
            )
        )

    def _cause(self, cause: Cause) -> dict[str, object]:
        used, taken = cause.exchanged or (None, None)
        first, *others = cause.slips or ("",)
        names = [first, *(TOO.get(name, name) for name in others)] if first else []
        notation = suited(self.symbols.notation, self.symbols.network)
        return {
            "sentences": " ".join(sentence(n, notation, self._functions) for n in names),
            "instead": [],
            "used": self._symbol(used, None) if used is not None else None,
            "taken": self._symbol(taken, None) if taken is not None else None,
            "parting": self._parting(cause.parting) if cause.parting else None,
        }

    @property
    def _functions(self) -> frozenset[str]:
        graph = self.symbols.graph
        return frozenset() if graph is None else graph.operations

    def _parting(self, parting: Parting) -> dict[str, str]:
        leaf = parting.line.leaf
        return {
            "name": self._symbol(leaf, parting.index),
            "right": self._printed(leaf, parting.printed, parting.right),
            "made": self._printed(leaf, parting.made, parting.made),
        }
