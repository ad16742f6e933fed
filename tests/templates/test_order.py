from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solver import term as t
from solver.network import Architecture, Layer, build
from solver.steps import Step, lines, steps
from templates.notation import Notation, Symbols, load
from templates.order import formula, ordered


def worked(notation: Notation, **settings: Any) -> dict[str, tuple[Step, Step]]:
    """Every line of a 2-2-1 net with two examples, as it comes and in the notation's order."""
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(1)), examples=2, **settings))
    random = np.random.default_rng(3)
    givens = {v.name: random.uniform(0.1, 0.9, v.shape).round(2) for v in network.graph.inputs}
    symbols = Symbols(network.graph, network, notation)
    wanted = [(line.leaf, None) for line in lines(network.graph, notation.sign)]
    found = steps(network.graph, givens, wanted, 10, notation.sign)
    return {f"{s.kind} {s.node}": (s, ordered(s, symbols)) for s in found}


def value(step: Step) -> Any:
    entries = np.asarray(step.substitution, dtype=object)
    return np.frompyfunc(lambda entry: t.evaluate(entry, {}), 1, 1)(entries)


def test_the_bias_stands_first_where_a_course_has_it_there() -> None:
    found = worked(load("standard"))["forward s2"]
    assert t.plain(found[0].formula) == "((W2 @ o1) + b2)"
    assert t.plain(found[1].formula) == "(b2 + (W2 @ o1))"


@pytest.mark.parametrize(
    ("loss", "forward", "backward"),
    [
        ("squared_error", "sum(((y - s2) ** 2), None, False)", "-(2 * (y - s2))"),
        ("half_squared_error", "(sum(((y - s2) ** 2), None, False) / 2)", "(s2 - y)"),
    ],
)
def test_the_target_stands_first_where_a_course_has_it_there(
    loss: str, forward: str, backward: str
) -> None:
    found = worked(load("nyu-linzen"), loss=loss)
    assert t.plain(found["forward loss"][1].formula) == forward
    assert t.plain(found["backward s2"][1].formula) == backward


def test_a_formula_without_numbers_has_the_same_order() -> None:
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(1))))
    symbols = Symbols(network.graph, network, load("standard"))
    found = {line.node: formula(line, symbols) for line in lines(network.graph)[:4]}
    assert t.plain(found["s1"]) == "(b1 + (W1 @ x))"
    assert t.plain(found["o1"]) == "tanh(s1)"


def test_a_minus_sign_is_taken_into_the_difference() -> None:
    found = worked(load("waterloo-meila"), loss="half_squared_error", reduction="mean")
    assert t.plain(found["backward s2"][1].formula) == "((1 / 2) * (y - s2))"


def test_another_loss_and_another_notation_are_left_alone() -> None:
    plain = replace(load("backprep"))
    assert all(before is after for before, after in worked(plain).values())


@pytest.mark.parametrize("name", ["standard", "nyu-linzen", "waterloo-meila"])
@pytest.mark.parametrize("loss", ["squared_error", "half_squared_error", "mean_squared_error"])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_numbers_put_in_are_worth_what_they_were(name: str, loss: str, reduction: str) -> None:
    for before, after in worked(load(name), loss=loss, reduction=reduction).values():
        np.testing.assert_allclose(value(after).astype(float), value(before).astype(float))
        assert after.value is before.value
