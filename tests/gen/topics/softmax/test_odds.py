"""Score differences and ratios of probabilities; expected values are worked out by hand."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from gen.topics.softmax import odds
from solver.passes import forward

P = np.array([0.2, 0.5, 0.3])


def values(variants, node):
    return {v.slip: forward(v.graph, v.givens)[node] for v in variants}


def test_the_ratio_of_two_probabilities_is_e_to_the_difference_of_their_scores():
    made = forward(odds.ratio(3, 2, 0), {"z": np.array([-1.0, 2.7, 0.5])})
    assert made["r"] == pytest.approx(exp(1.5))
    # 0.0976 / 0.0218, from the corrected example of the lecture.
    assert made["r"] == pytest.approx(0.0976 / 0.0218, abs=2e-2)


def test_scores_are_recovered_up_to_a_common_number_that_one_of_them_settles():
    made = forward(odds.recovered(3, 1), {"p": P, "t": np.array(1.2)})["z"]
    assert made == pytest.approx([1.2 + log(0.4), 1.2, 1.2 + log(0.6)])


def test_a_raised_score_changes_every_probability():
    made = forward(odds.raised(3, 0, 2), {"p": P, "c": np.array(log(2))})
    # The share 0.2 becomes 0.4 of a new sum of 1.2.
    assert made["S"] == pytest.approx(1.2)
    assert made["q"] == pytest.approx(1 / 3)
    assert made["r"] == pytest.approx(0.25)


def test_slips_in_a_ratio_are_what_their_names_say():
    made = values(odds.ratio_slips(1.5, -0.5), "r")
    assert made == pytest.approx(
        {
            "ratio_inverted": exp(-2),
            "difference_not_exponentiated": 2.0,
            "scores_divided": -3.0,
            "exponentials_subtracted": exp(1.5) - exp(-0.5),
            "exponents_added": exp(1),
            "sigmoid_of_difference": 1 / (1 + exp(-2)),
            "denominator_left_out": exp(1.5),
            "one_plus_difference": 3.0,
            "exponential_base_two": 4.0,
            "exponential_base_ten": 100.0,
            "minus_in_exponent_lost": exp(1),
        }
    )


def test_slips_in_recovering_scores_are_what_their_names_say():
    made = values(odds.recovery_slips(P, 1, 1.2), "z")
    expected = {
        "ratio_inverted": 1.2 - log(0.4),
        "offset_left_out": log(0.2),
        "offset_without_logarithm": log(0.2) + 1.2,
        "logarithm_left_out": 1.6,
        "probabilities_subtracted": 0.9,
        "scores_in_proportion": 0.48,
        "logarithms_in_proportion": 1.2 * log(0.2) / log(0.5),
        "exponential_for_logarithm": 1.2 + exp(-0.3),
    }
    assert {slip: z[0] for slip, z in made.items()} == pytest.approx(expected)


def test_slips_in_raising_a_score_are_what_their_names_say():
    c = log(2)
    made = list(odds.raise_slips(0.2, 0.3, c))
    factors = {
        "increase_not_exponentiated": 1 + c,
        "increase_reversed": 0.5,
        "exponential_base_two": 2**c,
        "exponential_base_ten": 10**c,
    }
    expected = {slip: 0.2 * k / (0.8 + 0.2 * k) for slip, k in factors.items()}
    expected |= {
        "increase_added": (0.2 + c) / (1 + c),
        "not_normalised_again": 0.4,
        "sum_over_others": 0.5,
        "old_share_kept_in_sum": 0.4 / 1.4,
    }
    assert values(made, "q") == pytest.approx(expected)
    assert values(made, "r")["not_normalised_again"] == 0.3
    assert values(made, "r")["increase_reversed"] == pytest.approx(0.3 / 0.9)
