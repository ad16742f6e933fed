from __future__ import annotations

import re

import numpy as np
import pytest

import solver
from templates.solutions.lines import symbols_of
from templates.solutions.slopes import check, slope

CHECK = re.compile(
    r"With (\S+) moved by 0\.01 to either side and all else left alone, the output is (\S+) below"
    r" and (\S+) above\. (The|Minus the) slope between the two is (\S+), near"
)


def said(found: solver.WorkedSolution) -> str:
    return re.sub(r"\s+", " ", found.text())


def test_the_printed_slope_is_that_of_the_printed_outputs() -> None:
    found = CHECK.search(said(solver.solve("exp(x)*z + x", {"x": 0.5, "z": 3})))
    assert found is not None
    name, below, above, _, printed = found.groups()
    assert name == "x"
    expected = [np.exp(0.5 + side) * 3 + 0.5 + side for side in (-0.01, 0.01)]
    assert [float(below), float(above)] == pytest.approx(expected, abs=5e-7)
    assert float(printed) == pytest.approx((float(above) - float(below)) / 0.02, abs=6e-4)


def test_the_steepest_entry_that_was_asked_for_is_moved() -> None:
    found = solver.solve("dot(w, x)*k", {"w": [0.5, -1.0], "x": [2.0, 7.0], "k": 3}, wrt=["w"])
    assert "With w₂ moved by 0.01" in said(found)


def test_across_a_kink_another_entry_is_taken() -> None:
    found = solver.solve("3*relu(x) + z", {"x": 0, "z": 1})
    assert slope(found, "x") is None
    assert "With z moved" in said(found)


def test_where_none_works_the_check_is_left_out() -> None:
    found = solver.solve("relu(x) + abs(z)", {"x": 0, "z": 0})
    assert check(found, symbols_of(found, found.notation), "output") == () or "Check" in said(found)


def test_an_exact_gradient_has_its_decimals_beside_it() -> None:
    found = solver.solve("sigmoid(x)*x", {"x": "ln 3"}, arithmetic="exact")
    assert "near ∂y/∂x = 3/16 log 3 + 3/4 ≈ 0.9560" in said(found)


def test_minus_gradients_have_minus_the_slope() -> None:
    network = solver.solve_network(
        [1, -2], [0.5], [[[0.5, -0.5]]], activations=["tanh"], notation="waterloo-meila"
    )
    page = said(network)
    assert "Minus the slope between the two is" in page
    assert float(re.search(r"two is (\S+),", page)[1]) > 0  # type: ignore[index]


def test_the_word_for_the_output_is_the_course_s() -> None:
    network = solver.solve_network([1, -2], [0.5], [[[0.5, -0.5]]], activations=["tanh"])
    assert "the cost is" in said(network)
    assert "the loss is" in said(network.within("backprep"))
