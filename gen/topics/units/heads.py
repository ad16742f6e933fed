"""Output units side by side, each with a loss of its own; what is minimised is the sum of them.

The nodes of head k (counted from 1) are its pre-activation `s{k}`, its output `o{k}` (a linear
unit's is its pre-activation) and its target `y{k}`; those of softmax units are vectors. The output
of the graph is the sum `J`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, is_exact, logarithm
from gen.problem import Value
from gen.topics.distributions import draw_scores
from gen.topics.exact_distributions import draw_log_scores
from gen.vocabulary import Difficulty
from solver.graph import Graph, GraphBuilder
from templates.notation import Notation, Style
from templates.notation.scores import scores

Pair = tuple[str, str]
"""An activation and a loss."""

SQUARED: tuple[Pair, ...] = (
    ("sigmoid", "half_squared_error"),
    ("sigmoid", "squared_error"),
    ("tanh", "half_squared_error"),
    ("tanh", "squared_error"),
)
LINEAR: tuple[Pair, ...] = (("identity", "half_squared_error"), ("identity", "squared_error"))
LOGISTIC: Pair = ("sigmoid", "binary_cross_entropy")
SOFTMAX: Pair = ("softmax", "cross_entropy")
CLASSES = 3

_FUSED = {
    "binary_cross_entropy": "binary_cross_entropy_of_scores",
    "cross_entropy": "cross_entropy_of_scores",
}
_TENTHS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"identity": (5, 30), "sigmoid": (3, 20), "tanh": (3, 14)}
)
"""The least and the greatest size of a pre-activation, in tenths."""
_TARGETS: Mapping[str, tuple[int, ...]] = MappingProxyType({"sigmoid": (0, 1, 1), "tanh": (-1, 1)})
_ODDS: Mapping[str, tuple[tuple[int, int], ...]] = MappingProxyType(
    {"sigmoid": ((2, 1), (3, 1), (4, 1), (3, 2), (5, 1), (7, 1)), "tanh": ((2, 1), (3, 1))}
)
"""Fractions, and with them their reciprocals, whose logarithms leave short fractions."""


@dataclass(frozen=True, slots=True)
class Head:
    """One output unit, or several softmax units, with the numbers as they are printed."""

    activation: str
    loss: str
    score: Any
    target: Any

    @property
    def pair(self) -> Pair:
        """The activation and the loss."""
        return self.activation, self.loss

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact."""
        return is_exact(self.score)


def draw_heads(draw: Draw, difficulty: Difficulty, exact: bool) -> tuple[Head, ...]:
    """Heads in an order by lot: one that keeps the derivative of its unit, and one that does not.

    A medium item has a further one, and a hard one softmax units besides.
    """
    pairs = [draw.choice(SQUARED), draw.choice((*LINEAR, LOGISTIC, LOGISTIC))]
    if difficulty != "easy":
        pairs.append(draw.choice([p for p in (*SQUARED, *LINEAR, LOGISTIC) if p not in pairs]))
    if difficulty == "hard":
        pairs.append(SOFTMAX)
    return tuple(_head(draw, pair, exact) for pair in draw.shuffle(pairs))


def _head(draw: Draw, pair: Pair, exact: bool) -> Head:
    if pair == SOFTMAX:
        row = draw_log_scores(draw, CLASSES) if exact else draw_scores(draw, CLASSES, 20)
        label = draw.integer(0, CLASSES - 1)
        return Head(*pair, row, tuple(_number(int(k == label), exact) for k in range(CLASSES)))
    activation = pair[0]
    score = _exact_score(draw, activation) if exact else _score(draw, activation)
    return Head(*pair, score, _number(_target(draw, activation, float(score)), exact))


def _number(whole: int, exact: bool) -> Any:
    return fraction(whole) if exact else float(whole)


def _score(draw: Draw, activation: str) -> float:
    return draw.sign() * draw.integer(*_TENTHS[activation]) / 10


def _exact_score(draw: Draw, activation: str) -> Any:
    if activation == "identity":
        return fraction(draw.sign() * draw.integer(2, 9), draw.choice((1, 2, 3)))
    return logarithm(*draw.choice(_ODDS[activation])[:: draw.sign()])


def _target(draw: Draw, activation: str, score: float) -> int:
    """A target that the output misses: at an end of its range, or about a linear output."""
    if activation in _TARGETS:
        return draw.choice(_TARGETS[activation])
    # With the target 0, the answer would be among the numbers that are given.
    return draw.choice([t for t in range(round(score) - 3, round(score) + 4) if t and t != score])


@lru_cache(maxsize=512)
def graph(pairs: tuple[Pair, ...], fused: bool) -> Graph:
    """All heads; a cross-entropy is derived in one step with its unit where they are `fused`."""
    builder = GraphBuilder()
    losses = [_loss(builder, number, pair, fused) for number, pair in enumerate(pairs, 1)]
    total = losses[0]
    for number, each in enumerate(losses[1:], 2):
        last = number == len(losses)
        total = builder.apply("add", total, each, name="J" if last else None, hidden=not last)
    return builder.build("J")


def _loss(builder: GraphBuilder, number: int, pair: Pair, fused: bool) -> str:
    activation, loss = pair
    shape = (CLASSES,) if pair == SOFTMAX else ()
    s = builder.input(f"s{number}", shape)
    y = builder.input(f"y{number}", shape, fixed=True)
    o = s if activation == "identity" else builder.apply(activation, s, name=f"o{number}")
    if fused and loss in _FUSED:
        return builder.apply(_FUSED[loss], s, y, hidden=True)
    return builder.apply(loss, o, y, hidden=True)


def givens(heads: tuple[Head, ...]) -> dict[str, Value]:
    """The numbers by name."""
    found: dict[str, Value] = {}
    for number, head in enumerate(heads, 1):
        found |= {f"s{number}": np.array(head.score), f"y{number}": np.array(head.target)}
    return found


def outputs(heads: tuple[Head, ...]) -> Iterator[str]:
    """The nodes of the outputs that have to be computed."""
    for number, head in enumerate(heads, 1):
        if head.activation != "identity":
            yield f"o{number}"


def letters(count: int, notation: Notation) -> Mapping[str, Style]:
    """Scores, predictions and targets with the number of the head below, and the loss."""
    known = scores(notation)
    found = {
        f"{node}{number}": _numbered(known[letter], number)
        for number in range(1, count + 1)
        for node, letter in (("s", "z"), ("o", "p"), ("y", "t"))
    }
    return {**found, "J": Style(notation.loss)}


def _numbered(style: Style, number: int) -> Style:
    below = style.below.replace("#", f"{number},#") if "#" in style.below else str(number)
    return replace(style, below=below, layer=False)
