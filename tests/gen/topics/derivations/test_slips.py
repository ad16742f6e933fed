"""Slips in derivations: what each leads to, by hand, and that all of them differ."""

from __future__ import annotations

import itertools

import pytest

from gen.topics.derivations.derivation import expression
from gen.topics.derivations.nets import Net, graph
from gen.topics.derivations.slips import wrong_expressions
from solver.equivalence import agree
from solver.term import Term

NET = Net((2, 2, 1), ("sigmoid", "sigmoid"))
LOSS = Net((2, 2, 2, 1), ("tanh", "sigmoid", "sigmoid"), "half_squared_error")
FUSED = Net((2, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy")


def factors(term: Term) -> list[Term]:
    if term.op != "multiply":
        return [term]
    return [*factors(term.args[0]), *factors(term.args[1])]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("activation_derivative_left_out", "w2_1_1 x2"),
        ("last_derivative_left_out", "w2_1_1 o1_1 (1 - o1_1) x2"),
        ("hidden_derivative_left_out", "o2_1 (1 - o2_1) w2_1_1 x2"),
        ("preactivation_in_derivative", "s2_1 (1 - s2_1) w2_1_1 s1_1 (1 - s1_1) x2"),
        ("tanh_rule_for_sigmoid", "(1 - (o2_1 ** 2)) w2_1_1 (1 - (o1_1 ** 2)) x2"),
        ("weight_left_out", "o2_1 (1 - o2_1) o1_1 (1 - o1_1) x2"),
        ("input_left_out", "o2_1 (1 - o2_1) w2_1_1 o1_1 (1 - o1_1)"),
        ("own_weight", "o2_1 (1 - o2_1) w2_1_1 o1_1 (1 - o1_1) w1_1_2"),
        ("own_activation", "o2_1 (1 - o2_1) w2_1_1 o1_1 (1 - o1_1) o1_1"),
        ("other_input", "o2_1 (1 - o2_1) w2_1_1 o1_1 (1 - o1_1) x1"),
        ("other_unit", "o2_1 (1 - o2_1) w2_1_2 o1_2 (1 - o1_2) x2"),
        ("weight_of_exchanged_indices", "o2_1 (1 - o2_1) w2_1_2 o1_2 (1 - o1_2) x1"),
        ("derivative_of_other_unit", "o2_1 (1 - o2_1) w2_1_1 o1_2 (1 - o1_2) x2"),
    ],
)
def test_slips_by_hand(slip: str, said: str) -> None:
    found = dict(wrong_expressions(NET, "w1_1_2"))
    assert " ".join(map(str, factors(found[slip]))) == said


def test_slips_of_the_last_layer_of_a_bias_and_of_losses() -> None:
    last = dict(wrong_expressions(NET, "w2_1_1"))
    assert str(last["raw_input"]) == "((o2_1 * (1 - o2_1)) * x1)"
    assert str(last["previous_preactivation"]) == "((o2_1 * (1 - o2_1)) * s1_1)"
    bias = dict(wrong_expressions(NET, "b2_1"))
    assert str(bias["bias_multiplied_in"]) == "((o2_1 * (1 - o2_1)) * b2_1)"
    loss = dict(wrong_expressions(LOSS, "w3_1_1"))
    assert str(factors(loss["residual_reversed"])[0]) == "(y - o3_1)"
    assert factors(loss["factor_two"])[0].args[0] == 2
    assert str(loss["loss_left_out"]) == "((o3_1 * (1 - o3_1)) * o2_1)"
    fused = dict(wrong_expressions(FUSED, "b2_1"))
    assert str(fused["sigmoid_derivative_twice"]) == "(((o2_1 - y) * o2_1) * (1 - o2_1))"


def test_slips_about_softplus_and_about_the_output_of_a_hidden_unit() -> None:
    soft = Net((2, 2, 1), ("softplus", "identity"), "half_squared_error")
    found = dict(wrong_expressions(soft, "w1_1_2"))
    assert (
        str(found["output_in_softplus_derivative"])
        == "((((s2_1 - y) * w2_1_1) * sigmoid(o1_1)) * x2)"
    )
    assert (
        str(found["derivative_of_other_unit"]) == "((((s2_1 - y) * w2_1_1) * sigmoid(s1_2)) * x2)"
    )
    twice = factors(found["sigmoid_differentiated"])
    assert [str(f) for f in twice[2:4]] == ["sigmoid(s1_1)", "(1 - sigmoid(s1_1))"]
    output = dict(wrong_expressions(NET, "o1_1"))
    assert str(output["weight_left_out"]) == "(o2_1 * (1 - o2_1))"
    assert str(output["own_factor"]) == "((o2_1 * (1 - o2_1)) * o1_1)"
    assert str(output["weight_of_other_unit"]) == "((o2_1 * (1 - o2_1)) * w2_1_2)"


def test_slips_where_paths_meet() -> None:
    found = dict(wrong_expressions(LOSS, "w1_1_1"))
    first = factors(found["keeps_first_path"])
    assert [str(f) for f in first if str(f).startswith("w")] == ["w3_1_1", "w2_1_1"]
    both = [str(f) for f in factors(found["multiplies_paths"]) if str(f).startswith("w")]
    assert both == ["w3_1_1", "w2_1_1", "w3_1_2", "w2_2_1"]


@pytest.mark.parametrize(
    ("net", "node"),
    [(NET, "w1_2_1"), (NET, "o1_2"), (LOSS, "w1_1_2"), (LOSS, "w2_2_1"), (FUSED, "b1_1")],
)
def test_no_slip_is_right_and_no_two_are_one(net: Net, node: str) -> None:
    right = expression(graph(net), node)
    terms = [right, *(term for _, term in wrong_expressions(net, node))]
    assert len(terms) > 8
    for one, other in itertools.combinations(terms, 2):
        assert agree(one, other, graph(net)) is False


def test_the_first_slips_alone_can_be_had() -> None:
    assert wrong_expressions(NET, "w1_1_2", 3) == wrong_expressions(NET, "w1_1_2")[:3]
