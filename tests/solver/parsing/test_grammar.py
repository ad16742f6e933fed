from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pytest

from solver import term as t
from solver.errors import InputError
from solver.parsing.grammar import (
    DEEPEST,
    MOST_OPERATIONS,
    MOST_OPERATIONS_IN_ALL,
    MOST_STATEMENTS,
    constant_of,
    expression,
    statements,
)
from solver.parsing.tokens import LONGEST

X, Y, Z = 1.7, -0.4, 2.3
NUMBERS = {
    t.name("x"): np.float64(X),
    t.name("y"): np.float64(Y),
    t.name("z"): np.float64(Z),
    t.name("pi"): np.float64(math.pi),
    t.name("e"): np.float64(math.e),
    t.name("w"): np.array([3.0, 5.0]),
    t.name("W"): np.array([[1.0, 2.0], [3.0, 4.0]]),
}

MEANINGS: dict[str, Callable[[], float]] = {
    "x + y*z": lambda: X + (Y * Z),
    "x - y - z": lambda: (X - Y) - Z,
    "x/z/2": lambda: (X / Z) / 2,
    "x/z*2": lambda: (X / Z) * 2,
    "x*-y": lambda: X * -Y,
    "x - -y": lambda: X + Y,
    "+x": lambda: X,
    "--x": lambda: X,
    "-x^2": lambda: -(X * X),
    "(-x)^2": lambda: X * X,
    "-2^2": lambda: -4.0,
    "2^-1": lambda: 0.5,
    "x^-z": lambda: X**-Z,
    "2^3^x": lambda: 2 ** (3**X),
    "x**z": lambda: X**Z,
    "2x": lambda: 2 * X,
    "-2x": lambda: -2 * X,
    "2x^2": lambda: 2 * (X * X),
    "3(x+1)*y": lambda: 3 * (X + 1) * Y,
    "2exp(x)": lambda: 2 * math.exp(X),
    "2e": lambda: 2 * math.e,
    "2e3": lambda: 2000.0,
    ".5x": lambda: 0.5 * X,
    "1e-3*x": lambda: 0.001 * X,
    "e^x": lambda: math.exp(X),
    "e**(2x)": lambda: math.exp(2 * X),
    "e^x^2": lambda: math.exp(X * X),
    "e*x": lambda: math.e * X,
    "pi*x²": lambda: math.pi * X * X,
    "π/x": lambda: math.pi / X,
    "ln(x)": lambda: math.log(X),
    "ReLU(y) + σ(x)": lambda: 1 / (1 + math.exp(-X)),
    "max(x, min(y, z))": lambda: X,
    "w[1]*w[2]": lambda: 15.0,
    "W[2,1] - 2*W[1,2]": lambda: -1.0,
    "W.T[2,1]": lambda: 2.0,
    "(W@w)[2]": lambda: 29.0,
    "sum(W@w*w)": lambda: 13.0 * 3 + 29.0 * 5,
    "w @ w": lambda: 34.0,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_an_expression_means_what_it_means_on_paper(text: str) -> None:
    found = t.evaluate(expression(text), NUMBERS)
    assert float(found) == pytest.approx(MEANINGS[text](), rel=1e-14)


def test_a_variable_may_be_called_e_or_like_a_function() -> None:
    assert expression("e^2", ["e"]) == t.Term("power", (t.name("e"), t.number(2)))
    assert expression("max*2", ["max"]) == t.Term("multiply", (t.name("max"), t.number(2)))
    assert expression("log*2", ["log"]).args[0] == t.name("log")


def test_statements_have_names_and_the_last_may_go_without() -> None:
    found = statements("q = x + y  # a sum\n\n; f = q*z;\n q - f\n")
    assert [statement.name for statement in found] == ["q", "f", None]
    assert [str(statement.term) for statement in found] == ["(x + y)", "(q * z)", "(q - f)"]


def test_an_exponent_of_e_that_a_statement_names_is_a_power() -> None:
    assert [s.term.op for s in statements("e = x; e^2")] == ["name", "power"]


COMPLAINTS = {
    "": "there is no expression; write one such as 'exp(x*z) + x'",
    " # nothing": "there is no expression; write one such as 'exp(x*z) + x'",
    "x +": "the expression ends too early: expected a number, a name or '('",
    "x @": "the expression ends too early: expected a number, a name or '('",
    "W.T.": "the expression ends too early: expected T, for the transpose",
    "(x": "the expression ends too early: expected ')'",
    "x)": "expected an operation or the end at character 2, not ')'",
    "x z": "expected an operation at character 3, not 'z'; write x*z for the product",
    "(x)(z)": "expected an operation at character 4, not '('; write * before '(' for a product",
    "x ^ / 2": "expected a number, a name or '(' at character 5, not '/'",
    "x == 2": "expected a number, a name or '(' at character 4, not '='",
    "1/2x": "/ at character 2 could apply to 2 or to a product; write 2*... or parentheses",
    "e^-2x": "^ at character 2 could apply to 2 or to a product; write 2*... or parentheses",
    "sin x": "sin at character 1 is a function; write sin(...) with parentheses",
    "sigmod(x)": "there is no function 'sigmod' (at character 1); did you mean sigmoid or sigma?",
    "max(x)": "max at character 1 takes 2 arguments, not 1",
    "exp(x, z)": "exp at character 1 takes 1 argument, not 2",
    "exp()": "expected a number, a name or '(' at character 5, not ')'",
    "elu(x, y)": "the last argument of elu is a plain number, such as 0.1",
    "w[0]": "entries are counted from 1; there is no [0]",
    "w[x]": "expected a whole number, the place of an entry counted from 1 at character 3, not 'x'",
    "w[1.5]": "expected a whole number, the place of an entry counted from 1 at character 3,"
    " not '1.5'",
    "W.x": "expected T, for the transpose at character 3, not 'x'",
    "x; y": "statement 1 has no name; write q = ... for all but the last",
    "1e999": "the number at character 1 is too large",
    "__import__('os')": "'_' at character 1 means nothing in an expression",
    "().__class__": "'_' at character 4 means nothing in an expression",
    "lambda x: x": "':' at character 9 means nothing in an expression",
    "x if x else y": "expected an operation at character 3, not 'if'; write x*if for the product",
}


@pytest.mark.parametrize("text", COMPLAINTS)
def test_what_cannot_be_read_is_answered_with_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        statements(text)
    assert str(caught.value) == COMPLAINTS[text]


def test_an_unknown_function_is_answered_with_the_product_and_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"for a product write q\*\(\.\.\.\); the functions are"):
        expression("q(x+1)")
    with pytest.raises(InputError, match="expected an operation at character 2, not"):
        expression("q(x+1)", ["q"])


LIMITS = {
    "parentheses": ("(" * (LONGEST // 2), "nests more than 50 deep at character 52"),
    "signs": ("-" * (LONGEST - 1) + "x", "nests more than 50 deep at character 52"),
    "towers": ("9" + "^9" * 4_000, "nests more than 50 deep"),
    "operations": ("x" + "+x" * (MOST_OPERATIONS + 1), "more than 200 operations"),
    "operations in all": (
        "".join(f"a{n} = x{'+x' * 199}\n" for n in range(11)) + "x",
        f"more than {MOST_OPERATIONS_IN_ALL} operations",
    ),
    "statements": ("a=x;" * (MOST_STATEMENTS + 1), "too many statements"),
    "characters": ("x" * (LONGEST + 1), "has 10001 characters"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_is_too_much_is_refused_at_once(limit: str) -> None:
    text, sentence = LIMITS[limit]
    start = time.perf_counter()
    with pytest.raises(InputError, match=sentence):
        statements(text)
    assert time.perf_counter() - start < 0.5


def test_what_is_just_not_too_much_is_read() -> None:
    assert expression("(" * DEEPEST + "x" + ")" * DEEPEST) == t.name("x")
    waves = expression("sin(" * DEEPEST + "x" + ")" * DEEPEST)
    assert str(waves).count("sin") == DEEPEST
    chain = expression("x" + "+x" * MOST_OPERATIONS)
    assert t.evaluate(chain, {t.name("x"): 1.0}) == MOST_OPERATIONS + 1


@pytest.mark.parametrize(
    ("text", "number"), [("-3/4", -0.75), ("-(-2)", 2.0), ("1/0", None), ("x", None), ("2^3", None)]
)
def test_a_constant_is_a_number_with_a_sign_or_a_quotient(text: str, number: float | None) -> None:
    assert constant_of(expression(text)) == number
