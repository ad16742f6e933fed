from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.errors import InputError
from solver.parameters import count, widths


def test_the_parameters_of_a_net_counted_by_hand() -> None:
    counted = count((784, 128, 64, 10))
    assert [layer.weights for layer in counted.layers] == [100_352, 8_192, 640]
    assert [layer.biases for layer in counted.layers] == [128, 64, 10]
    assert [layer.total for layer in counted.layers] == [100_480, 8_256, 650]
    assert (counted.weights, counted.biases, counted.total) == (109_184, 202, 109_386)


def test_the_lecture_net_with_one_input_three_hidden_units_and_one_output_has_ten() -> None:
    assert count((1, 3, 1)).total == 10


def test_without_biases_only_the_weights_count() -> None:
    counted = count((1, 3, 1), bias=False)
    assert (counted.weights, counted.biases, counted.total) == (6, 0, 6)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_there_is_one_parameter_for_each_entry_of_the_arrays_of_the_net(sizes: list[int]) -> None:
    entries = 0
    for inputs, units in pairwise(sizes):
        entries += np.zeros((units, inputs)).size + np.zeros((units, 1)).size
    assert count(sizes).total == entries


@pytest.mark.parametrize(
    "text", ["3-2-1", " 3 - 2 - 1 ", "3, 2, 1", "3 2 1", "3->2->1", "3\u20132\u20131", "03-02-1"]
)
def test_widths_are_read_with_any_usual_mark_between_them(text: str) -> None:
    assert widths(text) == (3, 2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-3-4", "'-3-4' has a dash without a width"),
        ("3--4", "positive whole numbers"),
        ("", "a dash without a width"),
        ("a-b", "'a' is no width of a layer"),
        ("3.5-2", "'3.5' is no width"),
        ("10**30-1", "no width of a layer"),
        ("9" * 31 + "-1", "a number of 31 digits; at most 12"),
        ("-".join(["1"] * 2000), "there are 2000 widths; at most 1001"),
    ],
)
def test_other_texts_are_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        widths(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sizes", "said"),
    [((5,), "at least two layers"), ((3, 0, 1), "layer 2 of the widths has 0 units")],
)
def test_what_is_no_network_is_refused(sizes: tuple[int, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        count(sizes)
