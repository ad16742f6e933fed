"""What the words behind a line say of it: uses, signs, entries, logarithms that are not printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import solver
from solver import term as t
from solver.network import Architecture, Layer, build
from solver.steps import steps
from templates.document import Math, Paragraph, Text
from templates.explain import line
from templates.notation import Symbols, load


def graph_lines(expression: str, **givens: Any) -> dict[str, str]:
    """The words of the line of every gradient."""
    found = solver.solve(expression, givens)
    symbols = Symbols(found.graph, None, load("standard"))
    lines_of = (step for step in found.steps if step.kind == "backward")
    return {step.node: said(line(step, symbols)) for step in lines_of}


def said(paragraph: Paragraph) -> str:
    return "".join(
        each.source if isinstance(each, Math) else each.text
        for each in paragraph.content
        if isinstance(each, Text | Math)
    )


def test_a_node_that_uses_another_twice_is_named() -> None:
    found = graph_lines("q = dot(w, w); f = q + dot(w, x)", w=[0.5, -1], x=[1, 2])
    assert "w is used three times, twice by q, so the contributions" in found["w"]
    assert "x is used twice by y, so" in graph_lines("x*x", x=3)["x"]
    assert "x is used twice, so" in graph_lines("x*z + x", x=3, z=2)["x"]


@pytest.mark.parametrize("widest", range(50, 100, 3))
def test_a_line_has_its_numbers_or_those_of_one_entry(
    widest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("templates.explain._WIDEST_ROW", widest)
    network = build(Architecture(1, (Layer(1),), "squared_error", examples=3, reduction="mean"))
    givens = {
        "x": np.array([[1.0, 2.0, -3.0]]),
        "W1": np.array([[0.5123]]),
        "b1": np.array([[0.25]]),
        "y": np.array([[0.5, -1.0, 1.0]]),
    }
    notation = load("nyu-linzen")
    symbols = Symbols(network.graph, network, notation)
    found = steps(network.graph, givens, [(t.gradient("s1", (1, 3)), None)], 4)
    # The target stands first in this notation, which makes the row longer.
    assert "(0.5 - 0.7623)" in said(line(found[-1], symbols))


def test_what_is_done_behind_a_minus_sign_or_an_entry_is_told_too() -> None:
    behind_a_sign = graph_lines("1/(1 + exp(-x))", x=0.5)["x"]
    assert "A minus sign has local derivative $-1$".replace("$", "") in behind_a_sign
    assert "The derivative of e^u is e^u itself" in behind_a_sign
    behind_an_entry = graph_lines("log(w[2])*3", w=[0.5, 2])["w"]
    assert "Only that one entry reaches the output" in behind_an_entry
    assert r"The derivative of \log u is 1/u." in behind_an_entry


@pytest.mark.parametrize(
    ("activation", "loss", "told"),
    [
        ("sigmoid", "binary_cross_entropy", r"\log(1 - \sigma(u)) = -\log(1 + e^{u})"),
        ("softmax", "cross_entropy", r"u_k - \log \sum_j e^{u_j}"),
    ],
)
def test_a_logarithm_that_the_printed_output_lacks_is_explained(
    activation: str, loss: str, told: str
) -> None:
    target = [0] if activation == "sigmoid" else [1, 0]
    weights = [[[2]]] if activation == "sigmoid" else [[[-2], [2]]]
    for size, is_told in [(1000, True), (0.5, False)]:
        found = solver.solve_network([size], target, weights, activations=[activation], loss=loss)
        symbols = Symbols(found.graph, found.network, load("standard"))
        (step,) = (step for step in found.steps if step.node == "loss")
        assert (told in said(line(step, symbols))) is is_told
