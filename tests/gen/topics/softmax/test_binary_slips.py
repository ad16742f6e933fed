"""The binary cross-entropy got wrong: every slip by the numbers worked by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from gen.solving import passes
from gen.topics.softmax.binary_slips import DERIVED, of_one, of_weights, right
from gen.topics.softmax.classifiers import Classifier


def found(variants):
    return {v.slip: passes(v.graph, v.givens) for v in variants}


def test_the_right_derivatives_are_slopes_of_the_loss():
    for y, t in ((0.3, 0.0), (0.3, 1.0), (0.8, 0.25)):
        made = right(np.array(y), np.array(t))
        up, down = (-t * log(p) - (1 - t) * log(1 - p) for p in (y + 1e-6, y - 1e-6))
        assert made.loss == pytest.approx(-t * log(y) - (1 - t) * log(1 - y))
        assert made.slope == pytest.approx((up - down) / 2e-6, rel=1e-6)
        assert made.difference == pytest.approx(y - t)


@pytest.mark.parametrize(
    ("slip", "slope"),
    [
        ("denominator_lost", -0.25),
        ("targets_exchanged", 4.0),
        ("complement_sign_lost", -4 / 3),
        ("second_denominator_lost", -1 / 3),
        ("numerator_lost", 16 / 3),
        ("reciprocal_differentiated", -16 / 9),
        ("logarithm_kept", log(0.25) - log(0.75)),
        ("both_terms_kept", 4 - 4 / 3),
        ("minus_forgotten", 4 / 3),
    ],
)
def test_slips_in_the_slope_at_a_target_of_one(slip, slope):
    assert DERIVED[slip](np.array(0.75), np.array(1.0)).slope == pytest.approx(slope)


def test_a_score_is_taken_through_its_sigmoid():
    made = found(of_one(np.array(log(3)), np.array(1.0), "score"))
    values, gradients = made["denominator_lost"]
    assert float(values["p"]) == pytest.approx(0.75)
    assert float(gradients["z"]) == pytest.approx(-0.25 * 0.75 * 0.25)
    assert float(made["exponent_sign"][1]["z"]) == pytest.approx(-0.75)


def test_a_prediction_has_no_score():
    made = found(of_one(np.array(0.75), np.array(1.0), "prediction"))
    assert "exponent_sign" not in made
    assert float(made["log_base_two"][0]["L"]) == pytest.approx(-log(0.75) / log(2))


def test_a_unit_carries_its_slips_on_to_the_weights():
    unit = Classifier(((1.0, 2.0), (-1.0, 0.5)), ((0.5, -0.2),), (), (1, 0))
    made = found(of_weights(unit, unit.network()))
    x = np.array(unit.inputs)
    y = 1 / (1 + np.exp(-x @ np.array([0.5, -0.2])))
    assert made["target_not_subtracted"][1]["W1"] == pytest.approx((y @ x)[None, :])
    losses = -np.log([y[0], 1 - y[1]])
    assert float(made["mean_for_sum"][0]["loss"]) == pytest.approx(losses.mean())
