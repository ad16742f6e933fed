"""The forward pass of drawn networks, against a few lines of NumPy of its own."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.forward_pass import Params, pose
from gen.family import find
from gen.solving import solve
from gen.topics.networks.nets import Net
from gen.topics.networks.plans import WIDTHS
from templates.notation import load
from tests.solutions import item_of

FAMILY = find("forward_pass")
item = item_of("forward_pass")
NOTATIONS = ("backprep", "cmu-chai", "cmu-gormley", "waterloo-meila", "rutgers-kim", "nyu-linzen")

# The reference network of the list of misconceptions: z1 = (1.1, -1.55), a1 = (0.7503, 0.1751).
REFERENCE = Net(
    ("sigmoid", "identity"),
    "half_squared_error",
    (1.0, -2.0),
    (((0.5, -0.25), (0.75, 1.0)), ((1.5, -2.0),)),
    ((0.1, -0.3), (0.2,)),
    (0.5,),
)

FUNCTIONS = {
    "identity": lambda s: s,
    "sigmoid": lambda s: 1 / (1 + np.exp(-s)),
    "tanh": lambda s: (np.exp(2 * s) - 1) / (np.exp(2 * s) + 1),
    "relu": lambda s: np.where(s > 0, s, 0.0),
    "softmax": lambda s: np.exp(s) / np.exp(s).sum(),
}
LOSSES = {
    "half_squared_error": lambda p, y: ((p - y) ** 2).sum() / 2,
    "squared_error": lambda p, y: ((p - y) ** 2).sum(),
    "binary_cross_entropy": lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(),
    "cross_entropy": lambda p, y: -np.log(p[y == 1]).sum(),
}


def answers(made):
    asks = [ask.node for part in made.problem.parts for ask in part.asks]
    values = [value for part in made.solution.parts for value in part.answer.values]
    return {node: np.ravel(value) for node, value in zip(asks, values, strict=True)}


def by_numpy(net, loss):
    """Pre-activations and outputs by layer, and the loss."""
    found, flow = {}, np.array(net.x)
    for number, activation in enumerate(net.activations, 1):
        s = np.array(net.weights[number - 1]) @ flow + np.array(net.biases[number - 1])
        flow = FUNCTIONS[activation](s)
        found |= {f"s{number}": s, f"o{number}": flow}
    return {**found, "loss": np.ravel(LOSSES[loss](flow, np.array(net.y)))}


def wrong(params, part=-1):
    solved = solve(pose(params), Draw("options")).parts[part]
    return {each.slip: np.ravel(each.values[-1]).tolist() for each in solved.answer.wrong}


@pytest.mark.parametrize("difficulty", WIDTHS)
@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_answers_are_those_of_a_forward_pass_in_numpy(difficulty, form):
    for seed in range(40):
        made = item(seed, difficulty, form)
        expected = by_numpy(made.params.net, made.problem.network.architecture.loss)
        for node, value in answers(made).items():
            assert value == pytest.approx(expected[node])


def test_every_pre_activation_and_output_is_asked_for_once():
    made = item(1, "hard")
    net = made.params.net
    asked = [ask.node for part in made.problem.parts for ask in part.asks]
    linear = net.activations.count("identity")
    assert len(asked) == len(set(asked)) == 2 * len(net.weights) - linear + 1


def test_slips_of_the_reference_network_are_those_of_the_misconceptions():
    made = wrong(Params(REFERENCE), part=1)
    assert made["activation_left_out"] == pytest.approx([4.95], abs=5e-5)
    hidden = {
        each.slip: np.ravel(each.values[0]).tolist()
        for each in solve(pose(Params(REFERENCE)), Draw("options")).parts[0].answer.wrong
    }
    assert hidden["bias_forgotten"] == pytest.approx([1.0, -1.25])
    assert hidden["weight_indices_exchanged"] == pytest.approx([-0.9, -2.55])


def test_slips_in_the_loss_are_computed_from_the_right_prediction():
    made = wrong(Params(REFERENCE))
    prediction = by_numpy(REFERENCE, REFERENCE.loss)["o2"][0]
    assert made["factor_of_the_square"] == pytest.approx([(prediction - 0.5) ** 2], abs=1e-5)
    assert made["target_added"] == pytest.approx([(prediction + 0.5) ** 2 / 2], abs=1e-5)
    bent = 1 / (1 + np.exp(-prediction))
    assert made["linear_output_activated"] == pytest.approx([(bent - 0.5) ** 2 / 2], abs=1e-5)


def test_the_loss_of_the_other_target_is_a_slip_of_binary_cross_entropy():
    net = replace(REFERENCE, activations=("sigmoid", "sigmoid"), loss="binary_cross_entropy")
    made = wrong(Params(replace(net, y=(0.0,))))
    prediction = by_numpy(net, net.loss)["o2"][0]
    assert made["targets_exchanged"] == pytest.approx([-np.log(prediction)], abs=1e-5)


@pytest.mark.parametrize("difficulty", WIDTHS)
def test_depths_and_widths_are_drawn_as_planned(difficulty):
    drawn = {item(seed, difficulty).params.net.widths for seed in range(150)}
    assert drawn == set(WIDTHS[difficulty])


def test_both_the_prediction_and_the_loss_are_chosen():
    assert {item(seed, "easy", "choice").params.last for seed in range(30)} == {
        "prediction",
        "loss",
    }


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_course_asks_for_the_same_values_apart_from_its_squared_error(notation):
    for seed in range(15):
        made, plain = item(seed, notation=load(notation)), answers(item(seed))
        for node, value in answers(made).items():
            if node != "loss":
                assert value == pytest.approx(plain[node])
            else:
                assert float(value[0]) / float(plain[node][0]) in (
                    pytest.approx(1),
                    pytest.approx(2),
                    pytest.approx(0.5),
                )


@pytest.mark.parametrize("difficulty", WIDTHS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_items_verify_in_full(difficulty, arithmetic):
    for seed in range(8):
        assert item(seed, difficulty, full=True, arithmetic=arithmetic).verifications


@pytest.mark.parametrize("difficulty", WIDTHS)
def test_every_slip_has_a_sentence(difficulty):
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for seed in range(40):
        problem = item(seed, difficulty, "choice").problem
        named = {*problem.slips, *(variant.slip for variant in problem.variants)}
        assert {name for slip in named for name in slip.split("+")} <= known


def test_what_cannot_be_negative_is_not_offered_with_its_sign_reversed():
    for seed in range(60):
        made = item(seed, "medium", "choice")
        slips = {option.slip or "" for part in made.solution.parts for option in part.options}
        if made.params.net.activations[-1] in ("relu", "sigmoid", "softmax"):
            assert not any("sign_reversed" in slip for slip in slips)


@pytest.mark.parametrize(("difficulty", "seed"), [("easy", 51), ("hard", 7)])
def test_no_cross_entropy_is_offered_that_is_negative(difficulty, seed):
    # Without its activation, or with that of another unit, the output unit gives more than 1.
    made = item(seed, difficulty, "choice", notation=load("cmu-gormley"))
    assert made.params.last == "loss"
    assert all(option.values[0] > 0 for option in made.solution.parts[0].options)
    assert all(each.values[0] > 0 for each in made.solution.parts[0].answer.wrong)


def test_a_forward_pass_says_nothing_of_derivatives():
    assert all("relu" not in item(seed).problem.conventions for seed in range(40))
