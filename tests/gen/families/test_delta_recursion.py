"""The recursion for delta: every answer is that of a textbook loop, stored values included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import exp, tanh

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.delta_recursion import Params, pose
from gen.family import find
from gen.items import make
from gen.presentation.items import question
from gen.problem import Item, Key
from gen.solving import solve
from gen.topics.networks.nets import Net
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from templates.document import Document
from templates.writers.text import write

FORMS: tuple[Form, ...] = ("numeric", "choice")
DERIVATIVES = {
    "identity": lambda o: 1.0,
    "tanh": lambda o: 1 - o * o,
    "sigmoid": lambda o: o * (1 - o),
    "relu": lambda o: 1.0 if o > 0 else 0.0,
}
UNITS = {
    "identity": lambda s: s,
    "tanh": tanh,
    "sigmoid": lambda s: 1 / (1 + exp(-s)),
    "relu": lambda s: max(s, 0.0),
    "softmax": exp,
}


def items(count: int) -> Iterator[tuple[Difficulty, Form, Item]]:
    for difficulty in DIFFICULTIES:
        for form in FORMS:
            for seed in range(count):
                key = Key("delta_recursion", 1, seed)
                yield difficulty, form, make(find(key.family), key, difficulty, form)


def outputs(net: Net) -> list[list[float]]:
    """The inputs and every layer's outputs."""
    flow = [list(net.x)]
    for activation, rows, biases in zip(net.activations, net.weights, net.biases, strict=True):
        sums = [
            sum(w * o for w, o in zip(row, flow[-1], strict=True)) + b
            for row, b in zip(rows, biases, strict=True)
        ]
        layer = [UNITS[activation](s) for s in sums]
        total = sum(layer) if activation == "softmax" else 1.0
        flow.append([each / total for each in layer])
    return flow


def recursion(net: Net, flow: list[list[float]]) -> dict[str, list[list[float]]]:
    """Deltas as columns, and the gradients of the weights, by the textbook and by plain loops."""
    last = len(net.weights)
    misses = [o - y for o, y in zip(flow[-1], net.y, strict=True)]
    if net.loss in ("binary_cross_entropy", "cross_entropy"):
        delta = misses
    else:
        factor = 2 if net.loss == "squared_error" else 1
        slope = DERIVATIVES[net.activations[-1]]
        delta = [factor * m * slope(o) for m, o in zip(misses, flow[-1], strict=True)]
    found = {}
    for layer in range(last, 0, -1):
        found[f"s{layer}"] = [[d] for d in delta]
        inputs = ([1.0] if net.bias == "folded" else []) + flow[layer - 1]
        found[f"W{layer}"] = [[d * o for o in inputs] for d in delta]
        if layer > 1:
            slope = DERIVATIVES[net.activations[layer - 2]]
            delta = [
                slope(o) * sum(net.weights[layer - 1][k][j] * d for k, d in enumerate(delta))
                for j, o in enumerate(flow[layer - 1])
            ]
    return found


def told(item: Item) -> Net:
    """The network with the loss and the biases of the notation."""
    assert item.problem.network is not None
    told_as = item.problem.network.architecture
    return replace(item.params.net, loss=told_as.loss, bias=told_as.bias)


def test_every_delta_and_every_gradient_is_that_of_a_textbook_loop():
    for _, _, item in items(25):
        net = told(item)
        expected = recursion(net, outputs(net))
        asked = 0
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            for ask, value in zip(part.asks, solved.answer.values, strict=True):
                if ask.of == "gradient":
                    assert value == pytest.approx(np.array(expected[ask.node]))
                    asked += 1
        depth = len(net.weights)
        assert asked == (2 * depth if item.form == "numeric" else depth + 1)


def test_starting_from_the_stored_values_as_printed_ends_within_the_tolerance():
    seen = 0
    for _, _, item in items(25):
        if not item.params.stored:
            continue
        net = told(item)
        printed = {line.node: line.value.ravel().tolist() for line in item.problem.stored_lines()}
        flow = [list(net.x), *(printed[o] for o in item.problem.network.activations[1:])]
        expected = recursion(net, flow)
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            for ask, value, reach in zip(
                part.asks, solved.answer.values, solved.answer.tolerances, strict=True
            ):
                assert np.all(abs(value - np.array(expected[ask.node])) <= reach)
        seen += 1
    assert seen > 60


def test_a_stored_forward_pass_is_printed_and_not_worked_again():
    for _, _, item in items(6):
        text = " ".join(write(Document("", tuple(question(item)))).split())
        assert ("its values are stored" in text) == item.params.stored
        forward = [step for step in item.solution.steps if step.kind == "forward"]
        assert bool(forward) == (not item.params.stored)


def test_no_mistake_in_a_forward_pass_is_told_where_it_has_been_made_already():
    for _, _, item in items(10):
        if item.params.stored:
            slips = {w.slip for solved in item.solution.parts for w in solved.answer.wrong}
            assert "activation_left_out" not in slips


CHAIN = Net(
    activations=("sigmoid", "sigmoid", "identity"),
    loss="half_squared_error",
    x=(1.0,),
    weights=(((0.5,),), ((-1.0,),), ((2.0,),)),
    biases=((0.0,), (0.0,), (0.0,)),
    y=(0.0,),
)
REFERENCE = Net(
    activations=("sigmoid", "identity"),
    loss="half_squared_error",
    x=(1.0, -2.0),
    weights=(((0.5, -0.25), (0.75, 1.0)), ((1.5, -2.0),)),
    biases=((0.1, -0.3), (0.2,)),
    y=(0.5,),
)


def wrong(net: Net, node: str) -> dict[str, np.ndarray]:
    problem = pose(Params(net, stored=True))
    solved = solve(problem, Draw("test"))
    for part, each in zip(problem.parts, solved.parts, strict=True):
        for place, ask in enumerate(part.asks):
            if ask.node == node:
                return {w.slip: w.values[place].ravel() for w in each.answer.wrong}
    raise AssertionError(node)


@pytest.mark.parametrize(
    ("net", "node", "slip", "numbers"),
    [
        (CHAIN, "s1", "next_layer_derivative", (-0.0721,)),
        (REFERENCE, "W1", "own_output_as_input", (0.1002, 0.0234, -0.1030, -0.0240)),
        (REFERENCE, "W2", "preactivation_as_input", (0.5227, -0.7366)),
        (REFERENCE, "W2", "network_input_as_input", (0.4752, -0.9504)),
        (REFERENCE, "s1", "activation_derivative_left_out", (0.7128, -0.9504)),
    ],
)
def test_slips_of_one_layer_lead_to_their_published_numbers(
    net: Net, node: str, slip: str, numbers: tuple[float, ...]
):
    assert wrong(net, node)[slip] == pytest.approx(numbers, abs=6e-5)


def test_the_base_case_as_a_slide_misprints_it_is_recognised():
    weights = (REFERENCE.weights[0], ((0.5, 0.3),))
    net = replace(REFERENCE, activations=("tanh", "tanh"), weights=weights, y=(-0.5,))
    net = replace(net, loss="squared_error")
    o = outputs(net)[-1][0]
    found = wrong(net, "s2")
    assert found["stops_at_complement"] == pytest.approx([2 * (o + 0.5) * (1 - o)])
    assert found["output_derivative_left_out"] == pytest.approx([2 * (o + 0.5)])


def test_the_wrong_row_is_dropped_only_where_biases_are_folded_in():
    folded = replace(REFERENCE, bias="folded")
    o, delta = outputs(REFERENCE)[1], outputs(REFERENCE)[2][0] - 0.5
    expected = [0.2 * delta * o[0] * (1 - o[0]), 1.5 * delta * o[1] * (1 - o[1])]
    assert wrong(folded, "s1")["wrong_row_dropped"] == pytest.approx(expected)
    assert "wrong_row_dropped" not in wrong(REFERENCE, "s1")


def test_hard_networks_have_three_layers_and_start_from_their_inputs():
    kinds = Counter()
    for difficulty, _, item in items(20):
        kinds[difficulty, len(item.params.net.weights), item.params.stored] += 1
    assert {key[1:] for key in kinds if key[0] == "easy"} == {(2, True)}
    assert {key[1:] for key in kinds if key[0] == "hard"} == {(3, False)}
