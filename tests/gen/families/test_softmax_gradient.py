"""The softmax gradient family: known gradients, slips worked by hand, and what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.softmax_gradient import EXACT_SETTINGS, SETTINGS, Params, Scores, pose
from gen.family import find
from gen.solving import solve
from gen.topics.softmax.classifiers import Classifier
from solver.exact import Exact
from solver.network import Conventions
from templates.notation import load
from tests.solutions import item_of

FAMILY = find("softmax_gradient")
item = item_of("softmax_gradient")

# From the list of misconceptions: the scores (2, 0.5, -1) with the label 1.
REFERENCE = Params(Scores((2.0, 0.5, -1.0), 0))
TWO = Classifier(((1.0, 2.0), (-1.0, 0.5)), ((0.5, -0.2), (1.0, 0.3), (-0.4, 0.8)), (), (0, 2))


def solved(params, **conventions):
    return solve(pose(params, Conventions(**conventions)), Draw("options")).parts


def by_hand(classifier):
    """Probabilities and gradients of a classifier, with plain loops."""
    count = len(classifier.inputs)
    share = 1 / count if classifier.reduction == "mean" else 1.0
    biases = classifier.biases or (0.0,) * len(classifier.weights)
    chances, weights = [], np.zeros((len(biases), len(classifier.inputs[0])))
    sums = np.zeros(len(biases))
    for x, label in zip(classifier.inputs, classifier.labels, strict=True):
        powers = [
            2.718281828459045 ** (sum(w * v for w, v in zip(row, x, strict=True)) + b)
            for row, b in zip(classifier.weights, biases, strict=True)
        ]
        chances.append([power / sum(powers) for power in powers])
        for k, chance in enumerate(chances[-1]):
            difference = share * (chance - (k == label))
            sums[k] += difference
            weights[k] += difference * np.array(x)
    return np.array(chances), weights, sums


def test_the_published_gradient_of_three_scores():
    chances, gradient = (part.answer.values[0] for part in solved(REFERENCE))
    assert chances == pytest.approx([0.7856, 0.1753, 0.0391], abs=5e-5)
    assert gradient == pytest.approx([-0.2144, 0.1753, 0.0391], abs=5e-5)


@pytest.mark.parametrize(
    ("slip", "gradient"),
    [
        ("target_not_subtracted", (0.7856, 0.1753, 0.0391)),
        ("class_counted_from_zero", (0.7856, -0.8247, 0.0391)),
        ("residual_reversed", (0.2144, -0.1753, -0.0391)),
        ("diagonal_only", (-0.2144, 0, 0)),
        ("stops_at_probabilities", (-1 / 0.78559, 0, 0)),
        ("scores_for_probabilities", (1, 0.5, -1)),
        ("independent_sigmoids", (-0.1192, 0.6225, 0.2689)),
    ],
)
def test_the_published_slips_of_three_scores(slip, gradient):
    wrong = {w.slip: w.values[0] for w in solved(REFERENCE)[-1].answer.wrong}
    assert wrong[slip] == pytest.approx(gradient, abs=5e-5)


def test_going_through_the_probabilities_ends_in_the_same_gradient():
    one, other = solved(REFERENCE)[-1], solved(REFERENCE, fused=False)[-1]
    assert other.answer.values[0] == pytest.approx(one.answer.values[0], abs=1e-12)


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_weights_get_the_differences_times_the_inputs_of_all_examples(reduction):
    made = Classifier(TWO.inputs, TWO.weights, (0.1, -0.3, 0.2), TWO.labels, reduction)
    chances, weights, biases = by_hand(made)
    asked = [part.answer.values for part in solved(Params(made, 1))]
    assert pytest.approx(chances) == asked[0][0].T
    assert list(map(float, asked[2])) == pytest.approx([*weights[1], biases[1]])


def test_the_gradient_of_the_matrix_lies_as_the_matrix_does():
    _, weights, _ = by_hand(TWO)
    assert solved(Params(TWO))[-1].answer.values[0] == pytest.approx(weights)
    turned = solved(Params(TWO), orientation="transposed")[-1].answer.values[0]
    assert turned == pytest.approx(weights.T)


def test_leaving_out_examples_or_inputs_has_a_diagnosis():
    chances, _, _ = by_hand(TWO)
    differences = chances - np.eye(3)[[0, 2]]
    wrong = {w.slip: w.values[0] for w in solved(Params(TWO))[-1].answer.wrong}
    assert wrong["last_example_only"] == pytest.approx(np.outer(differences[1], (-1, 0.5)))
    assert wrong["input_left_out"][:, 0] == pytest.approx(differences.sum(axis=0))
    assert wrong["examples_added_first"] == pytest.approx(
        np.outer(differences.sum(axis=0), (0, 2.5))
    )
    assert wrong["mean_for_sum"] == pytest.approx(differences.T @ np.array(TWO.inputs) / 2)


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_size_is_drawn_at_its_difficulty(difficulty, arithmetic):
    settings = SETTINGS if arithmetic == "decimal" else EXACT_SETTINGS
    seen = {size(item(seed, difficulty, arithmetic=arithmetic)) for seed in range(40)}
    assert seen == set(settings[difficulty])


def size(made):
    given = made.params.of
    if isinstance(given, Scores):
        return 1, len(given.scores), 0, False
    return len(given.inputs), len(given.weights), len(given.inputs[0]), bool(given.biases)


def test_harder_items_take_more_operations():
    work = [
        np.mean([lengths(item(seed, difficulty)) for seed in range(30)]) for difficulty in SETTINGS
    ]
    assert work[0] * 1.5 < work[1] < work[2] / 1.3


def lengths(made):
    """Entries that a student writes down."""
    return sum(step.value.size for step in made.solution.steps)


def test_exact_probabilities_of_logarithms_are_fractions():
    two, three = Exact(2).log(), Exact(3).log()
    part = pose(Params(Scores((two, three, Exact(0)), 1)))
    assert part.arithmetic == "exact"
    for seed in range(20):
        made = item(seed, "hard", arithmetic="exact")
        values = made.solution.parts[0].answer.shown[0].ravel()
        assert all(0 < float(value) < 1 and "ln" not in str(value) for value in values)


def test_minus_the_gradient_is_asked_for_where_a_course_writes_that():
    made, plain = item(3, notation=load("waterloo-meila")), item(3)
    pairs = zip(made.solution.parts[1:], plain.solution.parts[1:], strict=True)
    for one, other in pairs:
        assert np.ravel(one.answer.values[0]) == pytest.approx(-np.ravel(other.answer.values[0]))
