"""Slips told by their numbers: what they say is what a pass over their graph gives."""

from __future__ import annotations

import numpy as np

from gen.solving import passes
from gen.told import told
from solver.exact import Exact


def test_the_passes_give_the_values_and_the_gradients_that_were_told():
    slope, table = np.array(2.5), np.array([[1.0, -2.0], [0.0, 3.0]])
    made = told("sign", {"p": np.array([0.2, 0.8]), "z": np.array(4.0)}, {"z": slope, "W": table})
    values, gradients = passes(made.graph, made.givens)
    assert made.slip == "sign"
    assert values["p"].tolist() == [0.2, 0.8]
    assert float(values["z"]) == 4.0
    assert float(gradients["z"]) == 2.5
    assert gradients["W"].tolist() == table.tolist()


def test_values_alone_can_be_told():
    made = told("sign", {"J_1_2": np.array(-0.1), "p": np.array([0.2, 0.8])}, {})
    assert float(passes(made.graph, made.givens)[0]["J_1_2"]) == -0.1


def test_exact_numbers_stay_exact():
    third = Exact(1) / Exact(3)
    made = told("sign", {}, {"z": np.array([third, -third])})
    _, gradients = passes(made.graph, made.givens, Exact(1))
    assert list(map(str, gradients["z"])) == ["1/3", "-1/3"]


def test_equal_shapes_share_one_graph():
    one, other = (told("sign", {}, {"z": np.array([n, 1.0])}) for n in (2.0, 3.0))
    assert one.graph is other.graph


def test_where_one_number_is_exact_all_are():
    made = told("sign", {"n": 3}, {"z": Exact(1) / Exact(3)})
    values, gradients = passes(made.graph, made.givens, Exact(1))
    assert all(given.dtype == object for given in made.givens.values())
    assert values["n"] == 3
    assert str(gradients["z"]) == "1/3"
