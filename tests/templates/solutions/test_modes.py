from __future__ import annotations

import math

import pytest

from solver.cli import main

EXPRESSION = ["graph", "exp(x*z) + x*z/log(x)", "x=2", "z=3"]


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*EXPRESSION, *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_tangent_stands_under_each_value(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "--mode", "forward", "--seed-direction", "x=1", "--seed-direction", "z=-2")
    assert "Here ẋ = 1 and ż = -2; no other input moves." in text
    assert "a = xz = 2 · 3 = 6 ȧ = ẋz + xż = 1 · 3 + 2 · (-2) = -1" in text
    assert "The two partial derivatives of this function need two passes" in text
    expected = 3 * math.exp(6) + 3 / math.log(2) - 3 / math.log(2) ** 2
    expected -= 2 * (2 * math.exp(6) + 2 / math.log(2))
    assert f"in double precision, gives {expected:.4f}" in text


def test_a_function_of_one_variable_needs_one_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "sin(x)*x", "x=2", "--mode", "forward"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "The only partial derivative of this function needs one pass in forward mode" in text


def test_tangents_of_exact_numbers_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["graph", "sigmoid(x)*x", "x=ln 3", "--mode", "forward", "--arithmetic", "exact"]
    assert main([*command, "--notation", "backprep"]) == 0
    assert "= 3/16 ln 3 + 3/4" in capsys.readouterr().out


def test_each_entry_has_a_row_with_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "--mode", "finite")
    above = math.exp(2.0001 * 3) + 2.0001 * 3 / math.log(2.0001)
    assert f"{above:.10g}" in text
    assert "· 10⁻⁵" in text
    assert "4 in all" in text


def test_forward_mode_has_no_adjoints_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert "adjoint" not in page(capsys, "--mode", "forward", "--notation", "cmu-gormley")
