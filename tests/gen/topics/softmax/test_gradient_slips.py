"""The gradient of the cross-entropy got wrong: every slip by the numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gen.solving import passes
from gen.topics.softmax.classifiers import Classifier
from gen.topics.softmax.gradient_slips import of_scores, of_weights

Z, T = np.array([2.0, 0.5, -1.0]), np.array([1.0, 0.0, 0.0])
P = np.exp(Z) / np.exp(Z).sum()
BATCH = Classifier(
    ((1.0, 2.0), (-1.0, 0.5)), ((0.5, -0.2), (1.0, 0.3)), (0.1, -0.3), (0, 1), "mean"
)


def gradients(variants):
    return {v.slip: passes(v.graph, v.givens)[1] for v in variants}


@pytest.mark.parametrize(
    ("slip", "expected"),
    [
        ("target_not_subtracted", P),
        ("residual_reversed", T - P),
        ("diagonal_only", -T * (1 - P)),
        ("stops_at_probabilities", -T / P),
        ("softmax_derivative_twice", (P - T) * P * (1 - P)),
        ("scores_for_probabilities", Z - T),
        ("exponentials_not_divided", np.exp(Z) - T),
        ("class_counted_from_zero", P - np.array([0, 1, 0])),
    ],
)
def test_slips_of_scores(slip, expected):
    assert gradients(of_scores(Z, T, True))[slip]["z"] == pytest.approx(expected)


def test_labels_that_are_no_numbers_cannot_be_miscounted():
    assert "class_counted_from_zero" not in gradients(of_scores(Z, T, False))


def test_the_last_class_has_no_next_one():
    assert "class_counted_from_zero" not in gradients(of_scores(Z, T[::-1], True))


def test_slips_of_weights():
    x, w = np.array(BATCH.inputs), np.array(BATCH.weights)
    powers = np.exp(x @ w.T + np.array([0.1, -0.3]))
    rows = (powers / powers.sum(axis=1, keepdims=True) - np.eye(2)) / 2
    found = gradients(of_weights(BATCH, BATCH.network()))
    assert found["sum_for_mean"]["W1"] == pytest.approx(2 * rows.T @ x)
    assert found["last_example_only"]["W1"] == pytest.approx(np.outer(rows[1], x[1]))
    assert found["last_example_only"]["b1"].ravel() == pytest.approx(rows[1])
    assert found["examples_added_first"]["W1"] == pytest.approx(
        np.outer(rows.sum(axis=0), x.sum(axis=0))
    )
    assert found["own_weight"]["W1"] == pytest.approx(rows.sum(axis=0)[:, None] * w)
    assert found["bias_multiplied_in"]["b1"].ravel() == pytest.approx(
        rows.sum(axis=0) * np.array([0.1, -0.3])
    )
    bare = np.exp(x @ w.T)
    wrong = (bare / bare.sum(axis=1, keepdims=True) - np.eye(2)) / 2
    assert found["bias_forgotten"]["s1"] == pytest.approx(wrong.T)
