from __future__ import annotations

import math
import subprocess
import sys
import time
from fractions import Fraction

import numpy as np
import pytest

from solver.errors import InputError
from solver.exact import Exact
from solver.parsing.values import LONGEST, MOST_NUMBERS, assignment, shape, value
from solver.shapes import Size


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("x=2", ("x", "2")),
        (" W1 = [[1,\n2]] ", ("W1", "[[1,\n2]]")),
        ("x'=1", ("x'", "1")),
        ("θ=-1", ("θ", "-1")),
    ],
)
def test_an_assignment_is_a_name_and_the_rest(text: str, pair: tuple[str, str]) -> None:
    assert assignment(text) == pair


@pytest.mark.parametrize("text", ["x", "=2", "x=", "2x=3", "_0=1", "a b=1", ""])
def test_an_assignment_without_a_name_or_a_value_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="write a name, = and a value, such as x=2"):
        assignment(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2.0),
        ("-0.5", -0.5),
        ("+ 2", 2.0),
        ("1e-3", 1e-3),
        ("1/2", 0.5),
        ('"ln 3"', math.log(3)),
        ("'ln(3)/2'", math.log(3) / 2),
        ("e^-2", math.exp(-2)),
        ("sqrt(2)", math.sqrt(2)),
        ("2*pi", 2 * math.pi),
        ("exp(2^3) - 1", math.exp(8) - 1),
        ("2^(1/2)", math.sqrt(2)),
        ("−1/2", -0.5),
        ("2·10^(−3)", 2e-3),
        ("3×4÷5", 2.4),
    ],
)
def test_a_number_is_a_decimal_or_an_exact_text(text: str, number: float) -> None:
    found = value(text)
    assert found.shape == ()
    assert found.dtype == np.float64
    assert float(found) == pytest.approx(number, rel=1e-15)
    assert float(value(text, exact=True)[()]) == pytest.approx(number, rel=1e-15)


def test_lists_are_vectors_and_lists_of_rows_matrices() -> None:
    np.testing.assert_array_equal(value("[1, -2, 1/4]"), [1.0, -2.0, 0.25])
    np.testing.assert_array_equal(value("[[1,2],\n [3,4],[5,6]]"), [[1, 2], [3, 4], [5, 6]])


def test_exact_numbers_are_not_rounded() -> None:
    found = value("[1/3, 0.1, 1e-3]", exact=True)
    assert found.dtype == object
    fractions = (Fraction(1, 3), Fraction(1, 10), Fraction(1, 1000))
    assert found.tolist() == [Exact(fraction) for fraction in fractions]


COMPLAINTS = {
    "": "a number is missing; write one such as 2 or -0.5",
    "[1,,2]": "a number is missing; write one such as 2 or -0.5",
    "[]": "the brackets [] hold no number; give one or more",
    "[[], []]": "the brackets [] hold no number; give one or more",
    "[[1,2],[3]]": "the rows of '[[1,2],[3]]' have 2 and 1 numbers; make them equal",
    "[1,[2]]": "'[1,[2]]' mixes numbers and rows; give one or the other",
    "[[[1]]]": "'[1]' nests too deep; give a list of numbers or of rows",
    "[1,2": "'[1,2' has no ] at its end",
    "[1 2; 3 4]": "'1 2; 3 4' has numbers without a comma between; write [1, 2]",
    "nan": "'nan' is not a finite number; give one such as 2 or -0.5",
    "[1, -Infinity]": "'-Infinity' is not a finite number; give one such as 2 or -0.5",
    "1e400": "'1e400' is too large a number",
    "1/0": "'1/0' divides by 0",
    "9^9^9^9": "'9^9^9^9' is no finite number",
    "(-8)^(1/3)": "'(-8)^(1/3)' is no finite number",
    "sqrt(-1)": "-1 has no real root",
    "ln 0": "0 has no logarithm",
    "\0": "'?' is no number; write one such as 2 or -0.5",
}


@pytest.mark.parametrize("text", COMPLAINTS)
def test_what_is_no_value_is_answered_with_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        value(text)
    assert str(caught.value) == COMPLAINTS[text]


@pytest.mark.parametrize("text", [*COMPLAINTS, "()", "1+", "😀", "__import__('os')", "[" * 500])
def test_what_is_no_value_is_no_exact_one_either(text: str) -> None:
    with pytest.raises(InputError):
        value(text, exact=True)


@pytest.mark.parametrize(
    "text",
    [
        "[" + "1," * MOST_NUMBERS + "1]",
        "[" + ",".join(["[1,2,3]"] * MOST_NUMBERS) + "]",
        "[" * LONGEST,
        "(" * LONGEST,
        "[" + "1," * LONGEST,
        "1" * 201,
    ],
)
def test_what_is_too_much_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError):
        value(text)
    assert time.perf_counter() - start < 1.0


def test_values_are_read_without_the_library_for_symbols() -> None:
    code = "import sys; from solver.parsing.values import value; value('ln 3', True)"
    check = "assert not {'sympy', 'mpmath'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"{code}; {check}"], check=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3x4", (3, 4)),
        (" 3 × 1 ", (3, 1)),
        ("(3, 4)", (3, 4)),
        ("(5,)", (5,)),
        ("5", (5,)),
        ("scalar", ()),
        ("()", ()),
        ("mxn", (Size("m"), Size("n"))),
        ("(d+1)x1", (Size("d", 1), 1)),
        ("d + 1 x k", (Size("d", 1), Size("k"))),
        ("out*in", (Size("out"), Size("in"))),
    ],
)
def test_a_shape_has_numbers_or_letters_for_sizes(text: str, found: tuple[object, ...]) -> None:
    assert shape(text) == found


@pytest.mark.parametrize(
    "text", ["", "x", "3x", "0x3", "-1x3", "3x4x5", "(3", "[3,4]", "1.5x2", "😀", "9" * 12, "3x4;"]
)
def test_what_is_no_shape_is_answered_with_examples(text: str) -> None:
    with pytest.raises(InputError, match="is no shape; write 3x4, 3x1, mxn or scalar"):
        shape(text)
