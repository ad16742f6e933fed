"""The arrays of a setting have the shapes that a layer of that width gives them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen.topics.shapes.settings import Setting, required, shapes, symbols
from solver.shapes import Size
from templates.notation import load

# A layer of 4 units before one of 3, and 10 examples where there are several.
COLUMN = Setting("hidden", "one", "apart", "out x in", "tanh", "1", 4, 3)


def test_one_example_is_a_column():
    assert shapes(COLUMN) == {
        "W_next": (3, 4),
        "delta_next": (3, 1),
        "o": (4, 1),
        "o_next": (3, 1),
        "slope": (4, 1),
    }
    assert required(COLUMN) == (4, 1)


def test_examples_can_be_rows_with_weights_either_way_round():
    rows = replace(COLUMN, examples="rows", batch=10)
    assert shapes(rows)["W_next"] == (3, 4)
    assert shapes(replace(rows, weights="in x out"))["W_next"] == (4, 3)
    assert (shapes(rows)["delta_next"], shapes(rows)["o"]) == ((10, 3), (10, 4))
    assert required(rows) == (10, 4)


def test_a_bias_that_is_kept_adds_an_entry_to_delta_and_one_that_is_dropped_does_not():
    kept, dropped = replace(COLUMN, bias="kept"), replace(COLUMN, bias="dropped")
    assert (shapes(kept)["W_next"], shapes(kept)["o"], required(kept)) == ((3, 5), (5, 1), (5, 1))
    assert "slope" not in shapes(kept)
    assert (shapes(dropped)["W_next"], shapes(dropped)["o"]) == ((3, 5), (5, 1))
    assert (shapes(dropped)["W_bar"], shapes(dropped)["o_bar"]) == ((3, 4), (4, 1))
    assert required(dropped) == (4, 1)


def test_an_output_layer_has_targets_and_its_own_weights():
    output = replace(COLUMN, place="output", examples="columns", batch="B")
    count = Size("B")
    assert shapes(output) == {
        "W": (4, 3),
        "o": (4, count),
        "y": (4, count),
        "slope": (4, count),
    }


def test_symbols_carry_the_layer_and_batches_are_written_as_matrices():
    def written(setting: Setting, name: str) -> str:
        return str(symbols(setting, load("backprep"))[name])

    assert written(COLUMN, "W_next") == "W^{(2)}"
    assert written(COLUMN, "slope") == r"f'(\mathbf{s}^{(1)})"
    general = replace(COLUMN, layer="l", examples="rows", batch="B")
    assert written(general, "delta_next") == r"\Delta^{(l+1)}"
    assert written(general, "o_bar") == r"\bar{O}^{(l)}"
    assert written(replace(general, layer="L", place="output"), "o_before") == "O^{(L-1)}"


@pytest.mark.parametrize(
    ("notation", "delta", "slope"),
    [
        ("standard", r"\nabla_{\boldsymbol{a}^{(1)}} J", r"f'(\boldsymbol{a}^{(1)})"),
        ("cmu-chai", r"\boldsymbol{\delta}^{(1)}", r"f'(\vec{s}^{(1)})"),
        ("cmu-gormley", r"\mathbf{g}_{\mathbf{a}^{(1)}}", r"f'(\mathbf{a}^{(1)})"),
        ("nyu-linzen", r"\dfrac{\partial \ell}{\partial a^{(1)}}", r"\sigma'(a^{(1)})"),
        ("waterloo-meila", r"\dfrac{\partial \mathcal{L}}{\partial z^{(1)}}", r"\phi'(z^{(1)})"),
    ],
)
def test_symbols_are_those_of_the_notation_without_a_minus_sign(notation, delta, slope):
    found = symbols(COLUMN, load(notation))
    assert (str(found["delta"]), str(found["slope"])) == (delta, slope)


def test_an_output_layer_has_the_symbols_of_one():
    found = symbols(replace(COLUMN, place="output"), load("cmu-gormley"))
    written = [str(found[name]) for name in ("W", "s", "o", "y")]
    assert written == [
        r"\boldsymbol{\beta}",
        r"\mathbf{b}",
        r"\mathbf{y}",
        r"\mathbf{y}^{*}",
    ]
