"""Plans: the kind of network follows from the difficulty."""

from __future__ import annotations

from math import prod

import pytest

from gen.draw import Draw
from gen.topics.networks.nets import Plan
from gen.topics.networks.plans import draw_plan
from gen.vocabulary import DIFFICULTIES, Difficulty


def plans(difficulty: Difficulty) -> list[Plan]:
    return [draw_plan(Draw("plans", seed), difficulty) for seed in range(300)]


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_a_plan_has_an_activation_per_layer_and_a_loss_that_suits_the_output(
    difficulty: Difficulty,
):
    for plan in plans(difficulty):
        assert len(plan.activations) == len(plan.widths) - 1 <= 3
        assert max(plan.widths) <= 3
        assert (plan.activations[-1] == "softmax") == (plan.loss == "cross_entropy")
        if plan.loss == "binary_cross_entropy":
            assert (plan.activations[-1], plan.widths[-1]) == ("sigmoid", 1)


def test_several_paths_reach_the_loss_in_hard_plans_and_one_in_easy_ones():
    assert all(prod(plan.widths[2:]) > 1 for plan in plans("hard"))
    assert all(prod(plan.widths[2:]) == 1 for plan in plans("easy"))


def test_biases_are_mostly_separate_and_folded_in_sometimes_where_it_is_hard():
    folded = sum(plan.bias == "folded" for plan in plans("hard"))
    assert 30 < folded < 100
    for difficulty in ("easy", "medium"):
        assert all(plan.bias == "separate" for plan in plans(difficulty))


def test_every_activation_and_every_loss_occurs():
    found = [plan for difficulty in DIFFICULTIES for plan in plans(difficulty)]
    assert {a for plan in found for a in plan.activations} == {
        "sigmoid",
        "tanh",
        "relu",
        "identity",
        "softmax",
    }
    assert {plan.loss for plan in found} == {
        "half_squared_error",
        "squared_error",
        "binary_cross_entropy",
        "cross_entropy",
    }
