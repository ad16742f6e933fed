"""The student's own answers: judged for the page, and for the record."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from solver.commands.records import plain
from solver.solution import Solution

if TYPE_CHECKING:
    from solver.claims import Index
    from solver.diagnosis import Judgement
    from solver.term import Term
    from templates.document import Block
    from templates.notation import Notation


def _judgements(solution: Solution, given: Namespace) -> tuple[Judgement, ...]:
    return solution.check(*given.answer) if given.answer else ()


def blocks(solution: Solution, notation: Notation, given: Namespace) -> tuple[Block, ...]:
    """What is said of each answer; nothing when there is none."""
    if not given.answer:
        return ()
    from templates.solutions.answers import judged
    from templates.solutions.lines import symbols_of

    symbols = symbols_of(solution, notation)
    return tuple(judged(_judgements(solution, given), symbols, given.places))


def record(solution: Solution, given: Namespace) -> Mapping[str, object]:
    """The judgements as JSON has them, under `answers`; nothing when there is none."""
    if not given.answer:
        return {}
    return {"answers": [_entry(judgement) for judgement in _judgements(solution, given)]}


def _entry(judgement: Judgement) -> dict[str, object]:
    return {
        "answer": judgement.claim.text,
        "verdict": judgement.verdict,
        "right": plain(judgement.right),
        "tolerance": plain(judgement.tolerance),
        "causes": [list(cause.slips) for cause in judgement.causes if cause.slips],
        "instead": [_place(*cause.instead) for cause in judgement.causes if cause.instead],
        "exchanged": [
            dict(zip(("used", "taken"), map(_place, cause.exchanged), strict=True))
            for cause in judgement.causes
            if cause.exchanged
        ],
        "given": [claim.text for claim in judgement.given],
        "refused": judgement.refused or None,
    }


def _place(leaf: Term, index: Index | None = None) -> dict[str, object]:
    """A value, gradient or local derivative, and an entry of it counted from 1."""
    return {
        "of": "value" if leaf.op == "name" else leaf.op,
        "node": str(leaf.args[0]),
        "entry": None if index is None else [i + 1 for i in index],
    }
