"""What the table of rules promises beyond right numbers: kinks, ties, large scores, refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver.rules import RULES, Primitive, fit
from solver.shapes import ShapeError

Shapes = tuple[tuple[int, ...], ...]


@pytest.mark.parametrize(
    ("primitive", "settings", "expected"),
    [
        ("relu", {}, 0.0),
        ("leaky_relu", {"alpha": 0.1}, 0.1),
        ("elu", {"alpha": 0.7}, 0.7),
        ("absolute", {}, 0.0),
    ],
)
def test_at_a_kink_the_derivative_is_the_stated_one(
    primitive: str, settings: dict[str, float], expected: float
) -> None:
    x = np.array([0.0, -0.0])
    rule = RULES[primitive]
    (gradient,) = rule.backward(np.ones(2), rule.forward(x, **settings), x, **settings)
    np.testing.assert_array_equal(gradient, [expected, expected])


@pytest.mark.parametrize(
    ("loss", "prediction", "target", "value", "slopes"),
    [
        ("binary_cross_entropy", [1.0, 0.0], [1.0, 0.0], 0.0, [-1.0, 1.0]),
        ("binary_cross_entropy", [1.0, 0.5], [1.0, 0.0], np.log(2.0), [-1.0, 2.0]),
        ("binary_cross_entropy", [0.25], [0.5], np.log(16 / 3) / 2, [-4 / 3]),
        ("cross_entropy", [1.0, 0.0], [1.0, 0.0], 0.0, [-1.0, 0.0]),
        ("cross_entropy", [0.5, 0.5], [0.0, 1.0], np.log(2.0), [0.0, -2.0]),
    ],
)
def test_losses_of_certain_predictions_that_are_right_have_their_limits(
    loss: str, prediction: list[float], target: list[float], value: float, slopes: list[float]
) -> None:
    p, t = np.array(prediction), np.array(target)
    y = RULES[loss].forward(p, t)
    assert y == pytest.approx(value)
    np.testing.assert_allclose(RULES[loss].backward(np.float64(1.0), y, p, t)[0], slopes)


@pytest.mark.parametrize("loss", ["cross_entropy", "binary_cross_entropy"])
def test_losses_of_certain_predictions_that_are_wrong_are_infinite(loss: str) -> None:
    p, t = np.array([0.0]), np.array([1.0])
    y = RULES[loss].forward(p, t)
    assert y == np.inf
    np.testing.assert_array_equal(RULES[loss].backward(np.float64(1.0), y, p, t)[0], [-np.inf])


def test_a_power_of_zero_has_the_slope_0_for_its_exponent() -> None:
    a, b = np.array([0.0, -2.0]), np.array([2.0, 3.0])
    left, right = RULES["general_power"].backward(np.ones(2), a**b, a, b)
    np.testing.assert_array_equal(left, [0.0, 12.0])
    assert right[0] == 0.0
    assert np.isnan(right[1])


@pytest.mark.parametrize(
    ("primitive", "shapes"),
    [
        ("outer", ((2, 1), (3,))),
        ("outer", ((), (3,))),
        ("outer", ((2, 2), (2,))),
        ("mean", ((0,),)),
        ("softmax", ((0,),)),
        ("log_softmax", ((2, 0),)),
    ],
)
def test_what_has_no_gradient_of_its_own_shape_is_refused(primitive: str, shapes: Shapes) -> None:
    with pytest.raises(ShapeError):
        RULES[primitive].shape(*shapes)


@pytest.mark.parametrize("primitive", ["maximum", "minimum"])
def test_a_tie_sends_the_whole_gradient_to_the_first_argument(primitive: str) -> None:
    tied = np.array([2.0, -1.0])
    first, second = RULES[primitive].backward(np.array([5.0, 3.0]), tied, tied, tied)
    np.testing.assert_array_equal(first, [5.0, 3.0])
    np.testing.assert_array_equal(second, [0.0, 0.0])


def test_a_threshold_is_reached_by_an_equal_number_and_has_no_slope() -> None:
    a, b = np.array([2.0, 1.0, 3.0]), np.array([2.0, 1.5, -1.0])
    np.testing.assert_array_equal(RULES["at_least"].forward(a, b), [1.0, 0.0, 1.0])
    for gradient in RULES["at_least"].backward(np.ones(3), np.ones(3), a, b):
        np.testing.assert_array_equal(gradient, np.zeros(3))


THOUSANDS = np.array([-1000.0, 1000.0])


@pytest.mark.parametrize(
    ("primitive", "others", "value", "gradient"),
    [
        ("sigmoid", (), [0.0, 1.0], [0.0, 0.0]),
        ("softplus", (), [0.0, 1000.0], [0.0, 1.0]),
        ("softmax", (), [0.0, 1.0], [0.0, 0.0]),
        ("log_softmax", (), [-2000.0, 0.0], [1.0, -1.0]),
        ("binary_cross_entropy_of_scores", ([1.0, 0.0],), 2000.0, [-1.0, 1.0]),
        ("binary_cross_entropy_of_scores", ([0.0, 1.0],), 0.0, [0.0, 0.0]),
        ("cross_entropy_of_scores", ([1.0, 0.0],), 2000.0, [-1.0, 1.0]),
        ("cross_entropy_of_scores", ([0.0, 1.0],), 0.0, [0.0, 0.0]),
    ],
)
def test_scores_of_a_thousand_neither_overflow_nor_lose_the_value(
    primitive: str, others: tuple[Any, ...], value: Any, gradient: list[float]
) -> None:
    rule, rest = RULES[primitive], tuple(map(np.array, others))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = rule.forward(THOUSANDS, *rest)
        found = rule.backward(np.ones_like(y), y, THOUSANDS, *rest)[0]
    np.testing.assert_allclose(y, value, rtol=1e-15, atol=1e-300)
    np.testing.assert_allclose(found, gradient, rtol=1e-15, atol=1e-300)


@pytest.mark.parametrize(
    ("primitive", "p", "t"),
    [("cross_entropy", [1.0, 0.0], [1.0, 0.0]), ("binary_cross_entropy", [1.0, 0.0], [1.0, 0.0])],
)
def test_a_certain_and_right_prediction_has_the_loss_zero(
    primitive: str, p: list[float], t: list[float]
) -> None:
    assert RULES[primitive].forward(np.array(p), np.array(t)) == 0.0


@pytest.mark.parametrize(
    ("y", "x", "expected"),
    [
        ((2, 3), (2, 1), [[3.0], [3.0]]),
        ((2, 3), (3,), [2.0, 2.0, 2.0]),
        ((2, 3), (1, 1), [[6.0]]),
        ((2, 3), (), 6.0),
        ((2, 3), (2, 3), [[1.0] * 3] * 2),
    ],
)
def test_a_gradient_is_summed_over_the_axes_that_were_stretched(
    y: tuple[int, ...], x: tuple[int, ...], expected: Any
) -> None:
    np.testing.assert_array_equal(fit(np.ones(y), np.ones(y), np.ones(x)), expected)


def test_a_table_with_a_replaced_entry_leaves_the_right_one_alone() -> None:
    wrong = Primitive("exp", lambda x: x, lambda g, y, x: (g,), lambda x: x)
    spoiled = RULES.spoiled([wrong], accumulate=lambda old, new: new)
    assert spoiled["exp"] is wrong
    assert RULES["exp"] is not wrong
    assert spoiled["log"] is RULES["log"]
    assert (spoiled.accumulate(1, 2), RULES.accumulate(1, 2)) == (2, 3)


@pytest.mark.parametrize(
    ("primitive", "shapes", "settings"),
    [
        ("add", ((2, 3), (2,)), {}),
        ("matmul", ((2, 3), (2, 3)), {}),
        ("matmul", ((), (2, 3)), {}),
        ("dot", ((2,), (3,)), {}),
        ("squared_error", ((2, 1), (1, 2)), {}),
        ("sum", ((2,),), {"axis": 1}),
        ("entry", ((2, 3),), {"index": (2, 0)}),
        ("prepend_one", ((3,),), {}),
        ("diagonal", ((3, 1),), {}),
        ("adjugate", ((3, 3),), {}),
    ],
)
def test_shapes_that_do_not_go_together_are_refused(
    primitive: str, shapes: Shapes, settings: dict[str, Any]
) -> None:
    with pytest.raises(ShapeError, match=f"^{primitive} of "):
        RULES[primitive].shape(*shapes, **settings)
