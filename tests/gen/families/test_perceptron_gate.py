"""Perceptrons as gates: the lecture's numbers, textbook loops, and wrong answers with causes."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from gen.families.perceptron_gate import LECTURE, Params, pose, solve, verify
from gen.family import find
from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.topics.gates.functions import Perceptron
from tests.solutions import item_of, numbers_of, solution_of, wrong_of

FAMILY = find("perceptron_gate")
item = item_of("perceptron_gate")


def posed(weights, threshold, gate, names=("and", "or"), ranged=True):
    unit = Perceptron(weights, threshold)
    return pose(Params("numeric", len(weights), gate, names, (unit,), (), ranged))


def answers(problem):
    return numbers_of(solution_of(problem, solve))


def wrong(problem, part):
    return wrong_of(solution_of(problem, solve), part)


def test_the_table_of_the_lecture_comes_out():
    problem = posed(LECTURE.weights, LECTURE.threshold, "and", ranged=False)
    assert answers(problem) == [[0, 1, 1, 2], [0, 0, 0, 1]]


def test_the_threshold_can_be_moved_between_the_sums():
    # Sums 0, 2, -3, -1, of which the second alone gives 1.
    problem = posed((-3, 2), 1, "second_only", ("second_only", "and"))
    assert answers(problem) == [[0, 2, -3, -1], [0, 1, 0, 0], 1, 2]
    assert wrong(problem, 3) == {
        "threshold_exceeded": [0, 1],
        "lower_end_included": [0, 2],
        "upper_end_left_out": [1, 1],
        "range_of_the_ones": [2, 2],
    }


def test_wrong_sums_and_outputs_have_causes():
    problem = posed((2, -3), -1, "second_implies_first", ("second_implies_first", "and"))
    assert answers(problem)[:2] == [[0, -3, 2, -1], [1, 0, 1, 1]]
    assert wrong(problem, 0) == {
        "threshold_sign": [[-1, -4, 1, -2]],
        "threshold_subtracted": [[1, -2, 3, 0]],
        "rows_in_another_order": [[0, 2, -3, -1]],
        "weight_signs_dropped": [[0, 3, 2, 5]],
    }
    # -1 reaches the threshold -1; with the sign turned, only the sum 2 reaches 1.
    assert wrong(problem, 1) == {
        "threshold_sign": [[0, 0, 1, 0]],
        "threshold_exceeded": [[1, 0, 1, 0]],
        "threshold_from_below": [[0, 1, 0, 1]],
        "rows_in_another_order": [[1, 1, 0, 1]],
        "weight_signs_dropped": [[1, 1, 1, 1]],
    }


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_numbers_are_those_of_a_plain_loop(difficulty):
    for seed in range(20):
        made = item(seed, difficulty)
        (unit,) = made.params.offered
        sums, outputs = [], []
        for row in product((0, 1), repeat=made.params.inputs):
            total = 0
            for weight, x in zip(unit.weights, row, strict=True):
                total += weight * x
            sums.append(total)
            outputs.append(1 if total >= unit.threshold else 0)
        found = answers(made.problem)
        assert found[:2] == [sums, outputs]
        if difficulty != "easy":
            low, high = found[2:]
            assert low < high
            for threshold, same in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
                assert ([int(s >= threshold) for s in sums] == outputs) is same


@pytest.mark.parametrize("form", ["choice", "choose_all"])
def test_some_option_is_right_and_every_wrong_one_differs_in_a_row(form):
    for seed in range(30):
        made = item(seed, "medium", form)
        (part,) = made.solution.parts
        tables = Counter()
        for option in part.options:
            unit = Perceptron(option.claim.facts["weights"], option.claim.facts["threshold"])
            tables[unit.table(), option.right] += 1
        (right,) = {table for table, is_right in tables if is_right}
        assert (right, False) not in tables


def test_statements_are_true_as_often_as_false_and_about_functions_that_differ():
    truths = Counter()
    for seed in range(60):
        made = item(seed, "hard", "true_false")
        assert len({claim.facts["gate"] for claim in made.params.statements}) >= 3
        truths.update((claim.name, claim.true) for claim in made.params.statements)
    assert set(truths) == {(n, t) for n in ("is", "exists", "scaled") for t in (True, False)}
    assert min(truths.values()) >= 15


def test_the_line_is_drawn_in_the_solution_alone():
    for seed in range(10):
        made = item(seed, "easy")
        symbols = Context(made).symbols
        assert figure(made, symbols, solved=False) is None
        drawn = figure(made, symbols, solved=True)
        ones = sum(answers(made.problem)[1])
        assert drawn.description.count("filled point") == ones
        assert drawn.description.count("open point") == 4 - ones


def test_verification_counts_every_number_and_every_option():
    made = item(3)
    counts = [each.numbers for each in verify(made.problem, made.solution, False)]
    assert counts == [4, 10]
