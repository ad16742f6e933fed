from __future__ import annotations

import numpy as np
import pytest

from solver import expressions
from solver import term as t
from solver.arithmetic import EXACT, Decimals
from solver.errors import InputError
from solver.exact import exact
from solver.parsing import grammar
from solver.solution import Solution


def solution(text: str, **settings: object) -> Solution:
    """The solution of an expression in x at the point `x`, 1.5 by default."""
    x = settings.pop("x", 1.5)
    given = np.array(x) if isinstance(x, float) else np.array(x, dtype=object)
    graph = expressions.graph(grammar.statements(text, ("x",)), {"x": ()})
    wanted = ((t.name(graph.output), None), (t.gradient("x", ()), None))
    return Solution(graph, {"x": given}, wanted, **settings)  # type: ignore[arg-type]


def test_values_and_gradients_are_in_double_precision() -> None:
    found = solution("sin(x) * x", arithmetic=Decimals(2))
    assert float(found.values["y"]) == pytest.approx(np.sin(1.5) * 1.5, rel=1e-15)
    slope = ((1.5 + 1e-20j) * np.sin(1.5 + 1e-20j)).imag / 1e-20
    assert float(found.gradients["x"]) == pytest.approx(slope, rel=1e-14)


def test_lines_have_the_places_that_were_asked_for() -> None:
    assert {step.places for step in solution("sin(x) * x", arithmetic=Decimals(2)).steps} == {2}


def test_an_input_that_does_not_reach_the_output_has_a_gradient_of_zeros() -> None:
    graph = expressions.graph(
        grammar.statements("a = z*z; y = x*x", ("x", "z")), {"x": (), "z": ()}
    )
    found = Solution(graph, {"x": np.array(1.0), "z": np.array(2.0)}, ())
    assert found.gradients["z"] == 0


def test_exact_lines_stay_exact() -> None:
    found = solution("x * x", x=exact("2/3"), arithmetic=EXACT)
    assert found.why_decimal == ""
    assert found.line_arithmetic is EXACT
    assert str(found.steps[0].value[()]) == "4/9"


def test_lines_without_exact_numbers_are_in_decimals_and_the_reason_is_kept() -> None:
    found = solution("cos(x)", x=exact("1"), arithmetic=EXACT)
    assert found.why_decimal == "cos(1) has no exact value"
    assert found.line_arithmetic == Decimals()
    assert float(found.steps[0].value) == 0.5403


@pytest.mark.parametrize(
    ("text", "x", "words"),
    [
        ("log(x)", -1.0, "at the node 'y': the logarithm needs a positive number"),
        ("1/x", 0.0, "a denominator is 0"),
        ("sqrt(x)", -4.0, "the root needs a number that is not negative"),
        ("exp(exp(x))", 9.0, "the value of the node 'y' is not a finite number"),
    ],
)
def test_a_node_without_a_value_is_named(text: str, x: float, words: str) -> None:
    with pytest.raises(InputError, match=words):
        solution(text, x=x).values  # noqa: B018


def test_a_point_without_a_derivative_is_named() -> None:
    with pytest.raises(InputError, match="the gradient at 'x' is not finite"):
        solution("sqrt(x)", x=0.0).gradients  # noqa: B018


def test_with_a_minus_sign_the_lines_are_about_minus_the_gradient() -> None:
    found = solution("x * x", sign=-1)
    assert float(found.steps[-1].value) == -3.0
    assert float(found.gradients["x"]) == 3.0


def test_answers_are_judged() -> None:
    right, wrong = solution("x * x").check("x=3", "x=-3")
    assert right.verdict == "right"
    assert wrong.slips == ("sign_reversed",)
