"""Slips in a cross-entropy; expected values are published or worked out with plain Python."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen.topics.softmax.loss_slips import label_first, slips
from solver.passes import forward

SCORES = np.array([[2.0, 0.5, -1.0]])
CHANCES = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]])
# Scores (2, 0.5, -1), from the list of misconceptions: the loss of the third class is 3.2413, that
# of the largest probability 0.2413, and the logarithms of all classes add up to 5.2239.
PUBLISHED = {"class_of_largest": 0.2413, "every_class": 5.2239}


def values(source, given, labels, reduction="sum", indexed=True, node="L"):
    made = slips(source, np.asarray(given), labels, reduction, indexed)
    return {v.slip: float(forward(v.graph, v.givens)[node]) for v in made}


def test_the_label_s_own_probability_comes_first():
    assert label_first(CHANCES, (1, 2)).tolist() == [[0.5, 0.2, 0.3], [0.1, 0.6, 0.3]]


def test_published_values_of_slips_come_out():
    made = values("scores", SCORES, (2,), node="l")
    for slip, loss in PUBLISHED.items():
        assert made[slip] == pytest.approx(loss, abs=1e-4), slip


def test_slips_with_the_scores_of_one_example():
    made = values("scores", SCORES, (1,), node="l")
    expected = {
        "independent_sigmoids": log(1 + exp(-0.5)),
        "exponentials_not_divided": -0.5,
        "exponential_base_two": log(2**2 + 2**0.5 + 0.5) - 0.5 * log(2),
        "exponential_base_ten": log(100 + 10**0.5 + 0.1) - 0.5 * log(10),
        "scores_negated": log(exp(-2) + exp(-0.5) + exp(1)) + 0.5,
        "class_counted_from_zero": 3.2413,
    }
    assert {slip: made[slip] for slip in expected} == pytest.approx(expected, abs=1e-4)


def test_slips_in_the_formula_for_several_examples():
    made = values("probabilities", CHANCES, (1, 0))
    label, product = (0.5, 0.6), 0.3
    expected = {
        "mean_for_sum": -log(product) / 2,
        "minus_forgotten": log(product),
        "complement_not_logged": 0.9,
        "complement_logged": -log(0.5 * 0.4),
        "weighted_by_itself": -sum(p * log(p) for p in label),
        "reciprocal_not_logged": 1 / 0.5 + 1 / 0.6,
        "every_class": -sum(log(p) for p in CHANCES.ravel()),
        "entropy": -sum(p * log(p) for p in CHANCES.ravel()),
        "divided_by_classes": -log(product) / 3,
        "logarithm_of_mean": -log(0.55),
        "class_of_largest": -log(product),
        "class_of_smallest": -log(0.2 * 0.1),
        "class_counted_from_zero": -log(0.3 * 0.3),
    }
    assert made == pytest.approx(expected)


def test_a_mean_is_taken_for_a_sum_the_other_way_round_too():
    made = values("probabilities", CHANCES, (1, 0), "mean")
    assert made["sum_for_mean"] == pytest.approx(-log(0.3))
    assert "mean_for_sum" not in made


def test_classes_are_miscounted_only_where_they_are_counted():
    assert "class_counted_from_zero" not in values("probabilities", CHANCES, (1, 0), indexed=False)
    assert "class_counted_from_zero" not in values("probabilities", CHANCES, (1, 2))


def test_slips_with_binary_targets():
    made = values("predictions", [[0.8], [0.3]], (1, 0))
    expected = {
        "target_ignored": -log(0.8 * 0.3),
        "one_term_only": -log(0.8),
        "targets_exchanged": -log(0.2 * 0.3),
    }
    assert {slip: made[slip] for slip in expected} == pytest.approx(expected)


def test_a_sigmoid_with_powers_of_ten():
    made = values("binary_scores", [[1.0], [-1.0]], (1, 1))
    assert made["exponential_base_ten"] == pytest.approx(log(1.1) + log(11))
