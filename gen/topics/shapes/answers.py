"""Parts that ask for shapes: their answers, the slips that lead elsewhere, and their options.

A slip maps each ask to the shape that who makes it writes down; where it makes no difference, that
is the right one. Shapes have no size, so options are ordered by lot alone. So that the right option
is not the one that has most in common with the others, half of the wrong ones, where there are
enough, come from two slips together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Ask, Option, Part, PartSolution, Written, WrongEntries
from solver.shapes import Shape

ShapeSlip = Callable[[Ask, Shape], Shape]
"""From what is asked and its right shape (or what another slip made of it) to a wrong one."""


def solved(
    part: Part, right: Sequence[Shape], slips: Mapping[str, ShapeSlip], draw: Draw
) -> PartSolution:
    """The solved form of a part whose asks have the `right` shapes.

    Raises Rejected where the slips do not give a choice enough wrong options.
    """
    single = _different(part, right, ((name, (slip,)) for name, slip in slips.items()), ())
    written = Written(tuple(right), single)
    if part.form != "choice":
        return PartSolution(written=written)
    pairs = ((f"{a}+{b}", (slips[a], slips[b])) for a, b in combinations(slips, 2))
    double = _different(part, right, pairs, single)
    wanted = part.choices - 1
    if len(single) + len(double) < wanted:
        raise Rejected("the slips give too few shapes to choose from")
    of_two = max(min(len(double), wanted // 2), wanted - len(single))
    wrong = [*draw.sample(single, wanted - of_two), *draw.sample(double, of_two)]
    options = [Option(False, slip=each.slip, entries=each.entries) for each in wrong]
    return PartSolution(
        options=draw.shuffle([Option(True, entries=written.entries), *options]), written=written
    )


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
