"""Solving over exact numbers: answers by hand, slips that stay exact, and what is turned down."""

from __future__ import annotations

import numpy as np
import pytest

from gen.draw import Draw
from gen.exact_solving import TOLERANCE, is_plain_throughout, solve
from gen.family import Rejected
from gen.problem import Ask, Part, Problem, Variant
from solver.exact import Exact, exact
from solver.graph import Graph, GraphBuilder


def unit() -> Graph:
    """One sigmoid unit with a squared error: y = (sigmoid(w x) - 1)^2."""
    builder = GraphBuilder()
    s = builder.apply("multiply", builder.input("w"), builder.input("x", fixed=True), name="s")
    o = builder.apply("sigmoid", s, name="o")
    miss = builder.apply("subtract", o, builder.constant(1), name="d")
    builder.apply("power", miss, name="y", exponent=2)
    return builder.build()


def problem(w: str, x: str = "2", **more: object) -> Problem:
    part = Part("numeric", (Ask("o"), Ask("w", "gradient")))
    givens = {"w": exact(w), "x": exact(x)}
    return Problem((part,), unit(), givens, **more)  # type: ignore[arg-type]


DRAW = Draw("test", 0)


def test_answers_are_exact_and_as_floats():
    # s = 2 ln 2, o = 4/5, dy/do = -2/5, dy/ds = -2/5 * 4/25 = -8/125, dy/dw = -16/125.
    answer = solve(problem("ln 2"), DRAW).parts[0].answer
    assert answer is not None
    assert [str(value) for value in answer.shown] == ["4/5", "-16/125"]
    assert np.allclose(answer.values, [0.8, -0.128], rtol=1e-15)
    assert answer.tolerances == (TOLERANCE, TOLERANCE)


def test_the_steps_are_exact_too():
    steps = solve(problem("ln 2"), DRAW).steps
    assert [str(np.asarray(step.value)[()]) for step in steps if step.kind == "forward"] == [
        "2*ln(2)",
        "4/5",
        "-1/5",
    ]
    assert Exact(steps[-1].value[()]) == Exact("-16/125")


def test_a_slip_is_exact_and_one_that_does_not_stay_exact_is_left_out():
    slips = ("activation_derivative_left_out", "activation_applied_twice")
    answer = solve(problem("ln 2", slips=slips), DRAW).parts[0].answer
    assert answer is not None
    assert [wrong.slip for wrong in answer.wrong] == ["activation_derivative_left_out"]
    assert [str(value) for value in answer.wrong[0].values] == ["4/5", "-4/5"]


def test_a_variant_is_run_over_exact_numbers():
    other = Variant("sign_of_x", {"w": exact("ln 2"), "x": np.array(-2.0)})
    answer = solve(problem("ln 2", variants=(other,)), DRAW).parts[0].answer
    assert answer is not None
    assert str(answer.wrong[0].values[0]) == "1/5"


def test_numbers_that_a_student_would_not_write_down_are_turned_down():
    with pytest.raises(Rejected, match="not plain enough"):
        solve(problem("ln(17/19)", "5"), DRAW)
    with pytest.raises(Rejected, match="not plain enough"):
        solve(problem("1"), DRAW)


def product(a: str, b: str, op: str = "multiply") -> Problem:
    builder = GraphBuilder()
    builder.apply(op, builder.input("a"), builder.input("b"), name="y")
    part = Part("numeric", (Ask("y"),))
    return Problem((part,), builder.build(), {"a": exact(a), "b": exact(b)})


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("0", "3", "an answer is zero"),
        ("1/100", "1/2", "too small or too large"),
        ("400", "3", "not plain enough"),
        ("e^2", "200", "too small or too large"),
    ],
)
def test_an_answer_that_is_zero_tiny_or_huge_is_turned_down(a: str, b: str, reason: str):
    with pytest.raises(Rejected, match=reason):
        solve(product(a, b), DRAW)


def test_a_run_that_divides_by_zero_is_turned_down():
    with pytest.raises(Rejected, match="do not stay exact"):
        solve(product("1", "0", "divide"), DRAW)


def test_plainness_is_judged_over_all_values_and_gradients():
    givens = {"w": exact("ln 2"), "x": exact("2")}
    assert is_plain_throughout(unit(), givens)
    assert not is_plain_throughout(unit(), {**givens, "x": exact("1/3")})
