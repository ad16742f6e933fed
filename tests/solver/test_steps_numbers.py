"""Lines in other numbers than plain decimals: exact ones, very long and very small ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver import term as t
from solver.arithmetic import EXACT, Decimals, NotExact
from solver.exact import Exact, exact
from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, Network, build
from solver.passes import backward, forward
from solver.steps import Step, by_hand, lines, steps

Wanted = list[tuple[t.Term, Any]]
ENDS = [
    ("half_squared_error", "identity"),
    ("half_squared_error", "softmax"),
    ("cross_entropy", "softmax"),
]


def entries(substitution: Any) -> list[t.Term]:
    return list(np.ravel(substitution)) if isinstance(substitution, np.ndarray) else [substitution]


def given_in_full(x: float) -> Step:
    builder = GraphBuilder()
    builder.apply("multiply", builder.input("a"), builder.input("b"), name="y")
    givens = {"a": np.array(x), "b": np.array(3.0)}
    return steps(builder.build(), givens, [(t.name("y"), None)], Decimals(4))[0]


def test_a_given_that_is_too_long_is_used_as_it_is_shown() -> None:
    found = given_in_full(1 / 3)
    assert t.plain(entries(found.substitution)[0]) == "(0.3333 * 3)"
    assert float(found.value) == 0.9999
    assert not found.exact


def test_a_very_small_value_keeps_its_digits() -> None:
    found = given_in_full(1.23456e-8)
    assert t.plain(entries(found.substitution)[0]) == "(1.23456e-08 * 3)"
    assert float(found.value) == 3.704e-8


LOGARITHMS = ("0", "ln 2", "-ln 2", "ln 3", "-ln 3", "ln(3/2)", "2*ln 2")
RATIONALS = ("1", "-1", "1/2", "-3/2", "2", "3/4", "-1/3")


@st.composite
def exact_problems(draw: st.DrawFn) -> tuple[Network, dict[str, Any]]:
    """Nets whose first pre-activations are logarithms and whose second weights are rational."""
    hidden = draw(st.sampled_from(["sigmoid", "tanh", "relu"]))
    loss, last = draw(st.sampled_from(ENDS))
    units, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    network = build(Architecture(1, (Layer(units, hidden), Layer(outputs, last)), loss))
    givens: dict[str, Any] = {}
    for variable in network.graph.inputs:
        pool = LOGARITHMS if variable.name in ("W1", "b1") else RATIONALS
        numbers = [draw(st.sampled_from(pool)) for _ in range(int(np.prod(variable.shape)))]
        givens[variable.name] = np.array(numbers, dtype=object).reshape(variable.shape)
    givens["x"] = np.array([["1"]], dtype=object)
    givens["y"] = np.array([[1], [0]][:outputs], dtype=object)
    return network, givens


@given(exact_problems())
@settings(max_examples=80)
def test_exact_lines_have_the_values_that_floats_have(
    problem: tuple[Network, dict[str, Any]],
) -> None:
    network, givens = problem
    wanted = [(line.leaf, None) for line in lines(network.graph)]
    try:
        found = steps(network.graph, givens, wanted, EXACT)
    except NotExact:
        assume(False)
    floats = {name: exact(value).astype(float) for name, value in givens.items()}
    values = forward(network.graph, floats)
    gradients = backward(network.graph, values)
    for step in found:
        assert step.places is None
        assert np.all(step.exact)
        assert all(isinstance(number, Exact) for number in step.value.ravel())
        if step.kind != "local":
            expected = (values if step.kind == "forward" else gradients)[step.node]
            np.testing.assert_allclose(step.value.astype(float), expected, rtol=1e-12, atol=1e-12)


def test_an_exact_line_has_exact_numbers_put_in() -> None:
    network = build(Architecture(1, (Layer(1, "sigmoid"),), "binary_cross_entropy"))
    givens = {"x": [[1]], "W1": [["ln 3"]], "b1": [[0]], "y": [[1]]}
    wanted: Wanted = [(t.name("loss"), None), (t.gradient("W1", (1, 1)), (0, 0))]
    found = {t.plain(step.leaf): step for step in steps(network.graph, givens, wanted, EXACT)}
    assert t.plain(entries(found["s1"].substitution)[0]) == "((ln(3) * 1) + 0)"
    assert [str(found[leaf].value.item()) for leaf in ("s1", "o1", "loss", "d[s1]", "d[W1]")] == [
        "ln(3)",
        "3/4",
        "ln(4/3)",
        "-1/4",
        "-1/4",
    ]
    assert found["d[W1]"].index == (0, 0)


def test_lines_that_have_no_exact_numbers_say_why() -> None:
    builder = GraphBuilder()
    builder.apply("cos", builder.input("x"), name="y")
    with pytest.raises(NotExact, match=r"^cos\(1\) has no exact value$"):
        steps(builder.build(), {"x": np.array(1.0)}, [(t.name("y"), None)], EXACT)


def test_by_hand_takes_the_same_arithmetics() -> None:
    network = build(Architecture(1, (Layer(1, "sigmoid"),)))
    givens = {"x": [[1]], "W1": [["ln 3"]], "b1": [[0]], "y": [[1]]}
    values = by_hand(network.graph, givens, [t.gradient("s1")], EXACT, sign=-1)
    # -(3/4 - 1) * 3/4 * 1/4
    assert values[t.gradient("s1")].item() == Exact("3/64")


def test_a_larger_number_that_is_exact_is_printed_in_full_beside_a_rounded_one() -> None:
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    ratio = builder.apply("divide", a, b, name="q")
    builder.apply("maximum", builder.apply("multiply", a, a, name="p"), ratio, name="h")
    builder.apply("minimum", "p", ratio, name="l")
    givens = {"a": np.array(1.5), "b": np.array(1.35)}
    wanted: Wanted = [(t.name(node), None) for node in "hl"]
    found = {step.node: step for step in steps(builder.build(), givens, wanted, 4)}
    assert (float(found["h"].value), bool(found["h"].exact)) == (2.25, True)
    assert (float(found["l"].value), bool(found["l"].exact)) == (1.1111, False)


def test_the_line_of_one_entry_keeps_the_fraction_of_a_mean() -> None:
    builder = GraphBuilder()
    builder.input("x", (3,))
    share = builder.apply("divide", builder.constant(1), builder.constant(3), hidden=True)
    builder.apply("multiply", share, "x", name="z")
    givens = {"x": np.array([0.3, 0.6, 1.2])}
    (line,) = steps(builder.build(), givens, [(t.name("z"), (1,))], 4)
    assert t.plain(line.formula) == "((1 / 3) * entry(x, (1,)))"
