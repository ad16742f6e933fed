"""The gradient of the cross-entropy with respect to scores, and one step further to the weights.

Tests that softmax and cross-entropy together leave prediction minus target, and that the weights of
a class get that difference times the input, added over the examples. After Kim, Rutgers CS 461,
Class 16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gen.asking import for_examples, leading_up, precision
from gen.draw import Draw
from gen.exact_numbers import is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Problem
from gen.topics.distributions import draw_scores
from gen.topics.exact_distributions import draw_log_scores
from gen.topics.networks import problems
from gen.topics.softmax import gradient_slips, letters
from gen.topics.softmax.classifiers import (
    Classifier,
    Row,
    draw_classifier,
    draw_exact_classifier,
    one_hot,
)
from gen.topics.softmax.log_loss import Reduction
from gen.vocabulary import Difficulty, Form
from solver.graph import Graph, GraphBuilder
from solver.network import Conventions

FAMILY = Family(
    name="softmax_gradient",
    version=2,
    title="Gradient of softmax and cross-entropy",
    summary="the loss's gradient with respect to scores, then to the weights of a classifier",
    topics=("softmax",),
    lectures=("002",),
)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one example, and its label, counted from 0; `one_hot` says how it is told."""

    scores: Row
    label: int
    one_hot: bool = False


@dataclass(frozen=True, slots=True)
class Params:
    """What is differentiated; for a classifier, the class whose weights are asked about.

    The class is None where the whole matrix is.
    """

    of: Scores | Classifier
    asked: int | None = None
    form: Form = "numeric"


REDUCTIONS: tuple[Reduction, ...] = ("sum", "mean")
SETTINGS: Mapping[Difficulty, tuple[tuple[int, int, int, bool], ...]] = {
    "easy": ((1, 3, 0, False), (1, 3, 0, False), (1, 4, 0, False)),
    "medium": ((1, 3, 2, True), (1, 3, 3, False), (1, 4, 2, False), (2, 2, 2, False)),
    "hard": ((2, 3, 2, True), (2, 3, 2, False), (3, 2, 2, True), (2, 4, 2, False)),
}
"""Examples, classes, inputs (0 where scores are given) and whether there are biases."""

EXACT_SETTINGS: Mapping[Difficulty, tuple[tuple[int, int, int, bool], ...]] = {
    **SETTINGS,
    "hard": ((2, 3, 2, True), (2, 3, 2, False), (3, 2, 2, True)),
}


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Scores of one decimal, or a classifier whose numbers have one."""
    count, classes, width, biased = draw.choice(SETTINGS[difficulty])
    if not width:
        return Params(_labelled(draw, draw_scores(draw, classes, 30)), form=form)
    reduction = draw.choice(REDUCTIONS) if count > 1 else "sum"
    made = draw_classifier(draw, count, classes, width, biased, reduction)
    return Params(made, _asked(draw, made, form), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over logarithms, so that the probabilities are fractions."""
    count, classes, width, biased = draw.choice(EXACT_SETTINGS[difficulty])
    if not width:
        return Params(_labelled(draw, draw_log_scores(draw, classes)), form=form)
    reduction = draw.choice(REDUCTIONS) if count > 1 else "sum"
    made = draw_exact_classifier(draw, count, classes, width, biased, reduction)
    return Params(made, _asked(draw, made, form), form)


def _labelled(draw: Draw, row: Row) -> Scores:
    return Scores(row, draw.integer(0, len(row) - 1), bool(draw.integer(0, 1)))


def _asked(draw: Draw, made: Classifier, form: Form) -> int | None:
    """One class, or all of them where they have few weights and the answer is written down."""
    few = len(made.weights) * len(made.inputs[0]) <= 6 and not made.biases
    if form == "numeric" and few and draw.integer(0, 1):
        return None
    return draw.integer(0, len(made.weights) - 1)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """Probabilities, the gradient of the scores, and that of weights; a choice has the last."""
    if isinstance(params.of, Scores):
        return _pose_scores(params.of, params.form, conventions or Conventions())
    return _pose_weights(params.of, params, conventions)


def _pose_scores(given: Scores, form: Form, conventions: Conventions) -> Problem:
    z, exact = np.array(given.scores), is_exact(given.scores[0])
    t = one_hot((given.label,), len(z), exact)[0]
    return Problem(
        leading_up(form, ((Ask("p"),), (Ask("z", "gradient"),)), exact),
        loss_of_scores(len(z), conventions.fused),
        {"z": z, "t": t},
        slips=("sign_reversed",),
        variants=Later(gradient_slips.of_scores, z, t, not given.one_hot),
        conventions=("gradients", "natural_logarithm", precision(exact)),
        words={"symbols": letters.of_loss, "label": given.label, "target": t},
    )


@lru_cache(maxsize=64)
def loss_of_scores(classes: int, fused: bool) -> Graph:
    """The cross-entropy L of scores z against targets t, with the probabilities p.

    It is derived in one step with the softmax where they are `fused`.
    """
    builder = GraphBuilder()
    z, t = builder.input("z", (classes,)), builder.input("t", (classes,), fixed=True)
    p = builder.apply("softmax", z, name="p")
    loss = ("cross_entropy_of_scores", z) if fused else ("cross_entropy", p)
    builder.apply(*loss, t, name="L")
    return builder.build()


def _pose_weights(given: Classifier, params: Params, conventions: Conventions | None) -> Problem:
    network = given.network(conventions)
    last = _of_class(given, params.asked)
    quantities: tuple[problems.Quantities, ...] = (
        (("o1", "value", None),),
        (("s1", "gradient", None),),
        last,
    )
    asked = tuple(tuple(problems.ask(network, q) for q in part) for part in quantities)
    parts = leading_up(params.form, asked, given.exact)
    stated = [ask for part in parts for ask in part.asks]
    return Problem(
        parts,
        network.graph,
        given.givens(network),
        slips=("sign_reversed", "rows_and_columns"),
        variants=Later(gradient_slips.of_weights, given, network),
        network=network,
        figure="network" if len(given.inputs) == 1 else "none",
        conventions=for_examples(
            problems.conventions(network, stated, given.exact), len(given.inputs)
        ),
        words={"label": given.labels},
    )


def _of_class(given: Classifier, asked: int | None) -> problems.Quantities:
    """The whole matrix, or the weights of one class and its bias.

    With one example the bias has the gradient of the score, which was asked for before.
    """
    if asked is None:
        return (("W1", "gradient", None),)
    weights: problems.Quantities = tuple(
        ("W1", "gradient", (asked, j)) for j in range(len(given.inputs[0]))
    )
    biased = given.biases and len(given.inputs) > 1
    return (*weights, ("b1", "gradient", (asked, 0))) if biased else weights
