"""Parts that ask for shapes: their answers, the slips that lead elsewhere, and their options.

A slip maps each ask to the shape that who makes it writes down; where it makes no difference, that
is the right one. So that the right option is not the one that has most in common with the others,
half of the wrong ones, where there are enough, come from two slips together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Ask, Entry, Option, Part, PartSolution, Written, WrongEntries
from gen.ranks import Side, beside
from solver.shapes import Shape

ShapeSlip = Callable[[Ask, Shape], Shape]
"""From what is asked and its right shape (or what another slip made of it) to a wrong one."""


def solved(
    part: Part,
    right: Sequence[Shape],
    slips: Mapping[str, ShapeSlip],
    draw: Draw,
    *,
    by_length: bool = False,
) -> PartSolution:
    """The solved form of a part whose asks have the `right` shapes.

    With `by_length`, as many options are shorter in print than the right one as a draw says: that
    is for shapes of which some have more digits than others. Raises Rejected where the slips do not
    give a choice enough wrong options.
    """
    single = _different(part, right, ((name, (slip,)) for name, slip in slips.items()), ())
    written = Written(tuple(right), single)
    if part.form != "choice":
        return PartSolution(written=written)
    pairs = ((f"{a}+{b}", (slips[a], slips[b])) for a, b in combinations(slips, 2))
    double = _different(part, right, pairs, single)
    wrong = (_ranked if by_length else _by_lot)(part, right, single, double, draw)
    options = [Option(False, slip=each.slip, entries=each.entries) for each in wrong]
    return PartSolution(
        options=draw.shuffle([Option(True, entries=written.entries), *options]), written=written
    )


Wrongs = Sequence[WrongEntries]


def _by_lot(
    part: Part, right: Sequence[Shape], single: Wrongs, double: Wrongs, draw: Draw
) -> Wrongs:
    wanted = part.choices - 1
    if len(single) + len(double) < wanted:
        raise Rejected("the slips give too few shapes to choose from")
    of_two = max(min(len(double), wanted // 2), wanted - len(single))
    return (*draw.sample(single, wanted - of_two), *draw.sample(double, of_two))


def _ranked(
    part: Part, right: Sequence[Shape], single: Wrongs, double: Wrongs, draw: Draw
) -> Wrongs:
    count = min(len(double), max(len(single), part.choices))
    some = draw.fork("two").sample(double, count)
    pool = [(_side(right, each.entries), each) for each in (*single, *some)]
    alike = [each for side, each in pool if side == 0]
    # Of one shape alone, enough are as long as it is.
    if len(part.asks) == 1 and len(alike) >= part.choices - 1:
        return draw.sample(alike, part.choices - 1)
    return beside(pool, part.choices, draw, alone=False)


def _side(right: Sequence[Entry], others: Sequence[Entry]) -> Side:
    """Whether other shapes are shorter or longer in print than the right ones."""
    more = _length(others) - _length(right)
    return -2 if more < 0 else 2 if more > 0 else 0


def _length(shapes: Sequence[Entry]) -> int:
    """The characters that shapes differ in: digits, letters, and what a sum has around it."""
    texts = [str(size) for shape in shapes if isinstance(shape, tuple) for size in shape]
    return sum(len(text.replace("_", "")) + 2 * ("+" in text) for text in texts)


def _different(
    part: Part,
    right: Sequence[Shape],
    slips: Iterable[tuple[str, tuple[ShapeSlip, ...]]],
    others: Sequence[WrongEntries],
) -> tuple[WrongEntries, ...]:
    """What the slips lead to, where that differs from the right shapes and from all before."""
    seen = {tuple(right), *(each.entries for each in others)}
    found = []
    for name, steps in slips:
        made = tuple(right)
        for slip in steps:
            made = tuple(slip(ask, shape) for ask, shape in zip(part.asks, made, strict=True))
        if made not in seen and not any(0 in shape for shape in made):
            seen.add(made)
            found.append(WrongEntries(name, made))
    return tuple(found)
