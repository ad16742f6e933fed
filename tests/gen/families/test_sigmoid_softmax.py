"""The two-class family: known numbers both ways, slips worked by hand, and what is drawn."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen import verification
from gen.draw import Draw
from gen.families.sigmoid_softmax import KINDS, Params, pose, verify
from gen.family import find
from gen.solving import solve
from tests.solutions import item_of

FAMILY = find("sigmoid_softmax")
item = item_of("sigmoid_softmax")
UNITS = ((2.0, -1.5), (0.5, -0.2, 0.3), (-0.1, 0.6, 0.8))


def parts(params):
    return solve(pose(params), Draw("options")).parts


def values(params):
    return [[np.asarray(v, dtype=float) for v in part.answer.values] for part in parts(params)]


def wrong(params):
    answer = parts(params)[-1].answer
    return {w.slip: [np.asarray(v, dtype=float) for v in w.values] for w in answer.wrong}


@pytest.mark.parametrize("which", [0, 1])
def test_a_class_has_the_sigmoid_of_its_score_minus_the_other(which):
    # From the list of misconceptions: the scores 2 and 0 give 0.8808 and 0.1192.
    [[difference], [chance]] = values(Params("forward", which, ((2.0, 0.0),), which))
    assert difference == [2.0, -2.0][which]
    assert chance == pytest.approx([0.8808, 0.1192][which], abs=5e-5)


@pytest.mark.parametrize(("moved", "score"), [(0, 1.5 + log(4)), (1, 1.5 - log(4))])
def test_a_probability_gives_the_other_score_back(moved, score):
    [[odds], [found]] = values(Params("recovered", 0, ((0.8, 1.5),), moved))
    assert odds == pytest.approx(log(4))
    assert found == pytest.approx(score)


@pytest.mark.parametrize(("moved", "odds"), [(0, 4 * exp(0.5)), (1, 4 / exp(0.5))])
def test_raising_a_score_multiplies_the_odds(moved, odds):
    [_, [chance]] = values(Params("raised", 0, ((0.8, 0.5),), moved))
    assert chance == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize("which", [0, 1])
def test_two_units_are_one_with_the_differences(which):
    x, *units = UNITS
    own, other = units[which], units[1 - which]
    [[weights, bias], [score, chance]] = values(Params("merged", which, (x, own, other)))
    sums = [unit[0] * 2 - unit[1] * 1.5 + unit[2] for unit in (own, other)]
    assert weights == pytest.approx(np.array(own[:2]) - np.array(other[:2]))
    assert bias == pytest.approx(own[2] - other[2])
    assert score == pytest.approx(sums[0] - sums[1])
    assert chance == pytest.approx(exp(sums[0]) / (exp(sums[0]) + exp(sums[1])))


def test_the_input_for_a_probability_gives_that_probability():
    [_, [x]] = values(Params("level", 0, ((0.75,), (0.9, -0.4), (0.3, 0.2))))
    assert x == pytest.approx((log(3) + 0.6) / 0.6)


def test_slips_of_the_way_forward():
    made = wrong(Params("forward", 0, ((1.5, 0.5),), 0))
    assert made["difference_reversed"] == pytest.approx([1 / (1 + exp(1))])
    assert made["scores_added"] == pytest.approx([1 / (1 + exp(-2))])
    assert made["ratio_for_probability"] == pytest.approx([exp(1)])
    assert made["own_score_alone"] == pytest.approx([1 / (1 + exp(-1.5))])


def test_slips_of_the_way_back():
    made = wrong(Params("recovered", 0, ((0.8, 1.5),), 1))
    assert made["moved_the_wrong_way"] == pytest.approx([1.5 + log(4)])
    assert made["odds_not_logged"] == pytest.approx([1.5 - 4])
    assert made["known_score_left_out"] == pytest.approx([-log(4)])


def test_slips_of_one_unit_for_two():
    made = wrong(Params("merged", 0, UNITS))
    score = 0.6 * 2 - 0.8 * (-1.5)
    assert made["own_bias_alone"][0] == pytest.approx(score + 0.3)
    assert made["biases_added"][0] == pytest.approx(score + 1.1)
    assert made["units_added"][0] == pytest.approx(0.4 * 2 + 0.4 * (-1.5) + 1.1)


def test_an_answer_that_softmax_does_not_give_is_found_out():
    made = item(1, "easy")
    other = pose(Params("forward", 0, ((1.5, 0.4),), 0))
    with pytest.raises(verification.Mismatch):
        verify(other, made.solution)


@pytest.mark.parametrize("difficulty", KINDS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_kind_is_drawn_in_both_directions(difficulty, arithmetic):
    drawn = [item(seed, difficulty, arithmetic=arithmetic).params for seed in range(60)]
    assert {p.kind for p in drawn} == set(KINDS[difficulty])
    assert {(p.which, p.moved) for p in drawn} >= {(0, 0), (1, 1)}


def test_harder_items_take_more_operations():
    work = [
        np.mean([operations(item(seed, difficulty)) for seed in range(40)]) for difficulty in KINDS
    ]
    assert work[0] < work[1] < work[2]


def operations(made):
    return sum(step.value.size for step in made.solution.steps)


@pytest.mark.parametrize(("difficulty", "kind"), [("easy", "forward"), ("medium", "raised")])
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_option_for_a_probability_lies_between_0_and_1(difficulty, kind, arithmetic):
    drawn = [item(seed, difficulty, "choice", arithmetic=arithmetic) for seed in range(20)]
    options = [o for i in drawn if i.params.kind == kind for o in i.solution.parts[-1].options]
    assert options
    assert all(0 < float(option.values[-1]) < 1 for option in options)
