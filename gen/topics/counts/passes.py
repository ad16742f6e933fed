"""Numbers of passes that derivatives take, as formulas in numbers of inputs and outputs.

By name: A inputs and B outputs of a function; F and R are passes of forward and of reverse mode, C
and E evaluations with centred and with one-sided differences. P are the parameters of a network
whose layers have the widths n0, n1, ...; where passes are timed, T and U are the times of F and R
passes in evaluations, and a and b those of one pass. Of three maps one after another, S is the
smallest number of passes with which each map has its own Jacobian.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from gen.topics.counts.formulas import COUNT_SLIPS, by_layer
from gen.variants import Recipe
from solver import functions as f

Kind = Literal["jacobian", "loss", "composed", "outputs"]
"""The Jacobian of a function, the gradient of a network's loss, three maps one after another, and,
timed, the Jacobian of a network's outputs."""

Counted = Mapping[str, Any]


def _numbers(inputs: Any, outputs: Any) -> Counted:
    return {"F": 1 * inputs, "R": 1 * outputs, "C": 2 * inputs, "E": inputs + 1}


def _jacobian(inputs: Any, outputs: Any) -> Counted:
    return _numbers(inputs, outputs)


def _loss(*n: Any) -> Counted:
    *widths, outputs = n
    layers = by_layer(*widths)
    return {**layers, **_numbers(layers["P"], outputs)}


def _composed(*n: Any) -> Counted:
    a, h, g, b = n
    smallest = f.minimum(a, h) + f.minimum(h, g) + f.minimum(g, b)
    return {"F": 1 * a, "R": 1 * b, "S": smallest}


def _timed(forward: Any, reverse: Any, a: Any, b: Any) -> Counted:
    time, other = a * forward, b * reverse
    return {"F": 1 * forward, "R": 1 * reverse, "T": time, "U": other}


def _outputs(*n: Any) -> Counted:
    *widths, a, b = n
    layers = by_layer(*widths)
    return {**layers, **_timed(layers["P"], widths[-1], a, b)}


RECIPES: Mapping[Kind, Recipe] = MappingProxyType(
    {
        "jacobian": _jacobian,
        "loss": _loss,
        "composed": _composed,
        "outputs": _outputs,
    }
)


_JACOBIAN: Mapping[str, Recipe] = {
    "modes_exchanged": lambda n, m: {**_numbers(n, m), "F": 1 * m, "R": 1 * n},
    "one_reverse_pass_always": lambda n, m: {**_numbers(n, m), "R": 0 * m + 1},
    "passes_for_entries": lambda n, m: {**_numbers(n * m, m), "R": n * m},
    "outputs_moved": lambda n, m: {**_numbers(n, m), "C": 2 * m, "E": m + 1},
    "kinds_of_difference_exchanged": lambda n, m: {**_numbers(n, m), "C": n + 1, "E": 2 * n},
    "one_side_evaluated": lambda n, m: {**_numbers(n, m), "C": 1 * n, "E": 1 * n},
    "inputs_and_outputs_added": lambda n, m: {**_numbers(n, m), "F": n + m, "R": n + m},
    "middle_evaluated_too": lambda n, m: {**_numbers(n, m), "C": 2 * n + 1},
}


def _counted_otherwise(kind: Kind, count: Recipe, *n: Any) -> Counted:
    """The numbers of passes that follow from another number of parameters."""
    tail = 1 if kind == "loss" else 2
    widths, rest = n[:-tail], n[-tail:]
    parameters = count(*widths)["P"]
    if kind == "loss":
        passes = _numbers(parameters, rest[0])
    else:
        passes = _timed(parameters, widths[-1], *rest)
    return {"P": 1 * parameters, **passes}


@lru_cache(maxsize=8)
def _of_parameters(kind: Kind) -> Mapping[str, Recipe]:
    return {slip: partial(_counted_otherwise, kind, count) for slip, count in COUNT_SLIPS.items()}


def _loss_with(*n: Any, **others: Any) -> Counted:
    return {**_loss(*n), **others}


_LOSS: Mapping[str, Recipe] = {
    "modes_exchanged": lambda *n: _loss_with(*n, F=1 * n[-1], R=1 * by_layer(*n[:-1])["P"]),
    "reverse_pass_for_each_layer": lambda *n: _loss_with(*n, R=0 * n[-1] + len(n) - 2),
    "pass_for_each_output_unit": lambda *n: _loss_with(*n, R=1 * n[-2]),
    "inputs_for_parameters": lambda *n: _loss_with(*n, F=1 * n[0], C=2 * n[0], E=n[0] + 1),
    "kinds_of_difference_exchanged": lambda *n: _loss_with(
        *n, C=by_layer(*n[:-1])["P"] + 1, E=2 * by_layer(*n[:-1])["P"]
    ),
    "one_side_evaluated": lambda *n: _loss_with(
        *n, C=1 * by_layer(*n[:-1])["P"], E=1 * by_layer(*n[:-1])["P"]
    ),
}

_COMPOSED: Mapping[str, Recipe] = {
    "modes_exchanged": lambda a, h, g, b: {**_composed(a, h, g, b), "F": 1 * b, "R": 1 * a},
    "larger_number_taken": lambda a, h, g, b: {
        **_composed(a, h, g, b),
        "S": f.maximum(a, h) + f.maximum(h, g) + f.maximum(g, b),
    },
    "forward_throughout": lambda a, h, g, b: {**_composed(a, h, g, b), "S": a + h + g},
    "reverse_throughout": lambda a, h, g, b: {**_composed(a, h, g, b), "S": h + g + b},
    "ends_alone": lambda a, h, g, b: {**_composed(a, h, g, b), "S": 1 * f.minimum(a, b)},
    "middle_map_left_out": lambda a, h, g, b: {
        **_composed(a, h, g, b),
        "S": f.minimum(a, h) + f.minimum(g, b),
    },
    "narrowest_alone": lambda a, h, g, b: {
        **_composed(a, h, g, b),
        "S": 1 * f.minimum(f.minimum(a, h), f.minimum(g, b)),
    },
    "all_widths_added": lambda a, h, g, b: {**_composed(a, h, g, b), "S": a + h + g + b},
}


def _retimed(change: Callable[..., tuple[Any, ...]], *n: Any) -> Counted:
    """Timed passes with `change` made to their numbers and their times."""
    found = _outputs(*n)
    a, b = n[-2:]
    return {**found, **_timed(*change(found["F"], found["R"], a, b))}


_TIMED: Mapping[str, Callable[..., tuple[Any, ...]]] = {
    "modes_exchanged": lambda n, m, a, b: (m, n, a, b),
    "times_exchanged": lambda n, m, a, b: (n, m, b, a),
    "one_reverse_pass_always": lambda n, m, a, b: (n, 0 * m + 1, a, b),
    "inputs_and_outputs_added": lambda n, m, a, b: (n + m, n + m, a, b),
    "passes_not_timed": lambda n, m, a, b: (n, m, 0 * a + 1, 0 * b + 1),
}


@lru_cache(maxsize=8)
def pass_slips(kind: Kind) -> Mapping[str, Recipe]:
    """What is counted by mistake, over the same numbers as the right recipe."""
    match kind:
        case "jacobian":
            return _JACOBIAN
        case "composed":
            return _COMPOSED
        case "loss":
            return {**_LOSS, **_of_parameters(kind)}
        case _:
            timed = {slip: partial(_retimed, change) for slip, change in _TIMED.items()}
            return {**timed, **_of_parameters(kind)}


def as_arrays(numbers: Mapping[str, int]) -> dict[str, Any]:
    """Whole numbers as the givens of a graph."""
    return {name: np.array(float(number)) for name, number in numbers.items()}
