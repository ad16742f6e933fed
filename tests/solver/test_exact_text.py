from __future__ import annotations

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.exact import Exact
from solver.exact_text import parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        ("-1/2", -0.5),
        ("2.50", 2.5),
        ("1 - 2 - 3", -4.0),
        ("12/3/2", 2.0),
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * -3", -9.0),
        ("--2", 2.0),
        ("ln 3", math.log(3)),
        ("ln(3/2)", math.log(1.5)),
        ("(ln 3)/2", math.log(3) / 2),
        ("2 * ln 3 + 1", 2 * math.log(3) + 1),
        ("-ln 3", -math.log(3)),
        ("e", math.e),
        ("e^2", math.e**2),
        ("e^-2", math.exp(-2)),
        ("e^(1/2)", math.exp(0.5)),
        ("exp(-1) * 2", 2 / math.e),
        ("ln e", 1.0),
        ("sqrt 2", math.sqrt(2)),
        ("ln sqrt(5)", math.log(5) / 2),
        ("pi/2", math.pi / 2),
        ("2^(1/3)", 2 ** (1 / 3)),
        ("(1 + e)^2", (1 + math.e) ** 2),
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
    ],
)
def test_a_text_says_the_number_that_it_reads_as(text: str, value: float) -> None:
    assert float(parse(text, Exact)) == pytest.approx(value, rel=1e-15)


@given(st.fractions(max_denominator=10**6))
def test_every_fraction_is_read_as_it_is_written(value: Fraction) -> None:
    assert parse(str(value), Exact) == value


@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [
        ("", 1, "a number"),
        ("1 +", 4, "a number"),
        ("ln", 3, "a number"),
        ("(1", 3, "')'"),
        ("1)", 2, "an operation or the end"),
        ("2 3", 3, "an operation or the end"),
        ("2 e", 3, "an operation or the end"),
        ("ln 3/2", 5, "parentheses that say what is divided"),
        ("e^1/2", 4, "parentheses that say what is divided"),
        ("ln(3)^2", 6, "an operation or the end"),
        ("(" * 80, 65, "a number, for this one nests too deep"),
        ("2x", 2, "a number, e, ln, exp, sqrt, an operation or a parenthesis"),
        ("1..2", 2, "a number, e, ln, exp, sqrt, an operation or a parenthesis"),
        ("__import__('os')", 1, "a number, e, ln, exp, sqrt, an operation or a parenthesis"),
    ],
)
def test_anything_else_is_refused_with_the_place(text: str, place: int, wanted: str) -> None:
    message = f"'{text}' is no exact number: at character {place}, expected {wanted}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text, Exact)
