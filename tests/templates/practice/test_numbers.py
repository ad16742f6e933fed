"""Numbers and matrices as the page reads them: the values are worked out here by hand."""

from __future__ import annotations

import math
import time

import pytest

from tests.judging import Judge


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2.0),
        (" -0.5 ", -0.5),
        ("+ 2", 2.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1/2", 0.5),
        ("0,5", 0.5),
        ("-1,25e2", -125.0),
        ("1,5/2", 0.75),
        ("ln 3", 1.0986122886681098),
        ("(ln 3)/2", 0.5493061443340549),
        ("e", 2.718281828459045),
        ("e^-2", 0.1353352832366127),
        ("exp(2^3) - 1", 2979.9579870417283),
        ("sqrt(2)", 1.4142135623730951),
        ("2*pi", 6.283185307179586),
        ("2^3^2", 512.0),
        ("-2^2", -4.0),
        ("1 - 2 - 3", -4.0),
        ("12/3/2", 2.0),
        ("−1/2", -0.5),
        ("–3", -3.0),
        ("2·10^(−3)", 0.002),
        ("3×4÷5", 2.4),
        ("'7'", 7.0),
    ],
)
def test_a_cell_holds_one_number(judge: Judge, text: str, number: float):
    found = judge.call("number", text)
    assert found.keys() == {"value"}
    assert found["value"] == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected one answer, not ''"),
        ("1; 2", "expected one answer, not '1; 2'"),
        ("[1, 2]", "expected one number, not '[1, 2]'"),
        ("abc", "'abc' is no exact number: at character 1, expected a number, e, ln, exp, sqrt, an"
         " operation or a parenthesis"),
        ("1 2", "'1 2' has numbers without a comma between; write [1, 2]"),
        ("1/0", "'1/0' divides by 0"),
        ("1e400", "'1e400' is too large a number"),
        ("nan", "'nan' is not a finite number; give one such as 2 or -0.5"),
        ("ln 0", "0 has no logarithm"),
        ("ln(-1234567)", "-1.23457e+06 has no logarithm"),
        ("sqrt(-0.5)", "-0.5 has no real root"),
        ("sqrt(-0.00001)", "-1e-05 has no real root"),
        ("(-8)^(1/3)", "'(-8)^(1/3)' is no finite number"),
        ("9^9^9^9", "'9^9^9^9' is no finite number"),
        ("ln 3/2", "'ln 3/2' is no exact number: at character 5, expected parentheses that say what"
         " is divided"),
        ("1" * 201, f"the number '{'1' * 40}...' has 201 characters; write it shorter"),
        ("\0", "'?' is no number; write one such as 2 or -0.5"),
    ],
)  # fmt: skip
def test_what_is_no_number_gets_one_sentence(judge: Judge, text: str, message: str):
    assert judge.call("number", text) == {"message": message}


def test_lists_are_vectors_and_lists_of_rows_matrices(judge: Judge):
    assert judge.call("numbers.value", "[1, 1/2]") == {"shape": [2], "data": [1, 0.5]}
    assert judge.call("numbers.value", "[[1, 2], [3, 4], [5, -6]]") == {
        "shape": [3, 2],
        "data": [1, 2, 3, 4, 5, -6],
    }
    assert judge.call("numbers.value", "[(1, 2)]").startswith("'(1, 2)' is no exact number")


def test_several_answers_stand_between_semicolons_and_a_vector_may_be_a_column(judge: Judge):
    asks = [{"shape": [2]}, {"shape": []}, {"shape": [2, 1]}]
    found = judge.call("numbers.numbers", "[[1], [2]]; 0,5 ; [3, 4]", asks)
    assert found == [[1, 2], [0.5], [3, 4]]
    assert judge.call("numbers.numbers", "1; 2", asks) == (
        "expected 3 answers with semicolons between, not '1; 2'"
    )
    assert judge.call("numbers.numbers", "[1, 2, 3]", [{"shape": [2, 2]}]) == (
        "expected an array of shape 2x2, not '[1, 2, 3]'"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 500 + "]" * 500, "nests too deep"),
        (f"[{'1,' * 10_001}1]", "there are 10002 numbers in one list; give at most 10000"),
        (f"[{'[1,2],' * 5_001}[1,2]]", "there are 10004 numbers; give at most 10000"),
        ("[" + "1" * 1_000_001, "the value has 1000002 characters; give at most 1000000"),
        ("(" * 190, "nests too deep"),
        ("[1, 2", "has no ] at its end"),
        ("[]", "the brackets [] hold no number; give one or more"),
        ("[[1, 2], [3]]", "the rows of '[[1, 2], [3]]' have 2 and 1 numbers; make them equal"),
        ("[1, [2]]", "mixes numbers and rows"),
        ("[1,,2]", "a number is missing"),
        ("1 " * 60, "without a comma between"),
    ],
)
def test_what_is_too_much_is_refused_at_once(judge: Judge, text: str, message: str):
    start = time.perf_counter()
    assert message in judge.call("numbers.value", text)
    assert time.perf_counter() - start < 5


def test_numbers_in_complaints_are_as_python_writes_them(judge: Judge):
    numbers = [0.0, 1.0, -2.5, 123456.0, 1234567.0, 1e-4, 1.23456789e-5, 1e22, 1 / 3, -math.pi]
    assert judge.calls("text.general", [[x] for x in numbers]) == [f"{x:g}" for x in numbers]
