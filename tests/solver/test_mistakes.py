"""The numbers that mistakes lead to, on a sigmoid unit small enough for a formula."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from solver.claims import Claim, parse
from solver.mistakes import Mistake, Mistakes
from solver.network import Architecture, Layer, Network, build
from solver.orientation import arrays
from solver.passes import backward, forward

W, B, X, Y = 0.8, 0.3, 1.5, 0.25
O = 1 / (1 + exp(-(W * X + B)))  # noqa: E741 - the output of the unit
DELTA = (O - Y) * O * (1 - O)


def unit(examples: int = 1) -> tuple[Network, Mistakes]:
    architecture = Architecture(1, (Layer(1, "sigmoid"),), examples=examples, reduction="mean")
    network = build(architecture)
    x, y = np.full((examples, 1), X), np.full((examples, 1), Y)
    givens = arrays(architecture, [np.array([[W]])], [np.array([B])], x, y)
    values = forward(network.graph, givens)
    right = values, backward(network.graph, values)
    return network, Mistakes(network.graph, givens, right, network)


NETWORK, MISTAKES = unit()
CLAIM = parse("W1=0", NETWORK.graph, NETWORK)


def numbers(found: list[Mistake]) -> dict[tuple[str, ...], float]:
    return {mistake.slips: float(mistake.numbers[0]) for mistake in found}


def test_single_slips_lead_to_what_a_formula_says() -> None:
    found = numbers(MISTAKES.single(CLAIM))
    assert found[("activation_derivative_left_out",)] == pytest.approx((O - Y) * X)
    assert found[("residual_reversed",)] == pytest.approx(-DELTA * X)
    assert found[("factor_two",)] == pytest.approx(2 * DELTA * X)
    assert found[("input_left_out",)] == pytest.approx(DELTA)
    bare = 1 / (1 + exp(-W * X))
    assert found[("bias_forgotten",)] == pytest.approx((bare - Y) * bare * (1 - bare) * X)


def test_the_likeliest_comes_first() -> None:
    ranks = [mistake.rank for mistake in MISTAKES.single(CLAIM)]
    assert ranks == sorted(ranks)
    assert MISTAKES.single(CLAIM)[0].slips == ("residual_reversed",)


def test_pairs_lead_to_what_both_lead_to() -> None:
    found = {frozenset(slips): x for slips, x in numbers(MISTAKES.pairs(CLAIM)).items()}
    both = frozenset({"activation_derivative_left_out", "input_left_out"})
    assert found[both] == pytest.approx(O - Y)
    twice = frozenset({"input_left_out", "sign_reversed"})
    assert found[twice] == pytest.approx(-DELTA)
    bare = 1 / (1 + exp(-W * X))
    forgotten = frozenset({"bias_forgotten", "activation_derivative_left_out"})
    assert found[forgotten] == pytest.approx((bare - Y) * X)


def test_slips_that_spoil_the_same_rule_are_no_pair() -> None:
    names = {frozenset(mistake.slips) for mistake in MISTAKES.pairs(CLAIM)}
    excluded = frozenset({"activation_derivative_left_out", "preactivation_in_derivative"})
    assert excluded not in names


def test_one_number_may_be_taken_for_another_of_its_shape() -> None:
    found = {
        (m.exchanged[0].args[0], m.exchanged[1].args[0], m.exchanged[1].op): float(m.numbers[0])
        for m in MISTAKES.exchanges(CLAIM)
        if m.exchanged is not None
    }
    assert found[("x", "o1", "name")] == pytest.approx(DELTA * O)
    assert found[("s1", "o1", "gradient")] == pytest.approx((O - Y) * X)
    # A value is not taken for a gradient.
    assert ("x", "o1", "gradient") not in found


def test_what_is_computed_from_the_answer_is_not_taken_for_a_number_before_it() -> None:
    claim = parse("delta1=0", NETWORK.graph, NETWORK)
    taken = {m.exchanged[1].args[0] for m in MISTAKES.exchanges(claim) if m.exchanged is not None}
    assert "b1" not in taken


def test_everything_else_that_is_computed_is_elsewhere_but_not_the_answer_itself() -> None:
    places = [m.instead for m in MISTAKES.elsewhere(CLAIM)]
    names = [(place[0].op, place[0].args[0]) for place in places if place is not None]
    assert ("gradient", "b1") in names
    assert ("name", "o1") in names
    assert ("gradient", "W1") not in names


def test_a_mean_over_examples_may_be_taken_for_a_sum() -> None:
    network, mistakes = unit(examples=4)
    claim = parse("W1=0", network.graph, network)
    assert numbers(mistakes.single(claim))[("sum_for_mean",)] == pytest.approx(4 * DELTA * X)


def test_pairs_are_not_run_where_they_would_take_long() -> None:
    architecture = Architecture(300, (Layer(100, "tanh"), Layer(10)), examples=16)
    network = build(architecture)
    shapes = {v.name: v.shape for v in network.graph.inputs}
    givens = {name: np.full(shape, 0.01) for name, shape in shapes.items()}
    values = forward(network.graph, givens)
    right = values, backward(network.graph, values)
    mistakes = Mistakes(network.graph, givens, right, network)
    claim: Claim = parse("W2[1,1]=0", network.graph, network)
    assert all("sign_reversed" in m.slips or m.passes is None for m in mistakes.pairs(claim))
    assert mistakes.elsewhere(claim) == []
