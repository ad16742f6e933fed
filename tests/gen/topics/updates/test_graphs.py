"""The graphs of an update against updates from central differences of the loss."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from gen.topics.updates.graphs import SPOILED, Unit, epoch_graph, update_graph
from solver.passes import forward

LOSSES = ("half_squared_error", "squared_error", "binary_cross_entropy")
UNITS = [
    Unit(examples, inputs, loss, reduction)
    for examples, inputs, loss, reduction in product((1, 3), (1, 2), LOSSES, ("sum", "mean"))
]


def givens_of(graph):
    drawn = np.random.RandomState(7)
    found = {v.name: drawn.uniform(-1, 1, v.shape) for v in graph.inputs}
    return found | {n: (value > 0) * 1.0 for n, value in found.items() if n.startswith("y")}


def loss_of(unit, x, y, parameters):
    s = x.reshape(unit.examples, unit.inputs) @ parameters[:-1] + parameters[-1]
    y = y.reshape(-1)
    if unit.loss == "binary_cross_entropy":
        each = np.logaddexp(0, s) - y * s
    else:
        each = (s - y) ** 2 / (2 if unit.loss == "half_squared_error" else 1)
    return each.mean() if unit.reduction == "mean" else each.sum()


def moved(unit, x, y, parameters, rate):
    units = 1e-6 * np.eye(parameters.size)
    slopes = [
        (loss_of(unit, x, y, parameters + h) - loss_of(unit, x, y, parameters - h)) / 2e-6
        for h in units
    ]
    return parameters - rate * np.array(slopes)


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_an_update_goes_against_the_gradient_of_the_loss(unit):
    graph = update_graph(unit)
    givens = givens_of(graph)
    values = forward(graph, givens)
    old = np.append(givens["w"], givens["b"])
    new = moved(unit, givens["x"], givens["y"], old, givens["e"])
    assert float(values["loss"]) == pytest.approx(loss_of(unit, givens["x"], givens["y"], old))
    assert np.append(values["wn"], values["bn"]) == pytest.approx(new, abs=1e-8)
    assert float(values["lossn"]) == pytest.approx(
        loss_of(unit, givens["x"], givens["y"], new), abs=1e-8
    )


@pytest.mark.parametrize("unit", [u for u in UNITS if u.examples == 1], ids=str)
def test_two_updates_follow_one_another(unit):
    graph = epoch_graph(unit)
    givens = givens_of(graph)
    values = forward(graph, givens)
    first = moved(
        unit, givens["x1"], givens["y1"], np.append(givens["w"], givens["b"]), givens["e"]
    )
    second = moved(unit, givens["x2"], givens["y2"], first, givens["e"])
    assert np.append(values["wm"], values["bm"]) == pytest.approx(second, abs=1e-8)


@pytest.mark.parametrize("spoiled", SPOILED)
def test_every_mistake_keeps_the_shapes_and_changes_a_number(spoiled):
    unit = Unit(3, 2, "binary_cross_entropy" if "sigmoid" in spoiled else "squared_error")
    right, wrong = update_graph(unit), update_graph(unit, spoiled)
    givens = givens_of(right)
    ours, theirs = forward(right, givens), forward(wrong, givens)
    assert theirs["wn"].shape == ours["wn"].shape
    assert not np.allclose(np.append(ours["wn"], ours["bn"]), np.append(theirs["wn"], theirs["bn"]))
