from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from solver import functions as f
from solver import term as t
from solver.errors import InputError
from solver.expressions import constants, graph, graph_of
from solver.graph import Graph
from solver.parsing.grammar import statements
from solver.passes import backward, forward

Array = np.ndarray[Any, Any]


def read(text: str, **given: Any) -> Graph:
    return graph(statements(text, tuple(given)), {n: np.shape(v) for n, v in given.items()})


def solved(text: str, **given: Any) -> tuple[float, Mapping[str, Any]]:
    """The value of the output, and every gradient."""
    found = read(text, **given)
    givens: dict[str, Any] = {name: np.asarray(value, float) for name, value in given.items()}
    used = {variable.name for variable in found.inputs}
    givens = {n: v for n, v in {**givens, **constants(found, given)}.items() if n in used}
    values = forward(found, found.givens(givens))
    return float(values[found.output]), backward(found, values)


def visible(found: Graph) -> list[tuple[str, str]]:
    return [(e.target, e.op) for e in found.equations if not e.hidden]


def test_the_differentiation_quiz_has_the_nodes_of_the_lecture() -> None:
    found = read("exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)", x=2, z=3)
    assert visible(found) == [
        ("a", "multiply"),
        ("b", "exp"),
        ("c", "log"),
        ("d", "divide"),
        ("h", "sin"),
        ("k", "divide"),
        ("y", "add"),
    ]
    _, gradient = solved("exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)", x=2, z=3)
    x, z, q, r = 2.0, 3.0, 6.0, math.log(2.0)
    by_x = z * math.exp(q) + z / r - q / (x * r**2)
    by_x += math.cos(r) / (x * q) - z * math.sin(r) / q**2
    by_z = x * math.exp(q) + x / r - x * math.sin(r) / q**2
    assert float(gradient["x"]) == pytest.approx(by_x, rel=1e-14)
    assert float(gradient["z"]) == pytest.approx(by_z, rel=1e-14)


def test_what_occurs_twice_is_computed_once_in_either_order() -> None:
    found = read("(x*z + 1)*max(z*x, x*z)", x=1, z=2)
    assert [op for _, op in visible(found)] == ["multiply", "add", "maximum", "multiply"]


def test_a_sum_of_sums_is_one_node_unless_the_inner_sum_occurs_elsewhere() -> None:
    assert visible(read("exp(x + y + z)", x=1, y=2, z=3)) == [("a", "add"), ("f", "exp")]
    shared = read("exp(x + y + z)*(x + y)", x=1, y=2, z=3)
    assert [op for _, op in visible(shared)] == ["add", "add", "exp", "multiply"]


def test_a_difference_is_not_shared_with_its_opposite() -> None:
    assert solved("exp(x - z)*sin(z - x)", x=1, z=3)[0] == pytest.approx(math.exp(-2) * math.sin(2))


def test_statements_name_the_nodes_and_the_last_is_the_output() -> None:
    found = read("q = x + y; f = q*z", x=-2, y=5, z=-4)
    assert visible(found) == [("q", "add"), ("f", "multiply")]
    value, gradient = solved("q = x + y; f = q*z", x=-2, y=5, z=-4)
    assert value == -12.0
    assert [float(gradient[name]) for name in "xyzqf"] == [-4.0, -4.0, 3.0, -4.0, 1.0]


def test_an_output_without_a_name_is_y_or_the_next_free_letter() -> None:
    assert read("2*x", x=1).output == "y"
    assert read("2*y", y=1).output == "f"
    assert read("f = y; L = 3*f; 2*L", y=1).output not in ("y", "f", "L")


def test_nodes_are_never_called_like_anything_else() -> None:
    found = read("b = sin(c); exp(b)*(log(a) + cos(k*d))", a=1, c=1, d=1, k=1)
    names = [variable.name for variable in found.inputs] + [e.target for e in found.equations]
    assert len(names) == len(set(names))
    assert not set("egilo") & set(names)


def test_constants_are_fixed_inputs_and_their_multiples_have_no_node() -> None:
    found = read("2*pi*r + e", r=2)
    assert visible(found) == [("a", "multiply"), ("y", "add")]
    assert constants(found, ("r",)) == {"pi": math.pi, "e": math.e}
    value, gradient = solved("2*pi*r + e", r=2)
    assert value == pytest.approx(4 * math.pi + math.e)
    assert float(gradient["r"]) == pytest.approx(2 * math.pi)
    assert "pi" not in gradient


def test_a_variable_called_like_a_constant_is_a_variable() -> None:
    value, gradient = solved("e^2", e=3)
    assert (value, float(gradient["e"])) == (9.0, 6.0)


@pytest.mark.parametrize(
    ("text", "op", "settings"),
    [
        ("x^3", "power", (("exponent", 3.0),)),
        ("x^(1/2)", "power", (("exponent", 0.5),)),
        ("x^-1", "power", (("exponent", -1.0),)),
        ("x^(1/3)", "general_power", ()),
        ("x^x", "general_power", ()),
        ("2^x", "general_power", ()),
        ("e^x", "exp", ()),
        ("leaky_relu(x, 0.1)", "leaky_relu", (("alpha", 0.1),)),
    ],
)
def test_operations_become_primitives_with_their_settings(
    text: str, op: str, settings: tuple[tuple[str, float], ...]
) -> None:
    last = read(text, x=2).equations[-1]
    assert (last.op, last.settings) == (op, settings)


POINTS: dict[str, tuple[dict[str, Any], Callable[..., float]]] = {
    "x^x": ({"x": 2.0}, lambda x: x**x),
    "2^x + x^(1/3)": ({"x": 2.0}, lambda x: 2**x + x ** (1 / 3)),
    "x^y": ({"x": 2.0, "y": 3.0}, lambda x, y: x**y),
    "-x^2 - -x": ({"x": 1.5}, lambda x: -(x**2) + x),
    "tan(x) + sinh(x)*cosh(x) + log2(x) + log10(x)": (
        {"x": 0.7},
        lambda x: math.tan(x) + math.sinh(x) * math.cosh(x) + math.log2(x) + math.log10(x),
    ),
    "sum((W@x)^2)": (
        {"W": [[1.0, 2.0], [3.0, 4.0]], "x": [1.0, -1.0]},
        lambda W, x: sum((row[0] * x[0] + row[1] * x[1]) ** 2 for row in W),  # noqa: N803
    ),
    "w[1]*x[2] - w[2]": ({"w": [1.0, 2.0], "x": [3.0, 4.0]}, lambda w, x: w[0] * x[1] - w[1]),
    "dot(u, v)/mean(u^2)": (
        {"u": [1.0, 2.0], "v": [3.0, 4.0]},
        lambda u, v: (u[0] * v[0] + u[1] * v[1]) / ((u[0] ** 2 + u[1] ** 2) / 2),
    ),
    "sum(outer(u, v)*W)": (
        {"u": [1.0, 2.0], "v": [3.0, 4.0], "W": [[1.0, -1.0], [0.5, 2.0]]},
        lambda u, v, W: sum(u[i] * v[k] * W[i][k] for i in (0, 1) for k in (0, 1)),  # noqa: N803
    ),
    "softmax(x)[2]": (
        {"x": [1.0, 2.0, 0.5]},
        lambda x: math.exp(x[1]) / sum(map(math.exp, x)),
    ),
}


@pytest.mark.parametrize("text", POINTS)
def test_values_and_gradients_equal_those_of_plain_python(text: str) -> None:
    point, function = POINTS[text]
    value, gradient = solved(text, **point)
    assert value == pytest.approx(function(**point), rel=1e-14)
    for name, numbers in point.items():
        x = np.asarray(numbers, float)
        for index in np.ndindex(*x.shape):
            ends = []
            for sign in (1, -1):
                moved = x.copy()
                moved[index] += sign * 1e-6
                ends.append(function(**{**point, name: moved.tolist()}))
            slope = (ends[0] - ends[1]) / 2e-6
            assert float(np.asarray(gradient[name])[index]) == pytest.approx(slope, rel=1e-7)


def test_the_target_of_a_loss_is_data() -> None:
    found = read("cross_entropy(softmax(s), t)", s=[1.0, 2.0], t=[0.0, 1.0])
    assert {v.name: v.fixed for v in found.inputs} == {"s": False, "t": True}


COMPLAINTS: dict[str, tuple[dict[str, Any], str]] = {
    "x*q": ({"x": 1}, "'q' has no value; the variables given are x"),
    "x + y": ({}, "'x' has no value; the variables given are none"),
    "f = q*2; q = x": ({"x": 1}, "'q' is used before the statement that computes it"),
    "q = q + x": ({"x": 1}, "'q' is used before the statement that computes it"),
    "q = x + 1; q = 2*x; q": ({"x": 1}, "the name 'q' is defined twice"),
    "q = x + 1; 2*q": ({"x": 1, "q": 2}, "'q' has a value given and a statement that computes it"),
    "x": ({"x": 1}, "the output is a variable itself; give an expression to differentiate"),
    "2 + 3": ({"x": 1}, "the expression has no variable to differentiate by"),
    "2*v": (
        {"v": [1, 2]},
        "the output is 2, not a number; take an entry, such as y[1], or a sum of its entries",
    ),
    "sum(W@v)": (
        {"W": [[1, 2]], "v": [1, 2, 3]},
        "in 'a', matmul of 1x2 and 3: inner sizes 2 and 3 do not agree",
    ),
    "sum(v[3]*v)": ({"v": [1, 2]}, "there is no entry [3] of 2"),
    "v[1,1]": ({"v": [1, 2]}, "there is no entry [1,1] of 2"),
    "x + 9**9**9**9": ({"x": 1}, "9**9**9 has no finite value"),
    "x + log(0)": ({"x": 1}, "log(0) has no finite value"),
    "x*(2/(1 - 1))": ({"x": 1}, "2 / (1 - 1) has no finite value"),
    "squared_error(x, t) + t": (
        {"x": 1, "t": 2},
        "the target of squared_error is data without a gradient, but 't' is computed or used"
        " elsewhere too; write the loss out, such as sum((a - b)^2)",
    ),
    "t = 2*x; squared_error(x, t)": (
        {"x": 1},
        "the target of squared_error is data without a gradient, but 't' is computed or used"
        " elsewhere too; write the loss out, such as sum((a - b)^2)",
    ),
}


@pytest.mark.parametrize("text", COMPLAINTS)
def test_what_is_no_graph_is_answered_with_one_sentence(text: str) -> None:
    given, sentence = COMPLAINTS[text]
    with pytest.raises(InputError) as caught:
        read(text, **given)
    assert str(caught.value) == sentence


def test_a_term_made_by_numpy_is_a_graph_too() -> None:
    x, w = t.name("x", (2,)), t.name("w", (3, 2))
    found = graph_of(np.sum(f.sigmoid(w @ x) * 2.0) + x.mean() + np.exp(x).sum())
    givens = {"x": np.array([0.5, -1.0]), "w": np.arange(6.0).reshape(3, 2)}
    values = forward(found, found.givens(givens))
    scores = givens["w"] @ givens["x"]
    expected = 2 * np.sum(1 / (1 + np.exp(-scores))) - 0.25 + np.exp(0.5) + np.exp(-1.0)
    assert float(values[found.output]) == pytest.approx(expected)
    slope = 2 * np.exp(-scores) / (1 + np.exp(-scores)) ** 2
    by_x = givens["w"].T @ slope + 0.5 + np.exp(givens["x"])
    np.testing.assert_allclose(backward(found, values)["x"], by_x)


@pytest.mark.parametrize("term", [np.floor(t.name("x")), f.step(t.name("x")) * t.name("x")])
def test_a_term_without_a_rule_is_refused(term: t.Term) -> None:
    with pytest.raises(InputError, match="there is no rule for"):
        graph_of(term)


def test_a_sum_that_keeps_its_axes_is_refused() -> None:
    with pytest.raises(InputError, match="there is no rule for"):
        graph_of(t.name("x", (2, 1)).sum(axis=0, keepdims=True))


def test_a_long_chain_is_a_graph_and_one_beyond_the_limit_is_refused() -> None:
    chain = t.name("x")
    for _ in range(200):
        chain = chain + 1.0
    assert len(graph_of(chain).equations) == 200
    for _ in range(5_000):
        chain = chain + 1.0
    with pytest.raises(InputError, match="nests more than 200 operations deep"):
        graph_of(chain)


def test_a_term_with_shared_parts_is_walked_once() -> None:
    square = t.name("x")
    for _ in range(100):
        square = np.sin(square) * np.sin(square)
    assert len(graph_of(square).equations) == 200
