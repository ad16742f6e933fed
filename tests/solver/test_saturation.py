from __future__ import annotations

import math
from decimal import Decimal, getcontext
from typing import Any

import numpy as np
import pytest

from solver import term as t
from solver.errors import InputError
from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, Network, build
from solver.saturation import evaluated, from_scores
from solver.steps import Step, by_hand, steps
from solver.term import Term

S, OUT = t.name("s", (2, 1)), t.name("o", (2, 1))


def precise_losses(scores: list[str]) -> list[float]:
    """-ln of each softmax output, in decimals of 2000 digits."""
    getcontext().prec = 2000
    powers = [Decimal(score).exp() for score in scores]
    return [float((sum(powers) / power).ln()) for power in powers]


def last(activation: str, loss: str, target: list[float], score: list[float]) -> Step:
    """The line of the loss, for inputs that are the scores themselves."""
    size = len(score)
    layers = (Layer(size, activation, bias=False),)
    network: Network = build(Architecture(size, layers, loss, bias="none"))
    givens: dict[str, Any] = {
        "x": np.array(score)[:, None],
        "y": np.array(target)[:, None],
        "W1": np.eye(size),
    }
    return steps(network.graph, givens, [(t.name("loss"), None)], 4)[-1]


@pytest.mark.parametrize("right", [0, 1])
def test_the_loss_of_a_sure_softmax_is_that_of_its_scores(right: int) -> None:
    target = [float(position == right) for position in range(2)]
    line = last("softmax", "cross_entropy", target, [1000.0, -1000.0])
    assert float(line.value) == pytest.approx(precise_losses(["1000", "-1000"])[right])
    assert "log((exp(-1000) / (exp(1000) + exp(-1000))))" in str(line.substitution)
    assert str(line.formula) == "-sum((y * log(o1)), None, False)"


@pytest.mark.parametrize(("score", "target"), [(20.0, 0.0), (-800.0, 1.0), (800.0, 1.0)])
def test_the_loss_of_a_sure_sigmoid_is_that_of_its_score(score: float, target: float) -> None:
    line = last("sigmoid", "binary_cross_entropy", [target], [score])
    # -ln sigmoid(z) is ln(1 + e^-z), where z is the score towards the target.
    towards = score if target else -score
    expected = math.log1p(math.exp(-towards)) if towards > -700 else -towards
    assert float(line.value) == pytest.approx(expected, abs=5e-5)


def test_a_line_that_has_a_value_is_left_as_it_is() -> None:
    line = last("softmax", "cross_entropy", [0.0, 1.0], [1.0, 2.0])
    assert "exp" not in str(line.substitution)


def test_what_a_calculation_prints_has_the_same_loss() -> None:
    network = build(Architecture(1, (Layer(1, "sigmoid"),), "binary_cross_entropy"))
    givens = {"x": [[2.0]], "W1": [[10.0]], "b1": [[0.0]], "y": [[0.0]]}
    arrays = {name: np.array(value) for name, value in givens.items()}
    assert by_hand(network.graph, arrays, [t.name("loss")], 4)[t.name("loss")] == 20.0


def test_logarithms_are_taken_from_the_scores_of_sigmoid_and_softmax_alone() -> None:
    log, one = Term("log", (OUT,)), t.number(1.0)
    complement = Term("log", (Term("subtract", (one, OUT)),))
    sigmoid, softmax = Term("sigmoid", (S,)), Term("softmax", (S, 0))
    assert from_scores(log, {OUT: softmax}) == Term("log_softmax", (S, 0))
    assert from_scores(log, {OUT: sigmoid}) == Term("log_sigmoid", (S,))
    assert from_scores(complement, {OUT: sigmoid}) == Term("log_one_minus_sigmoid", (S,))
    assert from_scores(complement, {OUT: softmax}) == complement
    assert from_scores(log, {OUT: Term("tanh", (S,))}) == log
    assert from_scores(log, {}) == log


def test_the_formula_is_given_back_with_its_value() -> None:
    log = Term("log", (OUT,))
    values = {OUT: np.array([[0.0], [1.0]]), S: np.array([[-900.0], [0.0]])}
    formula, value = evaluated(log, values, {OUT: Term("sigmoid", (S,))})
    assert formula == Term("log_sigmoid", (S,))
    np.testing.assert_allclose(value, [[-900.0], [math.log(0.5)]])


def test_a_given_target_of_0_leaves_nothing_of_what_it_is_multiplied_by() -> None:
    p, given = t.name("p", (2,)), t.name("y", (2,))
    values = {p: np.array([1.0, 0.0]), given: np.array([1.0, 0.0])}
    _, loss = evaluated(-np.sum(given * np.log(p)), values, {p: Term("exp", (S,))})
    _, slope = evaluated(-given / p, values, {})
    assert loss == 0.0
    np.testing.assert_array_equal(slope, [-1.0, 0.0])


def test_a_target_that_is_only_printed_as_0_is_not_taken_for_0() -> None:
    p, computed = t.name("p"), t.name("q")
    values = {p: np.float64(0.0), computed: np.float64(0.0)}
    _, value = evaluated(computed / p, values, {computed: Term("exp", (S,))})
    assert np.isnan(value)


def test_the_slope_of_a_certain_prediction_that_is_right_is_found_in_two_fractions() -> None:
    p, y = t.name("p", (3,)), t.name("y", (3,))
    values = {p: np.array([1.0, 0.0, 0.5]), y: np.array([1.0, 0.0, 1.0])}
    formula, slope = evaluated((p - y) / (p * (1 - p)), values, {p: Term("sigmoid", (S,))})
    assert formula == (1 - y) / (1 - p) - y / p
    np.testing.assert_array_equal(slope, [-1.0, 1.0, -2.0])


def test_a_line_without_a_finite_value_is_refused_in_a_sentence() -> None:
    builder = GraphBuilder()
    builder.input("x")
    complement = builder.apply("subtract", builder.constant(1), "x", name="q")
    graph = builder.build(builder.apply("log", complement, name="f"))
    sentence = "the line for 'f' has no finite value from the numbers before it as they are printed"
    with pytest.raises(InputError, match=sentence):
        steps(graph, {"x": np.array(0.99999)}, [(t.name("f"), None)], 4)
