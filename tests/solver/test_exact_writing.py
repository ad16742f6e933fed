from __future__ import annotations

import pytest

from solver.exact import Exact
from solver.exact_writing import written


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("6/8", "3/4"),
        ("-2/4", "-1/2"),
        # Logarithms: one where it is short, and never of a power
        ("ln 4 - ln 3", "ln(4/3)"),
        ("ln 3 - ln 4", "-ln(4/3)"),
        ("ln 2 + ln 3", "ln(6)"),
        ("ln 9", "2*ln(3)"),
        ("ln(1/2)", "-ln(2)"),
        ("2*ln 3 - 1", "2*ln(3) - 1"),
        ("1 - ln 2", "1 - ln(2)"),
        ("1 + ln 2", "ln(2) + 1"),
        ("(ln 12)/2", "1/2*ln(12)"),
        ("3/4 * ln(4/3)", "3/4*ln(4/3)"),
        ("10*ln 2 - 9*ln 3", "10*ln(2) - 9*ln(3)"),
        ("40*ln 2 - 41*ln 3", "40*ln(2) - 41*ln(3)"),
        ("ln 2 * ln 3", "ln(2)*ln(3)"),
        ("(ln 2 - ln 3)^2", "(ln(3/2))^2"),
        ("(1 - ln 2)^2 * 1/2", "1/2*(1 - ln(2))^2"),
        ("1 / ln 2", "1/ln(2)"),
        # Powers of e, and what is divided by a sum of them
        ("1 / e^2", "e^(-2)"),
        ("e * e", "e^2"),
        ("3 * (e^2) / 4", "3/4*e^2"),
        ("1 / (1 + e^-1)", "e/(e + 1)"),
        ("1 / (1 + e)", "1/(e + 1)"),
        ("e / (e + 1) - 1/2", "(e - 1)/(2*(e + 1))"),
        ("(e^2 - 1) / (e^2 + 1)", "(e^2 - 1)/(e^2 + 1)"),
        ("e / (1 + e)^2", "e/(e + 1)^2"),
        ("1 - e^-2", "1 - e^(-2)"),
        ("e^((ln 2)/2)", "sqrt(2)"),
        ("ln(1 + e)", "ln(e + 1)"),
        ("exp(sqrt 2)", "e^(sqrt(2))"),
        # Roots
        ("sqrt 12", "2*sqrt(3)"),
        ("sqrt 2 * sqrt 3", "sqrt(6)"),
        ("sqrt(5)/2", "sqrt(5)/2"),
        ("1 / sqrt 2", "sqrt(2)/2"),
        ("(1 + sqrt 5)/2", "(1 + sqrt(5))/2"),
        ("1/(1 + sqrt 2)", "sqrt(2) - 1"),
        ("2^(1/3)", "2^(1/3)"),
        ("sqrt(1 + e)", "sqrt(e + 1)"),
        ("pi/4", "pi/4"),
        ("-5*sqrt(2)*(ln 2)/3", "-5/3*sqrt(2)*ln(2)"),
    ],
)
def test_a_number_is_written_as_by_hand(number: str, text: str) -> None:
    assert str(Exact(number)) == text


def test_the_size_counts_numbers_letters_and_functions() -> None:
    # 2, ln, 3, 1
    assert written(Exact("2*ln 3 - 1").value).size == 4
    # sqrt, 5, 2
    assert written(Exact("sqrt(5)/2").value).size == 3
    assert written(Exact("123 * e^(1/45)").value).largest == 123
