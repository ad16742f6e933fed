"""Counts of parameters: the lecture's network, other counts by hand, and what is drawn."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from gen.families.parameter_count import LECTURE, Params, pose, solve
from gen.family import find
from gen.topics.counts import oracle
from gen.topics.counts.kinds import SETTINGS
from solver.network import Architecture, Layer, build
from tests.solutions import answers_of, item_of, solution_of, wrong_of

FAMILY = find("parameter_count")
item = item_of("parameter_count")


def answers(params):
    return answers_of(solution_of(pose(params), solve))


def wrong(params, part=-1):
    return wrong_of(solution_of(pose(params), solve), part)


def test_the_network_of_the_lecture_has_ten_parameters():
    assert answers(LECTURE) == {"c1": 6, "c2": 4, "P": 10}


def test_the_network_of_the_misconceptions_and_its_slips():
    params = Params("count", (4, 3, 2))
    assert answers(params)["P"] == 23
    made = wrong(params)
    assert made["biases_not_counted"] == [18]
    assert made["bias_of_the_sender"] == [25]
    assert made["widths_multiplied"] == [24]
    assert made["units_counted"] == [9]
    assert made["last_layer_not_counted"] == [15]
    assert made["one_bias_per_layer"] == [20]
    assert made["extra_one_on_both_sides"] == [32]


def test_without_biases_the_weights_alone_are_counted():
    params = Params("weights", (4, 3, 2))
    assert answers(params) == {"c1": 12, "c2": 6, "P": 18}
    assert wrong(params)["biases_counted"] == [23]


def test_weights_and_biases_apart_add_up():
    params = Params("apart", (784, 128, 10))
    assert answers(params) == {"W": 784 * 128 + 1280, "B": 138, "P": 101770}
    made = wrong(Params("apart", (20, 12, 5)), 0)
    assert made["inputs_have_biases"] == [300, 37]
    assert made["weights_of_units_themselves"] == [444, 17]


def test_one_more_unit_brings_weights_on_both_sides_and_a_bias():
    params = Params("extra", (10, 8, 6, 5, 3), 2)
    # 10 * 8 + 8, 8 * 6 + 6, 6 * 5 + 5, 5 * 3 + 3, and then 8 + 1 + 5.
    assert answers(params) == {"P": 195, "D": 14, "N": 209}
    assert wrong(params, 1)["outgoing_left_out"] == [9]
    assert wrong(params, 1)["neighbours_multiplied"] == [40]


def test_the_width_is_found_from_the_number_of_parameters():
    # 7 * 13 + 2 * 8 = 107; each hidden unit brings 12 + 1 + 2.
    params = Params("width", (12, 7, 2))
    assert int(pose(params).givens["P"]) == 107
    assert answers(params) == {"a": 15, "h": 7, "N": 212}
    assert wrong(params, 1)["biases_not_counted"] == [8]


def test_a_deep_network_is_compared_with_a_wide_one():
    # 5 * 4 + 4, 4 * 4 + 4, 4 * 3 + 3; and 5 * 8 + 8, 8 * 3 + 3.
    assert answers(Params("compared", (5, 4, 3))) == {"P": 59, "Q": 75, "D": 16}


@pytest.mark.parametrize("bias", ["separate", "none"])
def test_the_oracle_counts_the_entries_of_a_network_s_arrays(bias):
    widths = (6, 5, 4, 3)
    layers = tuple(Layer(width) for width in widths[1:])
    graph = build(Architecture(widths[0], layers, bias=bias)).graph
    entries = sum(int(np.prod(v.shape)) for v in graph.inputs if not v.fixed)
    assert oracle.parameters(widths, bias == "separate") == entries


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_setting_is_drawn_at_its_difficulty(difficulty):
    drawn = [item(seed, difficulty).params for seed in range(80)]
    assert {(p.kind, len(p.widths) - 1) for p in drawn} == set(SETTINGS[difficulty])


def test_answers_are_whole_numbers_without_a_tolerance():
    for seed in range(40):
        for part in item(seed, "hard").solution.parts:
            assert part.answer.tolerances == (0.0,) * len(part.answer.values)
            assert all(value == round(float(value)) for value in part.answer.values)


def test_options_are_whole_positive_and_of_a_likely_size():
    for seed in range(60):
        for part in item(seed, "hard", "choice").solution.parts:
            for option in part.options:
                for value, right in zip(option.values, part.answer.values, strict=True):
                    assert value == round(float(value))
                    assert 0 < value <= 5 * right


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_slip_has_a_sentence(difficulty):
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for seed in range(40):
        assert {variant.slip for variant in item(seed, difficulty).problem.variants} <= known
