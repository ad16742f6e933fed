"""The binary cross-entropy family: known derivatives, slips worked by hand, and what is drawn."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen.draw import Draw
from gen.exact_numbers import fraction, logarithm
from gen.exact_solving import solve as solve_exactly
from gen.families.binary_cross_entropy import UNITS, Example, Params, pose
from gen.family import find
from gen.solving import solve
from gen.topics.softmax.classifiers import Classifier
from solver.network import Conventions
from tests.solutions import item_of

FAMILY = find("binary_cross_entropy")
item = item_of("binary_cross_entropy")
UNIT = Classifier(((1.0, 2.0), (-1.0, 0.5)), ((0.5, -0.2),), (0.3,), (1, 0))


def answers(of, conventions=None):
    parts = solve(pose(Params(of), conventions), Draw("options")).parts
    return [[value.astype(float) for value in part.answer.values] for part in parts]


def wrong(of):
    parts = solve(pose(Params(of)), Draw("options")).parts
    return [{w.slip: w.values[0].astype(float) for w in part.answer.wrong} for part in parts]


def test_the_published_prediction_has_its_loss_and_slope():
    # From the list of misconceptions: the prediction 0.75 with the targets 1 and 0.
    [[_], [slope]] = answers(Example("prediction", 0.75, 1))
    [[loss], [other]] = answers(Example("prediction", 0.75, 0))
    assert loss == pytest.approx(1.3863, abs=5e-5)
    assert (slope, other) == (pytest.approx(-4 / 3), pytest.approx(4))


def test_the_published_slips_have_their_numbers():
    _, slopes = wrong(Example("prediction", 0.75, 1))
    assert slopes["denominator_lost"] == pytest.approx(-0.25)
    *_, differences = wrong(Example("score", log(3), 1))
    assert differences["denominator_lost"] == pytest.approx(-0.0469, abs=5e-5)
    assert differences["target_not_subtracted"] == pytest.approx(0.75)
    assert differences["activation_derivative_left_out"] == pytest.approx(-4 / 3)
    assert differences["residual_reversed"] == pytest.approx(0.25)


def test_a_score_ends_in_prediction_minus_target():
    [[prediction, loss], [slope], [difference]] = answers(Example("score", -0.4, 0.3))
    y = 1 / (1 + exp(0.4))
    assert prediction == pytest.approx(y)
    assert loss == pytest.approx(-0.3 * log(y) - 0.7 * log(1 - y))
    assert slope == pytest.approx(-0.3 / y + 0.7 / (1 - y))
    assert difference == pytest.approx(y - 0.3)


def test_a_target_between_has_its_second_term():
    [losses, *_] = wrong_pairs(Example("score", -0.4, 0.3))
    y = 1 / (1 + exp(0.4))
    assert losses["second_term_left_out"][1] == pytest.approx(-0.3 * log(y))


def wrong_pairs(of):
    parts = solve(pose(Params(of)), Draw("options")).parts
    return [{w.slip: [float(v) for v in w.values] for w in part.answer.wrong} for part in parts]


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
def test_a_unit_adds_its_examples_in_every_orientation(orientation):
    found = answers(UNIT, Conventions(orientation=orientation))
    x, w = np.array(UNIT.inputs), np.array(UNIT.weights[0])
    y = 1 / (1 + np.exp(-(x @ w + 0.3)))
    assert found[0][1] == pytest.approx(-log(y[0]) - log(1 - y[1]))
    assert np.ravel(found[1][0]) == pytest.approx([-1 / y[0], 1 / (1 - y[1])])
    assert np.ravel(found[1][1]) == pytest.approx([y[0] - 1, y[1]])
    by_weight = (y[0] - 1) * x[0] + y[1] * x[1]
    assert list(map(float, found[2])) == pytest.approx([*by_weight, y[0] - 1 + y[1]])


def test_the_mean_of_a_unit_is_half_its_sum_for_two_examples():
    mean = Classifier(UNIT.inputs, UNIT.weights, UNIT.biases, UNIT.labels, "mean")
    one, other = answers(UNIT), answers(mean)
    assert 2 * np.array(other[2]) == pytest.approx(np.array(one[2]))
    assert wrong(UNIT)[2]["mean_for_sum"] == pytest.approx(float(other[2][0]))


def test_even_odds_are_exact():
    problem = pose(Params(Example("score", logarithm(3), fraction(1))))
    shown = [part.answer.shown for part in solve_exactly(problem, Draw("options")).parts]
    assert [str(value) for values in shown for value in values] == [
        "3/4", "ln(4/3)", "-4/3", "-1/4",
    ]  # fmt: skip


@pytest.mark.parametrize(("difficulty", "source"), [("easy", "prediction"), ("medium", "score")])
def test_both_targets_are_drawn_and_harder_ones_between_them(difficulty, source):
    drawn = [item(seed, difficulty).params.of for seed in range(120)]
    assert {example.source for example in drawn} == {source}
    targets = {float(example.target) for example in drawn}
    assert {0.0, 1.0} <= targets
    assert (len(targets) > 2) == (difficulty == "medium")


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_units_of_every_size_are_drawn(arithmetic):
    drawn = [item(seed, "hard", arithmetic=arithmetic).params.of for seed in range(60)]
    sizes = {(len(u.inputs), len(u.inputs[0]), bool(u.biases)) for u in drawn}
    assert sizes == set(UNITS)
    assert all(set(u.labels) == {0, 1} for u in drawn if len(u.labels) > 1)


def test_harder_items_take_more_operations():
    work = [
        np.mean([sum(s.value.size for s in item(seed, d).solution.steps) for seed in range(30)])
        for d in ("easy", "medium", "hard")
    ]
    assert work[0] * 2 <= work[1] <= work[2] / 2
