"""The measured difficulty of an item: what it takes to work it out by hand.

Numbers are counted by the operations in the worked lines (`solver.work`), expressions by their
operations, which have to be written or whose shapes have to be followed, shapes by their sizes, and
statements by what they say of themselves.
"""

from __future__ import annotations

from gen.problem import Entry, Item, PartSolution
from solver.term import Term
from solver.work import operations

READING = 1.0
SECONDS = 10.0
"""Minutes to read an item, and seconds for each operation: a rough measure, to compare by."""


def work(item: Item) -> int:
    """The operations that it takes to find every answer of an item by hand."""
    return operations(item.solution.steps) + sum(map(_judging, item.solution.parts))


def minutes(operations: float) -> float:
    """The time that so much work typically takes, in minutes."""
    return READING + operations * SECONDS / 60


def _judging(part: PartSolution) -> int:
    """The operations of every expression and statement that is offered, each statement once."""
    claims = [option.claim for option in part.options if option.claim and option.says is not False]
    expressions = [option.candidate.expression for option in part.options if option.candidate]
    judged = sum(claim.work for claim in claims) + sum(map(_operations, expressions))
    return judged + sum(map(_writing, part.written.entries if part.written else ()))


def _writing(entry: Entry) -> int:
    """The sizes of a shape, or the operations of an expression."""
    return _operations(entry) if isinstance(entry, Term) else len(entry)


def _operations(expression: Term) -> int:
    inner = sum(_operations(a) for a in expression.args if isinstance(a, Term))
    return inner + any(isinstance(a, Term) for a in expression.args)
