"""Random command lines, near to valid ones: each is solved or refused, whatever it says.

Solved is exit code 0 with a page or a record without NaN, refused is exit code 2 with one sentence;
nothing else may happen, not even a warning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.cli import main

FORMATS = ("text", "md", "html", "latex", "json")
NOTATIONS = (
    "standard", "backprep", "cmu-chai", "waterloo-meila", "rutgers-kim", "nyu-linzen",
    "cmu-gormley",
)  # fmt: skip
ACTIVATIONS = (
    "identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "softmax",
)  # fmt: skip
LOSSES = (
    "squared_error", "half_squared_error", "mean_squared_error", "binary_cross_entropy",
    "cross_entropy",
)  # fmt: skip
ANSWERED = ("x", "z", "y", "f", "a", "W", "v[1]", "q")
FITTING = {"sigmoid": ("binary_cross_entropy",), "softmax": LOSSES[-2:]}
EXPRESSIONS = (
    "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)",
    "q = x + z; f = q*z",
    "max(x, z)^2 - abs(x - z)",
    "sigmoid(2x - z)*tanh(z)/sqrt(x)",
    "x^z + 2^x - e^(x*z/pi)",
    "relu(x) + leaky_relu(z, 0.1) - elu(x, 1) + softplus(z)",
    "sum((W@v)^2)/2 + x*dot(v, v) + W[1,2]*z",
    "cross_entropy(softmax(v), t) + mean(v)*x*z",
)
GOOD = ("0", "1", "-1", "2", "0.5", "-3.25", "1/3", "ln 2", "e^-2", "sqrt(2)", "1e-9", "1e10")
BAD = (
    "1000", "-1000", "1e154", "1e308", "-1e308", "1e-200", "1e-320", "1e-400", "1e999", "nan",
    "-inf", "9^9^9", "1/0", "", "x", "[1,2]", "[]", "[[1,2],[3,4]]", "[[1,2],[3]]", "true",
    "\u0663", "\u202e1", "1e",
)  # fmt: skip
CHARACTERS = "xzWvtfqe01239.+-*/^@()[],;=_'\"#\n \\{}<>:!%&|~$?\u00d7\u00b2\u03b1\u221a\u2200\u0000"


def mostly(*texts: str) -> st.SearchStrategy[str]:
    """One of the texts, or in one case of six a number that is rarely wanted."""
    return st.integers(0, 5).flatmap(lambda n: st.sampled_from(texts if n else BAD))


numerals = mostly(*GOOD)
POINT = {
    "x": numerals,
    "z": numerals,
    "W": mostly("[[1,2],[3,4]]", "[[1,1/2],[0,-1],[2,0.5]]"),
    "v": mostly("[1,2]", "[0.5,-1]", "[1000,-1000]"),
    "t": mostly("[0,1]", "[0.5,0.5]"),
}


def outcome(arguments: Sequence[str]) -> tuple[int, str, str]:
    out, error = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        code = main(arguments)
    return code, out.getvalue(), error.getvalue()


def no_number(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def hold(arguments: Sequence[str]) -> int:
    """Follow a command line and check that it was solved or refused as promised."""
    code, out, error = outcome(arguments)
    if code == 0:
        assert error == ""
        assert out.strip()
        if "json" in arguments:
            json.loads(out, parse_constant=no_number)
        return code
    assert (code, out) == (2, "")
    assert error.startswith("backprep: ")
    assert error.removesuffix("\n").isprintable()
    return code


@st.composite
def mutated(draw: st.DrawFn, texts: st.SearchStrategy[str], most: int = 3) -> str:
    """A text with some characters put in, taken out, exchanged or doubled."""
    text = draw(texts)
    for _ in range(max(0, draw(st.integers(-most, most)))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 6, len(text))))
        new = draw(st.sampled_from(("", "()", "1e308", text[start:end] * 2, *CHARACTERS)))
        text = text[:start] + new + text[end:]
    return text


options = st.lists(
    st.one_of(
        st.tuples(st.just("--arithmetic"), st.sampled_from(("exact", "decimal"))),
        st.tuples(st.just("--places"), mostly("1", "2", "6", "10")),
        st.tuples(st.just("--notation"), st.sampled_from(NOTATIONS)),
    ),
    max_size=2,
).map(lambda pairs: [word for pair in pairs for word in pair])
formats = st.sampled_from(FORMATS)


@st.composite
def graph_lines(draw: st.DrawFn) -> list[str]:
    expression = draw(st.sampled_from(EXPRESSIONS))
    names = [name for name in POINT if re.search(rf"\b\d?{name}\b", expression)]
    values = [f"{name}={draw(POINT[name])}" for name in names]
    line = ["graph", draw(mutated(st.just(expression))), *values]
    line += draw(
        st.sampled_from(
            (
                *([], [], [], ["--wrt", "x"], ["--wrt", "x,z"], ["--wrt", "q"]),
                *(["--mode", "forward"], ["--mode", "forward", "--seed-direction", "x=1e200"]),
                *(["--mode", "finite"], ["--seed-direction", "x=1"]),
            )
        )
    )
    for answer in draw(st.lists(st.sampled_from(ANSWERED), max_size=2)):
        line += ["--answer", f"{answer}={draw(numerals)}"]
    return line


@settings(max_examples=300)
@given(graph_lines(), options, formats)
def test_expressions_are_solved_or_refused(line: list[str], more: list[str], form: str) -> None:
    hold([*line, *more, "--format", form])


@settings(max_examples=150)
@given(st.text(max_size=30) | st.text(CHARACTERS, max_size=40), st.sampled_from(("graph", "shape")))
def test_garbage_is_solved_or_refused(text: str, command: str) -> None:
    hold([command, text, "x=2"])


EXTREME = (1000.0, -1000.0, 1e6, 1e-9, 1e-200, 5e-324, 1e154, 1e308, -1e308)
plain = st.floats(-3, 3).map(lambda x: round(x, 3))
numbers = st.integers(0, 12).flatmap(lambda n: plain if n else st.sampled_from(EXTREME))


def matrices(rows: int, columns: int) -> st.SearchStrategy[list[list[float]]]:
    row = st.lists(numbers, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@st.composite
def networks(draw: st.DrawFn) -> dict[str, Any]:
    """A valid network as TOML has it."""
    widths = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    examples = draw(st.integers(1, 3))
    layers = [
        {
            "weights": draw(matrices(units, inputs)),
            "activation": draw(st.sampled_from(ACTIVATIONS)),
            **draw(st.sampled_from(({}, {"bias": 0.5}, {"bias": [0.25] * units}))),
        }
        for inputs, units in pairwise(widths)
    ]
    found: dict[str, Any] = {
        "input": draw(matrices(examples, widths[0])),
        "target": [[1.0] + [0.0] * (widths[-1] - 1)] * examples,
        "loss": draw(st.sampled_from(FITTING.get(layers[-1]["activation"], LOSSES[:2]))),
        "reduction": draw(st.sampled_from(("sum", "mean"))),
        "layer": layers,
    }
    if draw(st.booleans()):
        rate = draw(st.sampled_from((0.1, 1e-9, 1e9, 1e308)))
        found["update"] = {"learning_rate": rate, "steps": 2, "momentum": 0.9}
    return found


WRONG = (
    None, 0, -1, 7, 10**400, 1.5, float("nan"), float("inf"), True, "", "x", "1/3", "ln 2", "9^9^9",
    "W1", "W1[1,1]", "\u202e", [], [[]], [1], [1, 2], [[1, 2]], [[1], [2, 3]], ["W1"], {}, {"a": 1},
)  # fmt: skip


@st.composite
def faulty(draw: st.DrawFn) -> dict[str, Any]:
    """A network in which one to three things are exchanged, renamed, dropped or added."""
    found = draw(networks())
    for _ in range(draw(st.sampled_from((1, 1, 2)))):
        table = draw(st.sampled_from((found, *found["layer"]))) if found.get("layer") else found
        keys = (*table, "ask", "title", "alpha", "classes_from", "update", "nonsense")
        key = draw(st.sampled_from(keys))
        if key in table and draw(st.booleans()):
            changed = table.pop(key)
            if draw(st.booleans()):
                table[key + "s"] = changed
        elif key != "layer":
            table[key] = draw(st.sampled_from(WRONG))
    return found


def toml(table: dict[str, Any]) -> str:
    """A table as TOML, its inner tables last."""
    plain = [f"{key} = {value(v)}" for key, v in table.items() if key not in ("layer", "update")]
    lines = [line for line in plain if not line.endswith("= None")]
    for layer in table.get("layer", []):
        lines += ["[[layer]]", toml(layer)]
    update = table.get("update")
    if isinstance(update, dict):
        lines += ["[update]", toml(update)]
    elif update is not None:
        lines.insert(0, f"update = {value(update)}")
    return "\n".join(lines)


def value(found: Any) -> str:
    match found:
        case bool():
            return str(found).lower()
        case str():
            return json.dumps(found)
        case list():
            return f"[{', '.join(map(value, found))}]"
        case dict():
            return "{" + ", ".join(f"{k} = {value(v)}" for k, v in found.items()) + "}"
        case _:
            return str(found)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzzed") / "net.toml"


def follow(path: Path, text: str, *options: str) -> int:
    path.write_text(text, encoding="utf-8")
    return hold(["net", str(path), *options])


@settings(max_examples=200)
@given(networks(), options, formats)
def test_networks_are_solved_or_refused(
    path: Path, network: dict[str, Any], more: list[str], form: str
) -> None:
    follow(path, toml(network), *more, "--format", form)


@settings(max_examples=200)
@given(faulty(), options, formats)
def test_faulty_networks_are_solved_or_refused(
    path: Path, network: dict[str, Any], more: list[str], form: str
) -> None:
    follow(path, toml(network), *more, "--format", form)


@settings(max_examples=100)
@given(mutated(networks().map(toml), 6), formats)
def test_mutated_files_are_solved_or_refused(path: Path, text: str, form: str) -> None:
    follow(path, text, "--format", form)


entries = st.sampled_from(("W1[1,1]", "W1", "delta1", "s1[1]", "o1[1]", "loss", "loss", "W9"))
answers = st.builds("{}={}".format, entries, numerals)


@settings(max_examples=60)
@given(networks(), st.lists(answers, min_size=1, max_size=3), formats)
def test_answers_are_judged_or_refused(
    path: Path, network: dict[str, Any], texts: list[str], form: str
) -> None:
    given_answers = [word for text in texts for word in ("--answer", text)]
    follow(path, toml(network), *given_answers, "--format", form)


@settings(max_examples=150)
@given(
    st.lists(mostly(*GOOD, "--jacobian", "--stable"), min_size=1, max_size=5),
    st.none() | mostly("1", "1", "2", "0,1", "0.5,0.5", "1,0,0"),
    st.none() | numerals,
    options,
    formats,
)
def test_scores_are_worked_or_refused(
    scores: list[str], target: str | None, temperature: str | None, more: list[str], form: str
) -> None:
    line = ["softmax", *scores, *more, "--format", form]
    line += [] if target is None else ["--target", target]
    line += [] if temperature is None else ["--temperature", temperature]
    hold(line)


shapes = st.sampled_from(
    (
        ["W2.T @ delta2 * (1 - o1)", "W2=3x4", "delta2=3x1", "o1=4x1"],
        ["W2.T @ delta2 * (1 - o1.T)", "W2=mxn", "delta2=mx1", "o1=nx1"],
        ["X @ w + b", "X=32x5", "w=5", "b=scalar"],
        ["sum(outer(u, v)) / u[1]", "u=3", "v=4"],
    )
)


@settings(max_examples=150)
@given(shapes.flatmap(lambda line: st.tuples(*(mutated(st.just(w), 1) for w in line))), formats)
def test_shapes_are_followed_or_refused(line: tuple[str, ...], form: str) -> None:
    hold(["shape", *line, "--format", form])


@settings(max_examples=60)
@given(mutated(st.sampled_from(("784-128-64-10", "1-3-1", "2x2", "5 4 3"))), formats)
def test_widths_are_counted_or_refused(text: str, form: str) -> None:
    hold(["params", text, "--format", form])
