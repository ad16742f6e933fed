"""Lines about minus the gradients, as some courses write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver import term as t
from solver.graph import GraphBuilder
from solver.lines import opposite
from solver.network import ACTIVATIONS, Architecture, Layer, build
from solver.passes import backward, forward
from solver.steps import lines, steps

ENDS = [
    ("half_squared_error", "identity"),
    ("squared_error", "tanh"),
    ("half_squared_error", "softmax"),
    ("binary_cross_entropy", "sigmoid"),
    ("cross_entropy", "softmax"),
]


def minus(activation: str, loss: str) -> dict[str, str]:
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(2, activation)), loss))
    found = lines(network.graph, -1)
    return {t.plain(line.leaf): t.plain(line.formula) for line in found if line.kind == "backward"}


@pytest.mark.parametrize(
    ("activation", "loss", "leaf", "formula"),
    [
        ("identity", "half_squared_error", "d[s2]", "(y - s2)"),
        ("sigmoid", "half_squared_error", "d[o2]", "(y - o2)"),
        ("tanh", "squared_error", "d[o2]", "(2 * (y - o2))"),
        ("sigmoid", "binary_cross_entropy", "d[s2]", "(y - o2)"),
        ("softmax", "cross_entropy", "d[s2]", "(y - o2)"),
    ],
)
def test_minus_gradients_begin_with_target_minus_prediction(
    activation: str, loss: str, leaf: str, formula: str
) -> None:
    found = minus(activation, loss)
    assert found[leaf] == formula
    # All later lines are the same as for gradients.
    assert found["d[o1]"] == "(W2.T @ d[s2])"
    assert found["d[W1]"] == "(d[s1] @ x.T)"


@pytest.mark.parametrize(
    ("activation", "loss", "leaf", "formula"),
    [
        ("identity", "half_squared_error", "d[s1]", "((1 / 3) * (y - s1))"),
        ("identity", "squared_error", "d[s1]", "((1 / 3) * (2 * (y - s1)))"),
        ("sigmoid", "binary_cross_entropy", "d[s1]", "((1 / 3) * (y - o1))"),
    ],
)
def test_minus_the_gradient_of_a_mean_takes_the_sign_into_the_difference(
    activation: str, loss: str, leaf: str, formula: str
) -> None:
    network = build(Architecture(2, (Layer(1, activation),), loss, examples=3, reduction="mean"))
    found = {t.plain(line.leaf): t.plain(line.formula) for line in lines(network.graph, -1)}
    assert found[leaf] == formula


def test_minus_gradients_in_a_graph_have_no_factor_of_minus_one() -> None:
    builder = GraphBuilder()
    x, y = builder.input("x"), builder.input("y")
    q = builder.apply("divide", x, y, name="q")
    r = builder.apply("subtract", q, x, name="r")
    builder.apply("exp", builder.apply("negative", r, name="n"), name="f")
    found = {t.plain(line.leaf): t.plain(line.formula) for line in lines(builder.build(), -1)}
    assert found["d[n]"] == "-f"
    assert found["d[r]"] == "-d[n]"
    assert found["d[q]"] == "d[r]"
    assert found["d[x]"] == "(-d[r] + (d[q] / y))"


@given(
    st.sampled_from(ENDS),
    st.sampled_from([a for a in ACTIVATIONS if a != "softmax"]),
    st.integers(0, 10**6),
)
@settings(max_examples=30)
def test_minus_gradients_are_minus_the_gradients(
    end: tuple[str, str], hidden: str, seed: int
) -> None:
    loss, last = end
    network = build(Architecture(2, (Layer(2, hidden, 0.1), Layer(2, last)), loss, examples=2))
    rng = np.random.default_rng(seed)
    givens = {v.name: rng.integers(-15, 16, v.shape) / 10 for v in network.graph.inputs}
    givens["y"] = np.eye(2)
    values = forward(network.graph, givens)
    # A pre-activation at a kink could be rounded to its other side.
    assume(all(np.abs(values[s]).min() > 1e-6 for s in network.preactivations))
    gradients = backward(network.graph, values)
    wanted = [(line.leaf, None) for line in lines(network.graph, -1)]
    for step in steps(network.graph, givens, wanted, 9, sign=-1):
        if step.kind == "backward":
            np.testing.assert_allclose(step.value, -gradients[step.node], rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ((t.name("p") - t.name("t")) * t.name("s"), "((t - p) * s)"),
        (t.name("s") * (1 - t.name("s")), "-(s * (1 - s))"),
        (-t.name("s"), "s"),
        (t.number(2.0) * (t.name("p") - t.name("t")), "(2 * (t - p))"),
        (t.number(1.0), "-1"),
    ],
)
def test_minus_a_product_turns_a_difference_round_but_no_complement(term: t.Term, said: str):
    assert str(opposite(term)) == said
