"""What kinds of update there are at each difficulty, and the unit and the examples of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gen.draw import Draw
from gen.topics.updates.graphs import Loss, Reduction, Unit
from gen.vocabulary import Difficulty

Kind = Literal["update", "mini-batch", "epoch"]
"""One update with all examples or with some of them, or two updates with one example each."""

Setting = tuple[Kind, int, int, str]
SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = {
    "easy": (
        ("update", 1, 1, "linear"),
        ("update", 1, 2, "linear"),
        ("update", 1, 2, "linear"),
        ("update", 1, 1, "sigmoid"),
        ("update", 1, 2, "sigmoid"),
    ),
    "medium": (
        ("update", 2, 1, "linear"),
        ("update", 3, 1, "linear"),
        ("update", 2, 2, "linear"),
        ("update", 2, 1, "sigmoid"),
        ("mini-batch", 2, 1, "linear"),
        ("mini-batch", 2, 1, "sigmoid"),
    ),
    "hard": (
        ("update", 3, 2, "linear"),
        ("update", 2, 2, "sigmoid"),
        ("update", 4, 1, "sigmoid"),
        ("mini-batch", 3, 2, "linear"),
        ("epoch", 1, 2, "linear"),
        ("epoch", 1, 2, "sigmoid"),
    ),
}
"""The examples of an update, the inputs and the kind of unit."""


def draw_unit(draw: Draw, examples: int, inputs: int, activation: str) -> Unit:
    """The unit with a loss that suits it; several examples have a mean more often than a sum."""
    reduction: Reduction = "mean"
    if examples > 1 and draw.integer(1, 3) == 1:
        reduction = "sum"
    if activation == "sigmoid":
        return Unit(examples, inputs, "binary_cross_entropy", reduction)
    losses: tuple[Loss, ...] = ("half_squared_error", "half_squared_error", "squared_error")
    loss = draw.choice(losses)
    return Unit(examples, inputs, loss, reduction)


def draw_batch(draw: Draw, kind: Kind, unit: Unit) -> tuple[int, tuple[int, ...]]:
    """How many examples there are, and which of them a mini-batch has."""
    if kind == "epoch":
        return 2, ()
    if kind == "update":
        return unit.examples, ()
    count = unit.examples + 2
    return count, tuple(sorted(draw.sample(range(count), unit.examples)))
