from __future__ import annotations

import json

import numpy as np

import solver
from solver.commands.records import plain, step_records
from solver.exact import exact
from templates.solutions.lines import symbols_of


def test_arrays_of_any_kind_become_lists_of_floats() -> None:
    assert plain(np.array([[1, 2]])) == [[1.0, 2.0]]
    assert plain(np.array(3)) == 3.0
    assert plain(np.array([exact("1/4")], dtype=object)) == [0.25]


def records(notation: str) -> list[dict[str, object]]:
    network = solver.solve_network(
        [1, -2], [0.5], [[[0.5, -0.5]]], [[0.25]], ["tanh"], notation=notation
    )
    return step_records(network.steps, symbols_of(network, network.notation))


def test_a_step_has_its_mathematics_and_its_printed_value() -> None:
    first = records("backprep")[0]
    assert {name: first[name] for name in ("kind", "node", "entry", "value")} == {
        "kind": "forward",
        "node": "s1",
        "entry": None,
        "value": [[1.75]],
    }
    assert first["substitution"] == r"0.5 \cdot 1 + (-0.5) \cdot (-2) + 0.25"
    assert json.loads(json.dumps(first)) == first


def test_formulas_have_the_order_of_the_notation() -> None:
    # Goodfellow, Bengio and Courville put the bias first.
    first = records("standard")[0]
    assert first["substitution"] == r"0.25 + 0.5 \cdot 1 + (-0.5) \cdot (-2)"


def test_gradients_have_the_layout_of_the_notation() -> None:
    loss = {s["node"]: s["formula"] for s in records("waterloo-meila") if s["kind"] == "backward"}
    assert loss["o1"] == "y_{*} - f"
