"""Slips that leave a factor too many, by hand."""

from __future__ import annotations

import pytest

from gen.topics.derivations.nets import Net
from gen.topics.derivations.slips import wrong_expressions
from gen.topics.derivations.surplus import Surplus

BARE = Net((2, 2, 1), ("tanh", "sigmoid"))
LINEAR = Net((2, 2, 1), ("tanh", "identity"), "half_squared_error")
FULL = Net((2, 2, 1), ("softplus", "tanh"), "squared_error")
FUSED = Net((2, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy")


@pytest.mark.parametrize(
    ("net", "node", "slip", "said"),
    [
        (BARE, "w2_1_1", "output_multiplied_in", "(((o2_1 * (1 - o2_1)) * o2_1) * o1_1)"),
        (BARE, "w2_1_1", "step_too_far", "(((o2_1 * (1 - o2_1)) * o1_1) * (1 - (o1_1 ** 2)))"),
        (BARE, "o1_1", "step_too_far", "(((o2_1 * (1 - o2_1)) * w2_1_1) * (1 - (o1_1 ** 2)))"),
        (BARE, "o1_1", "both_factors", "(((o2_1 * (1 - o2_1)) * w2_1_1) * o1_1)"),
        (BARE, "o1_1", "every_weight_counted", "((o2_1 * (1 - o2_1)) * (w2_1_1 + w2_1_2))"),
        (BARE, "b2_1", "input_of_bias", "((o2_1 * (1 - o2_1)) * o1_1)"),
        (LINEAR, "w2_1_2", "linear_unit_bent", "(((s2_1 - y) * (1 - (s2_1 ** 2))) * o1_2)"),
        (LINEAR, "w2_1_2", "exponent_not_lowered", "(((s2_1 - y) ** 2) * o1_2)"),
        (LINEAR, "w2_1_2", "loss_not_differentiated", "((((s2_1 - y) ** 2) / 2) * o1_2)"),
        (LINEAR, "w2_1_2", "both_factors", "(((s2_1 - y) * w2_1_2) * o1_2)"),
        (LINEAR, "w2_1_2", "every_input_counted", "((s2_1 - y) * (o1_1 + o1_2))"),
        (LINEAR, "b2_1", "every_input_counted", "((s2_1 - y) * (o1_1 + o1_2))"),
        (FULL, "b2_1", "exponent_not_lowered", "(2 * (((o2_1 - y) ** 2) * (1 - (o2_1 ** 2))))"),
        (FULL, "b2_1", "loss_not_differentiated", "(((o2_1 - y) ** 2) * (1 - (o2_1 ** 2)))"),
        (FUSED, "b2_1", "stops_at_prediction", "((o2_1 - y) / (o2_1 * (1 - o2_1)))"),
    ],
)
def test_slips_by_hand(net: Net, node: str, slip: str, said: str) -> None:
    assert str(dict(Surplus(net, node).all())[slip]) == said


def test_a_derivative_may_be_there_twice() -> None:
    found = dict(wrong_expressions(FULL, "w1_1_2"))
    assert str(found["hidden_derivative_twice"]).count("sigmoid(s1_1)") == 2
    assert str(found["last_derivative_twice"]).count("(1 - (o2_1 ** 2))") == 2


def test_the_weights_of_all_units_are_added_where_the_path_has_one_of_them() -> None:
    found = dict(wrong_expressions(FULL, "w1_1_2"))
    assert str(found["every_weight_counted"]).count("(w2_1_1 + w2_1_2)") == 1


def test_a_bias_multiplies_nothing_that_could_be_kept() -> None:
    assert {"both_factors", "step_too_far"}.isdisjoint(dict(Surplus(LINEAR, "b2_1").all()))
