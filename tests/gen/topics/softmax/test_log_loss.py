"""The cross-entropy of examples; expected values are sums of logarithms, or published."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen.topics.softmax.log_loss import log_loss
from solver.passes import forward
from solver.steps import lines


def test_one_example_from_probabilities():
    made = forward(log_loss("probabilities", 3, (1,), "sum"), {"p": np.array([0.2, 0.5, 0.3])})
    assert made["l"] == pytest.approx(log(2))


def test_one_example_from_scores():
    # Scores and loss from the list of misconceptions: label 1 of (2, 0.5, -1).
    graph = log_loss("scores", 3, (0,), "sum")
    made = forward(graph, {"z": np.array([2.0, 0.5, -1.0])})
    assert made["q"] == pytest.approx(0.7856, abs=5e-5)
    assert made["l"] == pytest.approx(0.2413, abs=5e-5)
    assert [line.node for line in lines(graph)] == ["a", "S", "q", "l"]


@pytest.mark.parametrize(("reduction", "share"), [("sum", 1), ("mean", 3)])
def test_several_examples_end_in_their_sum_or_mean(reduction, share):
    rows = {"p1": [0.2, 0.8], "p2": [0.5, 0.5], "p3": [0.9, 0.1]}
    graph = log_loss("probabilities", 2, (0, 1, 0), reduction)
    made = forward(graph, {name: np.array(row) for name, row in rows.items()})
    assert made["L"] == pytest.approx(-(log(0.2) + log(0.5) + log(0.9)) / share)
    assert [line.node for line in lines(graph)] == ["l1", "l2", "l3", "L"]


def test_binary_predictions_are_those_of_the_target_one():
    graph = log_loss("predictions", 2, (1, 0), "sum")
    made = forward(graph, {"p1": np.array(0.75), "p2": np.array(0.75)})
    # The second loss is the published one of a prediction of 0.75 for the target 0.
    assert made["l1"] == pytest.approx(log(4 / 3))
    assert made["l2"] == pytest.approx(1.3863, abs=5e-5)


def test_binary_scores_go_through_a_sigmoid():
    graph = log_loss("binary_scores", 2, (1, 0), "mean")
    made = forward(graph, {"s1": np.array(1.5), "s2": np.array(-0.5)})
    assert made["L"] == pytest.approx((log(1 + exp(-1.5)) + log(1 + exp(-0.5))) / 2)
