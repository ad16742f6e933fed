"""The sensitivity family: changes worked by hand and recomputed, slips, and what is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen import verification
from gen.draw import Draw
from gen.families.sensitivity import FELT, LEAST_ERROR, SETTINGS, Params, pose, verify
from gen.family import find
from gen.solving import solve
from gen.topics.sensitivity.graphs import Setting
from gen.work import work
from tests.solutions import item_of, numbers_of, wrong_of

FAMILY = find("sensitivity")
item = item_of("sensitivity")

# b = (2 * 1 + 3 * 2 - 5, -1 * 1 + 4 * 2 - 5) = (3, 2).
MAP = (("a", (1.0, 2.0)), ("M", ((2.0, 3.0), (-1.0, 4.0))), ("v", (-5.0, -5.0)))
MOVED = (("an", (0.5, 2.0)), ("e", -0.5))


def solution(setting, numbers, form="numeric"):
    problem = pose(Params(setting, numbers, False, form))
    return problem, solve(problem, Draw("options"))


def answers(solved):
    return numbers_of(solved)


def wrong(solved, part=-1):
    return wrong_of(solved, part)


def test_two_changes_of_an_affine_map_add_up():
    numbers = (*MAP, ("e", 0.1), ("f", -0.2))
    _, solved = solution(Setting("linear", 2, 2, (1, 0), 0), numbers)
    # 3 * 0.1 + 2 * (-0.2), wherever the map is.
    assert answers(solved) == [3, pytest.approx(-0.1), pytest.approx(2.9)]


@pytest.mark.parametrize(
    ("slip", "change"),
    [
        ("indices_exchanged", -1 * 0.1 + 2 * -0.2),
        ("rate_times_value", 3 * 2 + 2 * 1),
        ("rate_times_new_value", 3 * 2.1 + 2 * 0.8),
        ("rate_for_change", 3 + 2),
        ("first_change_only", 0.3),
        ("second_change_only", -0.4),
        ("changes_subtracted", 0.3 + 0.4),
        ("changes_multiplied", 0.3 * -0.4),
        ("sign_of_change_lost", 0.3 + 0.4),
        ("new_value_for_change", 3 - 0.1),
    ],
)
def test_the_slips_of_an_affine_map_have_the_numbers_worked_by_hand(slip, change):
    numbers = (*MAP, ("e", 0.1), ("f", -0.2))
    _, solved = solution(Setting("linear", 2, 2, (1, 0), 0), numbers)
    found = wrong(solved, 1)
    # Here losing the sign and subtracting come to the same, and the first that is told is kept.
    same = {"sign_of_change_lost": "changes_subtracted"}
    assert found[same.get(slip, slip)] == [pytest.approx(change)]


def test_a_product_changes_along_two_paths():
    _, solved = solution(Setting("product", 2, 2, (0,)), (*MAP, *MOVED))
    # b_2 * 2 + b_1 * (-1) = 1, so -0.5 is predicted; b' = (2, 2.5) gives 5 instead of 6.
    assert answers(solved) == [[3, 2], 6, 1, -0.5, -1, -0.5]


@pytest.mark.parametrize(
    ("slip", "changes"),
    [
        ("indices_exchanged", (-0.5 * (2 * 2 + 3 * 3), -1)),
        ("rate_times_value", (1 * 1, -1)),
        ("inner_rate_left_out", (-0.5 * (2 + 3), -1)),
        ("keeps_first_path", (-0.5 * 4, -1)),
        ("overwrites_at_fork", (-0.5 * -3, -1)),
        ("multiplies_paths", (-0.5 * 4 * -3, -1)),
        ("rate_at_new_point", (-0.5 * (2.5 * 2 - 2), -1)),
        ("prediction_for_true", (-0.5, -0.5)),
        ("new_value_for_change", (-0.5, 5)),
        ("changes_exchanged", (-1, -0.5)),
    ],
)
def test_the_slips_of_a_product_have_the_numbers_worked_by_hand(slip, changes):
    _, solved = solution(Setting("product", 2, 2, (0,)), (*MAP, *MOVED))
    assert wrong(solved)[slip] == [*changes, changes[1] - changes[0]]


def output(setting, givens, a):
    b = givens["M"] @ a + givens["v"]
    functions = {
        "tanh": np.tanh,
        "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
        "square": np.square,
        "cube": lambda x: x**3,
    }
    return np.prod(b) if setting.step == "product" else givens["u"] @ functions[setting.step](b)


@pytest.mark.parametrize("difficulty", ["medium", "hard"])
def test_predictions_agree_with_central_differences_and_changes_with_two_points(difficulty):
    for seed in range(30):
        made = item(seed, difficulty)
        setting, givens = made.params.setting, made.problem.givens
        predicted, true = (float(v) for v in made.solution.parts[-1].answer.values[:2])
        unit = np.eye(setting.columns)[setting.changed[0]] * 1e-6
        at = [output(setting, givens, givens["a"] + step) for step in (unit, -unit)]
        assert predicted == pytest.approx((at[0] - at[1]) / 2e-6 * givens["e"], rel=1e-5, abs=1e-6)
        before, after = (output(setting, givens, givens[name]) for name in ("a", "an"))
        assert true == pytest.approx(after - before, abs=1e-9)


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("difficulty", ["medium", "hard"])
def test_changes_are_felt_and_predictions_are_not_exact(difficulty, arithmetic):
    for seed in range(30):
        answer = item(seed, difficulty, arithmetic=arithmetic).solution.parts[-1].answer
        predicted, true = (float(v) for v in answer.values[:2])
        assert min(abs(predicted), abs(true)) >= FELT
        assert abs(true - predicted) >= LEAST_ERROR - 1e-12


def test_what_is_asked_is_said_where_it_is_looked_at():
    made = item(3, "easy")
    setting = made.params.setting
    assert len(set(setting.changed)) == 2
    assert setting.watched < setting.rows


def test_a_change_that_is_not_that_of_the_map_is_found_out():
    right, _ = solution(Setting("product", 2, 2, (0,)), (*MAP, *MOVED))
    graph = next(v.graph for v in right.variants if v.slip == "new_value_for_change")
    problem = replace(right, graph=graph, variants=())
    solved = solve(problem, Draw("options"))
    assert verification.verify(problem, solved)
    with pytest.raises(verification.Mismatch, match="t is 5"):
        verify(problem, solved)


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_setting_is_drawn(difficulty):
    drawn = {
        (s.step, s.rows, s.columns)
        for s in (item(seed, difficulty).params.setting for seed in range(80))
    }
    expected = {(step, r, c) for steps, r, c in SETTINGS[difficulty] for step in steps}
    assert drawn == expected


@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_harder_items_take_more_operations(form):
    means = [np.mean([work(item(seed, d, form)) for seed in range(30)]) for d in SETTINGS]
    assert means[0] * 1.4 < means[1]
    assert means[1] * 1.3 < means[2]
