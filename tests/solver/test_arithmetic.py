from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from solver.arithmetic import EXACT, Decimals, NotExact, as_arithmetic
from solver.exact import Exact, exact


@pytest.mark.parametrize(
    ("value", "printed", "short"),
    [
        (0.123456789, 0.123456789, True),
        (1 / 3, 0.3333, False),
        (math.pi, 3.1416, False),
        (0.1 + 0.2, 0.1 + 0.2, True),
        (1e-7, 1e-7, True),
        (1e12, 1e12, True),
        (1e-7 / 3, 3.333e-8, False),
        (0.0, 0.0, True),
    ],
)
def test_a_given_that_is_too_long_to_print_is_rounded(
    value: float, printed: float, short: bool
) -> None:
    found, full = Decimals(4).given(np.array([value]))
    assert (found[0], bool(full[0])) == (printed, short)


@pytest.mark.parametrize(
    ("raw", "printed", "in_full"),
    [
        (0.17053, 0.1705, False),
        (0.5, 0.5, True),
        (0.0, 0.0, True),
        # By its significant digits, because the decimals would be 0
        (1.23456e-7, 1.235e-7, False),
        (-1e-7, -1e-7, True),
        (0.00004999, 0.00004999, True),
        # At half a unit, the decimals are not 0
        (0.00005, 0.0001, False),
        # Ten significant digits are enough for any number
        (1234567890123.0, 1234567890000.0, False),
        (1e12, 1e12, True),
    ],
)
def test_a_value_never_loses_all_its_digits(raw: float, printed: float, in_full: bool) -> None:
    array = np.array([raw, 1.0])
    assert Decimals(4).printed(array)[0] == printed
    assert bool(Decimals(4).in_full(array)[0]) is in_full


def test_a_number_of_places_means_plain_decimals() -> None:
    plain = as_arithmetic(4)
    assert plain.places == 4
    assert plain.printed(np.array(1.2e-7)) == 0.0
    assert as_arithmetic(EXACT) is EXACT
    assert as_arithmetic(Decimals(3)) == Decimals(3)


def test_exact_numbers_are_never_rounded() -> None:
    found, full = EXACT.given([["ln 3", 0.25], [Fraction(1, 3), 2]])
    assert list(map(str, found.ravel())) == ["ln(3)", "1/4", "1/3", "2"]
    assert np.all(full)
    assert EXACT.places is None
    assert np.all(EXACT.in_full(found))


def test_the_floats_next_to_pi_and_e_stand_for_them() -> None:
    found, _ = EXACT.given(np.array([math.pi, math.e]))
    assert list(map(str, found)) == ["pi", "e"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (np.array([1 / 3]), "exact value of 0.3333333333 is not known"),
        (np.zeros((20, 21)), "too many numbers"),
        (exact(["1234567/3"]), "too long to write down"),
        (exact(["(ln 2 + sqrt 2 + e + sqrt 3 + 1/2)/(e + 1)"]), "too long to write down"),
        (np.array([math.nan]), "not a number"),
    ],
)
def test_what_nobody_would_write_down_is_not_exact(value: Any, why: str) -> None:
    with pytest.raises(NotExact, match=why):
        EXACT.given(value)


def test_a_number_that_just_fits_is_written_down() -> None:
    value = Exact("(e^2 - 1)/(e^2 + 1) * 3/4")
    assert EXACT.printed(value) == value
