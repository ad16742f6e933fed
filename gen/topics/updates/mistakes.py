"""An update with its numbers, and the numbers that mistakes in it lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gen.exact_numbers import Number
from gen.problem import Value, Variant
from gen.topics.updates.draws import Rows, picked
from gen.topics.updates.graphs import SPOILED, Unit, epoch_graph, update_graph
from gen.topics.updates.settings import Kind
from solver.graph import Graph


@dataclass(frozen=True, slots=True)
class Update:
    """The unit, all examples with their targets, the parameters and the learning rate.

    `unit` has as many examples as an update uses; `batch` are those of a mini-batch, from 0.
    """

    kind: Kind
    unit: Unit
    x: Rows
    y: tuple[Number, ...]
    w: tuple[Number, ...]
    b: Number
    rate: Number
    batch: tuple[int, ...] = ()


def givens(update: Update, graph: Graph, batch: tuple[int, ...]) -> dict[str, Value]:
    """The numbers of a graph by name, with the examples of the batch, or with all of them."""
    rows, targets = picked((update.x, update.y), batch)
    numbers: dict[str, object] = {"w": update.w, "b": update.b, "e": update.rate}
    numbers |= {"x": rows, "y": targets}
    for number, (row, target) in enumerate(zip(rows, targets, strict=True), 1):
        numbers |= {f"x{number}": row, f"y{number}": target}
    return {v.name: np.array(numbers[v.name]).reshape(v.shape) for v in graph.inputs}


def mistakes(update: Update, numbers: Mapping[str, Value]) -> Iterator[Variant]:
    """Updates with a mistake in them, and one with the examples outside of the mini-batch too."""
    unit = update.unit
    if update.kind == "epoch":
        yield Variant("one_step_for_two", numbers, epoch_graph(unit, "one_step"))
    for spoiled in SPOILED:
        if not _can_be_made(unit, spoiled):
            continue
        made = epoch_graph if update.kind == "epoch" else update_graph
        told = {"sum": "mean_for_sum", "mean": "sum_for_mean"}[unit.reduction]
        name = told if spoiled == "other_reduction" else spoiled
        yield Variant(name, numbers, made(unit, spoiled))
    if update.batch:
        everything = update_graph(replace(unit, examples=len(update.x)))
        yield Variant("whole_data_used", givens(update, everything, ()), everything)


def _can_be_made(unit: Unit, spoiled: str) -> bool:
    binary = unit.loss == "binary_cross_entropy"
    needs = {
        "factor_two": not binary,
        "sigmoid_derivative_twice": binary,
        "other_reduction": unit.examples > 1,
    }
    return needs.get(spoiled, True)
