"""Cross-entropy got wrong: what the slips take for the losses of examples and for their total.

A slip is either a wrong formula for the right probabilities (`LOSSES`), the right formula for the
wrong class, or the right formula for numbers that are not the probabilities. All start from rows of
probabilities, one for each example; where it says so, that of the label comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.topics.softmax.graphs import probabilities
from gen.topics.softmax.log_loss import Reduction, Source
from gen.variants import Recipe, variant
from solver import functions as f

LOSSES: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "right": lambda x, row: -np.log(x),
        "minus_forgotten": lambda x, row: np.log(x),
        "complement_not_logged": lambda x, row: 1 - x,
        "complement_logged": lambda x, row: -np.log(1 - x),
        "weighted_by_itself": lambda x, row: -(x * np.log(x)),
        "reciprocal_not_logged": lambda x, row: 1 / x,
        "every_class": lambda x, row: -np.sum(np.log(row)),
        "entropy": lambda x, row: -np.sum(row * np.log(row)),
        "divided_by_classes": lambda x, row: -np.log(x) / row.size,
    }
)
"""From the probability x of the label and those of all classes to what is taken for the loss."""


def told_as(slip: str, rows: Value, reduction: str, loss: str = "right") -> Variant:
    """The losses of `rows`, which have the label's probability first, by a formula of `LOSSES`.

    `reduction` is "sum", "mean", or "log_of_mean", which takes the logarithm last.
    """
    givens = {f"x{number}": row for number, row in enumerate(rows, 1)}
    return variant(slip, _recipe(loss, reduction), **givens)


@cache
def _recipe(loss: str, reduction: str) -> Recipe:
    def recipe(*rows: Any) -> Mapping[str, Any]:
        labelled = [f.entry(row, (0,)) for row in rows]
        losses = [LOSSES[loss](x, row) for x, row in zip(labelled, rows, strict=True)]
        if len(rows) == 1:
            return {"l": losses[0]}
        each = {f"l{number}": value for number, value in enumerate(losses, 1)}
        return {**each, "L": _REDUCTIONS[reduction](losses, labelled)}

    return recipe


_REDUCTIONS: Mapping[str, Callable[[list[Any], list[Any]], Any]] = MappingProxyType(
    {
        "sum": lambda losses, x: sum(losses[1:], losses[0]),
        "mean": lambda losses, x: sum(losses[1:], losses[0]) / len(losses),
        "log_of_mean": lambda losses, x: -np.log(sum(x[1:], x[0]) / len(x)),
    }
)


def label_first(rows: Value, labels: Sequence[int]) -> Value:
    """Rows of probabilities with the label's own moved to the front of each."""
    others = [[k for k in range(rows.shape[1]) if k != label] for label in labels]
    return np.array([row[[k, *rest]] for row, k, rest in zip(rows, labels, others, strict=True)])


def slips(
    source: Source, given: Value, labels: Sequence[int], reduction: Reduction, indexed: bool
) -> Iterator[Variant]:
    """Every slip in the loss of these examples, the most telling first.

    `given` has a row for each example; labels are counted from 0. `indexed` labels are told to the
    student as numbers, which can be mistaken for numbers that count from 0.
    """
    rows = _probabilities(source, given)
    right = label_first(rows, labels)
    if len(rows) > 1:
        other, slip = ("mean", "mean_for_sum") if reduction == "sum" else ("sum", "sum_for_mean")
        yield told_as(slip, right, other)
    for slip, instead in _numbers(source, given):
        yield told_as(slip, label_first(instead, labels), reduction)
    for slip, instead in _targets(rows, labels, indexed):
        yield told_as(slip, instead, reduction)
    for slip in LOSSES:
        if slip != "right":
            yield told_as(slip, right, reduction, slip)
    if len(rows) > 1:
        yield told_as("logarithm_of_mean", right, "log_of_mean")


def _probabilities(source: Source, given: Value) -> Value:
    match source:
        case "probabilities":
            return given
        case "scores":
            return probabilities(given)
        case "predictions":
            return np.hstack([1 - given, given])
        case "binary_scores":
            return probabilities(np.hstack([given - given, given]))


def _numbers(source: Source, given: Value) -> Iterator[tuple[str, Value]]:
    """What is taken for the probabilities of all classes, where they have to be worked out."""
    if source == "scores":
        yield "independent_sigmoids", 1 / (1 + np.exp(-given))
        yield "exponentials_not_divided", np.exp(given)
        if not is_exact(given):
            yield "exponential_base_ten", probabilities(given * np.log(10))
            yield "exponential_base_two", probabilities(given * np.log(2))
        yield "scores_negated", probabilities(-given)
    if source == "binary_scores" and not is_exact(given):
        yield "exponential_base_ten", _probabilities(source, given * np.log(10))


def _targets(rows: Value, labels: Sequence[int], indexed: bool) -> Iterator[tuple[str, Value]]:
    """Rows with the probability first that is taken for the label's."""
    if rows.shape[1] == 2:
        yield "target_ignored", rows[:, ::-1]
        yield "one_term_only", _without_zeros(rows, labels)
        yield "targets_exchanged", label_first(rows, [1 - k for k in labels])
        return
    following = [k + 1 for k in labels]
    yield "class_of_largest", label_first(rows, [int(k) for k in rows.argmax(axis=1)])
    if indexed and max(following) < rows.shape[1]:
        yield "class_counted_from_zero", label_first(rows, following)
    yield "class_of_smallest", label_first(rows, [int(k) for k in rows.argmin(axis=1)])


def _without_zeros(rows: Value, labels: Sequence[int]) -> Value:
    """Rows that add nothing to the loss where the target is 0."""
    kept = np.array(labels)[:, None] == 1
    return np.where(kept, rows[:, ::-1], 1.0)
