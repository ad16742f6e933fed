"""Numbers of parameters as formulas in the widths `n0`, `n1`, ... of the layers, inputs first.

`c1`, `c2`, ... are the parameters of the layers, `P` all of them; `W` and `B` are all weights and
all biases. Every formula is a recipe of `gen.variants`, run over names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial, reduce
from itertools import pairwise
from operator import add, mul
from typing import Any

from gen.problem import Value, Variant
from gen.variants import Recipe, graph_of, variant
from solver.graph import Graph

Counted = Mapping[str, Any]
Formula = Callable[..., Counted]


def _layers(n: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The inputs and the units of every layer."""
    yield from pairwise(n)


def _summed(counts: Sequence[Any]) -> Any:
    return reduce(add, counts)


def by_layer(*n: Any) -> Counted:
    """Weights and biases layer by layer, and their sum."""
    counts = [units * inputs + units for inputs, units in _layers(n)]
    return {**_numbered(counts), "P": _summed(counts)}


def weights_by_layer(*n: Any) -> Counted:
    """The same without biases."""
    counts = [units * inputs for inputs, units in _layers(n)]
    return {**_numbered(counts), "P": _summed(counts)}


def _numbered(counts: Sequence[Any]) -> dict[str, Any]:
    return {f"c{layer}": each for layer, each in enumerate(counts, 1)}


def apart(*n: Any) -> Counted:
    """All weights, all biases, and their sum."""
    weights = _summed([units * inputs for inputs, units in _layers(n)])
    biases = _summed(n[1:])
    return {"W": weights, "B": biases, "P": weights + biases}


def extra(layer: int, *n: Any) -> Counted:
    """All parameters, what one more unit in a layer brings, and all there are then."""
    return _with_extra(layer, n, n[layer - 1] + 1 + n[layer + 1])


def _with_extra(layer: int, n: Sequence[Any], brought: Any) -> Counted:
    found = by_layer(*n)
    return {**found, "D": brought, "N": found["P"] + brought}


def width(n0: Any, n2: Any, P: Any) -> Counted:  # noqa: N803 - the letter on the page
    """The hidden width of a network with P parameters, and those of one twice as wide."""
    each = n0 + 1 + n2
    left = P - n2
    h = left / each
    return {"a": each, "k": left, "h": h, "N": P + h * each}


def compared(*n: Any) -> Counted:
    """A network with two hidden layers of n1, one with a single layer twice as wide, and more."""
    n0, n1, n2 = n
    deep = by_layer(n0, n1, n1, n2)["P"]
    wide = by_layer(n0, 2 * n1, n2)["P"]
    return {"P": deep, "Q": wide, "D": wide - deep}


def _total(count: Callable[[Any, Any], Any], *n: Any) -> Counted:
    """Each layer counted in another way."""
    counts = [count(inputs, units) for inputs, units in _layers(n)]
    return {**{name: 1 * c for name, c in _numbered(counts).items()}, "P": _summed(counts)}


def _product(*n: Any) -> Counted:
    counts = [units * inputs for inputs, units in _layers(n)]
    return {**_numbered(counts), "P": reduce(mul, n)}


def _units(*n: Any) -> Counted:
    return {**_numbered([1 * units for units in n[1:]]), "P": _summed(n)}


def _without_last(*n: Any) -> Counted:
    found = by_layer(*n)
    kept = [found[f"c{layer}"] for layer in range(1, len(n) - 1)]
    return {**found, "P": 1 * _summed(kept)}


def _one_bias(inputs: Any, units: Any) -> Any:
    return units * inputs + 1


def _bias_of_sender(inputs: Any, units: Any) -> Any:
    return units * inputs + inputs


def _both_biases(inputs: Any, units: Any) -> Any:
    return (inputs + 1) * (units + 1)


def _own_weights(*n: Any) -> Counted:
    found = by_layer(*n)
    return {**found, "P": found["P"] + _summed([units * units for units in n[1:-1]])}


def _difference(count: Formula, n0: Any, n1: Any, n2: Any) -> Counted:
    deep, wide = count(n0, n1, n1, n2)["P"], count(n0, 2 * n1, n2)["P"]
    return {"P": 1 * deep, "Q": 1 * wide, "D": wide - deep}


def _unconnected(n0: Any, n1: Any, n2: Any) -> Counted:
    found = compared(n0, n1, n2)
    deep = found["P"] - n1 * n1
    return {"P": deep, "Q": found["Q"], "D": found["Q"] - deep}


COUNT_SLIPS: Mapping[str, Recipe] = {
    "biases_not_counted": weights_by_layer,
    "bias_of_the_sender": partial(_total, _bias_of_sender),
    "one_bias_per_layer": partial(_total, _one_bias),
    "widths_multiplied": _product,
    "units_counted": _units,
    "last_layer_not_counted": _without_last,
    "extra_one_on_both_sides": partial(_total, _both_biases),
    "weights_of_units_themselves": _own_weights,
}
WEIGHT_SLIPS: Mapping[str, Recipe] = {
    "biases_counted": by_layer,
    "widths_multiplied": _product,
    "units_counted": _units,
    "last_layer_not_counted": lambda *n: {
        **weights_by_layer(*n),
        "P": 1 * _summed([u * i for i, u in list(_layers(n))[:-1]]),
    },
    "biases_counted_on_both_sides": partial(_total, _both_biases),
    "biases_counted_for_inputs": partial(_total, _bias_of_sender),
}
APART_SLIPS: Mapping[str, Recipe] = {
    "inputs_have_biases": lambda *n: _apart_with(n, _summed(n)),
    "one_bias_per_layer": lambda *n: _apart_with(n, 0 * n[0] + len(n) - 1),
    "bias_of_the_sender": lambda *n: _apart_with(n, _summed(n[:-1])),
    "last_layer_not_counted": lambda *n: apart(*n[:-1]) if len(n) > 3 else _first_apart(*n),
    "widths_multiplied": lambda *n: _apart_with(n, _summed(n[1:]), reduce(mul, n)),
    "extra_one_on_both_sides": lambda *n: _apart_with(n, _summed(n) + _summed(n[1:])),
    "weights_of_units_themselves": lambda *n: _apart_with(
        n, _summed(n[1:]), apart(*n)["W"] + _summed([k * k for k in n[1:-1]])
    ),
}
COMPARED_SLIPS: Mapping[str, Recipe] = {
    **{
        slip: partial(_difference, count)
        for slip, count in COUNT_SLIPS.items()
        if slip not in ("widths_multiplied", "units_counted")
    },
    "between_hidden_left_out": _unconnected,
}
_BROUGHT: Mapping[str, Callable[[Any, Any], Any]] = {
    "outgoing_left_out": lambda before, behind: before + 1,
    "biases_not_counted": lambda before, behind: before + behind,
    "incoming_left_out": lambda before, behind: 1 + behind,
    "neighbours_multiplied": lambda before, behind: before * behind,
    "extra_one_on_both_sides": lambda before, behind: before + behind + 2,
    "weights_in_and_out_multiplied": lambda before, behind: (before + 1) * (behind + 1),
}


@lru_cache(maxsize=16)
def extra_slips(layer: int) -> Mapping[str, Recipe]:
    """What one more unit in a layer is thought to bring."""
    return {slip: partial(_mistaken_extra, layer, count) for slip, count in _BROUGHT.items()}


def _mistaken_extra(layer: int, count: Callable[[Any, Any], Any], *n: Any) -> Counted:
    return _with_extra(layer, n, count(n[layer - 1], n[layer + 1]))


@lru_cache(maxsize=16)
def extra_recipe(layer: int) -> Recipe:
    """`extra` for that layer."""
    return partial(extra, layer)


def _apart_with(n: Sequence[Any], biases: Any, weights: Any = None) -> Counted:
    found = apart(*n)["W"] if weights is None else weights
    return {"W": found, "B": 1 * biases, "P": found + biases}


def _first_apart(n0: Any, n1: Any, *_: Any) -> Counted:
    return {"W": n1 * n0, "B": 1 * n1, "P": n1 * n0 + n1}


@lru_cache(maxsize=256)
def count_graph(recipe: Recipe, names: tuple[str, ...]) -> Graph:
    """The graph of a formula over single numbers; only what the formula names is printed."""
    graph = graph_of(recipe, tuple((name, ()) for name in names))
    hidden = (replace(each, hidden=each.target.startswith("_")) for each in graph.equations)
    return replace(graph, equations=tuple(hidden))


def width_slips(n0: int, n2: int, total: int) -> Iterator[Variant]:
    """Widths that mistaken divisions lead to, rounded as a student would who expects a number."""
    divisors = {"biases_not_counted": n0 + n2, "outgoing_left_out": n0 + 1}
    for slip, divisor in divisors.items():
        units = round(total / divisor)
        yield variant(slip, _as_found, k=float(units), q=float(divisor), t=float(total))


def _as_found(k: Any, q: Any, t: Any) -> Counted:
    return {"a": 1 * q, "h": 1 * k, "N": t + k * q}


def count_slips(slips: Mapping[str, Recipe], givens: Mapping[str, Value]) -> Iterator[Variant]:
    """What the slips count with the same widths."""
    for slip, recipe in slips.items():
        yield variant(slip, recipe, **givens)
