"""Whole numbers are solved without a tolerance, and only likely ones are wrong answers."""

from __future__ import annotations

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Ask, Part, Problem
from gen.topics.counts.formulas import by_layer, count_graph
from gen.topics.counts.solving import solve_counts
from gen.variants import variant


def problem(n0, n1, slips):
    graph = count_graph(by_layer, ("n0", "n1"))
    givens = {"n0": np.array(float(n0)), "n1": np.array(float(n1))}
    variants = tuple(variant(name, recipe, **givens) for name, recipe in slips.items())
    return Problem((Part("numeric", (Ask("P"),)),), graph, givens, variants=variants)


def test_an_answer_has_no_tolerance():
    (part,) = solve_counts(problem(3, 2, {}), Draw("options")).parts
    assert (float(part.answer.values[0]), part.answer.tolerances) == (8.0, (0.0,))


def test_numbers_that_are_not_whole_not_positive_or_much_too_large_are_left_out():
    slips = {
        "biases_not_counted": lambda n0, n1: {"P": n0 * n1},
        "units_counted": lambda n0, n1: {"P": n0 / n1},
        "biases_counted": lambda n0, n1: {"P": n0 - 4 * n1},
        "widths_multiplied": lambda n0, n1: {"P": 100 * n0},
    }
    (part,) = solve_counts(problem(3, 2, slips), Draw("options")).parts
    assert [wrong.slip for wrong in part.answer.wrong] == ["biases_not_counted"]


def test_a_count_of_nothing_is_rejected():
    with pytest.raises(Rejected):
        solve_counts(problem(3, 0, {}), Draw("options"))
