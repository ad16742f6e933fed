"""Posteriors: Bayes' theorem in fractions, normal densities in full, slips by hand, drawn items."""

from __future__ import annotations

import math
import tomllib
from fractions import Fraction
from importlib.resources import files

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import find
from gen.problem import Solution
from gen.solving import solve
from gen.topics.softmax.beliefs import Beliefs, decided, judged
from tests.solutions import items_of

POSTERIOR = find("posterior_softmax")
SEEDS = 40
KINDS = [(d, f) for d in ("easy", "medium", "hard") for f in ("numeric", "choice")]

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.posterior_softmax import Params, pose  # noqa: E402

# A test with sensitivity 0.9 and specificity 0.95, a disease that one in ten has.
ILLNESS = Params(Beliefs("table", ((0.9, 0.05),), (0.1, 0.9)))


items = items_of("posterior_softmax", SEEDS)


def answers(params: Params) -> dict[str, list[float]]:
    return answered(solve(pose(params), Draw("answers")))


def answered(solved: Solution) -> dict[str, list[float]]:
    pairs = zip(solved.problem.parts, solved.parts, strict=True)
    return {
        ask.node: np.ravel(value).tolist()
        for part, each in pairs
        if each.answer is not None
        for ask, value in zip(part.asks, each.answer.values, strict=True)
    }


def wrong(params: Params) -> dict[str, list[float]]:
    parts = solve(pose(params), Draw("slips")).parts
    answer = [part.answer for part in parts if part.answer is not None][-1]
    return {each.slip: np.ravel(each.values[-1]).tolist() for each in answer.wrong}


def bayes(beliefs: Beliefs) -> list[float]:
    """The posteriors from full densities, without scores."""
    joint = []
    for k, prior in enumerate(beliefs.priors):
        weight = float(prior)
        for row in beliefs.rows:
            number = float(row[k])
            match beliefs.kind:
                case "logarithms":
                    weight *= math.exp(number)
                case "normal":
                    v = float(beliefs.variance)
                    exponent = -((float(beliefs.x) - number) ** 2) / (2 * v)
                    weight *= math.exp(exponent) / math.sqrt(2 * math.pi * v)
                case _:
                    weight *= number
        joint.append(weight)
    return [each / sum(joint) for each in joint]


def test_the_test_for_an_illness_comes_out_as_bayes_says():
    # 0.09 of 0.09 + 0.045: two out of three.
    found = answers(ILLNESS)
    assert found["p"] == pytest.approx([2 / 3, 1 / 3])
    assert found["z"] == pytest.approx([math.log(0.09), math.log(0.045)])


def test_slips_of_the_illness_are_those_made_by_hand():
    made = wrong(ILLNESS)
    assert made["prior_forgotten"] == pytest.approx([0.9 / 0.95, 0.05 / 0.95])
    assert made["prior_alone"] == pytest.approx([0.1, 0.9])
    assert made["joint_not_divided"] == pytest.approx([0.09, 0.045])
    assert made["divided_by_likelihoods"] == pytest.approx([0.09 / 0.95, 0.045 / 0.95])
    assert made["likelihood_over_evidence"] == pytest.approx([0.9 / 0.135, 0.05 / 0.135])
    total = math.log(0.09) + math.log(0.045)
    assert made["scores_normalised"] == pytest.approx(
        [math.log(0.09) / total, math.log(0.045) / total]
    )


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_posteriors_are_those_of_bayes(difficulty: str, form: str, arithmetic: str):
    for item in items(difficulty, form, arithmetic):
        found = answered(item.solution)
        if item.params.beliefs.kind != "boundary":
            assert found["p"] == pytest.approx(bayes(item.params.beliefs), rel=1e-9)


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_at_a_boundary_both_classes_are_equally_probable(arithmetic: str):
    seen = 0
    for item in items("hard", "numeric", arithmetic):
        beliefs = item.params.beliefs
        if beliefs.kind != "boundary":
            continue
        seen += 1
        (x,) = answered(item.solution)["x"]
        there = Beliefs("normal", beliefs.rows, beliefs.priors, beliefs.variance, x)
        assert bayes(there) == pytest.approx([0.5, 0.5])
        right, side = decided(beliefs)
        beyond = Beliefs("normal", beliefs.rows, beliefs.priors, beliefs.variance, x + 0.5)
        assert bayes(beyond)[right] > 0.5
        middle = sum(float(m) for m in beliefs.rows[0]) / 2
        assert (middle > x) == bool(side)
    assert seen


def test_weights_and_biases_are_those_of_the_logarithm_of_the_density():
    # Up to a term that all classes share, w x + b is the logarithm of prior times density.
    for item in items("hard", "numeric"):
        beliefs = item.params.beliefs
        if beliefs.kind != "normal":
            continue
        found, x = answered(item.solution), beliefs.x
        scores = [w * x + b for w, b in zip(found["w"], found["b"], strict=True)]
        odds = np.log(bayes(beliefs))
        assert np.diff(scores) == pytest.approx(np.diff(odds))


def test_fractions_stay_fractions():
    thirds = Params(Beliefs("features", ((0.5, 0.25), (0.4, 0.8)), (0.3, 0.7)))
    joint = [Fraction(1, 2) * Fraction(2, 5) * Fraction(3, 10), Fraction(7, 50)]
    expected = [float(each / sum(joint)) for each in joint]
    assert answers(thirds)["p"] == pytest.approx(expected)


NORMAL = Params(Beliefs("normal", ((1.0, -2.0),), (0.25, 0.75), 2.0, 0.5))


def test_slips_of_normal_densities_are_those_made_by_hand():
    made = wrong(NORMAL)

    def softmax(first: float, second: float) -> list[float]:
        share = 1 / (1 + math.exp(second - first))
        return [share, 1 - share]

    log = math.log
    # Right: w = (1/2, -1), b = (ln 1/4 - 1/4, ln 3/4 - 1), at x = 1/2.
    assert made["prior_forgotten"] == pytest.approx(softmax(0.25 - 0.25, -0.5 - 1))
    assert made["half_of_square_left_out"] == pytest.approx(
        softmax(0.25 + log(0.25) - 0.5, -0.5 + log(0.75) - 2)
    )
    assert made["variance_left_out"] == pytest.approx(
        softmax(0.5 + log(0.25) - 0.5, -1 + log(0.75) - 2)
    )
    assert made["square_of_mean_left_out"] == pytest.approx(
        softmax(0.25 + log(0.25), -0.5 + log(0.75))
    )


BOUNDARY = Params(Beliefs("boundary", ((1.0, -2.0),), (0.25, 0.75), 2.0))


def test_slips_of_the_boundary_are_those_made_by_hand():
    made = wrong(BOUNDARY)
    right = (math.log(3) - 0.75) / 1.5
    assert answers(BOUNDARY)["x"] == pytest.approx([right])
    assert made["prior_forgotten"] == pytest.approx([-0.5])
    assert made["bias_difference_reversed"] == pytest.approx([-right])
    assert made["variance_left_out"] == pytest.approx([(math.log(3) - 1.5) / 3])


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_the_priors_decide_against_the_likelihoods_in_about_half_of_the_items(arithmetic: str):
    for difficulty in ("easy", "medium"):
        pairs = [decided(item.params.beliefs) for item in items(difficulty, "numeric", arithmetic)]
        surprising = sum(one != other for one, other in pairs)
        assert SEEDS / 5 < surprising < 4 * SEEDS / 5


def test_the_decision_is_clear_and_both_ways_of_finding_it_agree():
    for difficulty in ("easy", "medium", "hard"):
        for arithmetic in ("decimal", "exact"):
            for item in items(difficulty, "numeric", arithmetic):
                beliefs = item.params.beliefs
                assert decided(beliefs) == judged(beliefs)
                if beliefs.kind != "boundary":
                    chances = sorted(bayes(beliefs))
                    assert chances[-1] > 1.05 * chances[-2]


def test_exactly_one_statement_is_true_and_no_two_are_the_same():
    for difficulty in ("easy", "medium", "hard"):
        for item in items(difficulty, "numeric"):
            claims = item.problem.parts[-1].claims
            assert sum(claim.true for claim in claims) == 1
            assert len({tuple(claim.facts.values()) for claim in claims}) == 4


def test_every_slip_has_a_sentence():
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for difficulty, form in KINDS:
        for item in items(difficulty, form):
            assert {each.slip for each in item.problem.variants} <= known


def test_no_option_is_known_by_a_probability_of_0():
    for difficulty in ("easy", "medium", "hard"):
        for item in items(difficulty, "choice"):
            for option in item.solution.parts[0].options:
                assert all(abs(number) >= 0.0005 for number in np.ravel(option.values))
