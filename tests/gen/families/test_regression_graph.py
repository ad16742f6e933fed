"""Regression node by node: values and gradients by plain loops; named slips; letters; the pages."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.presentation.items import single
from gen.problem import Key
from gen.solving import solve
from gen.topics.graphs.regression import Numbers, Setting
from gen.work import work
from templates.notation import load
from templates.writers import text
from tests.solutions import items_of

REGRESSION = find("regression_graph")
SEEDS = 40
DIFFICULTIES = ("easy", "medium", "hard")

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.regression_graph import Params, pose  # noqa: E402

items = items_of("regression_graph", SEEDS)


def objective(numbers: Numbers, ridge: bool, w: list[complex], b: complex) -> complex:
    """Loss and penalty in plain loops."""
    total = 0j
    for row, target in zip(numbers.x, numbers.y, strict=True):
        prediction = sum(wj * float(xj) for wj, xj in zip(w, row, strict=True)) + b
        total += (float(target) - prediction) ** 2
    penalty = float(numbers.penalty) * sum(wj**2 for wj in w) if ridge else 0
    return total / len(numbers.x) + penalty


def expected(params: Params) -> dict[str, list[float]]:
    """Every value in plain loops, and the parameters' gradients as complex steps."""
    n, ridge = params.numbers, params.setting.ridge
    w, b, step = [complex(float(v)) for v in n.w], complex(float(n.b)), 1e-30j
    predictions = [
        sum(float(wj) * float(xj) for wj, xj in zip(n.w, row, strict=True)) + float(n.b)
        for row in n.x
    ]
    r = [float(y) - p for y, p in zip(n.y, predictions, strict=True)]
    loss = sum(each**2 for each in r) / len(r)
    penalty = float(n.penalty) * sum(float(wj) ** 2 for wj in n.w)
    moved = [[v + step * (j == k) for k, v in enumerate(w)] for j in range(len(w))]
    return {
        "value yhat": predictions,
        "value r": r,
        "value l": [loss],
        "value R": [penalty],
        "value J": [loss + penalty],
        "gradient r": [2 * each / len(r) for each in r],
        "gradient yhat": [-2 * each / len(r) for each in r],
        "gradient w": [objective(n, ridge, each, b).imag / 1e-30 for each in moved],
        "gradient b": [objective(n, ridge, w, b + step).imag / 1e-30],
    }


def wrong(params: Params, part: int = -1) -> dict[str, list[list[float]]]:
    """What each slip makes of the answers to a part."""
    answer = solve(pose(params), Draw("slips")).parts[part].answer
    return {each.slip: [np.ravel(v).tolist() for v in each.values] for each in answer.wrong}


# yhat = 0.5 * 2 - 1 * 3 + 0.5 = -1.5, r = 2.5, l = 6.25, R = 0.1 * 1.25; the weights get
# -5 (2, 3) = (-10, -15) through the loss and 0.2 (0.5, -1) = (0.1, -0.2) through the penalty.
RIDGE = Params(Setting(2, 1, True), Numbers(((2.0, 3.0),), (1.0,), (0.5, -1.0), 0.5, 0.1))


def test_the_gradients_of_ridge_regression_are_those_of_the_readme() -> None:
    parts = solve(pose(RIDGE), Draw("ridge")).parts
    values, _, slopes = (
        [np.ravel(value).tolist() for value in part.answer.values] for part in parts
    )
    assert [entry for value in values for entry in value] == pytest.approx(
        [-1.5, 2.5, 6.25, 0.125, 6.375]
    )
    assert slopes[0] == pytest.approx([-9.9, -15.2])
    assert slopes[1] == [-5.0]


def test_slips_of_ridge_regression_give_the_numbers_that_they_say() -> None:
    found = wrong(RIDGE)
    assert found["penalty_path_left_out"] == [[-10.0, -15.0], [-5.0]]
    assert found["loss_path_left_out"][0] == pytest.approx([0.1, -0.2])
    assert found["multiplies_paths"][0] == pytest.approx([-1.0, 3.0])
    assert found["penalty_not_doubled"][0] == pytest.approx([-9.95, -15.1])
    assert found["penalty_rate_left_out"][0] == pytest.approx([-9.0, -17.0])
    assert found["bias_penalised"][1] == pytest.approx([-4.9])
    assert found["subtrahend_sign_lost"] == [pytest.approx([10.1, 14.8]), [5.0]]
    assert found["regressor_left_out"][0] == pytest.approx([-4.9, -5.2])
    assert found["exponent_left_out"] == [pytest.approx([-4.9, -7.7]), [-2.5]]
    assert found["own_factor"][0] == pytest.approx([-2.4, 4.8])


def test_slips_in_the_forward_pass_go_on_from_their_own_numbers() -> None:
    values = wrong(RIDGE, 0)
    assert values["bias_forgotten"] == [[-2.0], [3.0], [9.0], pytest.approx([0.125]), [9.125]]
    assert values["weights_not_squared"][3] == pytest.approx([-0.05])


def test_with_several_examples_the_loss_is_their_mean() -> None:
    numbers = Numbers(((1.0,), (2.0,), (3.0,)), (4.0, 1.0, 7.0), (2.0,), -1.0, 0.5)
    params = Params(Setting(1, 3, True), numbers)
    found = expected(params)
    # The residuals are 3, -2 and 2.
    assert found["value l"] == [pytest.approx(17 / 3)]
    slopes = wrong(params)
    assert slopes["sum_for_mean"][1] == pytest.approx([-6.0])
    assert slopes["last_example_only"] == [pytest.approx([-12.0 + 2.0]), [-4.0]]


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("form", ["numeric", "choice"])
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_keys_are_what_plain_loops_give(difficulty: str, form: str, arithmetic: str) -> None:
    for item in items(difficulty, form, arithmetic):
        right = expected(item.params)
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            for ask, value in zip(part.asks, solved.answer.values, strict=True):
                theirs = right[f"{ask.of} {ask.node}"]
                assert np.ravel(value).astype(float) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_nothing_is_rounded(difficulty: str) -> None:
    for item in items(difficulty, "numeric"):
        assert "places" not in item.problem.conventions
        assert all(np.all(step.exact) for step in item.solution.steps)


def test_harder_regressions_take_more_work() -> None:
    for form in ("numeric", "choice"):
        easy, medium, hard = (sum(map(work, items(d, form))) / SEEDS for d in DIFFICULTIES)
        assert 1.5 * easy < medium
        assert 1.5 * medium < hard


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_dropping_a_path_is_always_among_the_wrong_answers(difficulty: str) -> None:
    for item in items(difficulty, "numeric"):
        noticed = {each.slip for each in item.solution.parts[-1].answer.wrong}
        assert ("penalty_path_left_out" in noticed) == item.params.setting.ridge


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_seeds_give_different_items(difficulty: str) -> None:
    assert len({item.fingerprint for item in items(difficulty, "numeric")}) >= 0.95 * SEEDS


@pytest.mark.parametrize(
    ("notation", "prediction", "objective_letter"),
    [("standard", "prediction", "J"), ("backprep", "prediction", "J"), ("rutgers-kim", "", "J")],
)
def test_prediction_and_objective_are_called_as_the_course_calls_them(
    notation: str, prediction: str, objective_letter: str
) -> None:
    key = Key("regression_graph", 1, 7)
    item = make(REGRESSION, key, "medium", "numeric", notation=load(notation))
    page = " ".join(text.write(single(item)).split())
    assert f"the objective {objective_letter} = ℓ + R" in page
    assert "posterior" not in page
    assert prediction in page


@pytest.mark.parametrize("notation", ["standard", "waterloo-meila"])
def test_the_sign_of_the_bias_s_gradient_is_as_the_check_says(notation: str) -> None:
    for seed in range(20):
        key = Key("regression_graph", 1, seed)
        item = make(REGRESSION, key, "hard", "numeric", notation=load(notation))
        said = " ".join(text.write(single(item)).split()).partition("Check.")[2]
        value = item.problem.sign * float(item.solution.parts[-1].answer.values[1])
        found = re.search(r"respect to b is (\w+)", said)
        assert found
        assert found[1] == ("positive" if value > 0 else "negative")
