"""Random expressions against plain Python and SymPy, and random text against its one sentence."""

from __future__ import annotations

import cmath
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.errors import InputError
from solver.expressions import constants, graph
from solver.parsing.grammar import expression, statements
from solver.parsing.values import assignment, shape, value
from solver.passes import backward, forward

VARIABLES = ("x", "y", "z")
LARGEST, SMALLEST = 50.0, 0.05
MOST_NODES = 40


@dataclass(frozen=True)
class Tree:
    """An expression that knows its value at one point; `size` counts its nodes."""

    op: str
    parts: tuple[Tree, ...]
    text: str = ""

    @property
    def size(self) -> int:
        return 1 + sum(part.size for part in self.parts)


OPERATIONS: dict[str, Callable[..., complex]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    "negative": lambda a: -a,
    "exp": cmath.exp,
    "log": cmath.log,
    "sqrt": cmath.sqrt,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tanh": cmath.tanh,
    "sigmoid": lambda a: 1 / (1 + cmath.exp(-a)),
    "softplus": lambda a: cmath.log(1 + cmath.exp(a)),
    "abs": lambda a: a if a.real > 0 else -a,
    "relu": lambda a: a if a.real > 0 else 0 * a,
    "max": lambda a, b: a if a.real >= b.real else b,
    "min": lambda a, b: a if a.real <= b.real else b,
}
TWO = ("+", "-", "*", "/", "^", "max", "min")
SMOOTH = ("+", "-", "*", "/", "^", "negative", "exp", "log", "sqrt", "sin", "cos", "tanh")


def is_defined(op: str, numbers: Sequence[complex]) -> bool:
    """Whether an operation has a value of moderate size, away from poles and kinks."""
    real = [number.real for number in numbers]
    match op:
        case "/":
            return abs(real[1]) > SMALLEST
        case "^":
            return real[0] > SMALLEST and abs(real[1] * math.log(real[0])) < 4
        case "log" | "sqrt":
            return real[0] > SMALLEST
        case "exp" | "softplus" | "sigmoid":
            return abs(real[0]) < 4
        case "abs" | "relu":
            return abs(real[0]) > SMALLEST
        case "max" | "min":
            return abs(real[0] - real[1]) > SMALLEST
        case "*":
            return abs(real[0] * real[1]) < LARGEST
        case _:
            return abs(sum(real)) < LARGEST


def at(tree: Tree, point: dict[str, complex]) -> complex:
    if tree.op == "name":
        return point[tree.text]
    if tree.op == "number":
        return float(tree.text)
    return OPERATIONS[tree.op](*(at(part, point) for part in tree.parts))


Point = dict[str, float]


@st.composite
def problems(
    draw: st.DrawFn, operations: Sequence[str] = tuple(OPERATIONS), most: int = MOST_NODES
) -> tuple[list[Tree], Point]:
    """Trees, each made of earlier ones and the last with at most `most` nodes; and a point."""
    numbers = st.decimals("-3", "3", places=2).filter(lambda n: abs(n) > 0.1).map(float)
    point = {name: draw(numbers) for name in VARIABLES}
    known = [Tree("name", (), name) for name in VARIABLES]
    known += [Tree("number", (), text) for text in ("2", "0.5", "3", ".25", "1e-1")]
    made: list[Tree] = []
    for _ in range(draw(st.sampled_from((2, 8, 16)))):
        op = draw(st.sampled_from(operations))
        # Mostly what was made last goes on growing.
        drawn = [draw(st.sampled_from(known[-2:])), draw(st.sampled_from(known))]
        parts = drawn[:: draw(st.sampled_from((1, -1)))][: 2 if op in TWO else 1]
        if not is_defined(op, [at(part, dict(point)) for part in parts]):
            op, parts = "sin", parts[:1]
        tree = Tree(op, tuple(parts))
        if tree.size <= most - 2:
            known.append(tree)
            made.append(tree)
    last = Tree("+", (max(made, key=lambda tree: tree.size), known[0]))
    return [*made, last], point


SUM, PRODUCT, SIGN, POWER, ATOM = range(5)


def written(tree: Tree, binding: int = SUM) -> str:
    """The tree as text with few parentheses, by rules of its own."""
    text, own = _written(tree)
    return text if own >= binding else f"({text})"


def _written(tree: Tree) -> tuple[str, int]:
    match tree.op, tree.parts:
        case (("name" | "number"), _):
            return tree.text, ATOM
        case (("+" | "-"), (a, b)):
            return f"{written(a, SUM)} {tree.op} {written(b, PRODUCT)}", SUM
        case "*", (a, b) if a.op == "number" and _begins_with_a_letter(b):
            return f"{a.text}{written(b, POWER)}", PRODUCT
        case (("*" | "/"), (a, b)):
            return f"{written(a, PRODUCT)}{tree.op}{written(b, SIGN)}", PRODUCT
        case "^", (a, b):
            return f"{written(a, ATOM)}**{written(b, SIGN)}", POWER
        case "negative", (a,):
            return f"-{written(a, SIGN)}", SIGN
        case op, parts:
            return f"{op}({', '.join(map(written, parts))})", ATOM


def _begins_with_a_letter(tree: Tree) -> bool:
    return written(tree, POWER)[0].isalpha() and written(tree, POWER)[0] != "e"


def as_statements(trees: Sequence[Tree]) -> str:
    """Every tree as a statement of its own, which uses the earlier ones by name."""
    names = {id(tree): f"n{number}" for number, tree in enumerate(trees)}

    def shortened(tree: Tree) -> Tree:
        parts = (Tree("name", (), names[id(p)]) if id(p) in names else p for p in tree.parts)
        return Tree(tree.op, tuple(parts), tree.text)

    return "; ".join(f"{names[id(tree)]} = {written(shortened(tree))}" for tree in trees)


def solved(text: str, point: Point) -> tuple[float, dict[str, float]]:
    found = graph(statements(text, VARIABLES), dict.fromkeys(VARIABLES, ()))
    used = {variable.name for variable in found.inputs}
    givens = found.givens({name: number for name, number in point.items() if name in used})
    values = forward(found, givens)
    gradients = backward(found, values)
    return float(values[found.output]), {n: float(gradients.get(n, 0.0)) for n in VARIABLES}


def expected(tree: Tree, point: Point) -> tuple[float, dict[str, float]]:
    """The value in plain Python, and each slope by a complex step."""
    step = 1e-30
    slopes = {n: at(tree, {**point, n: point[n] + step * 1j}).imag / step for n in VARIABLES}
    return at(tree, dict(point)).real, slopes


def agree(found: tuple[float, dict[str, float]], right: tuple[float, dict[str, float]]) -> None:
    scale = max(1.0, abs(right[0]), *map(abs, right[1].values()))
    assert found[0] == pytest.approx(right[0], rel=1e-9, abs=1e-9)
    assert found[1] == pytest.approx(right[1], rel=1e-8, abs=1e-8 * scale)


@given(problems())
@settings(max_examples=300)
def test_random_expressions_equal_plain_python(problem: tuple[list[Tree], Point]) -> None:
    trees, point = problem
    agree(solved(written(trees[-1]), point), expected(trees[-1], point))


@given(problems())
@settings(max_examples=200)
def test_random_statements_equal_plain_python(problem: tuple[list[Tree], Point]) -> None:
    trees, point = problem
    agree(solved(as_statements(trees), point), expected(trees[-1], point))


@given(problems(SMOOTH, most=14))
@settings(max_examples=25)
def test_random_expressions_equal_sympy(problem: tuple[list[Tree], Point]) -> None:
    trees, point = problem
    symbols = {name: sympy.Symbol(name) for name in VARIABLES}
    symbolic = as_sympy(trees[-1], symbols)
    where = {symbols[name]: sympy.Float(number, 30) for name, number in point.items()}
    slopes = {n: float(sympy.diff(symbolic, s).evalf(30, subs=where)) for n, s in symbols.items()}
    right = float(symbolic.evalf(30, subs=where)), slopes
    agree(solved(written(trees[-1]), point), right)


def as_sympy(tree: Tree, symbols: dict[str, Any]) -> Any:
    if tree.op == "name":
        return symbols[tree.text]
    if tree.op == "number":
        return sympy.Rational(tree.text)
    parts = [as_sympy(part, symbols) for part in tree.parts]
    if tree.op in ("exp", "log", "sqrt", "sin", "cos", "tanh"):
        return getattr(sympy, tree.op)(*parts)
    return OPERATIONS[tree.op](*parts)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """An expression that makes sense but for one place."""
    text = written(draw(problems(most=12))[0][-1])
    place: int = draw(st.integers(0, len(text)))
    piece: str = draw(st.sampled_from(("", "[1]", *"()*^=;x2.#é")))
    left_out: int = draw(st.integers(0, 2))
    return text[:place] + piece + text[place + left_out :]


PIECES = (*"xyWe29()+-*/@^,=;", "**", ".T", "1e9", "w[1]", "exp", "log(", "max(", "softmax(w)")
NOISE = st.one_of(
    spoiled(),
    st.text(max_size=60),
    st.text("xyzeWw0123456789.+-*/^@()[]=;,# \nT'", max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)
GIVEN: dict[str, Any] = {
    "x": np.array(0.5),
    "y": np.array(-2.0),
    "z": np.array(1.0),
    "w": np.ones(2),
    "W": np.eye(2),
}


def answered(action: Callable[[], object]) -> None:
    """Run an action that may raise nothing but InputError, and not take long."""
    start, sentence = time.perf_counter(), "none"
    try:
        action()
    except InputError as error:
        sentence = str(error)
    assert sentence.isprintable()
    assert time.perf_counter() - start < 2.0


def evaluated(text: str) -> None:
    shapes = {name: number.shape for name, number in GIVEN.items()}
    found = graph(statements(text, tuple(GIVEN)), shapes)
    used = {variable.name for variable in found.inputs}
    known = {n: v for n, v in {**GIVEN, **constants(found, GIVEN)}.items() if n in used}
    with np.errstate(all="ignore"):
        backward(found, forward(found, found.givens(known)))


@given(NOISE)
@settings(max_examples=600)
def test_noise_as_an_expression_is_read_or_answered(text: str) -> None:
    answered(lambda: evaluated(text))
    answered(lambda: expression(text))


@given(st.one_of(NOISE, st.text("0123456789.,[]()+-*/^elnsqrtpi ", max_size=30)))
@settings(max_examples=600)
def test_noise_as_a_value_or_a_shape_is_read_or_answered(text: str) -> None:
    for read in (assignment, value, shape, partial(value, exact=True)):
        answered(partial(read, text))
