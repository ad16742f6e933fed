from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from solver.cli import main

QUIZ = "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)"
RIDGE = """
# Ridge regression (Linzen, NYU DS-GA 1003): w reaches the objective by two paths.
p = dot(w, x) + b
r = y - p
loss = r^2
R = lam * dot(w, w)
J = loss + R
"""


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["graph", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["graph", *arguments]) == 0
    return capsys.readouterr().out


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["graph", *arguments]) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.count("\n") == 1
    return error.removeprefix("backprep: ").rstrip()


def test_the_lecture_s_first_differentiation_quiz_comes_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Gormley and Gordon, CMU 10-301/601, Lecture 12: [1208, 810] to the nearest integer.
    found = record(capsys, QUIZ, "x=2", "z=3")
    assert [round(found["gradient"][name]) for name in ("x", "z")] == [1208, 810]


def test_gradients_agree_with_sympy(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, QUIZ, "x=2", "z=3")
    x, z = sympy.symbols("x z")
    expression = sympy.exp(x * z) + x * z / sympy.log(x) + sympy.sin(sympy.log(x)) / (x * z)
    for symbol in (x, z):
        expected = float(expression.diff(symbol).subs({x: 2, z: 3}).evalf(30))
        assert found["gradient"][symbol.name] == pytest.approx(expected, rel=1e-13)


def test_nodes_have_the_names_and_numbers_of_the_statements(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The example of Stanford CS231n: q = 3, f = -12, and gradients -4, -4, 3.
    found = record(capsys, "q = x + y; f = q*z", "x=-2", "y=5", "z=-4")
    assert found["value"] == -12
    assert found["gradient"] == {"x": -4, "y": -4, "z": 3}
    assert found["nodes"]["q"] == {"value": 3, "gradient": -4}


def test_the_page_has_node_list_both_passes_and_the_gradient(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = page(capsys, QUIZ, "x=2", "z=3")
    for line in ("a = xz", "Forward pass", "Backward pass", "used three times", "809.7076"):
        assert line in text


def test_a_common_part_is_computed_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "(x*y + 1) * sin(y*x)", "x=1", "y=2")
    assert [node["value"] for node in found["nodes"].values()].count(2) == 1


def test_the_ridge_objective_sends_two_paths_to_the_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ridge.txt"
    file.write_text(RIDGE, encoding="utf-8")
    numbers = ["w=[0.5,-1]", "x=[2,1]", "b=0.25", "y=1", "lam=0.1"]
    found = record(capsys, "--file", str(file), *numbers, "--wrt", "w,b")
    w, x, residual = np.array([0.5, -1.0]), np.array([2.0, 1.0]), 1 - (1.0 - 1.0 + 0.25)
    assert found["value"] == pytest.approx(residual**2 + 0.1 * (w @ w))
    assert found["gradient"]["w"] == pytest.approx((-2 * residual * x + 0.2 * w).tolist())
    assert found["gradient"]["b"] == pytest.approx(-2 * residual)
    assert set(found["gradient"]) == {"w", "b"}


def test_matrices_and_entries_are_values(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "sum((W@x)^2) * x[2]", "W=[[1,2],[3,4]]", "x=[1,-1]")
    matrix, x = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, -1.0])
    inner = matrix @ x
    assert found["value"] == pytest.approx(float(inner @ inner) * x[1])
    assert found["gradient"]["W"] == pytest.approx(2 * x[1] * np.outer(inner, x))


def test_only_the_lines_that_matter_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "q = x + y; f = q*z", "x=-2", "y=5", "z=-4", "--wrt", "z")
    assert list(found["gradient"]) == ["z"]
    assert [step["node"] for step in found["steps"]] == ["q", "f", "z"]


def test_an_answer_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    point = ["q = x + y; f = q*z", "x=-2", "y=5", "z=-4"]
    found = record(capsys, *point, "--answer", "x=4", "--answer", "z=3")
    assert [each["verdict"] for each in found["answers"]] == ["slip", "right"]
    assert found["answers"][0]["causes"][0] == ["sign_reversed"]
    assert "sign is reversed" in page(capsys, *point, "--answer", "x=4")


@pytest.mark.parametrize("name", ["standard", "nyu-linzen", "cmu-gormley", "waterloo-meila"])
def test_numbers_are_the_same_in_every_notation(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here = record(capsys, QUIZ, "x=2", "z=3", "--notation", name)
    there = record(capsys, QUIZ, "x=2", "z=3", "--notation", "backprep")
    assert here["gradient"] == there["gradient"]
    assert [s["value"] for s in here["steps"]] == [s["value"] for s in there["steps"]]


def test_exact_lines_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "sigmoid(x) * x", "x=ln 3", "--arithmetic", "exact")
    assert "3/4" in text
    assert "0.75" not in text.partition("Check")[0]


def test_what_has_no_exact_value_is_in_decimals_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = page(capsys, "cos(x) * x", "x=1", "--arithmetic", "exact")
    assert "in decimals, not exact" in text
    assert "0.5403" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "there is no expression"),
        (("x*z", "x=2"), "'z' has no value"),
        (("x*x", "x=2", "y=3"), "'y' is given but does not occur"),
        (("x*x", "x=2", "x=3"), "'x' is given twice"),
        (("x*x", "x=two"), "x: 'two' is no exact number"),
        (("log(x)", "x=-1"), "the logarithm needs a positive number"),
        (("1/x", "x=0"), "a denominator is 0"),
        (("sqrt(x)", "x=0"), "no derivative"),
        (("W@x", "W=[[1,2],[3,4]]", "x=[1,2]"), "not a number"),
        (("W@x", "W=[[1,2]]", "x=[1,2,3]"), "inner sizes 2 and 3 do not agree"),
        (("x*x", "x=2", "--wrt", "w"), "the inputs are x"),
        (("x*x", "x=2", "--seed-direction", "x=1"), "--mode forward"),
        (("x*x", "x=2", "--notation", "nobody"), "nobody"),
    ],
)
def test_a_mistake_gets_one_sentence(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in complaint(capsys, *arguments)


def test_an_expression_may_begin_with_a_minus_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert record(capsys, "-x^2", "x=3")["gradient"] == {"x": -6}


def test_a_fallback_to_decimals_keeps_the_places_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = page(capsys, "cos(x) * x", "x=1", "--arithmetic", "exact", "--places", "6")
    assert "0.540302" in text  # cos 1 = 0.5403023...
