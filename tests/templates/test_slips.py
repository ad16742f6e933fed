"""The sentences about slips, alone and two together."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from solver.network import Architecture, Layer, build
from templates.document import Text
from templates.notation import known, load
from templates.slips import TOO, diagnosis, sentence, suited

SLIPS = Path(__file__).parents[2] / "templates" / "slips.toml"


def test_a_slip_is_told_in_its_sentence() -> None:
    assert diagnosis("sign_reversed") == (Text("Your sign is reversed."),)


def test_what_comes_on_top_of_another_slip_is_told_besides() -> None:
    inlines = diagnosis("weight_left_out+sign_reversed")
    told = "".join(inline.text for inline in inlines if isinstance(inline, Text))
    assert told.endswith("multiplies by its weight. Besides, your sign is reversed.")


@pytest.mark.parametrize("name", [*TOO, *TOO.values()])
def test_whatever_can_come_on_top_has_both_sentences(name: str) -> None:
    assert sentence(name).endswith(".")


def test_a_slip_without_a_sentence_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="no_such_slip"):
        sentence("no_such_slip")


@pytest.mark.parametrize("notation", known())
def test_every_sentence_is_filled_in_with_the_words_of_the_notation(notation: str) -> None:
    for name in tomllib.loads(SLIPS.read_text(encoding="utf-8")):
        assert "<<" not in sentence(name, load(notation))
        assert diagnosis(name, load(notation))


def test_words_and_signs_are_those_of_the_notation() -> None:
    assert "linear combination" in sentence("bias_multiplied_in", load("cmu-gormley"))
    assert "column $i$" in sentence("weight_indices_exchanged", load("cmu-gormley"))
    assert "has prediction minus target" in sentence("residual_reversed", load("backprep"))
    meila = sentence("residual_reversed", load("waterloo-meila"))
    assert "The derivative has network output minus target output" in meila
    assert "minus the derivative has target output minus network output" in meila
    assert r"$\ln u$" in sentence("derivative_at_output", load("backprep"))
    assert r"$\log u$" in sentence("derivative_at_output", load("standard"))


@pytest.mark.parametrize(
    ("activation", "loss", "word"),
    [("identity", "squared_error", "prediction"), ("sigmoid", "binary_cross_entropy", "posterior")],
)
def test_only_the_output_of_a_classifier_is_called_a_posterior(activation, loss, word) -> None:
    network = build(Architecture(2, (Layer(1, activation),), loss))
    told = sentence("residual_reversed", suited(load("rutgers-kim"), network))
    assert f"has {word} minus target" in told


@pytest.mark.parametrize(
    "slip", ["preactivation_in_derivative", "output_as_derivative", "stops_at_complement"]
)
@pytest.mark.parametrize(
    ("activations", "said"),
    [
        (("sigmoid", "identity"), {"sigmoid"}),
        (("tanh", "identity"), {"tanh"}),
        (("tanh", "sigmoid"), {"sigmoid", "tanh"}),
    ],
)
def test_the_derivatives_told_are_those_of_the_functions_at_hand(slip, activations, said) -> None:
    layers = tuple(Layer(1, activation) for activation in activations)
    network = build(Architecture(2, layers, "squared_error"))
    told = sentence(slip, load(), network.graph.operations)
    assert {name for name in ("sigmoid", "tanh") if name in told} == said


def test_the_losses_of_several_examples_are_called_what_one_is() -> None:
    assert "You added the costs up." in sentence("sum_for_mean", load("standard"))
    assert "You added the losses up." in sentence("sum_for_mean", load("nyu-linzen"))
