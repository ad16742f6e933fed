"""The textbook definitions give textbook numbers, over floats, fifty digits and symbols."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy

from gen import reference
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES

LN2, LN3 = math.log(2), math.log(3)

# primitive, arguments, settings, result: by hand, or by a function of Python's math
CASES: list[tuple[str, tuple[Any, ...], dict[str, Any], Any]] = [
    ("add", (3, -5), {}, -2),
    ("add", ([[1, 2], [3, 4]], [[10], [20]]), {}, [[11, 12], [23, 24]]),
    ("subtract", ([3, 1], 2), {}, [1, -1]),
    ("multiply", (3, [2, -4]), {}, [6, -12]),
    ("divide", (3, -4), {}, -0.75),
    ("negative", ([2, -3],), {}, [-2, 3]),
    ("power", ([3, -2],), {"exponent": 3}, [27, -8]),
    ("power", (4,), {"exponent": -2}, 0.0625),
    ("maximum", ([2, -1, 4], [1, 3, 4]), {}, [2, 3, 4]),
    ("minimum", ([2, -1, 4], [1, 3, 4]), {}, [1, -1, 4]),
    ("at_least", ([2, -1, 4], [1, 3, 4]), {}, [1, 0, 1]),
    ("exp", ([0, 1, -2],), {}, [1, math.e, math.exp(-2)]),
    ("log", ([1, 10],), {}, [0, math.log(10)]),
    ("sqrt", ([9, 2],), {}, [3, math.sqrt(2)]),
    ("sin", ([0, 0.5],), {}, [0, math.sin(0.5)]),
    ("cos", ([0, 0.5],), {}, [1, math.cos(0.5)]),
    ("tanh", ([LN2, -1.5],), {}, [0.6, math.tanh(-1.5)]),
    ("sigmoid", ([0, LN3, -LN3],), {}, [0.5, 0.75, 0.25]),
    ("relu", ([2, 0, -3],), {}, [2, 0, 0]),
    ("leaky_relu", ([2, 0, -3],), {"alpha": 0.1}, [2, 0, -0.3]),
    ("elu", ([2, 0, -LN2],), {"alpha": 0.5}, [2, 0, -0.25]),
    ("softplus", ([0, LN3],), {}, [LN2, math.log(4)]),
    ("absolute", ([2, 0, -3],), {}, [2, 0, 3]),
    ("matmul", ([[1, 2], [3, 4]], [[5, 6], [7, 8]]), {}, [[19, 22], [43, 50]]),
    ("matmul", ([[1, 2, 3]], [[4], [5], [6]]), {}, [[32]]),
    ("matmul", ([[1, 2], [3, 4]], [5, 6]), {}, [17, 39]),
    ("matmul", ([5, 6], [[1, 2], [3, 4]]), {}, [23, 34]),
    ("matmul", ([1, 2], [3, 4]), {}, 11),
    ("dot", ([1, 2, 3], [4, -5, 6]), {}, 12),
    ("diagonal", ([2, -3],), {}, [[2, 0], [0, -3]]),
    ("transpose", ([[1, 2, 3]],), {}, [[1], [2], [3]]),
    ("adjugate", ([[1, 2], [3, 4]],), {}, [[4, -2], [-3, 1]]),
    ("prepend_one", ([[5, 6], [7, 8]],), {}, [[1, 1], [5, 6], [7, 8]]),
    ("sum", ([[1, 2], [3, 4]],), {}, 10),
    ("sum", ([[1, 2], [3, 4]],), {"axis": 0}, [4, 6]),
    ("sum", ([[1, 2], [3, 4]],), {"axis": 1}, [3, 7]),
    ("entry", ([[1, 2], [3, 4]],), {"index": (1, 0)}, 3),
    # Scores that are logarithms: the probabilities are these numbers over their sum.
    ("softmax", ([0, LN2, math.log(5)],), {}, [0.125, 0.25, 0.625]),
    ("softmax", ([[0, LN3], [LN3, 0]],), {"axis": 1}, [[0.25, 0.75], [0.75, 0.25]]),
    ("softmax", ([[0, 0], [LN3, 0]],), {"axis": 0}, [[0.25, 0.5], [0.75, 0.5]]),
    ("softmax", ([[0, LN2], [LN2, LN3]],), {}, [[0.125, 0.25], [0.25, 0.375]]),
    ("log_softmax", ([0, LN3],), {}, [-2 * LN2, LN3 - 2 * LN2]),
    ("log_softmax", ([[0, LN3], [0, 0]],), {"axis": 0}, [[-LN2, LN3 - 2 * LN2], [-LN2, -2 * LN2]]),
    ("general_power", ([2, 9], [3, 0.5]), {}, [8, 3]),
    ("outer", ([1, 2], [3, 4, 5]), {}, [[3, 4, 5], [6, 8, 10]]),
    ("mean", ([1, 2, 6],), {}, 3),
    ("mean", ([[1, 2], [3, 8]],), {}, 3.5),
    ("squared_error", ([3, 1], [1, 2]), {}, 5),
    ("half_squared_error", ([3, 1], [1, 2]), {}, 2.5),
    ("binary_cross_entropy", ([0.75, 0.25], [1, 0]), {}, 2 * math.log(4 / 3)),
    ("binary_cross_entropy_of_scores", ([LN3, LN3], [1, 0]), {}, math.log(4 / 3) + math.log(4)),
    ("cross_entropy", ([0.5, 0.25, 0.25], [0, 1, 0]), {}, 2 * LN2),
    ("cross_entropy", ([0.5, 0.5], [0.25, 0.75]), {}, LN2),
    # What has no share in the target is left out, so no logarithm of 0 is taken.
    ("cross_entropy", ([1, 0], [1, 0]), {}, 0),
    ("binary_cross_entropy", ([1, 0], [1, 0]), {}, 0),
    ("cross_entropy_of_scores", ([0, LN3], [1, 0]), {}, 2 * LN2),
    (
        "cross_entropy_of_scores",
        ([[0, 0], [LN3, 0]], [[0, 1], [1, 0]]),
        {"axis": 0},
        math.log(4 / 3) + LN2,
    ),
]

cases = pytest.mark.parametrize(("op", "arguments", "settings", "result"), CASES)


def single(op: str, arguments: tuple[Any, ...], settings: dict[str, Any]) -> tuple[Graph, Any]:
    """The graph of one primitive of `a`, `b`, and its arguments by name, as floats."""
    builder, givens = GraphBuilder(), dict(zip("ab", map(np.array, arguments), strict=False))
    names = [builder.input(name, value.shape) for name, value in givens.items()]
    builder.apply(op, *names, name="y", **settings)
    return builder.build(), {name: value.astype(float) for name, value in givens.items()}


def numbers_of(make: Any, givens: dict[str, Any]) -> dict[str, Any]:
    return {name: np.frompyfunc(make, 1, 1)(value) for name, value in givens.items()}


def check(found: Any, result: Any) -> None:
    assert found.dtype == object
    assert found.shape == np.shape(result)
    np.testing.assert_allclose(found.astype(float), result, rtol=1e-14, atol=1e-15)


@cases
def test_an_operation_gives_its_textbook_number_over_floats(
    op: str, arguments: Any, settings: Any, result: Any
):
    graph, givens = single(op, arguments, settings)
    check(reference.evaluate(graph, givens, math)["y"], result)


@cases
def test_an_operation_gives_the_same_with_fifty_digits(
    op: str, arguments: Any, settings: Any, result: Any
):
    graph, givens = single(op, arguments, settings)
    fifty = mpmath.mp.clone()
    fifty.dps = 50
    check(reference.evaluate(graph, numbers_of(fifty.mpf, givens), fifty)["y"], result)


@cases
def test_an_operation_gives_the_same_over_symbolic_numbers(
    op: str, arguments: Any, settings: Any, result: Any
):
    graph, givens = single(op, arguments, settings)
    numbers = numbers_of(lambda x: sympy.Rational(float(x)), givens)
    check(reference.evaluate(graph, numbers, sympy)["y"], result)


def test_every_primitive_has_a_definition_and_a_case_here():
    # Each definition is looked up by name when a graph is evaluated, so none can be missing.
    assert {op for op, *_ in CASES} == set(RULES.primitives)
    assert set(reference._operations(math)) == set(RULES.primitives)


@pytest.mark.parametrize(
    ("op", "argument", "digits"),
    [
        ("exp", 1, "2.7182818284590452353602874713526624977572470937"),
        ("log", 2, "0.69314718055994530941723212145817656807550013436"),
        ("sqrt", 2, "1.4142135623730950488016887242096980785696718754"),
    ],
)
def test_fifty_digits_are_those_of_the_tables(op: str, argument: int, digits: str):
    fifty = mpmath.mp.clone()
    fifty.dps = 50
    graph, _ = single(op, (1.0,), {})
    found = reference.evaluate(graph, {"a": fifty.mpf(argument)}, fifty)["y"][()]
    assert fifty.nstr(found, 47) == digits


def test_symbols_give_the_expression():
    x = sympy.Symbol("x")
    graph, _ = single("sigmoid", (0.0,), {})
    assert reference.evaluate(graph, {"a": x}, sympy)["y"][()] == 1 / (1 + sympy.exp(-x))
    # The sigmoid of ln 3 is 3/4, without rounding.
    assert reference.evaluate(graph, {"a": sympy.log(3)}, sympy)["y"][()] == sympy.Rational(3, 4)


def test_every_node_of_a_graph_is_evaluated_constants_and_hidden_ones_too():
    builder = GraphBuilder()
    x = builder.input("x", (2,))
    hidden = builder.apply("multiply", builder.constant(3), x, hidden=True)
    builder.apply("sum", builder.apply("add", hidden, x, name="s"), name="y")
    values = reference.evaluate(builder.build(), {"x": np.array([1.0, 2.0])}, math)
    assert values[hidden].tolist() == [3.0, 6.0]
    assert values["s"].tolist() == [4.0, 8.0]
    assert values["y"][()] == 12.0


def test_entries_are_pythons_own_numbers_which_every_module_of_functions_takes():
    graph, givens = single("negative", ([1.5, 2.5],), {})
    values = reference.evaluate(graph, givens, math)
    assert {type(entry) for node in values.values() for entry in node} == {float}
