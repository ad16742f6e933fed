"""A net for a setting has arrays of its shapes, and the delta that its loss really has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from gen.topics.shapes.nets import PRIMES, concrete, net
from gen.topics.shapes.settings import Setting, required, shapes
from solver import term as t

COLUMNS = Setting("hidden", "columns", "apart", "out x in", "tanh", "1", 4, 3, 5)
OUTPUT = replace(COLUMNS, place="output")


def settings() -> Iterator[Setting]:
    """Every combination that a net can be made for."""
    for examples, batch in (("one", 1), ("columns", 5), ("rows", 5)):
        for weights in ("out x in", "in x out"):
            for activation in ("tanh", "sigmoid", "relu"):
                base = replace(
                    COLUMNS, examples=examples, batch=batch, weights=weights, activation=activation
                )
                yield replace(base, place="output")
                yield from (replace(base, bias=bias) for bias in ("apart", "kept", "dropped"))


def derivative(setting: Setting, o: np.ndarray) -> np.ndarray:
    """The derivative of the activation by the textbook, from its output."""
    match setting.activation:
        case "tanh":
            return 1 - o**2
        case "sigmoid":
            return o * (1 - o)
        case "relu":
            return (o > 0).astype(float)


def test_arrays_have_the_shapes_that_the_setting_states():
    for setting in settings():
        found = net(setting)
        assert {name: a.shape for name, a in found.arrays.items()} == shapes(setting), setting
        assert found.delta.shape == required(setting), setting


def test_arrays_stand_under_the_terms_that_name_them():
    found = net(COLUMNS)
    assert set(found.leaves) == {t.name(name) for name in found.arrays}
    assert all(found.leaves[t.name(name)] is array for name, array in found.arrays.items())


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_delta_of_a_hidden_layer_is_the_recursion_of_the_textbook(activation: str):
    setting = replace(COLUMNS, activation=activation)
    a = net(setting).arrays
    expected = a["W_next"].T @ a["delta_next"] * derivative(setting, a["o"])
    np.testing.assert_allclose(net(setting).delta, expected, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_delta_of_an_output_layer_is_residual_times_derivative(activation: str):
    setting = replace(OUTPUT, activation=activation)
    a = net(setting).arrays
    expected = (a["o"] - a["y"]) * derivative(setting, a["o"])
    np.testing.assert_allclose(net(setting).delta, expected, rtol=1e-13, atol=1e-16)


def test_the_stored_slope_is_the_derivative_of_the_activation():
    for setting in settings():
        a = net(setting).arrays
        if "slope" in a:
            o = a.get("o_bar", a["o"])
            np.testing.assert_allclose(a["slope"], derivative(setting, o), rtol=1e-13, atol=1e-16)


def test_the_outputs_of_the_next_layer_come_from_these_through_the_weights():
    folded = replace(COLUMNS, bias="kept", activation="sigmoid")
    a = net(folded).arrays
    np.testing.assert_allclose(a["o_next"], 1 / (1 + np.exp(-a["W_next"] @ a["o"])), rtol=1e-14)


def test_biases_that_are_folded_in_stand_first_and_meet_a_one():
    for bias in ("kept", "dropped"):
        folded, apart = net(replace(COLUMNS, bias=bias)).arrays, net(COLUMNS).arrays
        np.testing.assert_array_equal(folded["o"][0], np.ones(5))
        np.testing.assert_array_equal(folded["o"][1:], apart["o"])
        np.testing.assert_array_equal(folded["W_next"][:, 1:], apart["W_next"])
    np.testing.assert_array_equal(folded["W_bar"], apart["W_next"])
    np.testing.assert_array_equal(folded["o_bar"], apart["o"])


def test_the_entry_of_delta_that_belongs_to_the_one_is_zero_or_dropped():
    apart, kept, dropped = (
        net(replace(COLUMNS, bias=bias)).delta for bias in ("apart", "kept", "dropped")
    )
    np.testing.assert_array_equal(kept[0], np.zeros(5))
    np.testing.assert_array_equal(kept[1:], apart)
    np.testing.assert_array_equal(dropped, apart)


def test_rows_hold_the_same_net_as_columns_do():
    for bias in ("apart", "kept", "dropped"):
        columns = net(replace(COLUMNS, bias=bias))
        rows = net(replace(COLUMNS, bias=bias, examples="rows"))
        np.testing.assert_array_equal(rows.delta, columns.delta.T)
        for name, array in columns.arrays.items():
            expected = array if name in ("W_next", "W_bar") else array.T
            np.testing.assert_array_equal(rows.arrays[name], expected)


def test_weights_the_other_way_round_are_transposed_and_nothing_else_changes():
    one, other = net(COLUMNS), net(replace(COLUMNS, weights="in x out"))
    np.testing.assert_array_equal(other.arrays["W_next"], one.arrays["W_next"].T)
    np.testing.assert_array_equal(other.arrays["o"], one.arrays["o"])
    np.testing.assert_array_equal(other.delta, one.delta)


def test_no_delta_is_zero_throughout():
    for setting in settings():
        assert np.any(net(setting).delta != 0, axis=None), setting


def test_a_relu_layer_has_a_live_unit_for_every_example_and_dead_ones_too():
    a = net(replace(COLUMNS, activation="relu", batch=29)).arrays
    assert np.all(a["o"].max(axis=0) > 0)
    assert np.any(a["o"] == 0)


def test_a_setting_has_the_same_net_every_time():
    assert net(COLUMNS) is net(replace(COLUMNS, layer=COLUMNS.layer))
    assert not np.array_equal(net(COLUMNS).delta, net(replace(COLUMNS, activation="relu")).delta)


def test_symbols_get_the_primes_of_their_places():
    mixed = replace(COLUMNS, units="m", neighbour="n", batch="B")
    chosen, numbers = concrete(mixed, (5, 11, 17))
    assert (chosen.units, chosen.neighbour, chosen.batch) == (5, 11, 17)
    assert numbers == {"m": 5, "n": 11, "B": 17}
    assert concrete(COLUMNS, (5, 11, 17)) == (COLUMNS, {})


def test_no_prime_is_another_or_another_with_one_added():
    for primes in PRIMES:
        assert all(p != q and p != q + 1 for p, q in permutations(primes, 2))
        assert all(p > 1 and all(p % k for k in range(2, p)) for p in primes)
