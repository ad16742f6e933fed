"""Which statements an item has, which of them are true, and with which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.concepts.bank import THEMES, Statement, statements
from gen.topics.concepts.numbers import drawer
from gen.topics.concepts.numbers.case import Fact
from gen.vocabulary import Difficulty, Form

LEVELS: dict[Difficulty, tuple[Difficulty, ...]] = {
    "easy": ("easy",),
    "medium": ("easy", "medium"),
    "hard": ("medium", "hard"),
}
"""The levels of the statements that items of a difficulty are made of."""

SIZES: dict[Form, dict[Difficulty, tuple[int, int]]] = {
    "true_false": {"easy": (1, 1), "medium": (2, 1), "hard": (2, 2)},
    "choose_all": {"easy": (3, 1), "medium": (3, 2), "hard": (3, 3)},
    "choice": {"easy": (3, 1), "medium": (2, 2), "hard": (2, 3)},
}
"""How many statements an item has: in words alone, and with numbers to calculate."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it is made in an item: its truth, and the facts of one with numbers.

    `operations` is the work of judging it: one step, or the arithmetic that it takes.
    """

    name: str
    true: bool
    facts: tuple[tuple[str, Fact], ...] = ()
    operations: int = 1


def draw_statements(draw: Draw, difficulty: Difficulty, form: Form) -> tuple[Said, ...]:
    """Statements on one theme, each about another key point, in random order.

    Of a choice exactly one is true; of several to be ticked any number but none and all, each
    equally likely; of those to be called true or false each is true or false by a throw of a coin.
    """
    theme = draw.choice(tuple(THEMES))
    worded, computed = SIZES[form][difficulty]
    chosen: list[Statement] = []
    for with_numbers, count in ((True, computed), (False, worded)):
        chosen += _apart(draw, pool(theme, difficulty, with_numbers), count, chosen)
    truths = _truths(draw, len(chosen), form)
    pairs = zip(draw.shuffle(chosen), truths, strict=True)
    return tuple(_said(draw, statement, true) for statement, true in pairs)


@cache
def pool(theme: str, difficulty: Difficulty, computed: bool) -> tuple[Statement, ...]:
    """The statements that items of a difficulty have on a theme, with or without numbers."""
    return tuple(
        each
        for each in statements().values()
        if (each.theme, each.computed) == (theme, computed) and each.level in LEVELS[difficulty]
    )


def _apart(
    draw: Draw, pool: Sequence[Statement], count: int, before: Sequence[Statement]
) -> list[Statement]:
    """`count` of the pool, each on a key point that none `before`, and no other, is about."""
    taken, found = {each.point for each in before}, list[Statement]()
    for statement in draw.shuffle(pool):
        if len(found) < count and statement.point not in taken:
            taken.add(statement.point)
            found.append(statement)
    if len(found) < count:
        raise Rejected("two statements would be about the same point")
    return found


def _truths(draw: Draw, count: int, form: Form) -> tuple[bool, ...]:
    if form == "true_false":
        return tuple(draw.sign() > 0 for _ in range(count))
    right = 1 if form == "choice" else draw.integer(1, count - 1)
    return draw.shuffle([place < right for place in range(count)])


def _said(draw: Draw, statement: Statement, true: bool) -> Said:
    if not statement.computed:
        return Said(statement.name, true)
    case = drawer(statement.name)(draw)
    if not case.right or not case.mistaken:
        raise Rejected("the number of a statement is 0, or no mistake leads to another")
    claimed = case.right if true else draw.choice(case.mistaken)
    facts = {**case.facts, "claimed": claimed, "right": case.right}
    return Said(statement.name, true, tuple(facts.items()), 1 + case.operations)
