"""Which exact numbers a student would write down."""

from __future__ import annotations

import numpy as np
import pytest

from gen.exact_numbers import (
    fraction,
    is_exact,
    is_plain,
    is_rational,
    logarithm,
    natural_logarithm,
    stating_logarithms,
)
from solver.exact import Exact, exact


@pytest.mark.parametrize("text", ["0", "-7", "3/4", "ln 3", "2 * ln 3 + 1", "(e^2) / 3", "sqrt 5"])
def test_numbers_of_few_signs_are_plain(text: str):
    assert is_plain(Exact(text))


@pytest.mark.parametrize("text", ["12345/7", "1/98765", "e^2 + e^3 + e^5 + ln 2 + sqrt 7 + 1/3"])
def test_long_numbers_are_not_plain(text: str):
    assert not is_plain(Exact(text))


def test_a_quotient_of_logarithms_is_not_plain():
    assert not is_plain(Exact("ln 2") / Exact("ln 3"))


@pytest.mark.parametrize("stray", [0.5, float("nan"), float("inf")])
def test_a_float_that_came_out_of_a_run_is_not_plain(stray: float):
    assert not is_plain(stray)


def test_a_zero_or_one_that_a_rule_put_in_is_plain():
    assert is_plain(0.0)
    assert is_plain(1)


def test_fractions_and_whole_numbers_are_rational_and_logarithms_are_not():
    assert is_rational(fraction(-3, 4))
    assert is_rational(fraction(5))
    assert not is_rational(logarithm(3))
    assert is_rational(logarithm(3).exp())


def test_arrays_of_exact_numbers_are_told_from_arrays_of_floats():
    assert is_exact(exact(["1/2", "ln 2"]))
    assert is_exact(fraction(1))
    assert not is_exact(np.array([0.5]))
    assert not is_exact(0.5)


def test_a_logarithm_is_of_the_kind_of_the_number_that_it_goes_with():
    assert natural_logarithm(2, fraction(1)) == Exact("ln 2")
    assert natural_logarithm(2, 1.0) == pytest.approx(0.6931471805599453)


def test_logarithms_are_stated_where_there_are_any():
    halves = np.array([fraction(1, 2), fraction(3)])
    mixed = np.array([fraction(1, 2), logarithm(3)])
    found = [stating_logarithms(numbers) for numbers in (halves, mixed, np.array([0.5, 2.0]))]
    assert found == [(), ("natural_logarithm",), ()]
