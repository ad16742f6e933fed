"""`python -m solver graph --mode forward` and `--mode finite`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import numpy as np

from solver import modes, steps
from solver import term as t
from solver.arithmetic import Arithmetic, NotExact
from solver.commands.command import Report
from solver.commands.records import step_records
from solver.errors import InputError
from solver.parsing import values
from solver.solution import Solution
from templates.notation import Notation


def forward(given: Namespace, solution: Solution, notation: Notation) -> Report:
    """One directional derivative, with a tangent at every node."""
    direction = _direction(given.seed_direction, solution)
    derivative = _derivative(solution, direction)
    try:
        worked = _worked(solution, direction, solution.line_arithmetic)
    except NotExact:
        worked = _worked(solution, direction, solution.arithmetic.in_decimals)
    return Report(
        lambda: _page(solution, direction, worked, notation),
        lambda: _record(solution, direction, derivative, worked, notation),
    )


def _derivative(solution: Solution, direction: Mapping[str, Any]) -> float:
    """The derivative along the direction, from the gradients in double precision."""
    with np.errstate(all="ignore"):
        parts = [np.sum(solution.gradients[n] * np.asarray(v, float)) for n, v in direction.items()]
        found = float(sum(parts))
    if not np.isfinite(found):
        raise InputError("the derivative along this direction is too large; give smaller numbers")
    return found


def _worked(
    solution: Solution, direction: Mapping[str, Any], kind: Arithmetic
) -> tuple[steps.Step, ...]:
    lines = modes.tangent_lines(solution.graph, frozenset(direction))
    taken = {t.name(name): kind.given(value) for name, value in solution.givens.items()}
    taken |= {t.tangent(name): kind.given(value) for name, value in direction.items()}
    return tuple(steps.worked(lines, taken, kind))


def _page(solution: Solution, direction: Any, worked: Any, notation: Notation) -> Any:
    from templates.solutions import modes as pages

    return pages.forward(solution, direction, worked, notation)


def _record(
    solution: Solution,
    direction: Mapping[str, Any],
    derivative: float,
    worked: Any,
    notation: Notation,
) -> Mapping[str, object]:
    from templates.solutions.lines import symbols_of

    return {
        "value": float(solution.values[solution.graph.output]),
        "direction": {n: np.asarray(v, dtype=float).tolist() for n, v in direction.items()},
        "derivative": derivative,
        "steps": step_records(worked, symbols_of(solution, notation)),
    }


def _direction(texts: list[str], solution: Solution) -> dict[str, Any]:
    """How fast each input moves; without a word of it, the first input with speed 1."""
    free = {v.name: v.shape for v in solution.graph.inputs if not v.fixed}
    if not texts:
        name = next(iter(free))
        return {name: np.ones(free[name])}
    found: dict[str, Any] = {}
    for text in texts:
        name, rest = values.assignment(text)
        if name not in free:
            raise InputError(f"--seed-direction {name}: the inputs are {', '.join(free)}")
        if name in found:
            raise InputError(f"--seed-direction {name} is given twice")
        found[name] = values.value(rest)
        if np.shape(found[name]) != free[name]:
            raise InputError(f"--seed-direction {name}: give as many numbers as {name} has")
    return found


def finite(given: Namespace, solution: Solution, notation: Notation) -> Report:
    """A central difference for every entry of every input that is wanted."""
    names = tuple(str(leaf.args[0]) for leaf, _ in solution.wanted if leaf.op == "gradient")
    rows = tuple(modes.differences(solution.graph, solution.floats, solution.gradients, names))
    _check_finite(rows)
    return Report(lambda: _finite_page(solution, rows, notation), lambda: _finite_record(rows))


def _check_finite(rows: tuple[modes.Difference, ...]) -> None:
    for row in rows:
        if not np.isfinite([row.above, row.below]).all():
            raise InputError(f"next to the given '{row.name}' the output is not a finite number")


def _finite_page(solution: Solution, rows: Any, notation: Notation) -> Any:
    from templates.solutions import modes as pages

    return pages.finite(solution, rows, notation)


def _finite_record(rows: tuple[modes.Difference, ...]) -> Mapping[str, object]:
    return {
        "differences": [
            {
                "input": row.name,
                "entry": [place + 1 for place in row.index] or None,
                "step": row.step,
                "above": row.above,
                "below": row.below,
                "quotient": row.slope,
                "derivative": row.derivative,
            }
            for row in rows
        ]
    }
