"""The pages of forward mode and of central differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from solver.arithmetic import Decimals
from solver.modes import Difference
from solver.solution import Solution
from solver.steps import Step
from templates.context import in_words
from templates.document import Block, Document, Heading, Inline, Math, Table, Text
from templates.explain import line
from templates.notation import Notation, Symbols
from templates.numerals import array, decimal
from templates.rendering import render
from templates.solutions.conventions import conventions
from templates.solutions.graph import problem
from templates.solutions.lines import symbols_of

TEMPLATE = "solutions/modes.md.j2"
FORWARD, FINITE = "Forward mode", "Central differences"
DIGITS = 10
"""The significant digits of outputs whose difference is taken."""

Direction = Mapping[str, Any]


def forward(
    solution: Solution, direction: Direction, steps: Sequence[Step], notation: Notation
) -> Document:
    """Values and tangents line by line; `direction` has an array for each input that moves."""
    symbols = symbols_of(solution, notation)
    moved = [f"${symbols.tangent(name)} = {array(value)}$" for name, value in direction.items()]
    blocks = [
        Heading(1, (Text(FORWARD),)),
        *problem(solution, symbols),
        *conventions(solution, symbols, gradients=False),
        *render(TEMPLATE, "forward", direction=in_words(moved)),
        Heading(2, (Text("Values and tangents"),)),
        *(line(step, symbols) for step in steps),
        *render(TEMPLATE, "passes", count=_inputs(solution)),
        *_forward_check(solution, direction, steps[-1]),
    ]
    return Document(FORWARD, tuple(blocks))


def _inputs(solution: Solution) -> int:
    return sum(int(np.size(solution.floats[v.name])) for v in solution.graph.inputs if not v.fixed)


def _forward_check(solution: Solution, direction: Direction, last: Step) -> tuple[Block, ...]:
    """The same derivative from the backward pass."""
    products = (
        float(np.sum(solution.gradients[name] * np.asarray(value, dtype=float)))
        for name, value in direction.items()
    )
    places = Decimals().places if last.places is None else last.places
    return render(TEMPLATE, "forward_check", sum=decimal(sum(products), places))


def finite(solution: Solution, rows: Sequence[Difference], notation: Notation) -> Document:
    """A row for each entry of each input: both outputs, the quotient, the derivative."""
    symbols = symbols_of(solution, notation)
    blocks = [
        Heading(1, (Text(FINITE),)),
        *problem(solution, symbols),
        *render(TEMPLATE, "finite", step=decimal(rows[0].step)),
        _table(rows, symbols),
        *render(TEMPLATE, "error", count=2 * len(rows)),
    ]
    return Document(FINITE, tuple(blocks))


def _table(rows: Sequence[Difference], symbols: Symbols) -> Table:
    words = ("Input", "Output above", "Output below", "Difference quotient", "Derivative", "Error")
    header = tuple((Text(word),) for word in words)
    return Table(header, tuple(tuple(_row(row, symbols)) for row in rows))


def _row(row: Difference, symbols: Symbols) -> Iterator[tuple[Inline, ...]]:
    yield (Math(str(symbols.value(row.name, row.index or None))),)
    for number in (row.above, row.below, row.slope, row.derivative):
        yield (Math(f"{number:.{DIGITS}g}"),)
    mantissa, exponent = f"{row.slope - row.derivative:.1e}".split("e")
    yield (Math(rf"{mantissa} \cdot 10^{{{int(exponent)}}}"),)
