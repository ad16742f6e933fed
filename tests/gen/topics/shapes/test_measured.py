"""The net by itself: shapes by hand, gradients by hand, and false statements found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.gradient_shape import Params, pose, solve
from gen.topics.shapes.layered import Layered
from gen.topics.shapes.measured import Plan, arrays, check, gradient
from gen.verification import Mismatch
from solver.network import Conventions

PLAN = Plan((3, 6, 2), ("tanh", "identity"), 5, "columns", "separate")
NET = Layered((4, 9, 2), ("sigmoid", "identity"), 20)
ASKED = (("W1", False), ("s1", True), ("W2", True))


def solved(form="shape", conventions=None):
    problem = pose(Params(NET, (ASKED,), form), conventions)
    return problem, solve(problem, Draw("test"))


def test_arrays_have_the_shapes_that_products_give():
    found = arrays(PLAN)
    assert found["s1"].shape == (6, 5)
    assert found["o2"].shape == (2, 5)
    rows = arrays(replace(PLAN, orientation="rows"))
    assert (rows["W1"].shape, rows["b2"].shape, rows["s2"].shape) == ((3, 6), (1, 2), (5, 2))
    assert arrays(replace(PLAN, bias="folded"))["W1"].shape == (6, 4)


def test_a_gradient_is_the_one_of_the_textbook():
    found = arrays(PLAN)
    delta = found["o2"] - 0.5
    assert np.allclose(gradient(PLAN, "s2"), delta)
    assert np.allclose(gradient(PLAN, "W2"), delta @ found["o1"].T)
    assert np.allclose(gradient(PLAN, "b2"), delta.sum(axis=1, keepdims=True))


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
@pytest.mark.parametrize("full", [False, True])
def test_right_shapes_pass(orientation, full):
    problem, solution = solved("choice", Conventions(orientation=orientation))
    (found,) = check(problem, solution, full)
    assert found.numbers == len(ASKED) + 5


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_wrong_shape_is_found(place, full):
    problem, solution = solved()
    (part,) = solution.parts
    entries = list(part.written.entries)
    entries[place] = entries[place][::-1]
    false = replace(part, written=replace(part.written, entries=tuple(entries)))
    with pytest.raises(Mismatch, match="on a net, not"):
        check(problem, replace(solution, parts=(false,)), full)


def test_an_option_that_is_marked_wrongly_is_found():
    problem, solution = solved("choice")
    (part,) = solution.parts
    options = tuple(replace(option, right=not option.right) for option in part.options)
    with pytest.raises(Mismatch, match="marked wrongly"):
        check(problem, replace(solution, parts=(replace(part, options=options),)), False)
