"""Problems about nets: what is stated and what can go wrong follow from the kind of net."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen.draw import Draw
from gen.problem import Ask
from gen.topics.networks.nets import Net
from gen.topics.networks.problems import (
    ask,
    conventions,
    deltas,
    forward_values,
    on_the_path,
    slips,
    variants,
    weight_and_bias,
)
from solver.network import Conventions
from solver.slips import SLIPS
from templates.rendering import has_block

NET = Net(
    activations=("sigmoid", "identity"),
    loss="half_squared_error",
    x=(1.0, -2.0),
    weights=(((0.5, -0.25), (0.75, 1.0)), ((1.5, -2.0),)),
    biases=((0.1, -0.3), (0.2,)),
    y=(0.5,),
)
CLASSES = replace(
    NET,
    activations=("relu", "softmax"),
    loss="cross_entropy",
    weights=(((2.0, 0.5), (0.5, 1.5)), ((1.5, -2.0), (0.5, 0.25))),
    biases=((0.5, 0.5), (0.25, 0.5)),
    y=(0.0, 1.0),
)
LOGISTIC = replace(NET, activations=("tanh", "sigmoid"), loss="binary_cross_entropy", y=(1.0,))


def test_every_slip_is_one_that_the_net_can_go_wrong_with():
    for net in (NET, CLASSES, LOGISTIC):
        assert all(SLIPS[name].fits(net.network().graph) for name in slips(net.network()))


def test_slips_follow_the_loss_and_the_units():
    assert {"factor_two", "tanh_rule_for_sigmoid", "linear_output_bent"} <= set(
        slips(NET.network())
    )
    assert "sigmoid_derivative_twice" in slips(LOGISTIC.network())
    assert not {"factor_two", "tanh_rule_for_sigmoid"} & set(slips(CLASSES.network()))


def test_forgotten_biases_are_zero_and_exchanged_indices_transpose_square_weights():
    forgotten, exchanged = variants(NET, NET.network())
    assert (forgotten.slip, exchanged.slip) == ("bias_forgotten", "weight_indices_exchanged")
    assert not np.any(forgotten.givens["b1"])
    assert exchanged.givens["W1"].tolist() == [[0.5, 0.75], [-0.25, 1.0]]
    assert exchanged.givens["W2"].tolist() == [[1.5, -2.0]]


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
def test_variants_are_the_same_slips_in_every_convention(orientation):
    network = NET.network(Conventions(orientation=orientation))
    for plain, told in zip(variants(NET, NET.network()), variants(NET, network), strict=True):
        assert told.slip == plain.slip
        for name, value in plain.givens.items():
            turned = value if orientation == "columns" else value.T
            laid = value if orientation != "rows" and not name.startswith("W") else turned
            assert np.array_equal(told.givens[name], laid)


def test_folded_biases_are_forgotten_where_they_are_kept():
    network = NET.network(Conventions(bias="folded"))
    forgotten, exchanged = variants(NET, network)
    assert forgotten.givens["W1"].tolist() == [[0.0, 0.5, -0.25], [0.0, 0.75, 1.0]]
    assert exchanged.givens["W1"].tolist() == [[0.1, 0.5, 0.75], [-0.3, -0.25, 1.0]]


def test_a_network_follows_the_conventions_of_a_course():
    said = Conventions("transposed", "folded", "full", fused=False)
    architecture = NET.network(said).architecture
    assert (architecture.orientation, architecture.bias) == ("transposed", "folded")
    assert (architecture.loss, architecture.fused) == ("squared_error", False)
    assert NET.network(Conventions()).graph is NET.network().graph
    assert CLASSES.network(said).architecture.loss == "cross_entropy"


@pytest.mark.parametrize(
    ("said", "quantity", "found"),
    [
        (Conventions(), ("W1", "gradient", (1, 0)), Ask("W1", "gradient", (1, 0))),
        (Conventions("transposed"), ("W1", "gradient", (1, 0)), Ask("W1", "gradient", (0, 1))),
        (Conventions("rows"), ("b1", "gradient", (1, 0)), Ask("b1", "gradient", (0, 1))),
        (Conventions(bias="folded"), ("W1", "gradient", (1, 0)), Ask("W1", "gradient", (1, 1))),
        (Conventions(bias="folded"), ("b1", "gradient", (1, 0)), Ask("W1", "gradient", (1, 0))),
        (Conventions("rows"), ("s1", "gradient", None), Ask("s1", "gradient")),
    ],
)
def test_what_is_asked_is_asked_where_the_network_keeps_it(said, quantity, found):
    assert ask(NET.network(said), quantity) == found


def test_every_convention_that_an_answer_depends_on_is_stated():
    network = NET.network()
    said = ("layers", "units", "sigmoid", "loss")
    assert conventions(network, [Ask("loss")], exact=False) == (*said, "places")
    exact = (*said, "natural_logarithm", "exact_values")
    assert conventions(network, [Ask("loss")], exact=True) == exact
    stated = conventions(CLASSES.network(), [Ask("s1", "gradient")], exact=False)
    assert {"relu", "softmax", "natural_logarithm", "delta", "gradients"} <= set(stated)


def test_an_exact_tanh_is_defined_and_a_network_without_powers_of_e_has_no_logarithm():
    bent = replace(NET, activations=("tanh", "identity")).network()
    assert {"tanh_defined", "natural_logarithm"} <= set(conventions(bent, [], exact=True))
    assert conventions(bent, [], exact=False) == ("layers", "units", "loss", "places")
    straight = replace(NET, activations=("relu", "identity")).network()
    assert "natural_logarithm" not in conventions(straight, [], exact=True)


def test_every_convention_has_its_sentence():
    for net in (NET, CLASSES, LOGISTIC, replace(NET, bias="folded"), replace(NET, bias="none")):
        for name in conventions(net.network(), [Ask("s1", "gradient")], exact=False):
            assert has_block("conventions.md.j2", name)


def test_deltas_go_from_the_output_back():
    assert [node for node, _, _ in deltas(NET)] == ["s2", "s1"]
    assert [node for node, _, _ in forward_values(NET)] == ["s2", "loss"]


def test_a_weight_is_picked_between_units_that_are_not_off():
    off = replace(CLASSES, biases=((-9.0, 9.0), (0.25, 0.5)))
    for seed in range(20):
        (_, _, first), (_, _, bias) = weight_and_bias(Draw(seed), off, 1)
        assert (first[0], bias) == (1, (1, 0)) if first else False
        (_, _, second), _ = weight_and_bias(Draw(seed), off, 2)
        assert second is not None
        assert second[1] == 1


def test_facts_of_a_single_path_are_its_later_weights_and_the_signs_on_it():
    facts = on_the_path(NET, NET.network(), ("W1", "gradient", (1, 0)))
    assert facts["onward"] == [("W2", (0, 1))]
    assert (facts["kind"], facts["unit"], facts["source"]) == (
        "weight",
        ("s1", (1, 0)),
        ("x", (0, 0)),
    )
    assert (facts["paths"], facts["upward"], facts["input"]) == (1, False, 1.0)
    assert facts["miss"] == pytest.approx(0.4752, abs=5e-5)


def test_there_is_no_single_path_to_speak_of_where_outputs_are_several():
    facts = on_the_path(CLASSES, CLASSES.network(), ("W1", "gradient", (1, 0)))
    assert (facts["paths"], facts["onward"]) == (2, None)
