"""The binary cross-entropy, and its derivatives by the prediction, the score and the weights.

Tests that either target leaves one term of the loss, that the derivative by the prediction has a
denominator, and that the sigmoid's derivative cancels it. After Gormley and Gordon, CMU
10-301/601, Lecture 12, and Kim, Rutgers CS 461, Class 16.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import gcd
from typing import Literal

import numpy as np

from gen.asking import for_examples, leading_up, precision
from gen.draw import Draw
from gen.exact_numbers import Number, fraction, is_exact, logarithm
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Problem
from gen.topics.networks import problems
from gen.topics.softmax import binary_slips, letters
from gen.topics.softmax.classifiers import Classifier, draw_classifier, draw_exact_classifier
from gen.topics.softmax.log_loss import Reduction
from gen.vocabulary import Difficulty, Form
from solver.graph import Graph, GraphBuilder
from solver.network import Conventions

FAMILY = Family(
    name="binary_cross_entropy",
    version=3,
    title="Binary cross-entropy and its derivatives",
    summary="loss of a binary classifier, its derivative by the prediction and by the score",
    topics=("softmax",),
    lectures=("002", "004"),
)

Source = Literal["prediction", "score"]


@dataclass(frozen=True, slots=True)
class Example:
    """The prediction or the score of one example, and its target, which may lie between 0 and 1."""

    source: Source
    number: Number
    target: Number


@dataclass(frozen=True, slots=True)
class Params:
    """One example, or one sigmoid unit with its examples."""

    of: Example | Classifier
    form: Form = "numeric"


SOFT: tuple[float, ...] = (0.1, 0.2, 0.3, 0.7, 0.8, 0.9)
EXACT_SOFT = ((1, 4), (1, 3), (2, 3), (3, 4))
SOFTNESS = 3
"""One example in so many has a target between 0 and 1, where it is given a score."""
PREDICTIONS = tuple(n for n in range(60, 941) if abs(n - 500) > 20)
"""In thousandths: near a half, the two targets would be as good as one."""
SCORES = (15, 220)
"""The sizes of scores, in hundredths."""
ODDS = tuple((a, n - a) for n in range(3, 18) for a in range(1, n) if gcd(a, n) == 1)
UNITS = ((1, 2, True), (1, 3, False), (2, 2, False), (2, 2, True), (3, 2, False))
"""Examples and inputs of a unit, and whether it has a bias."""
REDUCTIONS: tuple[Reduction, ...] = ("sum", "mean")


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A prediction, a score, or a unit, by the difficulty; targets by lot."""
    if difficulty == "hard":
        count, width, biased = draw.choice(UNITS)
        return Params(draw_classifier(draw, count, 1, width, biased, _reduction(draw, count)), form)
    if difficulty == "easy":
        number = draw.choice(PREDICTIONS) / 1000
        return Params(Example("prediction", number, draw.integer(0, 1)), form)
    soft = draw.integer(1, SOFTNESS) == 1
    target = draw.choice(SOFT) if soft else draw.integer(0, 1)
    score = draw.sign() * draw.integer(*SCORES) / 100
    return Params(Example("score", score, target), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over fractions and logarithms of fractions."""
    if difficulty == "hard":
        count, width, biased = draw.choice(UNITS)
        reduction = _reduction(draw, count)
        return Params(draw_exact_classifier(draw, count, 1, width, biased, reduction), form)
    target, (a, b) = fraction(draw.integer(0, 1)), draw.choice(ODDS)
    if difficulty == "easy":
        return Params(Example("prediction", fraction(a, a + b), target), form)
    if draw.integer(1, SOFTNESS) == 1:
        target = fraction(*draw.choice(EXACT_SOFT))
    return Params(Example("score", logarithm(a, b), target), form)


def _reduction(draw: Draw, count: int) -> Reduction:
    return draw.choice(REDUCTIONS) if count > 1 else "sum"


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """The loss, then its derivatives from the prediction back; a choice has the last of them."""
    if isinstance(params.of, Example):
        return _pose_example(params.of, params.form)
    return _pose_unit(params.of, params.form, conventions or Conventions())


def _pose_example(given: Example, form: Form) -> Problem:
    number, target = np.array(given.number), np.array(given.target)
    slope, difference = Ask("p", "gradient"), Ask("z", "gradient")
    asked: tuple[tuple[Ask, ...], ...]
    if given.source == "prediction":
        asked = ((Ask("L"), slope),) if form == "choice" else ((Ask("L"),), (slope,))
    else:
        last = ((Ask("L"), slope, difference),) if form == "choice" else ((slope,), (difference,))
        asked = ((Ask("p"), Ask("L")), *last)
    exact = is_exact(number)
    node = "z" if given.source == "score" else "p"
    return Problem(
        leading_up(form, asked, exact),
        loss(given.source),
        {node: number, "t": target},
        slips=binary_slips.RULES if given.source == "score" else ("residual_reversed",),
        variants=Later(binary_slips.of_one, number, target, given.source),
        figure="graph" if given.source == "score" else "none",
        conventions=(
            *(("sigmoid",) if given.source == "score" else ()),
            "gradients",
            "natural_logarithm",
            precision(exact),
        ),
        words={"symbols": letters.of_loss},
    )


@lru_cache(maxsize=2)
def loss(source: Source) -> Graph:
    """The binary cross-entropy L of a prediction p, or of a score z by way of p, at a target t."""
    builder = GraphBuilder()
    if source == "score":
        prediction = builder.apply("sigmoid", builder.input("z"), name="p")
    else:
        prediction = builder.input("p")
    builder.apply("binary_cross_entropy", prediction, builder.input("t", fixed=True), name="L")
    return builder.build()


def _pose_unit(given: Classifier, form: Form, conventions: Conventions) -> Problem:
    # The derivative by the prediction is asked for, so the pass goes through it.
    network = given.network(replace(conventions, fused=False))
    quantities: tuple[problems.Quantities, ...] = (
        (("o1", "value", None), ("loss", "value", None)),
        (("o1", "gradient", None), ("s1", "gradient", None)),
        _weights(given),
    )
    asked = tuple(tuple(problems.ask(network, q) for q in part) for part in quantities)
    parts = leading_up(form, asked, given.exact)
    stated = problems.conventions(network, (a for p in parts for a in p.asks), given.exact)
    return Problem(
        parts,
        network.graph,
        given.givens(network),
        slips=(*binary_slips.RULES, "sign_reversed"),
        variants=Later(binary_slips.of_weights, given, network),
        network=network,
        figure="network" if len(given.inputs) == 1 else "none",
        conventions=for_examples(stated, len(given.inputs)),
    )


def _weights(given: Classifier) -> problems.Quantities:
    """Every weight; with several examples the bias too, whose gradient is then a sum."""
    weights: problems.Quantities = tuple(
        ("W1", "gradient", (0, j)) for j in range(len(given.inputs[0]))
    )
    biased = given.biases and len(given.inputs) > 1
    return (*weights, ("b1", "gradient", (0, 0))) if biased else weights
