"""Updates by gradient descent: numbers worked out by hand, and what is drawn."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from math import exp, log

import numpy as np
import pytest

from gen.families.gradient_step import Params, accept, pose
from gen.family import find
from gen.topics.updates import letters, oracle
from gen.topics.updates.graphs import Unit, update_graph
from gen.topics.updates.settings import SETTINGS
from gen.verification import Mismatch
from templates.notation import Symbols, load
from tests.solutions import answers_of, item_of, solution_of, wrong_of

FAMILY = find("gradient_step")
item = item_of("gradient_step")
NOTATIONS = ("standard", "cmu-chai", "cmu-gormley", "waterloo-meila", "rutgers-kim", "nyu-linzen")

# Two points, and a line with the outputs 1 and 1.5 there.
POINTS = {"x": ((1.0,), (2.0,)), "y": (2.0, 1.0), "w": (0.5,), "b": 0.5, "rate": 0.1}


def solution(params):
    return solution_of(pose(params))


def answers(params):
    return answers_of(solution(params))


def wrong(params, part):
    return wrong_of(solution(params), part)


def test_one_example_moves_a_linear_unit_by_rate_times_difference_times_input():
    # o = 0.4 * 2 - 0.3 = 0.5, r = -1, gradients -2 and -1.
    made = answers(Params("update", Unit(1, 1), ((2.0,),), (1.5,), (0.4,), -0.3, 0.1))
    assert made == pytest.approx(
        {
            "o": 0.5,
            "loss": 0.5,
            "gw": -2.0,
            "gb": -1.0,
            "wn": 0.6,
            "bn": -0.2,
            "lossn": 0.5 * (1.0 - 1.5) ** 2,
        }
    )


def test_without_the_half_the_gradient_is_twice_as_large():
    unit = Unit(1, 1, "squared_error")
    made = answers(Params("update", unit, ((2.0,),), (1.5,), (0.4,), -0.3, 0.05))
    assert (made["gw"], made["gb"]) == (pytest.approx(-4), pytest.approx(-2))


def test_a_mean_is_the_sum_divided_by_the_examples():
    mean = answers(Params("update", Unit(2, 1, reduction="mean"), **POINTS | {"y": (2.0, 1.2)}))
    total = answers(Params("update", Unit(2, 1, reduction="sum"), **POINTS | {"y": (2.0, 1.2)}))
    # Differences -1 and 0.3: by the weight -1 + 0.6, by the bias -0.7.
    assert (total["gw"], total["gb"]) == (pytest.approx(-0.4), pytest.approx(-0.7))
    assert (mean["gw"], mean["gb"]) == (pytest.approx(-0.2), pytest.approx(-0.35))
    assert (mean["wn"], mean["bn"]) == (pytest.approx(0.52), pytest.approx(0.535))


def test_a_sigmoid_unit_moves_by_its_difference():
    unit = Unit(1, 2, "binary_cross_entropy")
    made = answers(Params("update", unit, ((1.5, -0.5),), (1.0,), (0.4, 0.2), 0.1, 0.5))
    p = 1 / (1 + exp(-0.6))
    assert made["loss"] == pytest.approx(-log(p))
    assert made["gw"] == pytest.approx([1.5 * (p - 1), -0.5 * (p - 1)])
    assert made["wn"] == pytest.approx([0.4 - 0.75 * (p - 1), 0.2 + 0.25 * (p - 1)])


def test_a_mini_batch_leaves_the_other_examples_alone():
    some = Params("mini-batch", Unit(2, 1), ((9.0,), (1.0,), (7.0,), (2.0,)), (9.0, 2.0, 7.0, 1.2),
                  (0.5,), 0.5, 0.1, (1, 3))  # fmt: skip
    assert answers(some)["wn"] == pytest.approx(0.52)


def test_the_second_update_starts_where_the_first_has_ended():
    # First 1 * 0.5 + 0.5 = 1, difference -1: w = 0.6, b = 0.6. Then 1.8, difference 0.8.
    made = answers(Params("epoch", Unit(1, 1), **POINTS))
    assert (made["wn"], made["bn"]) == (pytest.approx(0.6), pytest.approx(0.6))
    assert (made["wm"], made["bm"]) == (pytest.approx(0.44), pytest.approx(0.52))


def test_a_second_update_that_moves_nothing_is_not_accepted():
    # After the first update the outputs are 1.2 and 1.8: the second example is met exactly.
    met = Params("epoch", Unit(1, 1), **POINTS | {"y": (2.0, 1.8)})
    missed = Params("epoch", Unit(1, 1), **POINTS)
    assert [accept(pose(params), solution(missed)) for params in (met, missed)] == [False, True]
    assert oracle.moves("epoch", Unit(1, 1), pose(missed).givens) == pytest.approx((0.1, -0.08))


def test_both_gradients_at_the_old_parameters_are_a_slip():
    # Differences -1 and 0.5 at the old parameters: by the weight -1 + 1, by the bias -0.5.
    made = wrong(Params("epoch", Unit(1, 1), **POINTS), 1)
    assert made["one_step_for_two"] == pytest.approx([0.5, 0.55])


def test_slips_of_a_step_are_computed():
    made = wrong(Params("update", Unit(1, 1), ((2.0,),), (1.5,), (0.4,), -0.3, 0.1), 2)
    assert made["step_added"] == pytest.approx([0.2, -0.4])
    assert made["rate_left_out"] == pytest.approx([2.4, 0.7])
    assert made["gradient_alone"] == pytest.approx([0.2, 0.1])
    assert made["input_left_out"] == pytest.approx([0.5, -0.2])
    assert made["bias_not_updated"] == pytest.approx([0.6, -0.3])
    assert made["factor_two"] == pytest.approx([0.8, -0.1])


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_setting_is_drawn_at_its_difficulty(difficulty):
    drawn = [item(seed, difficulty).params for seed in range(150)]
    kinds = {"binary_cross_entropy": "sigmoid"}
    assert {
        (p.kind, p.unit.examples, p.unit.inputs, kinds.get(p.unit.loss, "linear")) for p in drawn
    } == set(SETTINGS[difficulty])


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_the_loss_falls(difficulty):
    for seed in range(60):
        made = item(seed, difficulty)
        if made.params.kind != "epoch":
            found = [value for part in made.solution.parts for value in part.answer.values]
            before = found[0 if made.params.kind == "mini-batch" else 1]
            assert 0.02 < float(found[-1]) < float(before)


def test_a_wrong_gradient_in_the_graph_would_be_found():
    example = (((2.0,),), (1.5,), (0.4,), -0.3, 0.05)
    problem = pose(Params("update", Unit(1, 1), *example))
    other = solution(Params("update", Unit(1, 1, "squared_error"), *example))
    with pytest.raises(Mismatch):
        oracle.compare(problem.words["recomputed"](problem.givens), other)


def test_an_entry_of_the_gradient_has_its_own_symbol():
    unit = Unit(2, 2)
    given = letters.of_update(unit, load("standard"))
    symbols = Symbols(update_graph(unit), None, load("standard"), given)
    assert str(symbols.value("gw")) == r"\nabla_{\boldsymbol{w}} J"
    assert str(symbols.value("gw", (1,))) == r"\dfrac{\partial J}{\partial w_{2}}"


@pytest.mark.parametrize("notation", NOTATIONS)
def test_items_are_the_same_in_every_notation(notation):
    for seed in range(10):
        told, plain = item(seed, "hard", notation=load(notation)), item(seed, "hard")
        for ours, theirs in zip(told.solution.parts, plain.solution.parts, strict=True):
            for one, other in zip(ours.answer.values, theirs.answer.values, strict=True):
                assert np.array_equal(one, other)


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_items_verify_in_full(difficulty, arithmetic):
    for seed in range(10):
        assert item(seed, difficulty, full=True, arithmetic=arithmetic).verifications


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_slip_has_a_sentence(difficulty):
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for seed in range(60):
        problem = item(seed, difficulty).problem
        assert {variant.slip for variant in problem.variants} <= known
