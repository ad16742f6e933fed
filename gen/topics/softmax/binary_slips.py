"""The binary cross-entropy and its derivatives got wrong: what the slips take for them.

Each slip says what is taken for the loss l of an example, for its slope d with respect to the
prediction, and for its difference e, the gradient of the score; all from rows of predictions y and
targets t. Slips that a spoiled rule expresses are named in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.told import told
from gen.topics.softmax.classifiers import Classifier, Taken
from gen.topics.softmax.gradient_slips import of_parameters
from solver import functions as f
from solver.network import Network

RULES = (
    "residual_reversed",
    "activation_derivative_left_out",
    "preactivation_in_derivative",
)


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """A loss, its slope with respect to the prediction, and the gradient of the score."""

    loss: Value
    slope: Value
    difference: Value


def right(y: Value, t: Value) -> Derived:
    """The right ones."""
    return Derived(_loss(y, t), (y - t) / (y * (1 - y)), y - t)


def _loss(y: Value, t: Value) -> Value:
    return np.asarray(-(t * np.log(y) + (1 - t) * np.log(1 - y)))


def _carried(loss: Value, slope: Value, y: Value) -> Derived:
    """A slope that is carried on through the sigmoid as is right."""
    return Derived(loss, slope, slope * y * (1 - y))


def _negated(made: Derived) -> Derived:
    return Derived(-made.loss, -made.slope, -made.difference)


DERIVED: Mapping[str, Callable[[Value, Value], Derived]] = MappingProxyType(
    {
        "target_not_subtracted": lambda y, t: Derived(_loss(y, t), 1 / (1 - y), y),
        "targets_exchanged": lambda y, t: right(y, 1 - t),
        "denominator_lost": lambda y, t: _carried(_loss(y, t), y - t, y),
        "complement_sign_lost": lambda y, t: _carried(_loss(y, t), -t / y - (1 - t) / (1 - y), y),
        "second_denominator_lost": lambda y, t: _carried(_loss(y, t), (y - t) / y, y),
        "second_term_left_out": lambda y, t: _carried(-t * np.log(y), -t / y, y),
        "both_terms_kept": lambda y, t: _carried(
            -np.log(y) - np.log(1 - y), 1 / (1 - y) - 1 / y, y
        ),
        "numerator_lost": lambda y, t: _carried(_loss(y, t), 1 / (y * (1 - y)), y),
        "reciprocal_differentiated": lambda y, t: _carried(
            _loss(y, t), (1 - t) / (1 - y) ** 2 - t / y**2, y
        ),
        "logarithm_kept": lambda y, t: _carried(_loss(y, t), np.log(1 - y) - np.log(y), y),
        "minus_forgotten": lambda y, t: _negated(right(y, t)),
        "reciprocal_not_logged": lambda y, t: replace(right(y, t), loss=t / y + (1 - t) / (1 - y)),
    }
)
"""From predictions y and targets t to what is taken for what follows."""


def of_one(number: Value, target: Value, source: str) -> Iterator[Variant]:
    """The slips for the graph of one example: the loss L of a prediction p or of a score z."""
    score = number if source == "score" else None
    y = number if score is None else _sigmoid(number)
    for slip, instead, made in _derived(y, target, score):
        gradients = {"p": made.slope, "z": made.difference}
        if score is None:
            yield told(slip, {"L": made.loss}, {"p": made.slope})
        else:
            yield told(slip, {"L": made.loss, "p": instead}, gradients)


def _sigmoid(z: Value) -> Value:
    return np.asarray(f.sigmoid(z))


def _derived(y: Value, t: Value, z: Value | None) -> Iterator[tuple[str, Value, Derived]]:
    """Every slip with the predictions that it goes with and what it makes of them."""
    for slip, rule in DERIVED.items():
        yield slip, y, rule(y, t)
    made = right(y, t)
    if is_exact(y):
        return
    yield "log_base_ten", y, Derived(made.loss / np.log(10), made.slope, made.difference)
    yield "log_base_two", y, Derived(made.loss / np.log(2), made.slope, made.difference)
    if z is not None:
        ten = _sigmoid(z * np.log(10))
        yield "exponential_base_ten", ten, right(ten, t)
        reversed_sign = _sigmoid(-z)
        yield "exponent_sign", reversed_sign, right(reversed_sign, t)


def of_weights(classifier: Classifier, network: Network) -> Iterator[Variant]:
    """The slips for the network of one unit."""
    for slip, taken in _taken(classifier):
        yield told(slip, *taken.laid(network))


# A problem is posed twice: as it was drawn, and as a course has it.
@lru_cache(maxsize=4)
def _taken(classifier: Classifier) -> tuple[tuple[str, Taken], ...]:
    y, t, share = classifier.chances, classifier.targets, classifier.share
    exact = _onward(classifier, y, right(y, t), share)
    return (
        *_of_examples(classifier, y, t),
        *of_parameters(classifier, exact),
        *(
            (slip, _onward(classifier, instead, made, share))
            for slip, instead, made in _derived(y, t, classifier.scores)
        ),
    )


def _of_examples(classifier: Classifier, y: Value, t: Value) -> Iterator[tuple[str, Taken]]:
    """Those that sum and mean, and a bias that is forgotten, give rise to."""
    share = classifier.share
    if len(y) > 1:
        mean = classifier.reduction == "mean"
        other = 0 * share + 1 if mean else share / len(y)
        slip = "sum_for_mean" if mean else "mean_for_sum"
        yield slip, _onward(classifier, y, right(y, t), other)
    if classifier.biases:
        bare = _sigmoid(classifier.scores - np.array(classifier.biases))
        yield "bias_forgotten", _onward(classifier, bare, right(bare, t), share)


def _onward(classifier: Classifier, y: Value, made: Derived, share: Any) -> Taken:
    return Taken.onward(
        classifier.rows,
        y,
        share * made.difference,
        np.asarray(share * made.loss.sum()),
        share * made.slope,
    )
