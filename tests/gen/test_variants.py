"""A recipe in NumPy becomes a graph that computes what the recipe says."""

from __future__ import annotations

import numpy as np
import pytest

from gen.variants import graph_of, variant
from solver import functions as f
from solver.passes import forward


def value_of(made, node):
    return forward(made.graph, made.givens)[node]


def test_a_recipe_computes_what_it_says():
    made = variant("slip", lambda z: {"p": z / np.sum(z)}, z=[1.0, 3.0, 4.0])
    assert made.slip == "slip"
    assert value_of(made, "p").tolist() == [0.125, 0.375, 0.5]


def test_a_recipe_takes_the_givens_in_their_order():
    made = variant("slip", lambda x, y: {"r": x - 2 * y}, x=5.0, y=1.0)
    assert value_of(made, "r") == 3.0


def test_settings_powers_and_entries_are_kept():
    made = variant("slip", lambda z: {"y": f.entry(z**2, (1,)) + 1}, z=[2.0, 3.0])
    assert value_of(made, "y") == 10.0


def test_a_quantity_can_be_used_by_the_next():
    def recipe(x):
        square = x * x
        return {"l1": square, "L": square + 1}

    made = variant("slip", recipe, x=3.0)
    assert (value_of(made, "l1"), value_of(made, "L")) == (9.0, 10.0)
    # x * x is computed once: two equations, not three.
    assert len(made.graph.equations) == 2


def recipe_of_half(x):
    return {"y": x / 2}


def test_a_recipe_has_one_graph_for_inputs_of_one_shape():
    assert graph_of(recipe_of_half, (("x", ()),)) is graph_of(recipe_of_half, (("x", ()),))
    assert graph_of(recipe_of_half, (("x", (2,)),)).shapes["y"] == (2,)


def test_what_is_no_primitive_is_refused():
    with pytest.raises(KeyError, match="sinh"):
        variant("slip", lambda x: {"y": np.sinh(x)}, x=1.0)
