"""The dual of a support vector machine: solutions worked out by hand, and what is drawn."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from math import sqrt

import pytest

from gen.families.svm_dual import Params, pose, verify
from gen.family import find
from gen.presentation.items import question
from gen.presentation.items import solution as told
from gen.problem import Claim
from gen.topics.margins import oracle
from gen.topics.margins.draws import LISTED, SETTINGS, Data
from gen.topics.margins.graphs import SPOILED, Machine, can_be_made
from gen.topics.margins.statements import Dual
from gen.verification import Mismatch
from templates.document import Document, Figure
from templates.writers import text
from tests.solutions import answers_of, item_of, solution_of, wrong_of

FAMILY = find("svm_dual")
item = item_of("svm_dual")
# (2, 2) against (1, 1): multipliers 1, weights (1, 1), and 2 + 2 + b = 1.
PAIR = Params(
    Data(((2.0, 2.0), (1.0, 1.0)), (1.0, -1.0), (1.0, 1.0), 2.0, (3.0, -1.0)),
    Machine(2, solution=True, further=True),
)
# At half of each multiplier: weights (1/2, 1/2).
HALF = Params(
    Data(((2.0, 2.0), (1.0, 1.0)), (1.0, -1.0), (0.5, 0.5), 2.0),
    Machine(2, solution=False, at=1),
)


def solution(params):
    return solution_of(pose(params))


def answers(params):
    return answers_of(solution(params))


def wrong(params, part):
    return {slip: made[-1] for slip, made in wrong_of(solution(params), part).items()}


def test_the_solution_gives_weights_bias_margin_and_scores():
    made = answers(PAIR)
    assert made["w"] == [1, 1]
    assert made["b"] == -3
    assert made["m"] == pytest.approx(sqrt(2) / 2)
    assert made["f"] == 3 - 1 - 3


def test_the_objective_and_its_derivative_at_feasible_multipliers():
    made = answers(HALF)
    # The inner products are 8, 4 and 2: L = 1 - (8 - 2 * 4 + 2) / 8, and 1 + (4 - 2) / 2.
    assert made["w"] == [0.5, 0.5]
    assert made["L"] == pytest.approx(1 - 0.25)
    assert made["d"] == pytest.approx(1 + 1)


def test_slips_of_the_objective_are_computed():
    made = wrong(HALF, 1)
    assert made["labels_left_out"] == pytest.approx(1 - (8 + 4 + 4 + 2) / 8)
    assert made["half_missing"] == pytest.approx(0.5)
    assert made["penalty_added"] == pytest.approx(1.25)
    assert made["diagonal_terms_only"] == pytest.approx(1 - (8 + 2) / 8)
    assert wrong(HALF, 2)["one_left_out"] == pytest.approx(1)
    assert wrong(HALF, 2)["multipliers_left_out"] == pytest.approx(3)


def test_slips_of_bias_and_margin_are_computed():
    lower = replace(PAIR, machine=replace(PAIR.machine, at=1))
    solved = solution(lower).parts[1].answer
    biases = {each.slip: each.values[0].tolist() for each in solved.wrong}
    assert (biases["bias_sign"], biases["label_taken_as_one"]) == (3, -1)
    upper = solution(PAIR).parts[1].answer
    assert {each.slip: each.values[0].tolist() for each in upper.wrong}["product_left_out"] == 1
    made = wrong(PAIR, 1)
    assert made["margin_not_inverted"] == pytest.approx(sqrt(2))
    assert made["root_left_out"] == pytest.approx(0.5)
    assert wrong(PAIR, 2)["bias_not_added"] == 2


def test_a_wrong_bias_is_found():
    other = Data(((2.0, 2.0), (1.0, 1.0)), (1.0, -1.0), (1.5, 1.0), 2.0, (3.0, -1.0))
    with pytest.raises(Mismatch):
        verify(pose(PAIR), solution(replace(PAIR, of=other)), False)


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_what_is_called_a_solution_is_one_and_nothing_else_is(difficulty, arithmetic):
    drawn = set()
    for seed in range(60):
        params = item(seed, difficulty, arithmetic=arithmetic).params
        assert oracle.is_solution(params.of) is params.machine.solution
        drawn.add(params.machine.solution)
    assert drawn == {True, False}


DUAL = Dual((1, -1, -1), 0.5)


@pytest.mark.parametrize(
    ("values", "feasible"),
    [
        ((0.5, 0.2, 0.3), True),
        ((0.5, 0.5, 0.0), True),
        ((0.5, 0.2, 0.2), False),
        ((0.7, 0.4, 0.3), False),
        ((0.2, 0.4, -0.2), False),
    ],
)
def test_feasible_multipliers_balance_and_keep_to_their_bounds(values, feasible):
    assert oracle.is_true(DUAL, Claim("feasible", True, {"values": values})) is feasible


@pytest.mark.parametrize("difficulty", LISTED)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_candidate_has_one_fault_or_none(difficulty, arithmetic):
    drawn = set()
    for seed in range(40):
        params = item(seed, difficulty, "choose_all", arithmetic=arithmetic).params
        bound = float(params.of.bound)
        for claim in params.claims:
            values = [float(value) for value in claim.facts["values"]]
            balance = sum(v * t for v, t in zip(values, params.of.targets, strict=True))
            faults = {
                "unbalanced": abs(balance) > 1e-9,
                "too_large": max(values) > bound,
                "negative": min(values) < 0,
            }
            assert [name for name, found in faults.items() if found] == (
                [claim.facts["fault"]] if claim.facts["fault"] else []
            )
            drawn.add(claim.facts["fault"])
    assert drawn == {"", "unbalanced", "too_large", "negative"}


def test_the_examples_behind_the_margin_are_no_support_vectors():
    # A further example at (4, 4) has the multiplier 0.
    data = Data(((2.0, 2.0), (4.0, 4.0), (1.0, 1.0)), (1.0, 1.0, -1.0), (1.0, 0.0, 1.0), 2.0)
    truth = [oracle.is_true(data, Claim("support", True, {"example": n})) for n in range(3)]
    assert truth == [True, False, True]
    assert oracle.is_solution(data)


@pytest.mark.parametrize(("bound", "feasible"), [(0.5, True), (0.4, False)])
def test_another_bound_is_judged_by_the_largest_multiplier(bound, feasible):
    assert oracle.is_true(HALF.of, Claim("other_bound", True, {"bound": bound})) is feasible


def test_the_line_is_drawn_in_the_solution_alone():
    drawn = next(made for made in map(item, range(20)) if made.params.machine.solution)
    asked, worked = (
        [block for block in blocks(drawn) if isinstance(block, Figure)]
        for blocks in (question, told)
    )
    assert "line on which the score is 0" not in asked[0].description
    assert "line on which the score is 0" in worked[0].description


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_items_verify_in_full(difficulty, arithmetic):
    for seed in range(6):
        assert item(seed, difficulty, full=True, arithmetic=arithmetic).verifications


def test_verdicts_name_the_sums_and_the_multiplier_that_is_out_of_bounds():
    pages = "".join(
        text.write(Document("", tuple(told(item(seed, "medium", "choose_all")))))
        for seed in range(10)
    )
    for words in ("both classes add up to", "is larger than C", "is negative", "those of target"):
        assert words in pages


def test_every_slip_has_a_sentence_and_a_machine_to_be_made_in():
    sentences = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    assert set(SPOILED) <= sentences
    machines = [machine for settings in SETTINGS.values() for machine in settings]
    assert {s for s in SPOILED if any(can_be_made(m, s) for m in machines)} == set(SPOILED)
