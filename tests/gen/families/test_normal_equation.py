"""The normal equation: fits worked out by hand, the mistakes in them, and what is drawn."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from gen.families.normal_equation import Params, pose, verify
from gen.family import find
from gen.presentation.items import question
from gen.presentation.items import solution as worked
from gen.topics.least_squares.draws import SETTINGS, Data
from gen.topics.least_squares.graphs import SPOILED, Fit, can_be_made
from gen.verification import Mismatch
from templates.document import Document, Figure
from templates.writers import text
from tests.solutions import answers_of, item_of, solution_of, wrong_of

FAMILY = find("normal_equation")
item = item_of("normal_equation")
# A line through (0, 1), (1, 2) and (2, 4): y = 5/6 + 3/2 x leaves 1/6, -1/3 and 1/6.
LINE = Params(
    Fit(3, 2, bias=True),
    Data(((1.0, 0.0), (1.0, 1.0), (1.0, 2.0)), (1.0, 2.0, 4.0), (1.0, -1.0)),
)
# One weight, x = (1, 2, 2) and y = (3, 1, 2): x.x = 9 and x.y = 9.
ALONE = Params(Fit(3, 1), Data(((1.0,), (2.0,), (2.0,)), (3.0, 1.0, 2.0), (2.0,)))
# Phi = [1 1; 1 2], y = (4, 2), lambda = 1: A = [3 3; 3 6], c = (6, 8), determinant 9.
RIDGE = Params(
    Fit(2, 2, penalised=True), Data(((1.0, 1.0), (1.0, 2.0)), (4.0, 2.0), (1.0, 2.0), 1.0)
)


def solution(params):
    return solution_of(pose(params))


def answers(params):
    return answers_of(solution(params))


def wrong(params, part):
    return {slip: made[0] for slip, made in wrong_of(solution(params), part).items()}


def test_a_line_through_three_points():
    made = answers(LINE)
    assert made["A"] == [[3, 3], [3, 5]]
    assert made["c"] == [7, 10]
    assert made["w"] == pytest.approx([5 / 6, 3 / 2])
    assert made["J"] == pytest.approx(1 / 36 + 1 / 9 + 1 / 36)
    # At u = (1, -1) the differences are 0, -2 and -5: twice their sum, and twice 0 - 2 - 10.
    assert made["g"] == pytest.approx([-14, -24])


def test_one_weight_is_one_quotient():
    made = answers(ALONE)
    assert (made["A"], made["c"], made["w"]) == (9, 9, 1)
    assert made["J"] == pytest.approx(4 + 1 + 0)
    assert made["g"] == pytest.approx(2 * (9 * 2 - 9))


def test_a_penalty_is_added_on_the_diagonal_and_to_the_loss():
    made = answers(RIDGE)
    assert (made["A"], made["c"]) == ([[3, 3], [3, 6]], [6, 8])
    w0, w1 = 12 / 9, 6 / 9
    assert made["w"] == pytest.approx([w0, w1])
    assert made["J"] == pytest.approx((w0 + w1 - 4) ** 2 + (w0 + 2 * w1 - 2) ** 2 + w0**2 + w1**2)
    assert made["g"] == pytest.approx([2 * (9 - 6), 2 * (15 - 8)])


def test_half_the_loss_has_half_the_gradient_and_the_same_solution():
    fit = Fit(2, 2, penalised=True, halved=True)
    whole, half = answers(RIDGE), answers(Params(fit, RIDGE.data))
    assert half["w"] == whole["w"]
    assert half["J"] == pytest.approx(whole["J"] / 2)
    assert half["g"] == pytest.approx([x / 2 for x in whole["g"]])


def test_slips_of_the_solution_are_computed():
    made = wrong(LINE, 1)
    assert made["determinant_added"] == pytest.approx([5 / 24, 9 / 24])
    assert made["determinant_left_out"] == pytest.approx([5, 9])
    assert made["diagonal_kept"] == pytest.approx([(21 - 30) / 6, (50 - 21) / 6])
    assert made["signs_kept"] == pytest.approx([(35 + 30) / 6, (21 + 30) / 6])
    assert made["divided_entry_by_entry"] == pytest.approx([7 / 3, 2])
    assert made["bias_column_forgotten"] == pytest.approx([0, 2])
    assert made["ones_counted_once"] == pytest.approx([-5 / 4, 11 / 4])
    # A = [3 1; 1 5] and c = (8, 4).
    data = Data(((1.0, -1.0), (1.0, 0.0), (1.0, 2.0)), (2.0, 3.0, 3.0), (1.0, -1.0))
    assert wrong(Params(LINE.fit, data), 1)["multiplied_by_matrix"] == pytest.approx([28, 28])


def test_slips_of_one_weight_are_computed():
    params = Params(Fit(3, 1), Data(((1.0,), (2.0,), (4.0,)), (3.0, 1.0, 2.0), (2.0,)))
    made = wrong(params, 1)
    assert made["quotient_inverted"] == pytest.approx(21 / 13)
    assert made["not_divided"] == pytest.approx(13)
    assert made["sums_divided"] == pytest.approx(6 / 7)
    assert made["ratios_averaged"] == pytest.approx((3 + 0.5 + 0.5) / 3)
    assert made["targets_squared"] == pytest.approx(13 / 14)
    assert made["sum_squared"] == pytest.approx(13 / 49)


def test_slips_of_a_penalty_are_computed():
    made = wrong(RIDGE, 0)
    assert made["penalty_left_out"] == [[2, 3], [3, 5]]
    assert made["penalty_everywhere"] == [[3, 4], [4, 6]]
    assert made["penalty_subtracted"] == [[1, 3], [3, 4]]
    other = Params(RIDGE.fit, Data(((1.0, 1.0), (3.0, 2.0)), (4.0, 2.0), (1.0, 2.0), 1.0))
    assert wrong(other, 0)["examples_for_columns"] == [[3, 5], [5, 14]]


def test_slips_of_the_gradient_are_computed():
    made = wrong(LINE, 3)
    assert made["factor_two"] == pytest.approx([-7, -12])
    assert made["target_minus_prediction"] == pytest.approx([14, 24])
    assert made["target_not_subtracted"] == pytest.approx([0, -4])
    assert made["right_side_alone"] == pytest.approx([-14, -20])
    assert made["sides_added"] == pytest.approx([14, 16])


def test_a_wrong_solution_is_found():
    problem = pose(LINE)
    with pytest.raises(Mismatch):
        verify(problem, solution(Params(LINE.fit, RIDGE_LIKE)), False)


RIDGE_LIKE = Data(((1.0, 0.0), (1.0, 1.0), (1.0, 2.0)), (1.0, 2.0, 5.0), (1.0, -1.0))


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_the_solution_of_what_is_drawn_makes_the_gradient_zero(difficulty, arithmetic):
    for seed in range(40):
        made = item(seed, difficulty, arithmetic=arithmetic)
        given = {name: np.asarray(v, dtype=float) for name, v in made.problem.givens.items()}
        rows = given["X"].reshape(len(given["y"]), -1)
        w = np.ravel(made.solution.parts[1].answer.values[0])
        slope = rows.T @ (rows @ w - given["y"]) + given.get("l", 0.0) * w
        assert slope == pytest.approx(0, abs=1e-9)
        assert np.all(w != 0)


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_the_solution_of_a_numeric_item_is_in_short_numbers(difficulty):
    for seed in range(40):
        for part in item(seed, difficulty).solution.parts[:2]:
            for value in part.answer.values:
                assert np.round(value, 4) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_fit_is_drawn_at_its_difficulty(difficulty):
    drawn = {item(seed, difficulty).params.fit for seed in range(80)}
    assert {(f.examples, f.weights, f.bias, f.penalised) for f in drawn} == {
        (f.examples, f.weights, f.bias, f.penalised) for f in SETTINGS[difficulty]
    }
    assert {f.halved for f in drawn} == {True, False}


def test_a_choice_does_not_state_the_equation():
    shown = {
        form: text.write(Document("", tuple(question(item(2, "hard", form)))))
        for form in ("numeric", "choice")
    }
    assert "normal equation" in shown["numeric"]
    assert "normal equation" not in shown["choice"]


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_items_verify_in_full(difficulty, arithmetic):
    for seed in range(5):
        assert item(seed, difficulty, full=True, arithmetic=arithmetic).verifications


def test_every_slip_has_a_sentence_and_a_fit_to_be_made_in():
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    assert set(SPOILED) <= known
    fits = [fit for settings in SETTINGS.values() for fit in settings]
    assert {s for s in SPOILED if any(can_be_made(fit, s) for fit in fits)} == set(SPOILED)


def test_the_line_is_drawn_where_it_was_found():
    drawn = next(made for made in map(item, range(20)) if made.params.fit.bias)
    described = [
        [block.description for block in blocks(drawn) if isinstance(block, Figure)]
        for blocks in (question, worked)
    ]
    assert [len(each) for each in described] == [1, 1]
    assert "line that fits" not in described[0][0]
    assert "line that fits" in described[1][0]
