from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.network import ACTIVATIONS, Architecture, Layer, Network, build
from solver.passes import backward, forward
from solver.rounding import round_half_up
from solver.steps import Line, Step, by_hand, lines, relevant, steps

Wanted = list[tuple[t.Term, Any]]


def example() -> tuple[Network, dict[str, Any]]:
    """Two inputs, two tanh units, a linear output: an item that was worked by hand."""
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(1))))
    return network, {
        "x": np.array([[1.0], [-2.0]]),
        "W1": np.array([[0.5, -0.5], [1.0, 0.25]]),
        "b1": np.array([[0.0], [0.5]]),
        "W2": np.array([[0.8, -1.2]]),
        "b2": np.array([[0.1]]),
        "y": np.array([[0.5]]),
    }


ASKED: Wanted = [
    (t.name("loss"), None),
    (t.gradient("s1", (2, 1)), None),
    (t.gradient("W1", (2, 2)), (0, 1)),
]


def worked(wanted: Wanted = ASKED) -> dict[str, Step]:
    network, givens = example()
    return {t.plain(step.leaf): step for step in steps(network.graph, givens, wanted, 4)}


@pytest.mark.parametrize(
    ("leaf", "formula", "substitution", "value"),
    [
        (
            "s1",
            "((W1 @ x) + b1)",
            ["(((0.5 * 1) + (-0.5 * -2)) + 0)", "(((1 * 1) + (0.25 * -2)) + 0.5)"],
            [1.5, 1.0],
        ),
        ("o1", "tanh(s1)", ["tanh(1.5)", "tanh(1)"], [0.9051, 0.7616]),
        ("s2", "((W2 @ o1) + b2)", ["(((0.8 * 0.9051) + (-1.2 * 0.7616)) + 0.1)"], [-0.0898]),
        (
            "loss",
            "(sum(((s2 - y) ** 2), None, False) / 2)",
            ["(((-0.0898 - 0.5) ** 2) / 2)"],
            [0.1739],
        ),
        ("d[s2]", "(s2 - y)", ["(-0.0898 - 0.5)"], [-0.5898]),
        ("d[o1]", "(W2.T @ d[s2])", ["(0.8 * -0.5898)", "(-1.2 * -0.5898)"], [-0.4718, 0.7078]),
        (
            "local[o1]",
            "(1 - (o1 ** 2))",
            ["(1 - (0.9051 ** 2))", "(1 - (0.7616 ** 2))"],
            [0.1808, 0.42],
        ),
        (
            "d[s1]",
            "(d[o1] * local[o1])",
            ["(-0.4718 * 0.1808)", "(0.7078 * 0.4200)"],
            [-0.0853, 0.2973],
        ),
        (
            "d[W1]",
            "(entry(d[s1], (0, 0)) * entry(x, (1, 0)))",
            ["(-0.0853 * -2)"],
            [0.1706],
        ),
    ],
)
def test_the_example_is_worked_line_by_line(
    leaf: str, formula: str, substitution: list[str], value: list[float]
) -> None:
    step = worked()[leaf]
    assert t.plain(step.formula) == formula
    assert [t.plain(entry) for entry in entries(step.substitution)] == substitution
    assert np.ravel(step.value).tolist() == value


def entries(substitution: Any) -> list[t.Term]:
    return list(np.ravel(substitution)) if isinstance(substitution, np.ndarray) else [substitution]


def test_the_lines_of_the_example_stand_in_the_order_of_the_work() -> None:
    order = ["s1", "o1", "s2", "loss", "d[s2]", "d[o1]", "local[o1]", "d[s1]", "d[W1]"]
    assert list(worked()) == order
    kinds = [step.kind for step in worked().values()]
    assert kinds == ["forward"] * 4 + ["backward"] * 2 + ["local"] + ["backward"] * 2


def test_a_line_is_exact_where_rounding_took_nothing_away() -> None:
    found = worked()
    assert np.all(found["s1"].exact)
    assert not np.any(found["o1"].exact)


def test_a_value_made_from_rounded_ones_is_not_exact_even_if_it_needs_no_rounding() -> None:
    # -0.0898 - 0.5 has four decimals, but the first number had more.
    assert not np.any(worked()["d[s2]"].exact)


def test_only_the_lines_that_an_answer_needs_are_worked() -> None:
    assert list(worked([(t.name("s2"), None)])) == ["s1", "o1", "s2"]
    backward_only = worked([(t.gradient("b2"), None)])
    assert list(backward_only) == ["s1", "o1", "s2", "d[s2]", "d[b2]"]


def test_entries_that_nothing_else_uses_have_a_line_each() -> None:
    network, givens = example()
    weights = t.gradient("W1", (2, 2))
    wanted: Wanted = [(weights, (0, 1)), (weights, (1, 0)), (weights, (0, 1))]
    found = [s for s in steps(network.graph, givens, wanted, 4) if s.leaf == weights]
    assert [s.index for s in found] == [(0, 1), (1, 0)]
    assert [float(s.value) for s in found] == [0.1706, 0.2973]


def test_an_array_that_is_wanted_whole_has_one_line() -> None:
    network, givens = example()
    weights = t.gradient("W1", (2, 2))
    found = [
        s
        for s in steps(network.graph, givens, [(weights, None), (weights, (0, 1))], 4)
        if s.leaf == weights
    ]
    assert [s.index for s in found] == [None]


def test_a_line_knows_the_primitives_that_it_came_through() -> None:
    network, _ = example()
    through = {line.leaf: line.through for line in lines(network.graph)}
    assert through[t.name("o1")] == (("tanh", 0),)
    assert through[t.gradient("o1")] == (("matmul", 1),)
    assert through[t.gradient("W2")] == (("matmul", 0),)
    assert through[t.gradient("b2")] == (("add", 1),)


def fork() -> Graph:
    """f = (ab + a)^2, in which a is used twice."""
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    q = builder.apply("add", builder.apply("multiply", a, b, name="p"), a, name="q")
    builder.apply("power", q, name="f", exponent=2)
    return builder.build()


def line_of(graph: Graph, leaf: t.Term) -> Line:
    return next(line for line in lines(graph) if line.leaf == leaf)


def test_at_a_fork_the_line_is_a_sum_of_products() -> None:
    line = line_of(fork(), t.gradient("a"))
    assert t.plain(line.formula) == "(d[q] + (d[p] * b))"
    assert line.through == (("add", 1), ("multiply", 0))
    step = steps(fork(), {"a": np.array(3.0), "b": np.array(-2.0)}, [(t.gradient("a"), None)], 4)[
        -1
    ]
    assert t.plain(entries(step.substitution)[0]) == "(-6 + (-6 * -2))"
    assert float(step.value) == 6.0


def test_the_gradient_of_the_output_leaves_no_factor_of_one() -> None:
    assert t.plain(line_of(fork(), t.gradient("q")).formula) == "(2 * q)"


@pytest.mark.parametrize(
    ("activation", "loss"),
    [("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy")],
)
def test_a_function_that_has_a_line_is_called_by_its_name(activation: str, loss: str) -> None:
    network = build(Architecture(2, (Layer(3, activation),), loss))
    assert t.plain(line_of(network.graph, t.gradient("s1")).formula) == "(o1 - y)"


def test_a_hidden_node_has_no_line() -> None:
    for bias in ("separate", "folded"):
        network = build(Architecture(2, (Layer(2, "tanh"), Layer(1)), bias=bias))
        hidden = {e.target for e in network.graph.equations if e.hidden}
        assert hidden
        assert not hidden & {line.node for line in lines(network.graph)}
        assert not hidden & {
            str(leaf.args[0]) for line in lines(network.graph) for leaf in t.leaves(line.formula)
        }


def test_fixed_inputs_have_no_line() -> None:
    network, _ = example()
    leaves = {line.leaf for line in lines(network.graph)}
    assert not {t.gradient("x"), t.gradient("y")} & leaves
    assert {t.gradient(name) for name in ("W1", "b1", "W2", "b2")} <= leaves


def test_every_line_is_there_when_every_answer_is_wanted() -> None:
    network, _ = example()
    every = tuple(line.leaf for line in lines(network.graph))
    assert relevant(network.graph, every) == lines(network.graph)


def test_by_hand_gives_the_numbers_that_the_lines_print() -> None:
    network, givens = example()
    values = by_hand(network.graph, givens, [leaf for leaf, _ in ASKED], 4)
    assert float(values[t.gradient("W1")][0, 1]) == 0.1706
    assert float(values[t.name("loss")]) == 0.1739


def test_the_gradient_of_an_entry_is_placed_in_the_substitution_too() -> None:
    builder = GraphBuilder()
    x = builder.input("x", (2,))
    second = builder.apply("entry", x, name="e", index=(1,))
    total = builder.apply("sum", x, name="s")
    builder.apply("multiply", second, total, name="y")
    found = steps(builder.build(), {"x": np.array([3.0, 5.0])}, [(t.gradient("x"), None)], 4)[-1]
    # y = x2 (x1 + x2): the gradient is (x2, x1 + 2 x2).
    assert np.ravel(found.value).tolist() == [5.0, 13.0]
    assert [calculated(printed(entry)) for entry in entries(found.substitution)] == [5.0, 13.0]


def step_function(x: float, below: float = 0.0) -> float:
    return 1.0 if x > 0 else below


FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "softplus": lambda x: math.log1p(math.exp(x)),
    "relu": lambda x: max(x, 0.0),
    "leaky_relu": lambda x, a: x if x > 0 else a * x,
    "elu": lambda x, a: x if x > 0 else a * math.expm1(x),
    "step": step_function,
}
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


def calculated(text: str) -> float:
    """What a calculator shows for a printed substitution, without any rule of the solver."""
    return value_of(ast.parse(text, mode="eval").body)


def value_of(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -value_of(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](value_of(left), value_of(right))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*map(value_of, arguments))
    raise AssertionError(ast.dump(node))


def printed(term: t.Term) -> str:
    """Program text in which every printed number stands in parentheses with its sign."""
    if term.op == "number":
        return f"({t.plain(term)})"
    if term.op in t.LEAVES:
        raise AssertionError(f"{term} was not substituted")
    arguments = [printed(a) if isinstance(a, t.Term) else repr(a) for a in term.args]
    match term.op:
        case "negative":
            return f"(-{arguments[0]})"
        case "add" | "subtract" | "multiply" | "divide" | "power":
            return f"({arguments[0]} {SIGNS[term.op]} {arguments[1]})"
        case "sum":
            return arguments[0]
        case name:
            return f"{name}({', '.join(arguments)})"


def assert_lines_add_up(found: tuple[Step, ...], places: int) -> None:
    for step in found:
        values = np.ravel(step.value)
        terms = entries(step.substitution)
        if len(terms) == 1:
            terms = terms * len(values)
        assert len(terms) == len(values)
        for term, value in zip(terms, values, strict=True):
            assert calculated(printed(term)) == pytest.approx(
                value, abs=0.5 * 10.0**-places + 1e-9
            ), f"{step.leaf}: {term}"


ENDS = [
    ("half_squared_error", "identity"),
    ("squared_error", "tanh"),
    ("half_squared_error", "softmax"),
    ("binary_cross_entropy", "sigmoid"),
    ("cross_entropy", "softmax"),
]


@st.composite
def problems(draw: st.DrawFn) -> tuple[Network, dict[str, Any], int]:
    loss, last = draw(st.sampled_from(ENDS))
    activations = st.sampled_from([a for a in ACTIVATIONS if a != "softmax"])
    layers = [
        Layer(draw(st.integers(1, 3)), draw(activations), 0.1)
        for _ in range(draw(st.integers(0, 2)))
    ]
    rows = draw(st.booleans())
    architecture = Architecture(
        draw(st.integers(1, 3)),
        (*layers, Layer(2, last)),
        loss,
        draw(st.sampled_from(["separate", "none"] if rows else ["separate", "folded"])),
        draw(st.integers(1, 2)),
        draw(st.sampled_from(["sum", "mean"])),
        rows,
    )
    network = build(architecture)
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    givens = {v.name: rng.integers(-15, 16, v.shape) / 10 for v in network.graph.inputs}
    hot = np.zeros(givens["y"].shape)
    hot[(slice(None), 0) if rows else (0, slice(None))] = 1.0
    return network, {**givens, "y": hot}, draw(st.integers(3, 5))


@given(problems())
@settings(deadline=None, max_examples=60)
def test_every_printed_line_follows_from_the_printed_numbers_before_it(
    problem: tuple[Network, dict[str, Any], int],
) -> None:
    network, givens, places = problem
    scores = forward(network.graph, givens)
    assume(all(np.abs(scores[s]).max() < 4 for s in network.preactivations))
    wanted = [(line.leaf, None) for line in lines(network.graph)]
    assert_lines_add_up(steps(network.graph, givens, wanted, places), places)


@given(problems())
@settings(deadline=None, max_examples=40)
def test_with_many_places_the_lines_end_at_the_values_of_the_passes(
    problem: tuple[Network, dict[str, Any], int],
) -> None:
    network, givens, _ = problem
    values = forward(network.graph, givens)
    # A pre-activation at a kink could be rounded to its other side.
    assume(all(np.abs(values[s]).min() > 1e-6 for s in network.preactivations))
    assume(all(np.abs(values[s]).max() < 4 for s in network.preactivations))
    gradients = backward(network.graph, values)
    wanted = [(line.leaf, None) for line in lines(network.graph)]
    for step in steps(network.graph, givens, wanted, 9):
        if step.kind != "local":
            exact = (values if step.kind == "forward" else gradients)[step.node]
            np.testing.assert_allclose(step.value, exact, rtol=0, atol=1e-6)


def test_the_printed_numbers_are_rounded_as_students_round() -> None:
    # By hand: 0.35 * 0.5 = 0.175, which two places make 0.18.
    builder = GraphBuilder()
    builder.apply("multiply", builder.input("a"), builder.input("b"), name="y")
    givens = {"a": np.array(0.35), "b": np.array(0.5)}
    (step,) = steps(builder.build(), givens, [(t.name("y"), None)], 2)
    assert float(step.value) == 0.18 == float(round_half_up(0.175, 2))


def test_a_number_that_meets_every_entry_is_written_as_the_number_itself() -> None:
    builder = GraphBuilder()
    w, c = builder.input("w", (2,)), builder.input("c", fixed=True)
    squares = builder.apply("power", w, exponent=2, hidden=True)
    total = builder.apply("sum", squares, hidden=True)
    builder.apply("multiply", c, total, name="R")
    (line,) = steps(
        builder.build(),
        {"w": np.array([3.0, -1.0]), "c": np.array(0.5)},
        [(t.gradient("w", (2,)), None)],
        4,
    )
    assert t.plain(line.formula) == "(c * (2 * w))"
    assert line.value.tolist() == [3.0, -1.0]
