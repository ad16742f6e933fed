"""The curve of an activation with its tangents: in the solution alone, and touching it."""

from __future__ import annotations

from math import cosh, exp, log, tanh

import pytest

from gen import items
from gen.family import find
from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.problem import Key
from gen.topics.activations.graphs import forward_graph
from gen.topics.activations.plots import tangents
from templates.figures.plot import plot
from templates.notation import Symbols, load
from templates.plots import Plot

FUNCTIONS = {
    "sigmoid": (lambda s: 1 / (1 + exp(-s)), lambda s: exp(-s) / (1 + exp(-s)) ** 2),
    "tanh": (tanh, lambda s: 1 / cosh(s) ** 2),
    "softplus": (lambda s: log(1 + exp(s)), lambda s: 1 / (1 + exp(-s))),
    "elu": (lambda s: s if s > 0 else 2 * (exp(s) - 1), lambda s: 1 if s > 0 else 2 * exp(s)),
    "relu": (lambda s: max(s, 0), lambda s: float(s > 0)),
}


def drawn(name: str, at: tuple[float, ...]) -> Plot:
    graph = forward_graph((name,), 2.0, len(at), False)
    return tangents(name, 2.0, at)(Symbols(graph, None, load(), {}))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("at", [(-0.7,), (1.3,), (-1.9, 0.4, 2.2)])
def test_the_tangents_touch_the_curve_with_the_slope_that_is_asked_for(
    name: str, at: tuple[float, ...]
):
    value, slope = FUNCTIONS[name]
    shown = drawn(name, at)
    curve, *lines = shown.curves
    assert [y for _, y in curve.points] == pytest.approx([value(x) for x, _ in curve.points])
    for x, dot, line in zip(at, shown.dots, lines, strict=True):
        assert (dot.x, dot.y) == pytest.approx((x, value(x)))
        for far, high in line.points:
            assert high - value(x) == pytest.approx(slope(x) * (far - x))


def test_points_far_out_are_still_on_the_page():
    shown = drawn("relu", (-8.0, 5.0))
    assert shown.horizontal.high == 8
    assert "(-8, 0)" in plot(shown).description


@pytest.mark.parametrize("seed", range(12))
def test_the_question_has_no_tangent_and_the_solution_has_one(seed: int):
    family = find("activation_derivative")
    item = items.make(family, Key("activation_derivative", 1, seed), "easy", "numeric")
    symbols = Context(item).symbols
    assert figure(item, symbols, solved=False) is None
    found = figure(item, symbols, solved=True)
    assert (found is None) is (item.params.kind == "stored")


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "elu", "relu"])
def test_no_curve_lies_upon_the_axis(name: str):
    shown = drawn(name, (0.3, -0.6))
    assert shown.vertical.low < min(y for _, y in shown.curves[0].points) - 0.05
