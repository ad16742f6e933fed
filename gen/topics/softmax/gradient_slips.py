"""The gradient of a cross-entropy got wrong: what the slips take for it.

A slip is a wrong difference from the right probabilities (`DIFFERENCES`), the right difference of
what are no probabilities, or one made on the way from the scores to the weights. All work on rows,
one for each example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.told import told
from gen.topics.softmax.classifiers import Classifier, Taken, one_hot
from gen.topics.softmax.graphs import probabilities
from solver import functions as f
from solver.network import Network

DIFFERENCES: Mapping[str, Callable[[Value, Value], Value]] = MappingProxyType(
    {
        "target_not_subtracted": lambda p, t: p,
        "residual_reversed": lambda p, t: t - p,
        "one_subtracted_at_largest": lambda p, t: p - _largest(p),
        "stops_at_probabilities": lambda p, t: -t / p,
        "diagonal_only": lambda p, t: -t * (1 - p),
        "softmax_derivative_twice": lambda p, t: (p - t) * p * (1 - p),
    }
)
"""From rows of probabilities p and targets t to what is taken for the gradient of the scores."""


def _largest(p: Value) -> Value:
    labels = tuple(int(k) for k in np.asarray(p, dtype=float).argmax(axis=1))
    return one_hot(labels, p.shape[1], is_exact(p))


def misread(z: Value) -> Iterator[tuple[str, Value]]:
    """What is taken for the probabilities of scores, of one example or in rows."""
    yield "scores_for_probabilities", z
    yield "exponentials_not_divided", np.exp(z)
    yield "independent_sigmoids", f.sigmoid(z)
    yield "scores_negated", probabilities(-z)
    if not is_exact(z):
        yield "exponential_base_two", probabilities(z * np.log(2))
        yield "exponential_base_ten", probabilities(z * np.log(10))


def of_scores(z: Value, t: Value, indexed: bool) -> Iterator[Variant]:
    """The slips for a graph of scores z, probabilities p and targets t of one example.

    `indexed` labels are told to the student as numbers, which can be mistaken for numbers that
    count from 0.
    """
    z, t = z[None, :], t[None, :]
    p = probabilities(z)
    if indexed and not t[0, -1]:
        yield _of_scores("class_counted_from_zero", p, p - np.roll(t, 1, axis=1))
    for slip, rule in DIFFERENCES.items():
        yield _of_scores(slip, p, rule(p, t))
    for slip, instead in misread(z):
        yield _of_scores(slip, instead, instead - t)


def _of_scores(slip: str, chances: Value, differences: Value) -> Variant:
    return told(slip, {"p": chances[0]}, {"z": differences[0]})


def of_weights(classifier: Classifier, network: Network) -> Iterator[Variant]:
    """The slips for a classifier's network."""
    for slip, taken in _taken(classifier):
        yield told(slip, *taken.laid(network))


# A problem is posed twice: as it was drawn, and as a course has it.
@lru_cache(maxsize=4)
def _taken(classifier: Classifier) -> tuple[tuple[str, Taken], ...]:
    z, t, share = classifier.scores, classifier.targets, classifier.share
    x, p = classifier.rows, classifier.chances
    right = Taken.onward(x, p, share * (p - t))
    first, second, third, *others = _of_differences(classifier, p, t)
    return (
        *(first, second, third),
        *of_parameters(classifier, right),
        *others,
        *(
            (slip, Taken.onward(x, instead, share * (instead - t)))
            for slip, instead in (*_without_biases(classifier), *misread(z))
        ),
    )


def _of_differences(classifier: Classifier, p: Value, t: Value) -> Iterator[tuple[str, Taken]]:
    """Those in the gradient of the scores, from the right probabilities."""
    x, share = classifier.rows, classifier.share
    if len(p) > 1:
        mean = classifier.reduction == "mean"
        other = p - t if mean else (p - t) / len(p)
        yield "sum_for_mean" if mean else "mean_for_sum", Taken.onward(x, p, other)
    for slip, rule in DIFFERENCES.items():
        yield slip, Taken.onward(x, p, share * rule(p, t))


def _without_biases(classifier: Classifier) -> Iterator[tuple[str, Value]]:
    if classifier.biases:
        yield "bias_forgotten", probabilities(classifier.scores - np.array(classifier.biases))


def of_parameters(classifier: Classifier, right: Taken) -> Iterator[tuple[str, Taken]]:
    """The slips made behind the right gradient of the scores."""
    x, rows, sums = classifier.rows, right.differences, right.biases
    w: Value = np.array(classifier.weights)
    found: dict[str, tuple[Value, Value]] = {
        "input_left_out": (sums[:, None] + 0 * right.weights, sums),
        "own_weight": (sums[:, None] * w, sums),
    }
    if len(x) > 1:
        found["last_example_only"] = (rows[-1][:, None] * x[-1], rows[-1])
        found["examples_added_first"] = (sums[:, None] * x.sum(axis=0), sums)
    if classifier.biases:
        found["bias_multiplied_in"] = (right.weights, sums * np.array(classifier.biases))
    for slip, (weights, biases) in found.items():
        yield slip, replace(right, weights=weights, biases=biases)
