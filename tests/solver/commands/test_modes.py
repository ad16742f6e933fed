from __future__ import annotations

import json
import math
from typing import Any

import pytest

from solver.cli import main

EXPRESSION = "exp(x*z) + x*z/log(x)"


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["graph", EXPRESSION, "x=2", "z=3", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def by_hand(x: float, z: float) -> tuple[float, float]:
    """Both partial derivatives, differentiated on paper."""
    along_x = z * math.exp(x * z) + z / math.log(x) - z / math.log(x) ** 2
    return along_x, x * math.exp(x * z) + x / math.log(x)


def test_forward_mode_gives_the_derivative_along_a_direction(
    capsys: pytest.CaptureFixture[str],
) -> None:
    direction = ["--mode", "forward", "--seed-direction", "x=2", "--seed-direction", "z=-1"]
    found = record(capsys, *direction)
    along_x, along_z = by_hand(2, 3)
    assert found["derivative"] == pytest.approx(2 * along_x - along_z)
    assert found["steps"][-1]["value"] == pytest.approx(found["derivative"], abs=0.01)
    assert {step["kind"] for step in found["steps"]} == {"forward", "tangent"}


def test_without_a_direction_the_first_input_moves(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "--mode", "forward")
    assert found["direction"] == {"x": 1}
    assert found["derivative"] == pytest.approx(by_hand(2, 3)[0])


def test_central_differences_stand_beside_the_derivatives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = record(capsys, "--mode", "finite")["differences"]
    assert [row["input"] for row in found] == ["x", "z"]
    for row, expected in zip(found, by_hand(2, 3), strict=True):
        assert row["derivative"] == pytest.approx(expected)
        assert row["quotient"] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("mode", ["forward", "finite"])
def test_each_mode_has_a_page(mode: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", EXPRESSION, "x=2", "z=3", "--mode", mode]) == 0
    assert "1208.37" in capsys.readouterr().out


def test_a_direction_of_an_unknown_input_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["graph", EXPRESSION, "x=2", "z=3", "--mode", "forward", "--seed-direction", "q=1"]
    assert main(asked) == 2
    assert "the inputs are x, z" in capsys.readouterr().err
