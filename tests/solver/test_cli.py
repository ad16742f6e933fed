from __future__ import annotations

import subprocess
import sys

import pytest

from solver.cli import main

HEAVY = ("sympy", "reportlab", "templates.mathematics.layout", "templates.notation.checks")


def test_a_solution_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["params", "2-1"]) == 0
    assert "3" in capsys.readouterr().out


def test_a_mistake_leaves_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "x*y", "x=1"]) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.startswith("backprep: 'y' has no value")
    assert error.count("\n") == 1


def test_a_page_for_a_terminal_needs_no_heavy_library() -> None:
    code = (
        "import sys; from solver.cli import main;"
        "main(['graph', 'exp(x*z) + log(x)', 'x=2', 'z=3']);"
        f"sys.exit(', '.join(name for name in {HEAVY} if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Backward pass" in done.stdout


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "solver", "params", "3-2", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert '"total": 8' in done.stdout
