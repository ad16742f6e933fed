"""Chains of maps: nodes, layouts, and what mistakes make of them."""

from __future__ import annotations

import numpy as np
import pytest

from gen.topics.jacobians import oracle
from gen.topics.jacobians.chains import Chain, graph_of
from gen.topics.jacobians.mistakes import needed, slips
from solver.passes import forward
from solver.shapes import ShapeError

GIVENS = {
    "a": np.array([0.5, -1.0, 2.0]),
    "M": np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 1.0]]),
    "v": np.array([1.0, -1.0]),
}


@pytest.mark.parametrize(("layout", "shape"), [("numerator", (2, 3)), ("denominator", (3, 2))])
def test_the_layout_decides_on_the_shape_of_a_jacobian(layout, shape):
    graph = graph_of(Chain(("affine", "tanh"), (3, 2, 2), layout))
    assert graph.shapes["J_c_a"] == graph.shapes["J_b_a"] == shape
    assert graph.shapes["J_c_b"] == (2, 2)


def test_the_two_layouts_are_transposes_of_each_other():
    numerator, denominator = (
        forward(graph_of(Chain(("affine", "sigmoid"), (3, 2, 2), layout)), GIVENS)
        for layout in ("numerator", "denominator")
    )
    assert numerator["J_c_a"] == pytest.approx(denominator["J_c_a"].T)


def test_the_oracle_differentiates_a_map_worked_by_hand():
    chain = Chain(("affine", "square"), (3, 2, 2), "numerator")
    # b = (-2.5, 1.25): the rows of M times 2 b.
    expected = [[-5, -10, 5], [1.25, 0, 2.5]]
    assert oracle.jacobian(chain, "J_c_a", GIVENS) == [pytest.approx(row) for row in expected]
    assert oracle.jacobian(chain, "J_c_b", GIVENS) == [
        pytest.approx(r) for r in ([-5, 0], [0, 2.5])
    ]


def test_factors_that_do_not_fit_are_no_mistake_to_make():
    chain = Chain(("affine", "tanh"), (3, 2, 2), "numerator")
    with pytest.raises(ShapeError):
        graph_of(chain, "factors_exchanged")
    assert "factors_exchanged" not in {v.slip for v in slips(chain, GIVENS)}


@pytest.mark.parametrize(
    ("maps", "nodes"),
    [
        (("affine", "affine"), ()),
        (("affine", "tanh"), ("b", "c")),
        (("affine", "square"), ("b",)),
        (("sigmoid", "affine"), ("b",)),
        (("square", "affine"), ()),
        (("gate", "affine"), ("p",)),
        (("gate", "affine", "tanh"), ("p", "b", "c", "d")),
    ],
)
def test_only_values_that_a_derivative_needs_are_asked_for(maps, nodes):
    assert needed(Chain(maps, (2,) * (len(maps) + 1), "numerator")) == nodes
