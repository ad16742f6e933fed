"""A perceptron on all its inputs at once, as a graph, and what the slips make of it.

The columns `x1`, `x2`, ... of a truth table go in; `s` are the weighted sums row by row, `y` the
outputs, and `lo` and `hi` the smallest and the largest whole threshold with the same outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial, reduce
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.topics.gates.functions import Perceptron, Table, rows
from gen.variants import Recipe, graph_of
from solver import functions as f
from solver.graph import Graph
from solver.term import Term

Terms = Mapping[str, Term]
Ends = Callable[[Sequence[Any], Sequence[Any]], tuple[Any, Any]]
"""The ends of the thresholds, out of the sums of the rows that give 0 and of those that give 1."""


def givens(perceptron: Perceptron) -> dict[str, Value]:
    """The columns of the table, the weights and the threshold."""
    columns = np.array(rows(len(perceptron.weights)), dtype=float).T
    return {
        **{f"x{i}": column for i, column in enumerate(columns, start=1)},
        **{f"w{i}": np.array(float(w)) for i, w in enumerate(perceptron.weights, start=1)},
        "t": np.array(float(perceptron.threshold)),
    }


def graph(inputs: int, outputs: Table = ()) -> Graph:
    """The sums and the outputs; where the `outputs` are given, the ends of the thresholds too."""
    return _graph(inputs, _RIGHT, outputs, _ENDS)


def variants(inputs: int, numbers: Mapping[str, Value], outputs: Table = ()) -> Iterator[Variant]:
    """What the slips make of the same perceptron."""
    for slip, recipe in _SLIPS.items():
        yield Variant(slip, numbers, _graph(inputs, recipe, outputs, _ENDS))
    for slip, ends in (_SLIPS_OF_ENDS if outputs else {}).items():
        yield Variant(slip, numbers, _graph(inputs, _RIGHT, outputs, ends))
    right = graph(inputs, outputs)
    turned = {f"w{i}": numbers[f"w{inputs + 1 - i}"] for i in range(1, inputs + 1)}
    sizes = {f"w{i}": abs(numbers[f"w{i}"]) for i in range(1, inputs + 1)}
    yield Variant("rows_in_another_order", {**numbers, **turned}, right)
    yield Variant("weight_signs_dropped", {**numbers, **sizes}, right)


@lru_cache(maxsize=512)
def _graph(inputs: int, recipe: Recipe, outputs: Table, ends: Ends) -> Graph:
    count = 2**inputs
    columns = [(f"x{i}", (count,)) for i in range(1, inputs + 1)]
    scalars = [*(f"w{i}" for i in range(1, inputs + 1)), "t"]
    whole = partial(_with_ends, recipe, outputs, ends) if outputs else recipe
    made = graph_of(whole, (*columns, *((name, ()) for name in scalars)))
    hidden = (replace(e, hidden=e.target.startswith("_")) for e in made.equations)
    return replace(made, equations=tuple(hidden))


def _sum(terms: Sequence[Any]) -> Any:
    count = len(terms) // 2
    xs, ws = terms[:count], terms[count : 2 * count]
    return reduce(lambda a, b: a + b, [w * x for w, x in zip(ws, xs, strict=True)])


def _right(*terms: Any) -> Terms:
    s = _sum(terms)
    return {"s": s, "y": f.at_least(s, terms[-1])}


def _exceeded(*terms: Any) -> Terms:
    s = _sum(terms)
    return {"s": s, "y": 1 - f.at_least(terms[-1], s)}


def _from_below(*terms: Any) -> Terms:
    s = _sum(terms)
    return {"s": s, "y": f.at_least(terms[-1], s)}


def _added(*terms: Any) -> Terms:
    s = _sum(terms) + terms[-1]
    return {"s": s, "y": f.at_least(s, 0 * terms[-1])}


def _subtracted(*terms: Any) -> Terms:
    s = _sum(terms) - terms[-1]
    return {"s": s, "y": f.at_least(s, 0 * terms[-1])}


def _with_ends(recipe: Recipe, outputs: Table, ends: Ends, *terms: Any) -> Terms:
    s = _sum(terms)
    sums = [[f.entry(s, (k,)) for k, y in enumerate(outputs) if y == bit] for bit in (0, 1)]
    low, high = ends(*sums)
    return {**recipe(*terms), "lo": low, "hi": high}


def _ends(zeros: Sequence[Any], ones: Sequence[Any]) -> tuple[Any, Any]:
    return reduce(f.maximum, zeros) + 1, reduce(f.minimum, ones)


def _one_down(zeros: Sequence[Any], ones: Sequence[Any]) -> tuple[Any, Any]:
    return reduce(f.maximum, zeros), reduce(f.minimum, ones) - 1


def _wide(zeros: Sequence[Any], ones: Sequence[Any]) -> tuple[Any, Any]:
    return reduce(f.maximum, zeros), reduce(f.minimum, ones)


def _narrow(zeros: Sequence[Any], ones: Sequence[Any]) -> tuple[Any, Any]:
    return reduce(f.maximum, zeros) + 1, reduce(f.minimum, ones) - 1


def _of_ones(zeros: Sequence[Any], ones: Sequence[Any]) -> tuple[Any, Any]:
    return reduce(f.minimum, ones), reduce(f.maximum, ones)


_RIGHT: Recipe = _right
_ENDS: Ends = _ends
_SLIPS: Mapping[str, Recipe] = {
    "threshold_sign": _added,
    "threshold_exceeded": _exceeded,
    "threshold_from_below": _from_below,
    "threshold_subtracted": _subtracted,
}
_SLIPS_OF_ENDS: Mapping[str, Ends] = {
    "threshold_exceeded": _one_down,
    "lower_end_included": _wide,
    "upper_end_left_out": _narrow,
    "range_of_the_ones": _of_ones,
}
