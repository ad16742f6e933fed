"""Options of which length tells nothing: as many are shorter than the right one as a draw says.

The rank of the right option by length is drawn first, from the stream that no rejected attempt
moves; then wrong options are found that give it that rank (`gen.choices` has the same for size).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

from gen.draw import Draw
from gen.family import Rejected

T = TypeVar("T")
Side = Literal[-2, -1, 0, 1, 2]
"""How a wrong option's length is to the right one's: clearly shorter, hardly shorter, the same,
hardly longer, clearly longer."""


def beside(
    others: Sequence[tuple[Side, T]], choices: int, draw: Draw, *, alone: bool = True
) -> tuple[T, ...]:
    """Wrong options beside which the right one has a rank by length that is drawn uniformly.

    At either end of the order it stands alone: what is as long takes places in between. Without
    `alone`, that may fill up an end, where too few are shorter, or longer. Raises Rejected where
    there are too few even so.
    """
    rank = draw.integer(0, choices - 1)
    below, above = rank, choices - 1 - rank
    at_end = not (below and above)
    equal = [each for side, each in others if side == 0]
    alike = [] if at_end else equal
    spare = equal if not alone else []
    shorter = _taken((_at(-2, others), _at(-1, others), alike, spare), below, draw)
    alike, spare = (
        [each for each in pool if all(each is not other for other in shorter)]
        for pool in (alike, spare)
    )
    return (*shorter, *_taken((_at(2, others), _at(1, others), alike, spare), above, draw))


def _at(side: Side, others: Sequence[tuple[Side, T]]) -> list[T]:
    return [each for where, each in others if where == side]


def _taken(
    pools: tuple[list[T], list[T], list[T], list[T]], count: int, draw: Draw
) -> tuple[T, ...]:
    """So many that are clearly on one side, hardly so, or alike; one of the first, if there is one.

    Where none may be alike, as many as there are come from the first pool, then from the second.
    What is still missing comes from the last.
    """
    clear, hardly, alike, spare = pools
    if not count:
        return ()
    if alike and (clear or hardly):
        first = draw.sample(clear or hardly, 1)
        rest = [each for each in (*clear, *hardly, *alike) if each is not first[0]]
        if len(rest) >= count - 1:
            return (*first, *draw.sample(rest, count - 1))
    found: tuple[T, ...] = ()
    for pool in (clear, hardly, spare):
        found += draw.sample(pool, min(count - len(found), len(pool)))
    if len(found) < count:
        raise Rejected("the slips give too few options that are shorter, or longer")
    return found
