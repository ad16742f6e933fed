"""Logistic regression: gradients and Hessians worked out by hand, and statements about them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from math import exp, log

import numpy as np
import pytest

from gen.families.logistic_regression import Params, givens, pose, verify
from gen.family import find
from gen.presentation.items import solution as told
from gen.problem import Claim
from gen.topics.logistic import oracle, statements
from gen.topics.logistic.draws import SETTINGS, Data
from gen.topics.logistic.graphs import SPOILED, Model, can_be_made
from gen.verification import Mismatch
from templates.document import Document
from templates.notation import known, load
from templates.writers import text
from tests.solutions import answers_of, item_of, solution_of, wrong_of

FAMILY = find("logistic_regression")
item = item_of("logistic_regression")
LN3 = log(3)
# Scores ln 3 and -ln 3: predictions 3/4 and 1/4, and 3/16 twice for the factor.
TWO = Params(Model(2, 2), Data(((1.0, 0.0), (1.0, -2.0)), (0.0, 1.0), (LN3, LN3)))
ALONE = Params(Model(2, 1, newton=True), Data(((1.0,), (-1.0,)), (0.0, 1.0), (LN3,)))
STATEMENTS = (
    "semidefinite",
    "indefinite",
    "definite",
    "flat",
    "target_in_hessian",
    "target_in_gradient",
    "global_minimum",
    "other_minimum",
    "weight_rises",
    "largest_factor",
    "doubled",
    "right_side",
)


def solution(params):
    return solution_of(pose(params))


def answers(params):
    return answers_of(solution(params))


def wrong(params, part):
    return {slip: made[0] for slip, made in wrong_of(solution(params), part).items()}


def test_two_examples_add_their_gradients_and_their_squares():
    made = answers(TWO)
    assert (made["p1"], made["p2"]) == (pytest.approx(0.75), pytest.approx(0.25))
    # 0.75 (1, 0) - 0.75 (1, -2), and 3/16 of [1 0; 0 0] + [1 -2; -2 4].
    assert made["g"] == pytest.approx([0, 1.5])
    assert np.array(made["H"]) == pytest.approx(np.array([[2, -2], [-2, 4]]) * 3 / 16)


def test_a_newton_step_divides_by_the_second_derivative():
    made = answers(ALONE)
    assert (made["g"], made["H"]) == (pytest.approx(1.5), pytest.approx(3 / 8))
    assert made["wn"] == pytest.approx(LN3 - 4)


def test_a_newton_step_in_two_weights_solves_the_equations():
    params = replace(TWO, model=Model(2, 2, newton=True))
    # H (s, u) = (0, 1.5) with 16/3 of both sides: 2s - 2u = 0 and -2s + 4u = 8.
    assert answers(params)["wn"] == pytest.approx([LN3 - 4, LN3 - 4])


def test_slips_of_the_gradient_are_computed():
    made = wrong(ALONE, 1)
    assert made["target_minus_prediction"] == pytest.approx(-1.5)
    assert made["sigmoid_derivative_twice"] == pytest.approx(1.5 * 3 / 16)
    assert made["score_for_prediction"] == pytest.approx(2 * LN3 + 1)
    assert made["target_not_subtracted"] == pytest.approx(0.5)
    assert made["last_example_only"] == pytest.approx(0.75)


def test_slips_of_the_hessian_are_computed():
    made = wrong(TWO, 2)
    first, second = np.array([[1, 0], [0, 0]]), np.array([[1, -2], [-2, 4]])
    assert np.array(made["curvature_left_out"]) == pytest.approx(first + second)
    assert np.array(made["prediction_for_curvature"]) == pytest.approx(0.75 * first + 0.25 * second)
    assert np.array(made["residual_for_curvature"]) == pytest.approx(0.75 * (first - second))
    assert np.array(made["residual_squared"]) == pytest.approx(9 / 16 * (first + second))
    assert np.array(made["last_example_only"]) == pytest.approx(3 / 16 * second)
    assert np.array(made["cross_terms_left_out"]) == pytest.approx(3 / 16 * np.diag([2, 4]))
    assert np.array(made["gradient_squared"]) == pytest.approx(np.array([[0, 0], [0, 2.25]]))
    assert np.array(made["inputs_added_first"]) == pytest.approx(
        3 / 8 * np.array([[4, -4], [-4, 4]])
    )


def test_slips_of_a_newton_step_are_computed():
    # Predictions 3/4 and 1/10: gradient 3/4 + 9/5, second derivative 3/16 + 4 * 9/100.
    params = Params(ALONE.model, Data(((1.0,), (-2.0,)), (0.0, 1.0), (LN3,)))
    slope, curvature = 0.75 + 1.8, 0.1875 + 0.36
    made = wrong(params, 3)
    assert made["step_added"] == pytest.approx(LN3 + slope / curvature)
    assert made["hessian_left_out"] == pytest.approx(LN3 - slope)
    assert made["multiplied_by_hessian"] == pytest.approx(LN3 - slope * curvature)
    assert made["step_alone"] == pytest.approx(-slope / curvature)


def test_a_bias_that_is_forgotten_changes_the_scores():
    data = Data(((1.0, 1.0), (1.0, -2.0)), (0.0, 1.0), (0.5, LN3))
    made = wrong(Params(Model(2, 2, bias=True), data), 1)
    p, q = 0.75, 1 / 10
    assert made["bias_forgotten"] == pytest.approx([p + q - 1, p - 2 * (q - 1)])


def test_a_wrong_hessian_is_found():
    other = Data(TWO.data.rows, TWO.data.targets, (LN3, 1.0))
    with pytest.raises(Mismatch):
        verify(pose(TWO), solution(Params(TWO.model, other)), False)


@pytest.mark.parametrize(
    ("claim", "true"),
    [
        (Claim("semidefinite", True), True),
        (Claim("indefinite", True), False),
        (Claim("definite", True), True),
        (Claim("flat", True), False),
        (Claim("target_in_hessian", True, {"example": 0}), False),
        (Claim("target_in_gradient", True, {"example": 1}), True),
        (Claim("global_minimum", True), True),
        (Claim("other_minimum", True), False),
        (Claim("weight_rises", True, {"weight": 0}), False),
        (Claim("weight_rises", True, {"weight": 1}), True),
        (Claim("largest_factor", True, {"example": 0}), True),
        (Claim("largest_factor", True, {"example": 1}), False),
        (Claim("doubled", True, {"larger": True}), False),
        (Claim("doubled", True, {"larger": False}), True),
        (Claim("right_side", True, {"example": 0}), False),
        (Claim("right_side", True, {"example": 1}), True),
    ],
)
def test_the_truth_of_statements_is_found_from_the_loss(claim, true):
    # Scores 0.4 and -1.6.
    params = Params(Model(2, 2), Data(((1.0, 0.0), (-1.0, -2.0)), (0.0, 0.0), (0.4, 0.6)))
    assert oracle.is_true(params.model, givens(params), claim) is true


def test_the_hessian_of_one_example_is_flat_in_one_direction():
    params = Params(Model(1, 2), Data(((1.0, 2.0),), (1.0,), (0.5, 0.3)))
    flat, definite = (
        oracle.is_true(params.model, givens(params), Claim(name, True))
        for name in ("flat", "definite")
    )
    assert (flat, definite) == (True, False)


def test_both_ways_to_the_hessian_agree():
    of = oracle.Likelihood(TWO.model, givens(TWO))
    expected = oracle.expected(TWO.model, givens(TWO))
    assert of.hessian(of.weights) == pytest.approx(expected["H"], abs=1e-9)
    assert of.gradient(of.weights) == pytest.approx([0, 1.5])


def test_an_unknown_statement_is_an_error():
    with pytest.raises(ValueError, match="there is no statement convex"):
        oracle.is_true(TWO.model, givens(TWO), Claim("convex", True))


@pytest.mark.parametrize("notation", known())
def test_every_statement_is_drawn_and_told(notation):
    drawn = set()
    for seed in range(120):
        made = item(seed, "easy", "choose_all", notation=load(notation))
        drawn |= {claim.name for claim in made.params.claims}
        if seed < 10:
            assert "Statement by statement" in text.write(Document("", tuple(told(made))))
    assert drawn == set(STATEMENTS)


def test_statements_of_a_list_are_of_different_kinds():
    for seed in range(30):
        names = [claim.name for claim in item(seed, "hard", "choose_all").params.claims]
        assert len(set(names)) == statements.LISTED
        assert not {"semidefinite", "indefinite"} <= set(names)


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_model_is_drawn_at_its_difficulty(difficulty):
    assert {item(seed, difficulty).params.model for seed in range(60)} == set(SETTINGS[difficulty])


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_items_verify_in_full(difficulty, arithmetic):
    for seed in range(4):
        assert item(seed, difficulty, full=True, arithmetic=arithmetic).verifications


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_exact_predictions_are_fractions(difficulty):
    for seed in range(20):
        made = item(seed, difficulty, arithmetic="exact")
        numbers = {name: np.asarray(v, float) for name, v in made.problem.givens.items()}
        for n, shown in enumerate(made.solution.parts[0].answer.shown, 1):
            score = float(np.sum(numbers["w"] * numbers[f"x{n}"]))
            assert float(shown) == pytest.approx(1 / (1 + exp(-score)))
            assert "/" in str(shown)


def test_every_slip_has_a_sentence_and_a_model_to_be_made_in():
    sentences = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    assert set(SPOILED) <= sentences
    models = [model for settings in SETTINGS.values() for model in settings]
    assert {s for s in SPOILED if any(can_be_made(model, s) for model in models)} == set(SPOILED)
