"""The softmax Jacobian family: entries worked by hand, slips, and what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from gen import verification
from gen.draw import Draw
from gen.families.softmax_jacobian import SETTINGS, Params, pose, verify
from gen.family import find
from gen.problem import Ask, Part, Problem
from gen.solving import solve
from solver.graph import GraphBuilder
from tests.solutions import item_of

FAMILY = find("softmax_jacobian")
item = item_of("softmax_jacobian")

# From the list of misconceptions: the scores (2, 0.5, -1) with the probabilities P.
SCORES, P = (2.0, 0.5, -1.0), np.array([0.7856, 0.1753, 0.0391])


def parts(params):
    return solve(pose(params), Draw("options")).parts


def values(part):
    return [float(value) for value in part.answer.values]


def wrong(part):
    return {w.slip: [np.asarray(v, dtype=float) for v in w.values] for w in part.answer.wrong}


def by_difference(scores, costs):
    """The gradient of the expected cost, by central differences of a softmax."""
    scores, costs = np.array(scores), np.array(costs)

    def cost(z):
        powers = np.exp(z)
        return powers @ costs / powers.sum()

    h = 1e-5
    return [(cost(scores + h * unit) - cost(scores - h * unit)) / (2 * h) for unit in np.eye(3)]


def test_a_pair_is_worked_from_the_probabilities_alone():
    [pair] = parts(Params("pair", (0.2, 0.5, 0.3), (1, 2)))
    assert values(pair) == pytest.approx([0.25, -0.15])


def test_a_row_of_the_reference_scores():
    chances, row = parts(Params("row", SCORES, (0,)))
    assert chances.answer.values[0] == pytest.approx(P, abs=5e-5)
    expected = [P[0] * (1 - P[0]), -P[0] * P[1], -P[0] * P[2]]
    assert values(row) == pytest.approx(expected, abs=1e-4)


def test_the_whole_matrix_has_six_different_entries():
    _, whole = parts(Params("matrix", SCORES))
    jacobian = np.diag(P) - np.outer(P, P)
    assert values(whole) == pytest.approx(jacobian[np.triu_indices(3)], abs=1e-4)


def test_a_chain_goes_back_through_all_probabilities():
    *_, chain = parts(Params("chain", SCORES, (0,), (2.0, -1.0, 3.0)))
    expected = by_difference(SCORES, (2.0, -1.0, 3.0))
    assert chain.answer.values[0] == pytest.approx(expected, abs=1e-8)


def test_the_published_slips_of_the_chain():
    # The gradient of the cross-entropy is that of costs -t / p, here for the first class.
    *_, chain = parts(Params("chain", SCORES, (0,), (-1 / 0.785597, 0.0, 0.0)))
    assert chain.answer.values[0] == pytest.approx([-0.2144, 0.1753, 0.0391], abs=5e-5)
    made = wrong(chain)
    assert made["other_scores_ignored"][0] == pytest.approx([-0.2144, 0, 0], abs=5e-5)
    scores = np.array(SCORES)
    table = np.diag(scores) - np.outer(scores, scores)
    expected = table[:, 0] * (-1 / 0.785597)
    assert expected == pytest.approx([2.5458, 1.2729, -2.5458], abs=5e-4)
    assert made["scores_for_probabilities"][0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("slip", "pair"),
    [
        ("diagonal_sign_everywhere", (0.25, 0.15)),
        ("sum_taken_as_constant", (0.5, 0)),
        ("diagonal_rule_everywhere", (0.25, 0.35)),
        ("product_rule_everywhere", (-0.25, -0.15)),
        ("own_factor_left_out", (0.5, -0.3)),
        ("signs_exchanged", (-0.25, 0.15)),
    ],
)
def test_the_slips_of_a_pair_have_the_numbers_worked_by_hand(slip, pair):
    [part] = parts(Params("pair", (0.2, 0.5, 0.3), (1, 2)))
    assert wrong(part)[slip] == pytest.approx(pair)


def test_an_entry_that_is_no_derivative_is_found_out():
    builder = GraphBuilder()
    builder.input("p", (3,), fixed=True)
    chances = [builder.apply("entry", "p", hidden=True, index=(k,)) for k in range(2)]
    builder.apply("multiply", *chances, name="J_1_2")
    part = Part("numeric", (Ask("J_1_2"),))
    problem = Problem((part,), builder.build(), {"p": np.array([0.2, 0.5, 0.3])})
    solution = solve(problem, Draw("options"))
    assert verification.verify(problem, solution)
    with pytest.raises(verification.Mismatch, match="J_1_2"):
        verify(problem, solution)


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_kind_is_drawn_at_its_difficulty(difficulty, arithmetic):
    drawn = [item(seed, difficulty, arithmetic=arithmetic).params for seed in range(50)]
    assert {(p.kind, len(p.numbers)) for p in drawn} == set(SETTINGS[difficulty])


def test_a_choice_is_never_about_the_whole_matrix():
    drawn = {item(seed, "hard", "choice").params.kind for seed in range(40)}
    assert drawn == {"chain"}


def test_harder_items_take_more_operations():
    work = [
        np.mean([sum(s.value.size for s in item(seed, d).solution.steps) for seed in range(30)])
        for d in SETTINGS
    ]
    assert work[0] * 2 < work[1]
    assert work[1] * 1.2 < work[2]
