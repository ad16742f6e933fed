"""Derivatives of activations: hand-made numbers, an oracle of its own, and what is drawn."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from math import exp, log, tanh

import numpy as np
import pytest

from gen.exact_numbers import fraction, logarithm
from gen.families.activation_derivative import Params, pose
from gen.family import find
from gen.presentation.items import single
from gen.topics.activations.settings import SETTINGS
from templates.notation import load
from templates.writers.text import write
from tests.solutions import item_of, numbers_of, solution_of, wrong_of

FAMILY = find("activation_derivative")
item = item_of("activation_derivative")
NOTATIONS = ("standard", "backprep", "cmu-chai", "cmu-gormley", "waterloo-meila", "rutgers-kim")


def answers(params):
    return numbers_of(solution_of(pose(params)))


def wrong(params):
    return {slip: made[0] for slip, made in wrong_of(solution_of(pose(params))).items()}


def sigma(u):
    return 1 / (1 + exp(-u))


@pytest.mark.parametrize(
    ("activation", "s", "alpha", "value", "slope"),
    [
        ("sigmoid", 1.1, 0.0, sigma(1.1), sigma(1.1) * sigma(-1.1)),
        ("tanh", 0.8, 0.0, tanh(0.8), 1 - tanh(0.8) ** 2),
        ("softplus", -0.5, 0.0, log(1 + exp(-0.5)), sigma(-0.5)),
        ("elu", -0.7, 1.5, 1.5 * (exp(-0.7) - 1), 1.5 * exp(-0.7)),
    ],
)
def test_a_point_asks_for_value_and_derivative(activation, s, alpha, value, slope):
    made = answers(Params("point", (activation,), (s,), alpha=alpha))
    assert made == pytest.approx([value, slope])


def test_a_leaky_layer_multiplies_the_weights_by_its_slopes():
    params = Params("layer", ("leaky_relu",), (1.5, -2.0, 0.4), (2.0, -0.5, 0.6), 0.1)
    assert answers(params)[0] == pytest.approx([1.5, -0.2, 0.4])
    assert answers(params)[1] == pytest.approx([2.0, -0.05, 0.6])


def test_stored_outputs_are_enough():
    params = Params("stored", ("tanh",), (0.6, -0.8), (2.0, 5.0))
    assert answers(params)[0] == pytest.approx([0.64, 0.36])
    assert answers(params)[1] == pytest.approx([1.28, 1.8])


def test_a_chain_is_the_central_difference_of_the_composed_function():
    s, v, c = np.array([0.3, 0.85, -1.0]), np.array([-0.4, -2.5, 1.2]), 2.0

    def y(point):
        return sigma(float(v @ np.where(point > 0, point, 0.5 * np.expm1(point))) + c)

    made = answers(Params("chain", ("elu", "sigmoid"), tuple(s), tuple(v), 0.5, c))
    units = 1e-6 * np.eye(3)
    expected = [(y(s + h) - y(s - h)) / 2e-6 for h in units]
    assert made[-1] == pytest.approx(expected, abs=1e-8)


def test_a_stored_chain_multiplies_both_derivatives_and_the_weight():
    params = Params("stored chain", ("sigmoid", "tanh"), (0.4, 0.6), (4.0, -5.0), last=0.6)
    d, e, g = answers(params)
    assert (d, g) == (pytest.approx([0.24, 0.24]), pytest.approx([0.6144, -0.768]))
    assert e == pytest.approx(0.64)


def test_slips_at_a_sigmoid_are_those_of_the_misconceptions():
    made = wrong(Params("point", ("sigmoid",), (1.1,)))
    assert made["preactivation_in_derivative"] == pytest.approx(1.1 * (1 - 1.1))
    assert made["tanh_rule_for_sigmoid"] == pytest.approx(1 - sigma(1.1) ** 2)
    assert made["activation_applied_twice"] == pytest.approx(sigma(sigma(1.1)) * sigma(-sigma(1.1)))


def test_slips_at_softplus_are_what_it_is_made_of_or_taken_for():
    made = wrong(Params("point", ("softplus",), (0.6,)))
    assert made["exponential_alone"] == pytest.approx(exp(0.6))
    assert made["sigmoid_differentiated"] == pytest.approx(sigma(0.6) * sigma(-0.6))


def test_slips_at_stored_outputs_keep_to_the_outputs():
    made = wrong(Params("stored", ("sigmoid",), (0.8, 0.3), (2.0, -1.5)))
    assert made["stops_at_complement"] == pytest.approx([0.4, -1.05])
    assert made["weight_left_out"] == pytest.approx([0.16, 0.21])
    assert made["tanh_rule_for_sigmoid"] == pytest.approx([0.72, -1.365])


def test_exact_items_stay_fractions():
    half = Params("point", ("softplus",), (logarithm(3),), last=fraction(0))
    assert find("activation_derivative").sample_exact is not None
    problem = pose(half)
    assert problem.arithmetic == "exact"
    for seed in range(10):
        assert item(seed, arithmetic="exact").problem.arithmetic == "exact"


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_setting_is_drawn_at_its_difficulty(difficulty):
    drawn = [item(seed, difficulty).params for seed in range(250)]
    assert {(p.kind, p.activations, len(p.numbers)) for p in drawn} == set(SETTINGS[difficulty])


def test_units_with_a_kink_stand_on_both_sides_of_it():
    for seed in range(120):
        params = item(seed, "easy").params
        if params.activations[0] in ("relu", "leaky_relu"):
            assert min(params.numbers) < 0 < max(params.numbers)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_items_are_the_same_in_every_notation_but_for_the_sign(notation):
    for seed in range(12):
        told, plain = item(seed, "hard", notation=load(notation)), item(seed, "hard")
        assert told.fingerprint == plain.fingerprint
        for ask, ours, theirs in zip(
            [ask for part in told.problem.parts for ask in part.asks],
            [v for part in told.solution.parts for v in part.answer.values],
            [v for part in plain.solution.parts for v in part.answer.values],
            strict=True,
        ):
            turned = notation == "waterloo-meila" and ask.of == "gradient"
            assert ours.tolist() == pytest.approx((-theirs if turned else theirs).tolist())


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_items_verify_in_full(difficulty, form):
    for seed in range(15):
        assert item(seed, difficulty, form, full=True).verifications


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_slip_has_a_sentence(difficulty):
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for seed in range(60):
        problem = item(seed, difficulty).problem
        assert {*problem.slips, *(variant.slip for variant in problem.variants)} <= known


def test_adjoints_are_introduced_also_where_outputs_are_stored():
    stored = 0
    for seed in range(12):
        made = item(seed, "medium", "numeric", notation=load("cmu-gormley"))
        told = " ".join(write(single(made)).split()).partition("Answer")[0]
        assert "The adjoint" in told
        stored += made.params.kind == "stored"
    assert stored


def test_the_logarithm_of_an_exact_softplus_is_called_natural_once():
    told = [
        " ".join(write(single(item(seed, "easy", "numeric", arithmetic="exact"))).split())
        for seed in range(20)
    ]
    softplus = [each for each in told if "Softplus is" in each]
    assert softplus
    for each in softplus:
        assert each.partition("Answer")[0].count("natural") == 1
