"""The measured difficulty of an item: what it takes to work it out by hand.

Numbers are counted by the operations in the worked lines (`solver.work`), expressions by their
operations, whose shapes have to be followed, and statements by what they say of themselves.
"""

from __future__ import annotations

from gen.problem import Item, PartSolution
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
    return sum(claim.work for claim in claims) + sum(map(_operations, expressions))


def _operations(expression: Term) -> int:
    inner = sum(_operations(a) for a in expression.args if isinstance(a, Term))
    return inner + any(isinstance(a, Term) for a in expression.args)
