from __future__ import annotations

import math
import re
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.errors import InputError
from solver.network import Conventions
from solver.orientation import numbers
from solver.passes import backward, forward
from solver.specification import GivenLayer, Specification, parse, pose, read

MAZUR = """
title = "A step by step backpropagation example"
input = [0.05, 0.10]
target = [0.01, 0.99]
loss = "half_squared_error"
[[layer]]
weights = [[0.15, 0.20], [0.25, 0.30]]
bias = [0.35, 0.35]
activation = "sigmoid"
[[layer]]
weights = [[0.40, 0.45], [0.50, 0.55]]
bias = 0.60
activation = "sigmoid"
[update]
learning_rate = 0.5
"""


def solved(text: str, conventions: Conventions | None = None) -> dict[str, Any]:
    given = parse(text)
    posed = pose(given, conventions)
    values = forward(posed.network.graph, posed.givens)
    gradients = backward(posed.network.graph, values)
    return numbers(posed.network, values, gradients, given.batch)


def test_a_published_example_has_its_published_numbers() -> None:
    # Matt Mazur, A Step by Step Backpropagation Example, 2015.
    found = solved(MAZUR)
    assert found["loss"] == pytest.approx(0.298371109, abs=5e-10)
    assert found["forward"]["s1"][0] == pytest.approx(0.3775)
    assert found["forward"]["o1"] == pytest.approx([0.593269992, 0.596884378], abs=5e-10)
    assert found["forward"]["o2"] == pytest.approx([0.751365070, 0.772928465], abs=5e-10)
    assert found["gradient"]["W2"][0][0] == pytest.approx(0.082167041, abs=5e-10)
    assert found["gradient"]["W1"][0][0] == pytest.approx(0.000438568, abs=5e-10)
    assert found["delta"]["2"][0] == pytest.approx(0.138498562, abs=5e-10)


def test_what_stands_in_the_file_is_in_the_specification() -> None:
    given = parse(MAZUR + "steps = 3\nmomentum = 0.9")
    assert given.title == "A step by step backpropagation example"
    assert given.input.tolist() == [[0.05, 0.10]]
    assert given.target.tolist() == [[0.01, 0.99]]
    assert given.layers[0].weights.tolist() == [[0.15, 0.20], [0.25, 0.30]]
    assert given.layers[1].bias is not None
    assert given.layers[1].bias.tolist() == [0.6, 0.6]
    assert [layer.activation for layer in given.layers] == ["sigmoid", "sigmoid"]
    assert given.update is not None
    assert (given.update.learning_rate, given.update.steps, given.update.momentum) == (0.5, 3, 0.9)
    assert not given.batch


SMALL = """
input = {input}
target = {target}
{more}
[[layer]]
weights = {weights}
{layer}
"""


def small(
    input: str = "[1, -2]",
    target: str = "[1]",
    weights: str = "[[0.5, -0.25]]",
    layer: str = "",
    more: str = "",
) -> str:
    return SMALL.format(input=input, target=target, weights=weights, layer=layer, more=more)


THREE = "[[1, 0], [0, 1], [1, 1]]"
SOFTMAX = 'activation = "softmax"'


@pytest.mark.parametrize(
    ("target", "more", "expected"),
    [
        ("2", "", [[0, 1, 0]]),
        ("[0, 1, 0]", "", [[0, 1, 0]]),
        ("[0.25, 0.5, 0.25]", "", [[0.25, 0.5, 0.25]]),
        ("2", "classes_from = 0", [[0, 0, 1]]),
        ("2", 'loss = "cross_entropy"', [[0, 1, 0]]),
    ],
)
def test_a_class_is_given_by_its_number_or_one_hot(
    target: str, more: str, expected: list[list[float]]
) -> None:
    given = parse(small(target=target, weights=THREE, layer=SOFTMAX, more=more))
    assert given.target.tolist() == expected


def test_a_batch_has_a_row_for_each_example_and_a_class_for_each() -> None:
    text = small(input="[[1, 2], [3, 4]]", target="[3, 1]", weights=THREE, layer=SOFTMAX)
    given = parse(text)
    assert given.batch
    assert given.input.tolist() == [[1, 2], [3, 4]]
    assert given.target.tolist() == [[0, 0, 1], [1, 0, 0]]
    one_hot = text.replace("[3, 1]", "[[0, 0, 1], [1, 0, 0]]")
    assert parse(one_hot).target.tolist() == given.target.tolist()


@pytest.mark.parametrize("target", ["[1, 2, 3]", "[[1], [2], [3]]"])
def test_a_batch_with_one_output_has_a_number_for_each_example(target: str) -> None:
    given = parse(small(input="[[1, 2], [3, 4], [5, 6]]", target=target))
    assert given.target.tolist() == [[1], [2], [3]]


@pytest.mark.parametrize("target", ["1", "[1]"])
def test_a_single_output_has_its_number_bare_or_in_a_list(target: str) -> None:
    assert parse(small(target=target)).target.tolist() == [[1]]


def test_the_convention_decides_a_loss_that_is_not_named() -> None:
    given = parse(small())
    half, full = (
        pose(given, Conventions(squared_error=kind)).network.architecture.loss
        for kind in ("half", "full")
    )
    assert (half, full) == ("half_squared_error", "squared_error")
    softmax = parse(small(target="1", weights=THREE, layer=SOFTMAX))
    assert pose(softmax).network.architecture.loss == "cross_entropy"
    named = parse(small(more='loss = "squared_error"'))
    assert pose(named).network.architecture.loss == "squared_error"


def test_a_batch_is_averaged_unless_the_sum_is_asked_for() -> None:
    text = small(input="[[1, 2], [3, 4]]", target="[1, 0]", more='loss = "squared_error"')
    each = [(0.5 - 0.5 - 1) ** 2, (1.5 - 1 - 0) ** 2]
    assert solved(text)["loss"] == pytest.approx(sum(each) / 2)
    summed = text.replace("[[layer]]", 'reduction = "sum"\n[[layer]]')
    assert solved(summed)["loss"] == pytest.approx(sum(each))


def test_the_slope_on_the_left_has_the_usual_default() -> None:
    for activation, expected in (("leaky_relu", 0.01), ("elu", 1.0)):
        given = parse(small(layer=f'activation = "{activation}"'))
        assert given.layers[0].alpha == expected
        stated = parse(small(layer=f'activation = "{activation}"\nalpha = 0.3'))
        assert stated.layers[0].alpha == 0.3


def test_every_gradient_is_wanted_or_what_is_asked_for() -> None:
    assert [(str(leaf), index) for leaf, index in pose(parse(MAZUR)).wanted] == [
        *(("loss", None), ("d[W1]", None), ("d[b1]", None), ("d[W2]", None), ("d[b2]", None))
    ]
    asked = parse("ask = ['W1[2,1]', 'b2']" + MAZUR)
    wanted = pose(asked, Conventions("transposed")).wanted
    assert [(str(leaf), index) for leaf, index in wanted] == [("d[W1]", (0, 1)), ("d[b2]", None)]


def test_a_network_without_any_bias_has_none_folded_in() -> None:
    posed = pose(parse(small()), Conventions(bias="folded"))
    assert posed.network.architecture.bias == "none"
    assert posed.givens["W1"].tolist() == [[0.5, -0.25]]


@pytest.mark.parametrize(
    ("activation", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
def test_a_loss_is_fused_all_the_same_where_the_prediction_is_saturated(
    activation: str, loss: str
) -> None:
    def ops(weight: float) -> str:
        layer = f'activation = "{activation}"'
        weights = f"[[{weight}, 0], [0, {weight}]]"
        more = f'loss = "{loss}"'
        given = parse(small("[1, -1]", "[0, 1]", weights, layer, more))
        return pose(given, Conventions(fused=False)).network.graph.equations[-1].op

    assert ops(0.5) == loss
    assert ops(40.0) == f"{loss}_of_scores"


def test_scores_in_the_thousands_have_the_right_loss_and_delta() -> None:
    for fused in (True, False):
        found = solved(
            small("[1000, -1000]", "1", "[[0, 1], [1, 0]]", SOFTMAX), Conventions(fused=fused)
        )
        assert found["loss"] == 2000.0
        assert found["delta"]["1"] == [-1.0, 1.0]
        sure = small("[1000]", "[0]", "[[1]]", 'activation = "sigmoid"')
        sure = sure.replace("[[layer]]", 'loss = "binary_cross_entropy"\n[[layer]]')
        assert solved(sure, Conventions(fused=fused))["loss"] == 1000.0


def test_a_batch_of_one_keeps_its_row() -> None:
    found = solved(small(input="[[1, -2]]", target="[[1]]"))
    assert found["forward"]["s1"] == [[1.0]]
    assert found["gradient"]["W1"] == [[0.0, 0.0]]


FAULTS = {
    "": "the key 'layer' is missing; give one [[layer]] table for each layer",
    "x = [": "this is not TOML: invalid value (at end of document)",
    "input = [1]\nx = 2\n[[layer]]": "unknown key 'x'; there are input, target, loss,",
    "inputs = [1]": "unknown key 'inputs'; did you mean 'input'?",
    "a." * 400_000 + "a = 1": "a key has more than 10 parts",
    "x = " + "[" * 100_000: "brackets are nested too deeply; a matrix has two levels",
    "x = " + "9" * 5000: "this is not TOML that can be read: Exceeds the limit",
    "layer = []": "layer must be a list of tables, each under its own [[layer]]",
    "layer = 3": "layer must be a list of tables, each under its own [[layer]]",
    "[layer]\nweights = [[1]]": "write [[layer]] with two brackets at the head of each layer",
    "[[layer]]\nbias = 1": "layer 1: the key 'weights' is missing; give a list of rows",
    "[[layer]]\nweight = 1": "layer 1: unknown key 'weight'; did you mean 'weights'?",
    small(input="[]"): "input is empty; give at least one number",
    small(input="[[]]"): "row 1 of input is empty; give at least one number",
    small(input="3"): "input is a whole number; give a list of numbers",
    small(input="[1, nan]"): "number 2 of input is nan; give a finite number",
    small(input="[inf, 1]"): "number 1 of input is inf; give a finite number",
    small(input="[true, 1]"): "number 1 of input is true or false; give a number",
    small(input="[1979-05-27, 1]"): "number 1 of input is a date or a time; give a number",
    small(input="[1" + "0" * 400 + ", 1]"): "number 1 of input is too large; give a finite",
    small(input="['ln 3/2', 1]"): "number 1 of input: 'ln 3/2' is no exact number: at character 5",
    small(input="['1/0', 1]"): "number 1 of input: '1/0' divides by 0",
    small(input="['e^(e^(e^9))', 1]"): "number 1 of input: 'e^(e^(e^9))' is no finite number",
    small(input="['[1]', 1]"): "number 1 of input is a list in a text; write it without quotation",
    small(input="[1, 2, 3]"): "layer 1 has 2 weights in row 1; the input has 3 numbers",
    small(input="[[1, 2], [3]]"): "row 2 of input has 1 number; row 1 has 2",
    small(weights="[]"): "layer 1: weights is an empty list; give a list of rows of numbers",
    small(weights="[1, 2]"): "layer 1: row 1 of weights is a whole number; give a list of numbers",
    small(weights="[[1, 2], [3]]"): "layer 1: row 2 of weights has 1 number; row 1 has 2",
    small(layer="bias = [1, 2]"): "layer 1: bias has 2 numbers; the layer has 1 unit",
    small(layer="bias = true"): "layer 1: number 1 of bias is true or false; give a number",
    small(layer='activation = "tahn"'): "layer 1: there is no activation 'tahn'; did you mean",
    small(layer="activation = 3"): "layer 1: there is no activation '3'; there are identity,",
    small(layer="alpha = 1"): "layer 1: alpha is for leaky_relu and elu; the",
    small() + "[[layer]]\nweights = [[1, 2, 3]]": "layer 2 has 3 weights in row 1; layer 1",
    small() + 'loss = "squared_error"': (
        "layer 1: 'loss' does not belong here; write it above the first [[layer]]"
    ),
    small(more='loss = "hinge"'): "there is no loss 'hinge'; there are squared_error,",
    small(more='reduction = "avg"'): "there is no reduction 'avg'; there are sum, mean",
    small(more="ask = 3"): "ask must be a list of texts in quotation marks",
    small(more="title = '''a\nb'''"): "title must be a text of one line",
    small(more="update = 3"): "update is a whole number; write a table under [update]",
    small(target="[1, 2]"): "target has 2 numbers; the last layer has 1 unit",
    small(target="[[1], [2]]"): "target has 2 rows; the input has 1, one for each example",
    small("[[1, 2], [3, 4]]", "1"): "target has 1 row; the input has 2, one for each example",
    small(target="4", weights=THREE, layer=SOFTMAX): "there is no class 4; the classes are 1 to 3",
    small(target="0", weights=THREE, layer=SOFTMAX): "there is no class 0; the classes are 1 to 3",
    small(target="1.5", weights=THREE, layer=SOFTMAX): "there is no class 1.5; the classes are 1",
    small(target="[1, 1, 0]", weights=THREE, layer=SOFTMAX): "target is no distribution",
    small(target="[2, -1, 0]", weights=THREE, layer=SOFTMAX): "target is no distribution",
    small(target="1", weights=THREE, layer=SOFTMAX, more="classes_from = 2"): (
        "classes_from is 2; give a whole number from 0 to 1"
    ),
    small(more='loss = "cross_entropy"'): "cross_entropy needs 'softmax' in the last layer",
    small(more='loss = "binary_cross_entropy"'): (
        "binary_cross_entropy needs outputs between 0 and 1, which 'identity' in the last layer"
    ),
    small(target="2", layer='activation="sigmoid"', more='loss = "binary_cross_entropy"'): (
        "the target 2.0 is no probability; give numbers from 0 to 1"
    ),
    small("[[1, 2], [3, 4]]", "[1, 0]", more='loss = "mean_squared_error"\nreduction = "sum"'): (
        "mean_squared_error is the mean over all outputs of all examples"
    ),
    small() + "[update]": "update: the key 'learning_rate' is missing; give a number",
    small() + "[update]\nlearning_rate = 0": "update: learning_rate is 0.0; give a positive number",
    small() + "[update]\nlearning_rate = 1\nmomentum = 1": "update: momentum is 1.0; give a number",
    small() + "[update]\nlearning_rate = 1\nsteps = 101": "update: steps is 101; give",
    small() + "[update]\nlearning_rate = 1\nsteps = 0": "update: steps is 0; give a whole number",
    small() + "[update]\nrate = 1": "update: unknown key 'rate'; did you mean 'learning_rate'?",
    small(
        "[" + "1, " * 30_000 + "]", weights="[[" + "1, " * 30_000 + "]]"
    ): "the problem has 60001 numbers; give at most 5000",
    small("[1]", weights="[[1]]") + "[[layer]]\nweights = [[1]]\n" * 60: (
        "there are 61 layers; give at most 50"
    ),
}


@pytest.mark.parametrize("text", FAULTS, ids=[sentence[:40] for sentence in FAULTS.values()])
def test_a_fault_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match=re.escape(FAULTS[text])) as caught:
        parse(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(InputError):
        parse(text)


VALUES = st.recursive(
    st.none() | st.floats() | st.integers() | st.booleans() | st.sampled_from(["1/2", "x", "ln 3"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
)


def written(value: Any) -> str:
    match value:
        case None:
            return '"softmax"'
        case bool():
            return str(value).lower()
        case float() if not math.isfinite(value):
            return str(value)
        case list():
            return f"[{', '.join(map(written, value))}]"
        case str():
            return f'"{value}"'
        case _:
            return str(value) if isinstance(value, int) else f"{value:.10e}"


PLACES = ("input", "target", "weights", "bias", "activation", "alpha", "loss", "reduction", "ask")


@given(st.sampled_from(PLACES), VALUES)
def test_no_value_of_any_key_does_more_than_be_refused(key: str, value: Any) -> None:
    entry = f"{key} = {written(value)}"
    kept = [line for line in small().splitlines() if not line.startswith(key)]
    position = len(kept) if key in ("weights", "bias", "activation", "alpha") else 0
    with suppress(InputError):
        parse("\n".join([*kept[:position], entry, *kept[position:]]))


def test_a_file_is_read_and_its_faults_carry_its_name(tmp_path: Path) -> None:
    file = tmp_path / "net.toml"
    file.write_text(MAZUR, encoding="utf-8")
    assert read(file).title == "A step by step backpropagation example"
    file.write_text("﻿" + MAZUR, encoding="utf-8")
    assert read(str(file)).input.tolist() == [[0.05, 0.10]]
    file.write_text("x = [", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"{file}: this is not TOML")):
        read(file)


def test_what_is_no_file_of_text_is_refused(tmp_path: Path) -> None:
    missing, binary, large = (tmp_path / name for name in ("missing", "binary", "large"))
    binary.write_bytes(bytes(range(256)))
    large.write_bytes(b"#" * 1_000_001)
    sentences: dict[Path | str, str] = {
        missing: f"cannot read {missing}: No such file or directory",
        tmp_path: f"{tmp_path} is a folder; give the name of a TOML file",
        binary: f"{binary} is not a text in UTF-8; give a TOML file",
        large: f"{large} is larger than a megabyte",
        "a\0b": "cannot read a",
    }
    for path, sentence in sentences.items():
        with pytest.raises(InputError, match=re.escape(sentence)):
            read(path)


def test_parts_that_do_not_go_together_are_refused_in_a_library_call_too() -> None:
    layer = GivenLayer(np.ones((1, 3)))
    with pytest.raises(InputError, match="layer 1 has 3 weights in row 1; the input has 2 numbers"):
        Specification(np.ones((1, 2)), np.ones((1, 1)), (layer,))
    with pytest.raises(InputError, match="there is no layer; give one or more"):
        Specification(np.ones((1, 2)), np.ones((1, 1)), ())


def test_a_number_may_be_a_text() -> None:
    given = parse(small("['1/2', 'ln 3']", "['-e^-1']", "[['sqrt(2)', '-1/4']]"))
    assert given.input.tolist() == [pytest.approx([0.5, math.log(3)], rel=1e-15)]
    assert given.target.tolist() == [[pytest.approx(-math.exp(-1), rel=1e-15)]]
    assert given.layers[0].weights.tolist() == [pytest.approx([math.sqrt(2), -0.25], rel=1e-15)]


@pytest.mark.parametrize("text", ["e^(e^(e^9))", "e^1000", "1/0", "ln 0", "sqrt(-1)", "nan", ""])
def test_an_exact_number_has_a_finite_value(text: str) -> None:
    with pytest.raises(InputError, match="number 1 of input"):
        parse(small(f"['{text}', 1]"), exact=True)


def test_numbers_are_kept_exact_where_that_is_asked_for() -> None:
    text = small("[1, 2]", "2", "[[0.1, 0.2], [1, 3]]", "bias = 0.5\n" + SOFTMAX)
    given = parse(text, exact=True)
    assert [entry.value for entry in given.layers[0].weights[0]] == [
        Fraction(1, 10),
        Fraction(1, 5),
    ]
    posed = pose(given)
    assert posed.givens["y"][1, 0].value == 1
    assert posed.givens["b1"][0, 0].value == Fraction(1, 2)
