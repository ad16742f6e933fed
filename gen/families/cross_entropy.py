"""Cross-entropy of one example or of several, from probabilities or from scores.

Tests that the loss is the negative natural logarithm of one probability, that of the label; with
two classes and one output, of that output or of its complement. After Gormley and Gordon, CMU
10-301/601, Lecture 12; Chai, CMU 10-301/601, Lecture 14; and Kim, Rutgers CS 461, Class 16.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem
from gen.topics.distributions import draw_distribution, draw_predictions, draw_scores
from gen.topics.exact_distributions import (
    draw_chances,
    draw_fractions,
    draw_log_scores,
    draw_odds_scores,
)
from gen.topics.softmax import letters
from gen.topics.softmax.graphs import probabilities
from gen.topics.softmax.log_loss import Reduction, Source, log_loss
from gen.topics.softmax.loss_slips import slips
from gen.vocabulary import Difficulty, Form
from solver.exact import Exact

FAMILY = Family(
    name="cross_entropy",
    version=1,
    title="Cross-entropy",
    summary="loss of one or several examples, from probabilities or scores, sum or mean",
    topics=("softmax",),
    lectures=("000", "002", "004"),
)


Rows = tuple[tuple[float, ...], ...] | tuple[tuple[Exact, ...], ...]


@dataclass(frozen=True, slots=True)
class Params:
    """What is given of each example, its label counted from 0, and whether losses are averaged.

    A row has the probabilities or scores of all classes, or the one number that belongs to the
    class of target 1 (`Source`). For a single example `reduction` means nothing. `one_hot` says
    how labels are written. With `losses` the loss of each example is asked for as well.
    """

    source: Source
    rows: Rows
    labels: tuple[int, ...]
    reduction: Reduction = "sum"
    one_hot: bool = False
    losses: bool = False
    form: Form = "numeric"


SETTINGS: Mapping[Difficulty, tuple[tuple[Source, int, int], ...]] = {
    "easy": (
        ("probabilities", 1, 3),
        ("probabilities", 1, 4),
        ("probabilities", 1, 4),
        ("predictions", 2, 2),
    ),
    "medium": (
        ("scores", 1, 3),
        ("scores", 1, 4),
        ("probabilities", 2, 3),
        ("probabilities", 3, 3),
        ("probabilities", 2, 4),
        ("predictions", 4, 2),
        ("binary_scores", 2, 2),
    ),
    "hard": (
        ("scores", 2, 3),
        ("scores", 2, 4),
        ("scores", 3, 3),
        ("scores", 3, 3),
        ("binary_scores", 4, 2),
    ),
}
"""What is given at each difficulty, of how many examples, and the number of classes."""

CLOSE = 0.01
"""Probabilities that are closer than this are not compared in words."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Examples of one source with labels by lot; two classes occur both among several examples."""
    return _sample(draw, difficulty, form, _rows)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, from fractions, or from scores that are logarithms of rational numbers."""
    return _sample(draw, difficulty, form, _exact_rows)


def _sample(
    draw: Draw,
    difficulty: Difficulty,
    form: Form,
    draw_rows: Callable[[Draw, Source, int, int], Rows],
) -> Params:
    source, count, classes = draw.choice(SETTINGS[difficulty])
    labels = tuple(draw.integer(0, classes - 1) for _ in range(count))
    if classes == 2 and len(set(labels)) == 1:
        labels = draw.shuffle((1 - labels[0], *labels[1:]))
    return Params(
        source,
        draw_rows(draw, source, count, classes),
        labels,
        draw.choice(("sum", "mean")) if count > 1 else "sum",
        bool(draw.integer(0, 1)) and classes > 2,
        difficulty == "hard" and form == "numeric",
        form,
    )


def _rows(draw: Draw, source: Source, count: int, classes: int) -> Rows:
    match source:
        case "probabilities":
            return tuple(draw_distribution(draw, classes) for _ in range(count))
        case "scores":
            return tuple(draw_scores(draw, classes) for _ in range(count))
        case "predictions":
            return tuple((number,) for number in draw_predictions(draw, count))
        case "binary_scores":
            return tuple((number,) for number in draw_scores(draw, count, 42))


def _exact_rows(draw: Draw, source: Source, count: int, classes: int) -> Rows:
    match source:
        case "probabilities":
            return tuple(draw_fractions(draw, classes) for _ in range(count))
        case "scores":
            return tuple(draw_log_scores(draw, classes) for _ in range(count))
        case "predictions":
            return tuple((number,) for number in draw_chances(draw, count))
        case "binary_scores":
            return tuple((number,) for number in draw_odds_scores(draw, count))


def pose(params: Params) -> Problem:
    """The loss; before it, in a part of its own, the loss of every example where that is asked."""
    count = len(params.rows)
    marks = [str(n + 1) for n in range(count)] if count > 1 else [""]
    node = {"probabilities": "p", "scores": "z", "predictions": "p", "binary_scores": "s"}
    rows = [np.array(row if len(row) > 1 else row[0]) for row in params.rows]
    choices = EXACT_CHOICES if is_exact(rows[0]) else 5
    last = Part(params.form, (Ask("L" if count > 1 else "l"),), choices=choices, points=2)
    first = Part("numeric", tuple(Ask(f"l{mark}") for mark in marks), points=2)
    classes = max(len(params.rows[0]), 2)
    return Problem(
        (first, last) if params.losses else (last,),
        log_loss(params.source, classes, params.labels, params.reduction),
        {node[params.source] + mark: row for mark, row in zip(marks, rows, strict=True)},
        slips=("log_base_ten", "log_base_two"),
        variants=Later(
            slips,
            params.source,
            np.array(params.rows),
            params.labels,
            params.reduction,
            not params.one_hot,
        ),
        conventions=(precision(is_exact(rows[0])),),
        words={
            **_words(params, classes),
            "symbols": partial(letters.of_losses, marks, params.labels),
        },
    )


def _words(params: Params, classes: int) -> dict[str, object]:
    """Labels and targets as the student sees them; for one example, its loss against a guess's."""
    binary = len(params.rows[0]) == 1
    words: dict[str, object] = {
        "classes": [label + 1 for label in params.labels],
        "targets": list(params.labels) if binary else list(np.eye(classes)[list(params.labels)]),
    }
    if len(params.rows) == 1:
        row = np.array(params.rows[0])
        chances = row if params.source == "probabilities" else probabilities(row)
        words["chance"] = float(np.log(classes))
        words["against_chance"] = _against(float(chances[params.labels[0]]), 1 / classes)
    return words


def _against(chance: float, guess: float) -> str:
    """How the loss of a probability compares with that of a guess; nothing where they are close."""
    if abs(chance - guess) < CLOSE:
        return ""
    return "smaller" if chance > guess else "larger"
