"""The kinds of count: the formula and the slips of each, and the widths of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gen.problem import Value, Variant
from gen.topics.counts import formulas, oracle
from gen.topics.counts.formulas import count_graph, count_slips, width_slips
from gen.variants import Recipe
from gen.vocabulary import Difficulty
from solver.graph import Graph

Kind = Literal["count", "weights", "apart", "extra", "width", "compared"]
"""All parameters, those of a network without biases, weights and biases apart, what one more unit
brings, the width that makes a number of parameters, and a deep network beside a wide one."""

SETTINGS: Mapping[Difficulty, tuple[tuple[Kind, int], ...]] = {
    "easy": (("count", 2), ("count", 2), ("weights", 2)),
    "medium": (("count", 3), ("apart", 3), ("apart", 2), ("weights", 3)),
    "hard": (("width", 2), ("compared", 2), ("count", 4), ("extra", 4)),
}
"""What is counted, and the layers of units that the network has."""

_NAMES: Mapping[Kind, tuple[str, ...]] = {
    "width": ("n0", "n2", "P"),
    "compared": ("n0", "n1", "n2"),
}
_RECIPES: Mapping[Kind, Recipe] = {
    "count": formulas.by_layer,
    "weights": formulas.weights_by_layer,
    "apart": formulas.apart,
    "width": formulas.width,
    "compared": formulas.compared,
}
_SLIPS: Mapping[Kind, Mapping[str, Recipe]] = {
    "count": formulas.COUNT_SLIPS,
    "weights": formulas.WEIGHT_SLIPS,
    "apart": formulas.APART_SLIPS,
    "compared": formulas.COMPARED_SLIPS,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The widths, inputs first; `layer` is the one of "extra" (1 is the first hidden layer)."""

    kind: Kind
    widths: tuple[int, ...]
    layer: int = 1


def graph(counted: Counted) -> Graph:
    """The formula, over the widths that it is given."""
    recipe = _RECIPES.get(counted.kind) or formulas.extra_recipe(counted.layer)
    every = tuple(f"n{layer}" for layer in range(len(counted.widths)))
    return count_graph(recipe, _NAMES.get(counted.kind, every))


def givens(counted: Counted) -> dict[str, Value]:
    """The numbers of the formula by name."""
    widths = counted.widths
    numbers = {f"n{layer}": width for layer, width in enumerate(widths)}
    if counted.kind == "width":
        numbers = {"n0": widths[0], "n2": widths[2], "P": oracle.parameters(widths)}
    return {name: np.array(float(number)) for name, number in numbers.items()}


def mistakes(counted: Counted, numbers: Mapping[str, Value]) -> Iterator[Variant]:
    """What the slips count with the same widths."""
    if counted.kind == "width":
        n0, _, n2 = counted.widths
        yield from width_slips(n0, n2, int(numbers["P"]))
        return
    slips = _SLIPS.get(counted.kind) or formulas.extra_slips(counted.layer)
    yield from count_slips(slips, numbers)


def expected(counted: Counted) -> dict[str, int]:
    """Every number that can be asked for, counted one by one."""
    widths, count = counted.widths, oracle.parameters
    match counted.kind:
        case "compared":
            n0, n1, n2 = widths
            deep, wide = count((n0, n1, n1, n2)), count((n0, 2 * n1, n2))
            return {"P": deep, "Q": wide, "D": wide - deep}
        case "extra":
            k = counted.layer
            more = (*widths[:k], widths[k] + 1, *widths[k + 1 :])
            total = count(more)
            return {"P": count(widths), "D": total - count(widths), "N": total}
        case "width":
            n0, h, n2 = widths
            each = count((n0, h + 1, n2)) - count(widths)
            return {"a": each, "h": h, "N": count((n0, 2 * h, n2))}
        case kind:
            bias = kind != "weights"
            pairs = (widths[k - 1 : k + 1] for k in range(1, len(widths)))
            found = {f"c{k}": count(pair, bias) for k, pair in enumerate(pairs, 1)}
            weights = count(widths, False)
            return {**found, "P": count(widths, bias), "W": weights, "B": count(widths) - weights}
