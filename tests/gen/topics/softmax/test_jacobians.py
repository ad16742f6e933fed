"""The Jacobian of a softmax: the right one against differences, the wrong ones by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gen.solving import passes
from gen.topics.softmax.jacobians import (
    JACOBIANS,
    entries_of,
    expected_cost,
    node,
    right,
    slips,
)

Z = np.array([2.0, 0.5, -1.0])
P = np.exp(Z) / np.exp(Z).sum()


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def test_the_right_jacobian_is_that_of_central_differences():
    columns = [(softmax(Z + 1e-6 * u) - softmax(Z - 1e-6 * u)) / 2e-6 for u in np.eye(3)]
    assert right(P) == pytest.approx(np.array(columns).T, abs=1e-9)


def test_graphs_have_the_entries_that_are_asked_for():
    entries = ((0, 0), (0, 2), (1, 2))
    for graph, given in (
        (entries_of(3, entries, True), {"z": Z}),
        (entries_of(3, entries, False), {"p": P}),
        (expected_cost(3, entries), {"z": Z, "c": np.ones(3)}),
    ):
        values, _ = passes(graph, given)
        for i, k in entries:
            assert float(values[node(i, k)]) == pytest.approx(right(P)[i, k])


def test_the_expected_cost_goes_back_through_the_jacobian():
    costs = np.array([2.0, -1.0, 3.0])
    _, gradients = passes(expected_cost(3, ((0, 0),)), {"z": Z, "c": costs})
    assert gradients["z"] == pytest.approx(right(P).T @ costs)


@pytest.mark.parametrize(
    ("slip", "row"),
    [
        ("diagonal_sign_everywhere", (0.16, 0.1, 0.06)),
        ("sum_taken_as_constant", (0.2, 0, 0)),
        ("other_scores_ignored", (0.16, 0, 0)),
        ("diagonal_rule_everywhere", (0.16, 0.1, 0.14)),
        ("product_rule_everywhere", (-0.04, -0.1, -0.06)),
        ("own_factor_left_out", (0.8, -0.5, -0.3)),
        ("square_on_diagonal", (0.04, -0.1, -0.06)),
        ("signs_exchanged", (-0.16, 0.1, 0.06)),
    ],
)
def test_wrong_rows(slip, row):
    assert JACOBIANS[slip](np.array([0.2, 0.5, 0.3]))[0] == pytest.approx(row)


def test_a_slip_of_the_last_class_has_no_next_one():
    names = {v.slip for v in slips(np.array([0.2, 0.5, 0.3]), None, ((0, 0), (0, 2)))}
    assert "next_class" not in names
    names = {v.slip for v in slips(np.array([0.2, 0.5, 0.3]), None, ((0, 0), (0, 1)))}
    assert "next_class" in names


def test_a_quotient_rule_without_its_square_has_the_sum_too_often():
    made = {v.slip: passes(v.graph, v.givens)[0] for v in slips(P, Z, ((0, 1),))}
    expected = -P[0] * P[1] * np.exp(Z).sum()
    assert float(made["denominator_not_squared"]["J_1_2"]) == pytest.approx(expected)
