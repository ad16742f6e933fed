"""Linear classifiers: their networks in every orientation, and the numbers that are drawn."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.softmax.classifiers import (
    HIGHEST_SCORE,
    LEAST_PROBABILITY,
    LEAST_SLOPE,
    Classifier,
    Taken,
    draw_classifier,
    draw_exact_classifier,
    draw_labels,
)
from solver.network import Conventions
from solver.passes import forward

THREE = Classifier(((1.0, 2.0), (-1.0, 0.5)), ((0.5, -0.2), (1.0, 0.3), (-0.4, 0.8)), (), (0, 2))


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
def test_the_network_gives_the_probabilities_in_every_orientation(orientation):
    network = THREE.network(Conventions(orientation=orientation))
    found = forward(network.graph, THREE.givens(network))["o1"]
    powers = np.exp(np.array(THREE.inputs) @ np.array(THREE.weights).T)
    expected = powers / powers.sum(axis=1, keepdims=True)
    assert (found if orientation == "rows" else found.T) == pytest.approx(expected)
    assert THREE.chances == pytest.approx(expected)


def test_a_single_row_of_weights_is_a_sigmoid_unit():
    unit = Classifier(((1.0, 2.0),), ((0.5, -0.2),), (0.3,), (1,))
    assert unit.binary
    assert unit.chances == pytest.approx(1 / (1 + np.exp(-0.4)))
    assert unit.targets.tolist() == [[1.0]]
    assert unit.network().architecture.loss == "binary_cross_entropy"


def test_a_course_that_folds_biases_in_folds_in_no_biases_where_there_are_none():
    folded = Conventions(bias="folded")
    assert THREE.network(folded).graph.shapes["W1"] == (3, 2)
    biased = Classifier(THREE.inputs, THREE.weights, (0.1, 0.2, 0.3), THREE.labels)
    assert biased.network(folded).graph.shapes["W1"] == (3, 3)


def test_gradients_are_laid_as_the_network_has_them():
    network = THREE.network(Conventions(orientation="transposed"))
    taken = Taken.onward(THREE.rows, THREE.chances, THREE.chances - THREE.targets)
    values, gradients = taken.laid(network)
    assert pytest.approx(THREE.chances) == values["o1"].T
    assert gradients["W1"].shape == (2, 3)
    assert gradients["W1"] == pytest.approx(THREE.rows.T @ (THREE.chances - THREE.targets))


def several(classes):
    for seed in range(30):
        with suppress(Rejected):
            yield draw_classifier(Draw("tame", seed), 2, classes, 2, True, "mean")


@pytest.mark.parametrize("classes", [1, 2, 3])
def test_drawn_numbers_are_tame(classes):
    for made in several(classes):
        assert np.abs(made.scores).max() <= HIGHEST_SCORE
        assert made.chances.min() >= LEAST_PROBABILITY
        slopes = (made.chances - made.targets).T @ np.array(made.inputs) / 2
        assert np.abs(slopes).min() >= LEAST_SLOPE
        assert len(set(made.labels)) == 2


@pytest.mark.parametrize("classes", [1, 2, 3])
def test_exact_probabilities_are_fractions_with_small_denominators(classes):
    for seed in range(20):
        made = draw_exact_classifier(Draw("exact", seed), 2, classes, 2, False, "sum")
        for chance in made.chances.ravel():
            assert 0 < float(chance) < 1
            assert int(str(chance).partition("/")[2]) <= 18


def test_labels_of_several_examples_are_not_all_alike():
    for seed in range(40):
        labels = draw_labels(Draw("labels", seed), 3, 2)
        assert set(labels) == {0, 1}
