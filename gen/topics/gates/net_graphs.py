"""Two layers of threshold units on all inputs at once, as a graph, and what the slips make of it.

The columns `x1`, ... of a truth table go in. Hidden unit i has the weights `wi1`, `wi2`, ..., the
threshold `ti`, the sums `si` and the outputs `hi`; the output unit has the weights `vi`, the
threshold `t`, and the outputs `y`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial, reduce
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.topics.gates.functions import rows
from gen.topics.gates.nets import ThresholdNet
from gen.variants import graph_of
from solver import functions as f
from solver.graph import Graph
from solver.term import Term

Terms = Mapping[str, Term]
Fires = Callable[[Any, Any], Any]
Feeds = Callable[[Mapping[str, Any], int], Any]
"""What the output unit gets from its input of that number."""


def givens(net: ThresholdNet) -> dict[str, Value]:
    """The columns of the table, all weights and all thresholds."""
    columns = np.array(rows(net.inputs), dtype=float).T
    found = {f"x{j}": column for j, column in enumerate(columns, start=1)}
    for i, unit in enumerate(net.hidden, start=1):
        found |= {f"w{i}{j}": np.array(float(w)) for j, w in enumerate(unit.weights, start=1)}
        found[f"t{i}"] = np.array(float(unit.threshold))
    found |= {f"v{i}": np.array(float(v)) for i, v in enumerate(net.output.weights, start=1)}
    return {**found, "t": np.array(float(net.output.threshold))}


def graph(inputs: int, hidden: int) -> Graph:
    """The sums and outputs of the hidden units, and the outputs of the net."""
    return _graph(inputs, hidden, _reaches, _outputs)


def variants(net: ThresholdNet, numbers: Mapping[str, Value]) -> Iterator[Variant]:
    """What the slips make of the same net."""
    inputs, hidden = net.inputs, len(net.hidden)
    for slip, fires in _SLIPS_OF_UNITS.items():
        yield Variant(slip, numbers, _graph(inputs, hidden, fires, _outputs))
    for slip, feeds in _SLIPS_OF_LAYERS.items():
        if feeds is not _inputs or inputs == hidden:
            yield Variant(slip, numbers, _graph(inputs, hidden, _reaches, feeds))
    right = graph(inputs, hidden)
    turned = {f"v{i}": numbers[f"v{hidden + 1 - i}"] for i in range(1, hidden + 1)}
    yield Variant("hidden_units_exchanged", {**numbers, **turned}, right)
    sizes = {name: abs(value) for name, value in numbers.items() if name[0] in "wv"}
    yield Variant("weight_signs_dropped", {**numbers, **sizes}, right)
    if inputs == hidden:
        pairs = [(i, j) for i in range(1, inputs + 1) for j in range(1, inputs + 1)]
        flipped = {f"w{i}{j}": numbers[f"w{j}{i}"] for i, j in pairs}
        yield Variant("connections_exchanged", {**numbers, **flipped}, right)


@lru_cache(maxsize=64)
def _graph(inputs: int, hidden: int, fires: Fires, feeds: Feeds) -> Graph:
    columns = [(f"x{j}", (2**inputs,)) for j in range(1, inputs + 1)]
    units = range(1, hidden + 1)
    scalars = [name for i in units for name in (*_weights(i, inputs), f"t{i}")]
    scalars += [*(f"v{i}" for i in units), "t"]
    recipe = partial(_net, inputs, hidden, fires, feeds)
    made = graph_of(recipe, (*columns, *((name, ()) for name in scalars)))
    shown = (replace(e, hidden=e.target.startswith("_")) for e in made.equations)
    return replace(made, equations=tuple(shown))


def _weights(unit: int, inputs: int) -> list[str]:
    return [f"w{unit}{j}" for j in range(1, inputs + 1)]


def _net(inputs: int, hidden: int, fires: Fires, feeds: Feeds, *terms: Any) -> Terms:
    units = range(1, hidden + 1)
    names = [f"x{j}" for j in range(1, inputs + 1)]
    names += [name for i in units for name in (*_weights(i, inputs), f"t{i}")]
    known = dict(zip([*names, *(f"v{i}" for i in units), "t"], terms, strict=True))
    made: dict[str, Any] = {}
    for i in units:
        made[f"s{i}"] = _added([known[f"w{i}{j}"] * known[f"x{j}"] for j in range(1, inputs + 1)])
    for i in units:
        made[f"h{i}"] = fires(made[f"s{i}"], known[f"t{i}"])
    seen = {**known, **made}
    total = _added([known[f"v{i}"] * feeds(seen, i) for i in units])
    return {**made, "u": total, "y": fires(total, known["t"])}


def _added(terms: Sequence[Any]) -> Any:
    return reduce(lambda a, b: a + b, terms)


def _reaches(s: Any, threshold: Any) -> Any:
    return f.at_least(s, threshold)


def _with_threshold_added(s: Any, threshold: Any) -> Any:
    return f.at_least(s + threshold, 0 * threshold)


def _from_below(s: Any, threshold: Any) -> Any:
    return f.at_least(threshold, s)


def _outputs(seen: Mapping[str, Any], i: int) -> Any:
    return seen[f"h{i}"]


def _sums(seen: Mapping[str, Any], i: int) -> Any:
    return seen[f"s{i}"]


def _inputs(seen: Mapping[str, Any], i: int) -> Any:
    return seen[f"x{i}"]


_SLIPS_OF_UNITS: Mapping[str, Fires] = {
    "threshold_sign": _with_threshold_added,
    "threshold_from_below": _from_below,
}
_SLIPS_OF_LAYERS: Mapping[str, Feeds] = {
    "hidden_sums_passed_on": _sums,
    "hidden_layer_skipped": _inputs,
}
