"""Cross-entropy as it is worked out by hand, and as it is got wrong.

The right graph has, for every example, the loss l of the probability that its label gets; from
scores also the exponentials a, their sum S and that probability q, or with two classes the sigmoid.
Several examples are told apart by a number (l1, l2) and end in their sum or mean L.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from solver.graph import Graph, GraphBuilder

Source = Literal["probabilities", "scores", "predictions", "binary_scores"]
"""What is given of each example. The last two are numbers: one for the class of the target 1."""

Reduction = Literal["sum", "mean"]


@lru_cache(maxsize=1024)
def log_loss(source: Source, classes: int, labels: tuple[int, ...], reduction: Reduction) -> Graph:
    """The loss of examples with these labels, counted from 0; without L when there is only one."""
    builder = GraphBuilder()
    marks = [str(n + 1) for n in range(len(labels))] if len(labels) > 1 else [""]
    losses = []
    for mark, label in zip(marks, labels, strict=True):
        chosen = _CHOSEN[source](builder, mark, classes, label)
        logarithm = builder.apply("log", chosen, hidden=True)
        losses.append(builder.apply("negative", logarithm, name=f"l{mark}"))
    if len(losses) > 1:
        _reduce(builder, losses, reduction)
    return builder.build()


def _reduce(builder: GraphBuilder, losses: Sequence[str], reduction: Reduction) -> None:
    total, *rest = losses
    for position, loss in enumerate(rest, 2):
        last = position == len(losses) and reduction == "sum"
        total = builder.apply("add", total, loss, name="L" if last else None, hidden=not last)
    if reduction == "mean":
        builder.apply("divide", total, builder.constant(len(losses)), name="L")


def _given_probability(builder: GraphBuilder, mark: str, classes: int, label: int) -> str:
    whole = builder.input(f"p{mark}", (classes,), fixed=True)
    return builder.apply("entry", whole, hidden=True, index=(label,))


def _softmax_entry(builder: GraphBuilder, mark: str, classes: int, label: int) -> str:
    scores = builder.input(f"z{mark}", (classes,), fixed=True)
    powers = builder.apply("exp", scores, name=f"a{mark}")
    total = builder.apply("sum", powers, name=f"S{mark}")
    own = builder.apply("entry", powers, hidden=True, index=(label,))
    return builder.apply("divide", own, total, name=f"q{mark}")


def _given_prediction(builder: GraphBuilder, mark: str, classes: int, label: int) -> str:
    return _of_label(builder, builder.input(f"p{mark}", fixed=True), label)


def _sigmoid(builder: GraphBuilder, mark: str, classes: int, label: int) -> str:
    score = builder.input(f"s{mark}", fixed=True)
    return _of_label(builder, builder.apply("sigmoid", score, name=f"p{mark}"), label)


def _of_label(builder: GraphBuilder, prediction: str, label: int) -> str:
    if label == 1:
        return prediction
    return builder.apply("subtract", builder.constant(1), prediction, hidden=True)


_CHOSEN: Mapping[Source, Callable[[GraphBuilder, str, int, int], str]] = MappingProxyType(
    {
        "probabilities": _given_probability,
        "scores": _softmax_entry,
        "predictions": _given_prediction,
        "binary_scores": _sigmoid,
    }
)
