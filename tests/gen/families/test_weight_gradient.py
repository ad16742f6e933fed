"""Weight gradients: the model item and the reference network come out as published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp, log, tanh

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.weight_gradient import Params, pose, sample
from gen.family import Rejected, find
from gen.items import make
from gen.presentation.items import question
from gen.presentation.items import solution as worked
from gen.problem import Answer, Item, Key
from gen.solving import solve
from gen.topics.networks.nets import BANDS, Net
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from templates.document import Document
from templates.notation import load
from templates.writers.text import write

DELTA1 = ("s1", "gradient", None)
MODEL = Net(
    activations=("tanh", "identity"),
    loss="half_squared_error",
    x=(1.0, -2.0),
    weights=(((0.5, -0.5), (1.0, 0.25)), ((0.8, -1.2),)),
    biases=((0.0, 0.5), (0.1,)),
    y=(0.5,),
)
REFERENCE = Net(
    activations=("sigmoid", "identity"),
    loss="half_squared_error",
    x=(1.0, -2.0),
    weights=(((0.5, -0.25), (0.75, 1.0)), ((1.5, -2.0),)),
    biases=((0.1, -0.3), (0.2,)),
    y=(0.5,),
)
FORMS: tuple[Form, ...] = ("numeric", "choice")


def answers(net: Net, *parts: tuple[tuple[str, str, tuple[int, ...] | None], ...]) -> list[Answer]:
    solved = solve(pose(Params(net, parts)), Draw("test"))
    return [part.answer for part in solved.parts if part.answer is not None]


def wrong(net: Net, *asked: tuple[str, str, tuple[int, ...] | None]) -> dict[str, np.ndarray]:
    (answer,) = answers(net, asked)
    return {each.slip: each.values[0].ravel() for each in answer.wrong}


def items(count: int) -> Iterator[tuple[Difficulty, Form, Item]]:
    for difficulty in DIFFICULTIES:
        for form in FORMS:
            for seed in range(count):
                key = Key("weight_gradient", 1, seed)
                yield difficulty, form, make(find("weight_gradient"), key, difficulty, form)


def test_the_model_item_has_its_published_answers_as_a_hand_calculation_prints_them():
    values = (("s2", "value", None), ("loss", "value", None))
    a, b, c = answers(MODEL, values, (DELTA1,), (("W1", "gradient", (0, 1)),))
    assert [float(shown.item()) for shown in a.shown] == [-0.0898, 0.1739]
    assert b.shown[0].ravel().tolist() == [-0.0853, 0.2973]
    assert float(c.shown[0]) == 0.1706
    assert float(c.values[0]) == pytest.approx(0.17053, abs=5e-6)


@pytest.mark.parametrize(
    ("slip", "number"),
    [
        ("activation_derivative_left_out", 0.9437),
        ("preactivation_in_derivative", -1.1796),
        ("residual_reversed", -0.1706),
        ("outer_product_swapped", 0.2973),
    ],
)
def test_the_model_items_wrong_answers_are_recognised(slip: str, number: float):
    (answer,) = answers(MODEL, (("W1", "gradient", (0, 1)),))
    found = wrong(MODEL, ("W1", "gradient", (0, 1)))[slip]
    assert abs(found - number) <= answer.tolerances[0]


def test_the_reference_network_has_its_published_values():
    (a, b, c, d) = answers(
        REFERENCE,
        (("s2", "value", None),),
        (DELTA1,),
        (("W1", "gradient", None),),
        (("W2", "gradient", None),),
    )
    assert a.values[0].item() == pytest.approx(0.9752, abs=5e-5)
    assert b.values[0].ravel() == pytest.approx([0.1336, -0.1373], abs=5e-5)
    assert c.values[0].ravel() == pytest.approx([0.1336, -0.2671, -0.1373, 0.2745], abs=6e-5)
    assert d.values[0].ravel() == pytest.approx([0.3565, 0.0832], abs=5e-5)


@pytest.mark.parametrize(
    ("asked", "slip", "numbers"),
    [
        ("s1", "activation_derivative_left_out", (0.7128, -0.9504)),
        ("s1", "preactivation_in_derivative", (-0.0784, 3.7566)),
        ("W2", "residual_reversed", (-0.3565, -0.0832)),
        ("W2", "factor_two", (0.7131, 0.1664)),
        ("s2", "linear_output_bent", (0.0115,)),
        ("b2", "bias_multiplied_in", (0.0950,)),
        ("W1", "outer_product_swapped", (0.1336, -0.1373, -0.2671, 0.2745)),
    ],
)
def test_the_reference_networks_slips_lead_to_their_published_numbers(
    asked: str, slip: str, numbers: tuple[float, ...]
):
    found = wrong(REFERENCE, (asked, "gradient", None))[slip]
    assert found == pytest.approx(numbers, abs=6e-5)


def test_leaving_out_the_weight_leaves_delta_as_residual_times_derivative():
    found = wrong(REFERENCE, DELTA1)["weight_left_out"]
    assert found[0] == pytest.approx(0.0890, abs=5e-5)


ONE_UNIT = Net(
    activations=("sigmoid",),
    loss="half_squared_error",
    x=(2.0,),
    weights=(((log(3) / 2 - 0.25,),),),
    biases=((0.5,),),
    y=(1.0,),
)
"""One sigmoid unit with the output 0.75 and the target 1."""


@pytest.mark.parametrize(
    ("loss", "slip", "number"),
    [
        ("half_squared_error", "activation_derivative_left_out", -0.25),
        ("binary_cross_entropy", "sigmoid_derivative_twice", -0.0469),
        ("binary_cross_entropy", "stops_at_prediction", -1.3333),
        ("binary_cross_entropy", "target_not_subtracted", 0.75),
    ],
)
def test_slips_at_a_sigmoid_output_lead_to_their_published_numbers(
    loss: str, slip: str, number: float
):
    found = wrong(replace(ONE_UNIT, loss=loss), DELTA1)[slip]
    assert found == pytest.approx(number, abs=5e-5)


@pytest.mark.parametrize(
    ("loss", "residual"), [("half_squared_error", -0.25), ("squared_error", -0.5)]
)
def test_the_derivative_can_be_left_out_at_the_output_alone(loss: str, residual: float):
    two = replace(
        ONE_UNIT,
        activations=("sigmoid", "sigmoid"),
        loss=loss,
        weights=(*ONE_UNIT.weights, ((1.0,),)),
        biases=((0.5,), (log(3) - 0.75,)),
    )
    found = wrong(two, DELTA1)["output_derivative_left_out"]
    assert found == pytest.approx(residual * 0.75 * 0.25)


def test_stopping_at_the_probabilities_divides_the_target_by_them():
    scores = replace(
        ONE_UNIT,
        activations=("softmax",),
        loss="cross_entropy",
        weights=(((0.75,), (0.5,), (-0.25,)),),
        biases=((0.5, -0.5, -0.5),),
        y=(1.0, 0.0, 0.0),
    )
    found = wrong(scores, DELTA1)["stops_at_prediction"]
    assert found == pytest.approx([-1 / 0.7856, 0, 0], abs=5e-5)


def test_factors_of_the_last_product_that_are_left_out_or_mistaken():
    weight = ("W1", "gradient", (0, 1))
    delta, x2, w = -0.0853, -2.0, -0.5
    assert wrong(MODEL, weight)["input_left_out"] == pytest.approx(delta, abs=5e-5)
    assert wrong(MODEL, weight)["own_weight"] == pytest.approx(delta * w, abs=5e-5)
    assert answers(MODEL, (weight,))[0].values[0] == pytest.approx(delta * x2, abs=5e-4)


def test_rows_and_columns_are_exchanged_entry_by_entry_where_the_matrix_is_not_square():
    wide = replace(
        MODEL,
        x=(1.0, -2.0, 0.5),
        weights=(((0.5, -0.5, 0.4), (1.0, 0.25, 0.6)), *MODEL.weights[1:]),
    )
    ((delta,),) = (answer.values for answer in answers(wide, (DELTA1,)))
    entry = wrong(wide, ("W1", "gradient", (0, 1)))["outer_product_swapped"]
    assert entry == pytest.approx(delta[1, 0] * wide.x[0])
    assert "outer_product_swapped" not in wrong(wide, ("W1", "gradient", (0, 2)))
    assert "outer_product_swapped" not in wrong(wide, ("W1", "gradient", None))


def test_items_are_verified_in_full():
    for difficulty in DIFFICULTIES:
        for form in FORMS:
            key = Key("weight_gradient", 1, 1)
            item = make(find("weight_gradient"), key, difficulty, form, full=True)
            assert max(each.deviation for each in item.verifications) < 1e-9


def unit(activation: str, s: float) -> float:
    return {
        "identity": s,
        "relu": max(0.0, s),
        "tanh": tanh(s),
        "sigmoid": 1 / (1 + exp(-s)),
        "softmax": exp(s),
    }[activation]


def by_hand(net: Net) -> tuple[list[list[float]], float]:
    """Pre-activations by layer and the loss, by plain arithmetic."""
    flow, sums = list(net.x), []
    for activation, rows, biases in zip(net.activations, net.weights, net.biases, strict=True):
        s = [
            sum(w * o for w, o in zip(row, flow, strict=True)) + b
            for row, b in zip(rows, biases, strict=True)
        ]
        sums.append(s)
        flow = [unit(activation, each) for each in s]
        if activation == "softmax":
            flow = [each / sum(flow) for each in flow]
    return sums, loss_of(net.loss, flow, net.y)


def loss_of(name: str, prediction: Sequence[float], target: Sequence[float]) -> float:
    pairs = list(zip(prediction, target, strict=True))
    match name:
        case "binary_cross_entropy":
            ((p, y),) = pairs
            return -log(p if y else 1 - p)
        case "cross_entropy":
            return -sum(y * log(p) for p, y in pairs)
    squares = sum((p - y) ** 2 for p, y in pairs)
    return squares / 2 if name == "half_squared_error" else squares


def losses_asked(item: Item) -> list[float]:
    return [
        float(value)
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True)
        for ask, value in zip(part.asks, solved.answer.values, strict=True)
        if ask.node == "loss"
    ]


def test_losses_agree_with_plain_arithmetic_whatever_the_convention_for_biases():
    for _, _, item in items(25):
        for loss in losses_asked(item):
            assert item.problem.network is not None
            told = item.problem.network.architecture.loss
            net = replace(item.params.net, loss=told)
            assert loss == pytest.approx(by_hand(net)[1])


def test_no_unit_is_saturated_or_near_a_kink_and_no_relu_layer_is_dead():
    for _, _, item in items(25):
        net: Net = item.params.net
        for activation, sums in zip(net.activations, by_hand(net)[0], strict=True):
            low, high = BANDS[activation]
            assert all(low - 1e-9 <= abs(s) <= high + 1e-9 for s in sums)
            assert activation != "relu" or max(sums) > 0


def test_difficulties_differ_in_depth_width_and_parts():
    parts, sizes = Counter[Difficulty](), Counter[Difficulty]()
    for difficulty, form, item in items(60):
        net: Net = item.params.net
        sizes[difficulty] += sum(len(rows) * len(rows[0]) for rows in net.weights)
        parts[difficulty] += len(item.problem.parts) if form == "numeric" else 0
    assert sizes["easy"] < sizes["medium"] < sizes["hard"]
    assert parts["easy"] < parts["medium"] < parts["hard"]


def test_only_hard_items_fold_biases_in_and_they_ask_for_whole_matrices():
    folded = [item for _, _, item in items(60) if item.params.net.bias == "folded"]
    assert folded
    for item in folded:
        assert item.difficulty == "hard"
        assert all(ask.index is None for part in item.problem.parts for ask in part.asks)


def test_no_part_asks_for_what_another_part_has_found():
    for _, form, item in items(60):
        *before, last = item.problem.parts
        deltas = {ask.node[1:] for part in before for ask in part.asks if ask.of == "gradient"}
        assert not deltas & {ask.node[1:] for ask in last.asks if ask.node.startswith("b")}, form


def test_most_draws_are_accepted_and_hardly_two_are_the_same_question():
    for difficulty in DIFFICULTIES:
        for form in FORMS:
            family = find("weight_gradient")
            made = [
                make(family, Key("weight_gradient", 1, seed), difficulty, form)
                for seed in range(100)
            ]
            assert sum(item.attempts for item in made) <= 100 / 0.7
            assert len({item.fingerprint for item in made}) > 95


def test_the_check_states_the_sign_that_the_answer_has():
    signs = 0
    for _, _, item in items(30):
        text = " ".join(write(Document("", tuple(worked(item)))).split())
        stated = re.search(r"cost (rises|falls): the derivative is (positive|negative)", text)
        if stated:
            answer = item.solution.parts[-1].answer
            assert answer is not None
            sign = ("rises", "positive") if answer.values[0] > 0 else ("falls", "negative")
            assert stated.groups() == sign
            signs += 1
    assert signs > 40


def test_draws_that_cannot_be_kept_within_their_bands_are_rejected_with_a_reason():
    reasons = set()
    for seed in range(4000):
        try:
            sample(Draw("bands", seed), "hard", "numeric")
        except Rejected as rejected:
            reasons.add(rejected.reason)
    assert reasons <= {"no bias keeps a unit within its band"}


def test_a_paper_says_what_a_sensitivity_is_where_it_asks_for_one_and_nowhere_else() -> None:
    told = set()
    for seed in range(12):
        key, difficulty = Key("weight_gradient", 1, seed), DIFFICULTIES[seed % 3]
        item = make(find(key.family), key, difficulty, "numeric", notation=load("cmu-chai"))
        shown = " ".join(write(Document("", tuple(question(item)))).split())
        asked = "delta" in item.problem.conventions
        told.add(asked)
        assert ("of layer l is the derivative of the loss with respect to" in shown) == asked
        assert shown.lower().count("sensitivity") == asked
    assert told == {True, False}
