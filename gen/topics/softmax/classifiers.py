"""Linear classifiers: scores from inputs, weights and biases, then softmax and cross-entropy.

The network is a single layer: of softmax units, or one sigmoid unit with the binary cross-entropy.
Its numbers are drawn so that no probability is near 0 or 1 and no entry of the gradient is as good
as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, is_exact, logarithm
from gen.family import Rejected
from gen.problem import Value
from gen.topics.networks.nets import following
from gen.topics.softmax.graphs import probabilities
from gen.topics.softmax.log_loss import Reduction
from solver import functions as f
from solver.exact import exact
from solver.network import Architecture, Conventions, Layer, Network, build
from solver.orientation import arrays, rows_of

Row = tuple[Any, ...]

_KINDS = {False: ("softmax", "cross_entropy"), True: ("sigmoid", "binary_cross_entropy")}
"""The activation and the loss of several units and of one."""

TRIES = 60
"""How many sets of numbers are tried before they are given up."""
INPUTS = (0.5, 1.5, 2.0, 2.5, 3.0)
WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
HIGHEST_SCORE, LEAST_GAP = 2.6, 0.2
LEAST_PROBABILITY, LEAST_SLOPE = 0.05, 0.03

EXACT_INPUTS = (-2, -1, 1, 2, 3)
EXPONENTS = (-1, 0, 0, 1, 1, 2)
"""A weight is so many times ln 2; a bias may be as many times ln 3."""
LARGEST_SUM = 18
"""The exponentials of the scores of an example are whole numbers, over one denominator, with at
most this sum."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """The numbers as they are printed: a row for each example in `inputs`, for each class in
    `weights`; `biases` are none or one for each class. Labels are counted from 0.

    With a single row of weights it is one sigmoid unit, and the labels are its targets.
    """

    inputs: tuple[Row, ...]
    weights: tuple[Row, ...]
    biases: Row
    labels: tuple[int, ...]
    reduction: Reduction = "sum"

    @property
    def exact(self) -> bool:
        """Whether the numbers are exact, so that no calculator is needed."""
        return is_exact(self.inputs[0][0])

    @property
    def binary(self) -> bool:
        """Whether it is one sigmoid unit."""
        return len(self.weights) == 1

    def network(self, conventions: Conventions | None = None) -> Network:
        """The network as a course has it, or as it was drawn."""
        activation, loss = _KINDS[self.binary]
        drawn = Architecture(
            len(self.inputs[0]),
            (Layer(len(self.weights), activation),),
            loss,
            "separate" if self.biases else "none",
            examples=len(self.inputs),
            reduction=self.reduction,
        )
        return build(drawn if conventions is None else following(drawn, conventions))

    def givens(self, network: Network) -> dict[str, Value]:
        """The arrays that the network's graph takes."""
        biases = np.array(self.biases) if self.biases else None
        weights: list[Value] = [np.array(self.weights)]
        return arrays(network.architecture, weights, [biases], self.rows, self.targets)

    @property
    def rows(self) -> Value:
        """The inputs, a row for each example."""
        return np.array(self.inputs)

    @property
    def targets(self) -> Value:
        """One-hot rows, one for each example; of one unit, rows with its target."""
        if self.binary:
            return one_hot(self.labels, 2, self.exact)[:, 1:]
        return one_hot(self.labels, len(self.weights), self.exact)

    @property
    def scores(self) -> Value:
        """A row for each example."""
        products: Value = self.rows @ np.array(self.weights).T
        return products + np.array(self.biases) if self.biases else products

    @property
    def chances(self) -> Value:
        """The predicted probabilities, a row for each example."""
        return np.asarray((f.sigmoid if self.binary else probabilities)(self.scores))

    @property
    def share(self) -> Any:
        """What one example's loss counts for."""
        count = len(self.inputs) if self.reduction == "mean" else 1
        return fraction(1, count) if self.exact else 1 / count


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What is taken for the probabilities of a classifier, and for gradients: of the scores, with
    a row for each example, and of weights and biases, with a row for each class.

    Where they are asked for too, also for the loss and for the gradient of the probabilities.
    """

    chances: Value
    differences: Value
    weights: Value
    biases: Value
    loss: Value | None = None
    slopes: Value | None = None

    @classmethod
    def onward(
        cls,
        inputs: Value,
        chances: Value,
        differences: Value,
        loss: Value | None = None,
        slopes: Value | None = None,
    ) -> Taken:
        """What follows from these gradients of the scores where everything else is right."""
        weights, biases = differences.T @ inputs, differences.sum(axis=0)
        return cls(chances, differences, weights, biases, loss, slopes)

    def laid(self, network: Network) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
        """The same as values and gradients by the nodes of a network's graph."""
        biases = None if network.architecture.bias_of(1) == "none" else self.biases
        x, y = self.chances, self.differences
        laid = arrays(network.architecture, [self.weights], [biases], x, y)
        gradients = {node: laid[node] for node in (*network.weights, *network.biases)}
        if self.slopes is not None:
            gradients[network.prediction] = rows_of(network, self.slopes)
        values = {network.prediction: laid["x"]}
        if self.loss is not None:
            values["loss"] = self.loss
        return values, {"s1": laid["y"], **gradients}


def one_hot(labels: tuple[int, ...], classes: int, of_exact: bool) -> Value:
    """Targets in rows, one for each label."""
    rows = np.eye(classes)[list(labels)]
    return exact(rows) if of_exact else rows


def draw_classifier(
    draw: Draw, count: int, classes: int, width: int, biased: bool, reduction: Reduction
) -> Classifier:
    """A classifier with so many examples, classes and inputs. Raises Rejected if none is found."""
    for _ in range(TRIES):
        inputs = _inputs(draw, INPUTS, count, width)
        # Equal inputs would make entries of the gradient equal as well.
        if any(len(set(row)) < width for row in inputs):
            continue
        weights = tuple(_signed(draw, WEIGHTS, width) for _ in range(classes))
        biases = _signed(draw, WEIGHTS, classes) if biased else ()
        made = Classifier(inputs, weights, biases, draw_labels(draw, count, classes), reduction)
        if _is_tame(made):
            return made
    raise Rejected("a probability or a gradient comes near 0")


def draw_exact_classifier(
    draw: Draw, count: int, classes: int, width: int, biased: bool, reduction: Reduction
) -> Classifier:
    """The same over exact numbers: weights are multiples of ln 2, biases may be of ln 3."""
    for _ in range(4 * TRIES):
        inputs = [draw.sample(EXACT_INPUTS, width) for _ in range(count)]
        weights = [[draw.choice(EXPONENTS) for _ in range(width)] for _ in range(classes)]
        threes = [draw.choice((0, 1)) if biased else 0 for _ in range(classes)]
        rows = {(*weight, three) for weight, three in zip(weights, threes, strict=True)}
        if len(rows) < classes or len(set(inputs)) < count or (biased and not any(threes)):
            continue
        # Of a class, all weights may be 0; of an input, they may not.
        if not all(any(row[j] for row in weights) for j in range(width)):
            continue
        if not all(_is_plain(weights, threes, x) for x in inputs):
            continue
        made = Classifier(
            tuple(tuple(map(fraction, row)) for row in inputs),
            tuple(tuple(_power(2, n) for n in row) for row in weights),
            tuple(_power(3, n) for n in threes) if biased else (),
            draw_labels(draw, count, classes),
            reduction,
        )
        if _is_tame(made):
            return made
    raise Rejected("a number is not plain enough to carry on with")


def draw_labels(draw: Draw, count: int, classes: int) -> tuple[int, ...]:
    """Labels by lot, not all of several alike."""
    different = max(classes, 2)
    labels = tuple(draw.integer(0, different - 1) for _ in range(count))
    if count > 1 and len(set(labels)) == 1:
        return (*labels[1:], (labels[0] + 1) % different)
    return labels


def _inputs(
    draw: Draw, sizes: tuple[float, ...], count: int, width: int
) -> tuple[tuple[float, ...], ...]:
    """Rows of which no two are alike in any column."""
    columns = [_signed(draw, sizes, count) for _ in range(width)]
    return tuple(zip(*columns, strict=True))


def _signed(draw: Draw, sizes: tuple[float, ...], count: int) -> tuple[float, ...]:
    return tuple(draw.sign() * size for size in draw.sample(sizes, count))


def _power(base: int, exponent: int) -> Any:
    """The logarithm of a power, as one number."""
    return logarithm(base**exponent) if exponent >= 0 else logarithm(1, base**-exponent)


def _is_plain(weights: list[list[int]], threes: list[int], x: tuple[int, ...]) -> bool:
    """Whether the probabilities of an example are fractions with a small denominator."""
    twos = [sum(w * o for w, o in zip(row, x, strict=True)) for row in weights]
    if len(twos) == 1:
        # A sigmoid is the softmax of the score and 0.
        twos, threes = [0, *twos], [0, *threes]
    low = min(twos)
    wholes = [2 ** (n - low) * 3**three for n, three in zip(twos, threes, strict=True)]
    common = gcd(*wholes)
    return len(set(wholes)) > 1 and sum(wholes) // common <= LARGEST_SUM


def _is_tame(made: Classifier) -> bool:
    scores, chances = (np.asarray(x, dtype=float) for x in (made.scores, made.chances))
    if not made.exact and not _is_spread(scores):
        return False
    least = LEAST_PROBABILITY / (2 if made.exact else 1)
    if min(chances.min(), 1 - chances.max()) < least:
        return False
    differences = float(made.share) * (chances - np.asarray(made.targets, dtype=float))
    slopes = differences.T @ np.asarray(made.inputs, dtype=float)
    smallest = min(np.abs(slopes).min(), np.abs(differences.sum(axis=0)).min())
    return bool(smallest >= LEAST_SLOPE)


def _is_spread(scores: Value) -> bool:
    """Whether scores are neither large nor close to each other, or to 0 if there is but one."""
    if scores.shape[1] == 1:
        scores = np.hstack([scores, 0 * scores])
    gaps = np.diff(np.sort(scores, axis=1), axis=1)
    return bool(np.abs(scores).max() <= HIGHEST_SCORE and gaps.min() >= LEAST_GAP)
