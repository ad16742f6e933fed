"""For tests of whole command lines: run one in this process and hold it to what it promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from solver.cli import main

Run = Callable[..., tuple[int, str, str]]

MAZUR = """\
input = [0.05, 0.10]
target = [0.01, 0.99]
loss = "half_squared_error"
[[layer]]
weights = [[0.15, 0.20], [0.25, 0.30]]
bias = [0.35, 0.35]
activation = "sigmoid"
[[layer]]
weights = [[0.40, 0.45], [0.50, 0.55]]
bias = [0.60, 0.60]
activation = "sigmoid"
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The exit code, standard output and standard error of a command line."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """The sentence with which a command line is refused; fails unless it is one and no more."""

    def call(*arguments: str) -> str:
        code, out, error = run(*arguments)
        assert (code, out) == (2, ""), (code, out[:200])
        assert error.startswith("backprep: ")
        sentence = error.removeprefix("backprep: ").removesuffix("\n")
        assert sentence.isprintable(), repr(sentence)
        assert 10 <= len(sentence) <= 400
        return sentence

    return call


@pytest.fixture
def record(run: Run) -> Callable[..., Any]:
    """What a command says as JSON, in which NaN and infinity are no numbers."""

    def no_number(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    def call(*arguments: str) -> Any:
        code, out, error = run(*arguments, "--json")
        assert (code, error) == (0, "")
        return json.loads(out, parse_constant=no_number)

    return call


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """A function that writes a file of a text or of bytes and returns its path."""

    def write(content: str | bytes, name: str = "problem.toml") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return str(path)

    return write


@pytest.fixture
def mazur() -> str:
    """Matt Mazur's network, the example that everybody knows."""
    return MAZUR
