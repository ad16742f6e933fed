"""A check that a student can make: the slope between two points near the given one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.arithmetic import Decimals
from solver.passes import forward
from solver.rounding import round_half_up
from solver.solution import Solution
from solver.steps import Index
from templates.document import Block
from templates.notation import Symbols
from templates.numerals import decimal
from templates.rendering import render
from templates.solutions.lines import printed_gradient

TEMPLATE = "solutions/check.md.j2"
STEP = 1e-2
"""How far an input is moved to either side."""
NEAR = 0.05
"""How far the slope may be from the gradient, as a share of it."""
MOST_TRIED = 8
"""How many entries are tried before the check is left out."""


def check(solution: Solution, symbols: Symbols, word: str) -> tuple[Block, ...]:
    """The check in the steepest entry that it works for, the output called `word`; or nothing."""
    tried = (slope(solution, *entry) for entry in _entries(solution)[:MOST_TRIED])
    found = next(filter(None, tried), None)
    return () if found is None else _told(solution, found, symbols, word)


def _told(solution: Solution, found: Slope, symbols: Symbols, word: str) -> tuple[Block, ...]:
    below, above = (decimal(x, found.places + 2) for x in found.outputs)
    index = found.index or None
    return render(
        TEMPLATE,
        "check",
        arrays=any(np.size(solution.floats[name]) > 1 for name, _ in _entries(solution)),
        what=str(symbols.value(found.name, index)),
        word=word,
        minus=solution.sign < 0,
        step=decimal(STEP),
        below=below,
        above=above,
        slope=decimal(found.slope, found.shown_places),
        gradient_symbol=str(symbols.gradient(found.name, index)),
        gradient=printed_gradient(solution, found.name, found.index, found.places, symbols),
    )


def _entries(solution: Solution) -> list[tuple[str, Index]]:
    """The entries of inputs whose gradient is wanted, the steepest first."""
    free = {v.name for v in solution.graph.inputs if not v.fixed}
    asked = [
        (str(leaf.args[0]), index)
        for leaf, index in solution.wanted
        if leaf.op == "gradient" and leaf.args[0] in free
    ]
    if not asked:
        asked = [(name, None) for name in sorted(free)]
    entries = [
        (name, place)
        for name, index in asked
        for place in ([index] if index is not None else np.ndindex(solution.gradients[name].shape))
    ]
    return sorted(entries, key=lambda entry: -abs(float(solution.gradients[entry[0]][entry[1]])))


@dataclass(frozen=True, slots=True)
class Slope:
    """The outputs below and above, as printed, and the slope between them as recomputed from those.

    The slope is minus that where the page has minus gradients.
    """

    name: str
    index: tuple[int, ...]
    outputs: tuple[float, float]
    slope: float
    places: int

    @property
    def shown_places(self) -> int:
        """The decimals that the slope of rounded outputs has."""
        return max(self.places - 1, 1)


# Next to the largest numbers the outputs overflow, and the check is left out.
@np.errstate(all="ignore")
def slope(solution: Solution, name: str, index: tuple[int, ...] = ()) -> Slope | None:
    """The central difference in one entry, or None where it does not come near the gradient.

    That is so across a kink, or where rounding takes away too much.
    """
    places = solution.arithmetic.places
    places = Decimals().places if places is None else places
    start = float(solution.floats[name][index])
    points = (start - STEP, start + STEP)
    below, above = (
        float(round_half_up(_output(solution, name, index, x), places + 2)) for x in points
    )
    rise = float(round_half_up((above - below) / (2 * STEP), max(places - 1, 1)))
    gradient = float(solution.gradients[name][index])
    if not abs(rise - gradient) <= NEAR * abs(gradient):
        return None
    return Slope(name, index, (below, above), solution.sign * rise, places)


def _output(solution: Solution, name: str, index: tuple[int, ...], x: float) -> float:
    changed = np.array(solution.floats[name])
    changed[index] = x
    with np.errstate(all="ignore"):
        return float(
            forward(solution.graph, {**solution.floats, name: changed})[solution.graph.output]
        )
