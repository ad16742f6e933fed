"""What derivatives cost: a machine that counts its own passes, slips by hand, statements."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from gen.family import find
from gen.topics.counts.statements import OFFERED, right
from gen.topics.counts.toy import passes
from tests.solutions import answers_of, items_of, solution_of, wrong_of

COST = find("mode_cost")
SEEDS = 40
DIFFICULTIES = ("easy", "medium", "hard")

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.mode_cost import Params, pose, solve  # noqa: E402

items = items_of("mode_cost", SEEDS)


def answers(params: Params) -> dict[str, int]:
    return answers_of(solution_of(pose(params), solve))


def wrong(params: Params, part: int) -> dict[str, list[int]]:
    return wrong_of(solution_of(pose(params), solve), part)


class Machine:
    """f(x)_i = sin(sum_j w_ij x_j) with its two modes written out; it counts what is run."""

    def __init__(self, inputs: int, outputs: int) -> None:
        self.weights = np.cos(np.arange(1.0, inputs * outputs + 1)).reshape(outputs, inputs)
        self.runs = 0

    def value(self, x: np.ndarray) -> np.ndarray:
        self.runs += 1
        return np.array([math.sin(sum(row * x)) for row in self.weights])

    def forward(self, x: np.ndarray, direction: np.ndarray) -> np.ndarray:
        self.runs += 1
        return np.array([math.cos(sum(row * x)) * sum(row * direction) for row in self.weights])

    def reverse(self, x: np.ndarray, output: np.ndarray) -> np.ndarray:
        self.runs += 1
        slopes = [math.cos(sum(row * x)) * g for row, g in zip(self.weights, output, strict=True)]
        return sum(slope * row for slope, row in zip(slopes, self.weights, strict=True))


@pytest.mark.parametrize(("inputs", "outputs"), [(3, 2), (2, 5), (4, 1), (1, 3)])
def test_the_numbers_of_passes_are_those_that_a_machine_runs_for_its_jacobian(inputs, outputs):
    x, step = np.linspace(0.1, 0.7, inputs), 1e-5
    exact = np.cos(Machine(inputs, outputs).weights @ x)[:, None] * Machine(inputs, outputs).weights
    units, rows = np.eye(inputs), np.eye(outputs)

    machine = Machine(inputs, outputs)
    assert np.allclose(np.array([machine.forward(x, unit) for unit in units]).T, exact)
    assert machine.runs == passes("jacobian", "forward", inputs, outputs)

    machine = Machine(inputs, outputs)
    assert np.allclose(np.array([machine.reverse(x, row) for row in rows]), exact)
    assert machine.runs == passes("jacobian", "reverse", inputs, outputs)

    machine = Machine(inputs, outputs)
    columns = [
        (machine.value(x + step * u) - machine.value(x - step * u)) / (2 * step) for u in units
    ]
    assert np.allclose(np.array(columns).T, exact, atol=1e-6)
    assert machine.runs == passes("jacobian", "centred", inputs, outputs)

    machine = Machine(inputs, outputs)
    here = machine.value(x)
    columns = [(machine.value(x + step * unit) - here) / step for unit in units]
    assert np.allclose(np.array(columns).T, exact, atol=1e-3)
    assert machine.runs == passes("jacobian", "one_sided", inputs, outputs)


def test_a_direction_is_one_forward_pass_and_a_weighted_sum_one_reverse_pass():
    machine, x = Machine(4, 3), np.array([0.3, -0.2, 0.5, 0.1])
    direction, weights = np.array([1.0, -2.0, 0.5, 3.0]), np.array([2.0, -1.0, 0.5])
    whole = np.cos(machine.weights @ x)[:, None] * machine.weights
    assert np.allclose(machine.forward(x, direction), whole @ direction)
    assert np.allclose(machine.reverse(x, weights), weights @ whole)
    assert machine.runs == passes("direction", "forward", 4, 3) + passes(
        "weighted", "reverse", 4, 3
    )


def test_the_formulas_of_statements_are_the_counts():
    for inputs, outputs in ((1, 1), (3, 2), (2, 7), (40, 1)):
        for task in ("jacobian", "row", "column", "direction", "weighted"):
            for method in ("forward", "reverse", "centred", "one_sided"):
                assert right(task, method, inputs, outputs) == passes(task, method, inputs, outputs)


def test_the_jacobian_of_a_function_and_its_slips():
    params = Params("jacobian", (12, 5))
    assert answers(params) == {"F": 12, "R": 5, "C": 24, "E": 13}
    made = wrong(params, 0)
    assert made["modes_exchanged"] == [5, 12]
    assert made["one_reverse_pass_always"] == [12, 1]
    assert made["passes_for_entries"] == [60, 60]
    assert made["inputs_and_outputs_added"] == [17, 17]
    made = wrong(params, 1)
    assert made["outputs_moved"] == [10, 6]
    assert made["kinds_of_difference_exchanged"] == [13, 24]


def test_the_loss_of_a_network_is_one_output_of_all_its_parameters():
    # 3 * 4 + 3 and 5 * 3 + 5.
    params = Params("loss", (4, 3, 5, 1))
    assert answers(params) == {"P": 35, "F": 35, "R": 1, "C": 70, "E": 36}
    made = wrong(params, 1)
    assert made["modes_exchanged"] == [1, 35]
    assert made["pass_for_each_output_unit"] == [35, 5]
    assert made["reverse_pass_for_each_layer"] == [35, 2]
    assert made["biases_not_counted"] == [27, 1]


def test_maps_one_after_another_each_take_the_better_mode():
    params = Params("composed", (30, 2, 3, 20))
    assert answers(params) == {"F": 30, "R": 20, "S": 2 + 2 + 3}
    made = wrong(params, 1)
    assert made["forward_throughout"] == [35]
    assert made["reverse_throughout"] == [25]
    assert made["ends_alone"] == [20]
    assert made["middle_map_left_out"] == [5]
    assert made["larger_number_taken"] == [30 + 3 + 20]


def test_passes_of_different_length_are_timed():
    params = Params("outputs", (4, 3, 2, 3, 5))
    assert answers(params) == {"P": 23, "F": 23, "R": 2, "T": 69, "U": 10}
    made = wrong(params, 2)
    assert made["times_exchanged"] == [115, 6]
    assert made["one_reverse_pass_always"] == [69, 5]
    assert made["passes_not_timed"] == [23, 2]


def test_with_respect_to_the_inputs_the_cheaper_mode_may_be_another_one():
    # 3 * 4 = 12 against 5 * 2 = 10; 2 * 4 = 8 against 10.
    for a, cheaper in ((3, "reverse"), (2, "forward")):
        claims = pose(Params("outputs", (4, 3, 2, a, 5))).parts[-1].claims
        assert [claim.name for claim in claims if claim.true] == [cheaper]


def test_either_mode_is_the_cheaper_one_about_equally_often():
    for difficulty in ("easy", "hard"):
        names = [
            next(claim.name for claim in item.problem.parts[-1].claims if claim.true)
            for item in items(difficulty, "numeric")
        ]
        assert names.count("forward") > SEEDS / 5
        assert names.count("reverse") > SEEDS / 5


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_statements_differ_in_what_they_are_about_and_some_are_true(difficulty: str):
    rights = set()
    for item in items(difficulty, "choose_all"):
        claims = item.problem.parts[0].claims
        assert len(claims) == OFFERED[difficulty]
        assert len({(c.facts["task"], c.facts["method"]) for c in claims}) == len(claims)
        rights.add(sum(claim.true for claim in claims))
    assert rights == set(range(1, OFFERED[difficulty]))


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_a_statement_is_true_exactly_where_its_number_is_the_counted_one(difficulty: str):
    for item in items(difficulty, "choose_all"):
        sizes = item.problem.words["sizes"]
        for claim in item.problem.parts[0].claims:
            counted = passes(claim.facts["task"], claim.facts["method"], *sizes)
            assert claim.true is (counted == claim.facts["number"])
            assert claim.facts["right"] == counted


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_every_slip_has_a_sentence(difficulty: str):
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for form in ("numeric", "choice"):
        for item in items(difficulty, form):
            assert {variant.slip for variant in item.problem.variants} <= known
