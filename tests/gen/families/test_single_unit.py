"""Single units: the gradient is that of a textbook loop, for one example and for several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import exp, log, tanh

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.single_unit import Params, pose
from gen.family import find
from gen.items import make
from gen.presentation.items import question, single
from gen.problem import Item, Key
from gen.solving import solve
from gen.topics.networks.nets import BANDS
from gen.topics.units.units import LEAST_SLOPE, Unit
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from solver.orientation import weights_of
from templates.document import Document
from templates.notation import load
from templates.writers.text import write

FORMS: tuple[Form, ...] = ("numeric", "choice")


def items(count: int, notation: str = "standard") -> Iterator[tuple[Difficulty, Form, Item]]:
    for difficulty in DIFFICULTIES:
        for form in FORMS:
            for seed in range(count):
                key = Key("single_unit", 1, seed)
                family = find(key.family)
                yield (
                    difficulty,
                    form,
                    make(family, key, difficulty, form, notation=load(notation)),
                )


def output(activation: str, z: float) -> float:
    return {"identity": z, "tanh": tanh(z), "sigmoid": 1 / (1 + exp(-z))}[activation]


def loss(unit: Unit, name: str, weights: list[float], bias: float) -> float:
    """The loss of all examples, from its definition."""
    total = 0.0
    for row, y in zip(unit.inputs, unit.targets, strict=True):
        f = output(unit.activation, sum(w * x for w, x in zip(weights, row, strict=True)) + bias)
        if name == "binary_cross_entropy":
            total -= y * log(f) + (1 - y) * log(1 - f)
        else:
            total += (f - y) ** 2 / (2 if name == "half_squared_error" else 1)
    return total / (len(unit.inputs) if unit.reduction == "mean" else 1)


def slopes(unit: Unit, name: str) -> list[float]:
    """The gradient with respect to the weights and then the bias, by central differences."""
    point, step, found = [*unit.weights, unit.bias or 0.0], 1e-5, []
    for place in range(len(point)):
        up, down = list(point), list(point)
        up[place] += step
        down[place] -= step
        ends = (loss(unit, name, p[:-1], p[-1]) for p in (up, down))
        found.append((next(ends) - next(ends)) / (2 * step))
    return found


@pytest.mark.parametrize("notation", ["standard", "cmu-chai", "cmu-gormley"])
def test_every_gradient_is_that_of_central_differences_of_the_loss(notation: str):
    for _, _, item in items(15, notation):
        network, part = item.problem.network, item.problem.parts[-1]
        told = dict(
            zip((ask.node for ask in part.asks), item.solution.parts[-1].answer.values, strict=True)
        )
        views = weights_of(network, told)
        expected = slopes(item.params.unit, network.architecture.loss)
        assert views["W1"].ravel() == pytest.approx(expected[:-1], abs=1e-8)
        if item.params.unit.bias is not None:
            assert views["b1"].ravel() == pytest.approx(expected[-1:], abs=1e-8)


THREE = Unit(
    activation="identity",
    loss="half_squared_error",
    inputs=((1.0, 2.0), (3.0, -1.0), (0.5, 4.0)),
    weights=(0.5, -0.5),
    bias=0.25,
    targets=(1.0, 0.0, -2.0),
    reduction="mean",
)


def wrong(unit: Unit) -> dict[str, list[float]]:
    solved = solve(pose(Params(unit)), Draw("test"))
    answer = solved.parts[-1].answer
    assert answer is not None
    return {w.slip: w.values[0].ravel().tolist() for w in answer.wrong}


def test_the_slips_of_several_examples_put_them_together_wrongly():
    z = [0.5 * a - 0.5 * b + 0.25 for a, b in THREE.inputs]
    misses = np.array([f - y for f, y in zip(z, THREE.targets, strict=True)])
    rows, found = np.array(THREE.inputs), wrong(THREE)
    assert found["sum_for_mean"] == pytest.approx(misses @ rows)
    assert found["last_example_only"] == pytest.approx(misses[-1] * rows[-1] / 3)
    assert found["examples_added_first"] == pytest.approx(misses.sum() * rows.sum(axis=0) / 3)
    assert found["linear_slope_is_preactivation"] == pytest.approx((misses * z) @ rows / 3)
    assert found["own_weight"] == pytest.approx(misses.sum() / 3 * np.array(THREE.weights))


def test_a_linear_unit_has_the_derivative_1_and_not_its_preactivation():
    one = Unit("identity", "half_squared_error", ((2.0, -1.0),), (0.5, 0.2), None, (2.0,))
    answer = solve(pose(Params(one)), Draw("test")).parts[-1].answer
    assert answer.values[0].ravel() == pytest.approx([-1.2 * 2, -1.2 * -1])
    assert wrong(one)["linear_slope_is_preactivation"] == pytest.approx([-1.92, 0.96])


def test_the_gradient_of_one_example_is_a_multiple_of_its_input():
    for difficulty, form, item in items(15):
        if difficulty != "easy":
            continue
        gradient = item.solution.parts[-1].answer.values[0].ravel()
        ratios = gradient / np.array(item.params.unit.inputs[0])
        assert ratios == pytest.approx(np.full_like(ratios, ratios[0])), form


def test_units_are_alive_for_every_example_and_miss_every_target():
    for _, _, item in items(25):
        unit = item.params.unit
        low, high = BANDS[unit.activation]
        for row, y in zip(unit.inputs, unit.targets, strict=True):
            z = sum(w * x for w, x in zip(unit.weights, row, strict=True)) + (unit.bias or 0)
            assert low <= abs(z) <= high
            assert abs(output(unit.activation, z) - y) > 0.19
        assert min(map(abs, slopes(unit, unit.loss)[: len(unit.weights)])) > LEAST_SLOPE / 2.01


def test_a_paper_says_how_its_loss_puts_examples_together():
    for _, _, item in items(8):
        text = " ".join(write(Document("", tuple(question(item)))).split())
        count = len(item.params.unit.inputs)
        stated = f"*{item.params.unit.reduction}*" in text
        assert stated == (count > 1)


def test_the_figure_labels_the_unit_for_one_example():
    for _, _, item in items(8, "cmu-chai"):
        text = " ".join(write(Document("", tuple(question(item)))).split())
        names = ", ".join(f"x{'₁₂₃'[j]}" for j in range(len(item.params.unit.weights)))
        names = names if len(item.params.unit.weights) > 1 else "x"
        assert f"(input{'s' * (names != 'x')}): {names}." in text


def test_delta_is_introduced_wherever_a_solution_uses_it():
    seen = 0
    for _, _, item in items(8, "backprep"):
        text = " ".join(write(single(item)).split())
        if "δ" in text:
            introduction = r"(The symbol δ\S+ stands for|Here δ is) the derivative of the loss"
            assert re.search(introduction, text)
            seen += 1
    assert seen > 20


def test_the_half_of_a_mean_of_two_is_not_taken_for_that_of_the_error():
    stated = [
        " ".join(write(Document("", tuple(question(item)))).split())
        for _, _, item in items(12, "rutgers-kim")
        if item.params.unit.loss == "squared_error"
        and item.params.unit.reduction == "mean"
        and len(item.params.unit.inputs) == 2
    ]
    assert stated
    for text in stated:
        assert "where the 1/2 is that of the mean" in text
        assert "without a factor 1/2" not in text
