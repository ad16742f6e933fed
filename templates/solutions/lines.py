"""A solution's lines as a notation has them, and the symbols that they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.solution import Solution
from solver.steps import Index, Step, entry
from templates.explain import read, result
from templates.notation import Notation, Symbols
from templates.numerals import LONGEST, decimal


def symbols_of(solution: Solution, notation: Notation) -> Symbols:
    """The symbols of a solution's nodes; the constant pi is written as the letter."""
    letters = {v.name: r"\pi" for v in solution.graph.inputs if v.fixed and v.name == "pi"}
    return Symbols(solution.graph, solution.network, notation, letters)


def steps_in(solution: Solution, notation: Notation) -> tuple[Step, ...]:
    """The steps as they are read in the notation: in its layout, operands in its order."""
    symbols = symbols_of(solution, notation)
    return tuple(read(step, symbols) for step in solution.steps)


def printed_gradient(
    solution: Solution, name: str, index: Index, places: int, symbols: Symbols
) -> str:
    """One entry of a gradient as its line prints it, or rounded where it has no line.

    An exact number that is no integer has its decimals behind it.
    """
    leaf = t.gradient(name)
    rounded = decimal(solution.sign * float(solution.gradients[name][index]), places)
    for step in solution.steps:
        if step.leaf == leaf and step.index in (None, index):
            alone = step if step.index == index or not index else entry(step, index)
            printed = result(alone, symbols)
            whole = step.places is not None or printed.lstrip("-").isdigit()
            return printed if whole else rf"{printed} \approx {rounded}"
    return rounded


def posed(solution: Solution) -> Mapping[str, NDArray[Any]]:
    """The givens as the page states them, by name.

    Where exact lines were asked for and are in decimals, a number that is a decimal is one, and
    the others stay as they were given: 0.3, but ln 3.
    """
    if not solution.why_decimal:
        return solution.givens
    as_decimal = np.frompyfunc(_as_decimal, 1, 1)
    return {
        name: np.asarray(as_decimal(value), dtype=object) for name, value in solution.givens.items()
    }


def _as_decimal(number: Any) -> Any:
    """An exact number as a float if it is a decimal of few digits; any other as it is."""
    denominator = getattr(getattr(number, "value", None), "denominator", 0)
    return float(number) if denominator and 10**LONGEST % denominator == 0 else number
