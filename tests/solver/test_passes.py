from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver.graph import Graph, GraphBuilder
from solver.network import ACTIVATIONS, Architecture, Layer, build
from solver.passes import backward, directional, forward
from solver.rules import RULES, ByInput, Rule

Givens = dict[str, Any]


def diamond() -> Graph:
    """f = (ab + a)^2."""
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    q = builder.apply("add", builder.apply("multiply", a, b, name="p"), a, name="q")
    builder.apply("power", q, name="f", exponent=2)
    return builder.build()


AT = {"a": np.float64(3), "b": np.float64(-2)}


def test_values_and_gradients_of_a_graph_are_those_by_hand() -> None:
    values = forward(diamond(), AT)
    assert [float(values[n]) for n in "pqf"] == [-6, -3, 9]
    gradients = backward(diamond(), values)
    assert {n: float(g) for n, g in gradients.items()} == {
        "f": 1,
        "q": -6,
        "p": -6,
        "a": 6,
        "b": -18,
    }


def test_on_the_way_to_some_nodes_a_pass_visits_nothing_else() -> None:
    values = forward(diamond(), AT)
    gradients = backward(diamond(), values)
    for towards, visited in ((("b",), "fqpb"), (("q",), "fq"), (("a", "p"), "fqpa"), ((), "f")):
        found = backward(diamond(), values, towards=towards)
        assert found == {node: gradients[node] for node in visited}, towards


def test_the_gradients_of_a_node_that_is_used_twice_are_added() -> None:
    builder = GraphBuilder()
    x = builder.input("x")
    builder.apply("add", x, x, name="y")
    assert float(backward(builder.build(), {"x": np.float64(5), "y": np.float64(10)})["x"]) == 2.0


def test_a_gradient_that_nobody_wants_is_not_computed() -> None:
    builder = GraphBuilder()
    x, b = builder.input("x", fixed=True), builder.input("b")
    w = builder.input("w")
    power = builder.apply("general_power", b, x, name="p")
    builder.apply("divide", power, w, name="y")
    asked: list[str] = []

    def noted(name: str, rule: Rule) -> Rule:
        def noting(*known: Any) -> Any:
            asked.append(name)
            return rule(*known)

        return noting

    power_rule = RULES["general_power"].backward
    assert isinstance(power_rule, ByInput)
    spy = ByInput(noted("base", power_rule.left), noted("exponent", power_rule.right))
    rules = RULES.spoiled([replace(RULES["general_power"], backward=spy)])
    at = {"x": np.float64(3), "b": np.float64(-2), "w": np.float64(4)}
    graph = builder.build()
    gradients = backward(graph, forward(graph, at, rules), rules)
    assert asked == ["base"]
    assert {n: float(g) for n, g in gradients.items()} == {"y": 1, "p": 0.25, "b": 3, "w": 0.5}


def test_fixed_inputs_constants_and_what_hangs_on_them_have_no_gradient() -> None:
    builder = GraphBuilder()
    x, t = builder.input("x"), builder.input("t", fixed=True)
    shifted = builder.apply("add", t, builder.constant(1), name="u")
    builder.apply("multiply", x, shifted, name="y")
    graph = builder.build()
    gradients = backward(graph, forward(graph, {"x": np.float64(2), "t": np.float64(3)}))
    assert {n: float(g) for n, g in gradients.items()} == {"y": 1.0, "x": 4.0}


def test_a_node_that_does_not_reach_the_output_has_no_gradient() -> None:
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    builder.apply("exp", z, name="aside")
    builder.apply("exp", x, name="y")
    graph = builder.build("y")
    gradients = backward(graph, forward(graph, {"x": np.float64(0), "z": np.float64(1)}))
    assert set(gradients) == {"y", "x"}


def test_the_starting_gradient_multiplies_every_other() -> None:
    gradients = backward(diamond(), forward(diamond(), AT), start=np.float64(-0.5))
    assert float(gradients["b"]) == 9.0


def test_another_table_of_rules_is_followed_in_both_passes() -> None:
    cube = replace(RULES["power"], forward=lambda x, exponent: x**3)
    rules = RULES.spoiled([cube], accumulate=lambda old, new: new)
    values = forward(diamond(), AT, rules)
    assert float(values["f"]) == -27.0
    assert float(backward(diamond(), values, rules)["a"]) == 12.0


def test_the_complex_step_finds_a_directional_derivative_to_the_last_digit() -> None:
    assert directional(diamond(), AT, "a", 1.0) == 6.0
    assert directional(diamond(), AT, "b", -2.0) == 36.0


def steps_of(graph: Graph, givens: Givens, node: str) -> Any:
    """The gradient of the output with respect to an input, entry by entry, by complex steps."""
    gradient = np.empty(np.shape(givens[node]))
    for index in np.ndindex(*gradient.shape):
        direction = np.zeros(gradient.shape)
        direction[index] = 1.0
        gradient[index] = directional(graph, givens, node, direction)
    return gradient


def assert_gradients_are_right(graph: Graph, givens: Givens) -> None:
    gradients = backward(graph, forward(graph, givens))
    for variable in graph.inputs:
        if variable.fixed:
            assert variable.name not in gradients
            continue
        expected = steps_of(graph, givens, variable.name)
        found = gradients.get(variable.name, np.zeros(variable.shape))
        scale = max(1.0, float(np.abs(expected).max(initial=0.0)))
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9 * scale)


ENDS = {
    "squared_error": ACTIVATIONS,
    "half_squared_error": ACTIVATIONS,
    "binary_cross_entropy": ("sigmoid", "softmax"),
    "cross_entropy": ("softmax", "sigmoid", "softplus"),
}
widths = st.integers(1, 5)
hidden = st.builds(Layer, widths, st.sampled_from(ACTIVATIONS), st.just(0.3))


@st.composite
def architectures(draw: st.DrawFn, /, **fixed: Any) -> Architecture:
    loss = draw(st.sampled_from(sorted(ENDS)))
    last = Layer(
        # The softmax of one score is 1 whatever the score, and its log loss is infinite.
        draw(st.integers(2, 5)),
        draw(st.sampled_from(ENDS[loss])),
        0.3,
    )
    layers = (*draw(st.lists(hidden, max_size=3)), last)
    rows = draw(st.booleans())
    bias = draw(st.sampled_from(["separate", "none"] if rows else ["separate", "folded", "none"]))
    free = {
        "bias": bias,
        "examples": draw(st.integers(1, 3)),
        "reduction": draw(st.sampled_from(["sum", "mean"])),
        "rows": rows,
    }
    return Architecture(draw(widths), layers, loss, **{**free, **fixed})


def numbers(architecture: Architecture, seed: int) -> Givens:
    rng = np.random.default_rng(seed)
    givens: Givens = {v.name: rng.normal(size=v.shape) for v in build(architecture).graph.inputs}
    y = rng.uniform(0.1, 0.9, givens["y"].shape)
    axis = 1 if architecture.rows else 0
    givens["y"] = y / y.sum(axis=axis, keepdims=True) if "entropy" in architecture.loss else y
    return givens


def off_the_kinks(architecture: Architecture, values: Mapping[str, Any]) -> bool:
    """Neither at a kink nor so near a probability of 0 or 1 that 1 - p has few digits left."""
    network = build(architecture)
    clear = all(float(np.abs(values[s]).min()) > 1e-6 for s in network.preactivations)
    p = values[network.prediction]
    sure = "binary" in architecture.loss and float(np.minimum(p, 1 - p).min()) < 1e-4
    return clear and not sure and bool(np.isfinite(values["loss"]))


seeds = st.integers(0, 10**6)


@given(architectures(), seeds)
@settings(deadline=None, max_examples=150)
def test_every_gradient_of_a_network_equals_the_complex_step(
    architecture: Architecture, seed: int
) -> None:
    givens = numbers(architecture, seed)
    graph = build(architecture).graph
    assume(off_the_kinks(architecture, forward(graph, givens)))
    assert_gradients_are_right(graph, givens)


@given(architectures(rows=False, bias="separate"), seeds)
@settings(deadline=None, max_examples=60)
def test_a_folded_bias_is_the_first_column_of_the_weights(
    architecture: Architecture, seed: int
) -> None:
    givens = numbers(architecture, seed)
    folded = {"x": givens["x"], "y": givens["y"]}
    for number in range(1, architecture.depth + 1):
        folded[f"W{number}"] = np.hstack([givens[f"b{number}"], givens[f"W{number}"]])
    apart, together = (build(a).graph for a in (architecture, replace(architecture, bias="folded")))
    values, folded_values = forward(apart, givens), forward(together, folded)
    assume(np.isfinite(values["loss"]))
    np.testing.assert_allclose(folded_values["loss"], values["loss"], rtol=1e-12)
    gradients, folded_gradients = backward(apart, values), backward(together, folded_values)
    for number in range(1, architecture.depth + 1):
        both = np.hstack([gradients[f"b{number}"], gradients[f"W{number}"]])
        np.testing.assert_allclose(folded_gradients[f"W{number}"], both, rtol=1e-9, atol=1e-12)
        delta = gradients[f"s{number}"]
        np.testing.assert_allclose(folded_gradients[f"s{number}"], delta, rtol=1e-9, atol=1e-12)


@given(architectures(rows=False, bias="separate"), seeds)
@settings(deadline=None, max_examples=60)
def test_rows_give_the_transposes_of_columns(architecture: Architecture, seed: int) -> None:
    givens = numbers(architecture, seed)
    columns, rows = (build(a).graph for a in (architecture, replace(architecture, rows=True)))
    values = forward(columns, givens)
    assume(np.isfinite(values["loss"]))
    turned = forward(rows, {name: value.T for name, value in givens.items()})
    gradients, turned_gradients = backward(columns, values), backward(rows, turned)
    for node in columns.shapes:
        if not node.startswith("_") and node not in columns.constants:
            np.testing.assert_allclose(turned[node].T, values[node], rtol=1e-9, atol=1e-12)
    for node in ("s1", "W1", "b1"):
        np.testing.assert_allclose(turned_gradients[node].T, gradients[node], rtol=1e-9, atol=1e-12)


SMOOTH = ("tanh", "sigmoid", "sin", "cos", "softplus", "negative")
PAIRED = ("add", "subtract", "multiply", "divide")


@st.composite
def scalar_graphs(draw: st.DrawFn) -> tuple[Graph, Givens]:
    builder = GraphBuilder()
    nodes = [builder.input(name) for name in "abc"]
    nodes.append(builder.constant(draw(st.sampled_from([0.5, 2, -3]))))
    for _ in range(draw(st.integers(1, 30))):
        op = draw(st.sampled_from((*SMOOTH, *PAIRED, "power")))
        one, other = (draw(st.sampled_from(nodes)) for _ in range(2))
        inputs = (one, other) if op in PAIRED else (one,)
        exponent: dict[str, Any] = (
            {"exponent": draw(st.sampled_from([2, 3]))} if op == "power" else {}
        )
        target = builder.apply(op, *inputs, **exponent)
        nodes.append(target)
    point = st.floats(0.2, 2).map(np.float64)
    return builder.build(), {name: draw(point) for name in "abc"}


@given(scalar_graphs())
@settings(deadline=None, max_examples=150)
def test_every_gradient_of_a_scalar_graph_equals_the_complex_step(
    drawn: tuple[Graph, Givens],
) -> None:
    graph, givens = drawn
    with np.errstate(all="ignore"):
        values = forward(graph, givens)
        sizes = [abs(float(values[e.target])) for e in graph.equations]
        # Quotients by as good as zero leave no digits to compare.
        assume(all(1e-3 < size < 1e3 for size in sizes))
    assert_gradients_are_right(graph, givens)
