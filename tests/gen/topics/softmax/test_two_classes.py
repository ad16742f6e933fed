"""Two classes: softmax as a sigmoid, both ways, and the slips by numbers worked by hand."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen.solving import passes
from gen.topics.softmax import two_classes as two


def run(graph, **givens):
    return {n: np.asarray(v) for n, v in passes(graph, _arrays(givens))[0].items()}


def _arrays(givens):
    return {name: np.array(value) for name, value in givens.items()}


def slips(variants):
    return {v.slip: passes(v.graph, v.givens)[0] for v in variants}


@pytest.mark.parametrize("which", [0, 1])
def test_forward_is_the_softmax_of_two_scores(which):
    scores = (1.2, -0.3)
    expected = exp(scores[which]) / (exp(1.2) + exp(-0.3))
    assert run(two.forward(which), z=scores)["q"] == pytest.approx(expected)


@pytest.mark.parametrize("own", [True, False])
def test_recovered_scores_give_the_probability_again(own):
    found = float(run(two.recovered(own), q=0.3, t=0.7)["y"])
    mine, other = (found, 0.7) if own else (0.7, found)
    assert exp(mine) / (exp(mine) + exp(other)) == pytest.approx(0.3)


@pytest.mark.parametrize("own", [True, False])
def test_raising_multiplies_one_share(own):
    shares = (0.3 * exp(0.5), 0.7) if own else (0.3, 0.7 * exp(0.5))
    found = float(run(two.raised(own), q=0.3, c=0.5)["r"])
    assert found == pytest.approx(shares[0] / sum(shares))


def test_one_unit_has_the_probability_of_two():
    found = run(two.merged(2), x=(2.0, -1.0), wk=(0.5, 0.1), wo=(0.2, 0.6), bk=0.3, bo=-0.1)
    own, other = 0.5 * 2 - 0.1 + 0.3, 0.2 * 2 - 0.6 - 0.1
    assert found["q"] == pytest.approx(exp(own) / (exp(own) + exp(other)))


def test_the_level_is_reached():
    x = float(run(two.level(), q=0.8, wk=0.9, wo=0.3, bk=-0.4, bo=0.2)["x"])
    own, other = 0.9 * x - 0.4, 0.3 * x + 0.2
    assert exp(own) / (exp(own) + exp(other)) == pytest.approx(0.8)


def test_slips_forward():
    made = slips(two.forward_slips(1.5, 0.5))
    assert float(made["scores_divided"]["q"]) == pytest.approx(1 / (1 + exp(-3)))
    assert float(made["sigmoids_subtracted"]["q"]) == pytest.approx(
        1 / (1 + exp(-1.5)) - 1 / (1 + exp(-0.5))
    )
    assert float(made["exponential_base_ten"]["q"]) == pytest.approx(10 / 11)
    assert "scores_divided" not in slips(two.forward_slips(1.5, 0.0))


def test_slips_back():
    made = slips(two.recovered_slips(0.8, 1.5, False))
    assert float(made["odds_inverted"]["y"]) == pytest.approx(1.5 + log(4))
    assert float(made["logarithm_of_probability"]["y"]) == pytest.approx(1.5 - log(0.8))
    assert float(made["odds_as_factor"]["y"]) == pytest.approx(1.5 * log(4))


def test_slips_of_a_raised_score():
    made = slips(two.raised_slips(0.8, 0.5, True))
    assert float(made["increase_added"]["r"]) == pytest.approx(1.3)
    assert float(made["increase_multiplied"]["r"]) == pytest.approx(2 / 3)
    assert float(made["probability_as_score"]["h"]) == pytest.approx(1.3)


def test_slips_of_a_level():
    made = slips(two.level_slips(0.9, 0.3, -0.4, 0.2, 0.8))
    assert float(made["level_of_a_half"]["x"]) == pytest.approx(1.0)
    assert float(made["sigmoid_not_inverted"]["x"]) == pytest.approx(1.4 / 0.6)


def test_what_is_no_probability_is_left_out_where_a_probability_is_asked_for():
    # The ratio is e, 1 plus an exponential is above 1, and a difference of sigmoids is negative.
    made = two.between_0_and_1(two.forward_slips(1.5, 0.5), "q")
    assert {"ratio_for_probability", "one_plus_exponential"}.isdisjoint(slips(made))
    made = slips(two.between_0_and_1(two.forward_slips(0.5, 1.5), "q"))
    assert "sigmoids_subtracted" not in made
    assert {"scores_added", "difference_reversed", "ratio_for_probability"} <= set(made)


def test_slips_with_the_right_difference_and_another_probability():
    made = slips(two.forward_slips(1.5, -0.5))
    assert made["independent_sigmoids"]["q"] == pytest.approx(1 / (1 + exp(-1.5)))
    assert made["one_added_to_sum"]["q"] == pytest.approx(exp(1.5) / (1 + exp(1.5) + exp(-0.5)))
    assert made["scores_normalised_by_size"]["q"] == pytest.approx(0.75)
    names = ("independent_sigmoids", "one_added_to_sum", "scores_normalised_by_size")
    assert [float(made[name]["d"]) for name in names] == [2.0, 2.0, 2.0]
