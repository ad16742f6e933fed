from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solver import functions as f
from solver.rounding import Rounded, is_exact, round_half_up, round_significant


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0.17055, 4, 0.1706),
        (-0.17055, 4, -0.1706),
        (2.675, 2, 2.68),
        (-2.675, 2, -2.68),
        (1.005, 2, 1.01),
        (0.5, 0, 1.0),
        (-0.5, 0, -1.0),
        (2.5, 0, 3.0),
        (0.12344, 4, 0.1234),
        (0.0, 4, 0.0),
        (123456.78945, 4, 123456.7895),
    ],
)
def test_halves_are_rounded_away_from_zero(value: float, places: int, expected: float) -> None:
    assert float(round_half_up(value, places)) == expected


@pytest.mark.parametrize("value", [-0.0, -0.00001, -0.00004999])
def test_nothing_is_rounded_to_negative_zero(value: float) -> None:
    assert math.copysign(1.0, float(round_half_up(value, 4))) == 1.0


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 5))
def test_rounding_agrees_with_decimal_arithmetic(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert float(round_half_up(float(value), places)) == float(expected)


def test_arrays_are_rounded_entry_by_entry() -> None:
    np.testing.assert_array_equal(
        round_half_up([[0.125, -0.125], [0.1, 2.0]], 2), [[0.13, -0.13], [0.1, 2.0]]
    )


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0.25, 2, True),
        (0.25, 1, False),
        (0.1 + 0.2, 1, True),
        (1 / 3, 9, False),
        (1e6, 0, True),
        (1999.7 - 2002.1, 4, True),
    ],
)
def test_a_number_is_exact_when_rounding_takes_nothing_away(
    value: float, places: int, expected: bool
) -> None:
    assert bool(is_exact(value, places)) is expected


def rounded(value: Any) -> Any:
    return Rounded(value, 2)


def test_every_operation_is_rounded() -> None:
    # By hand with two places: 0.67 * 0.67 = 0.4489 -> 0.45, then 0.45 * 0.67 = 0.3015 -> 0.30.
    x = rounded(0.67)
    assert float((x * x * x).plain) == 0.3
    assert float((x * x).plain) == 0.45
    assert float((1 / rounded(3.0)).plain) == 0.33
    assert float((-x + 1).plain) == 0.33
    # e^0.5 = 1.6487...
    assert float(np.exp(rounded(0.5)).plain) == 1.65


def test_a_matrix_product_rounds_every_product_and_then_adds() -> None:
    # 0.25 * 0.5 = 0.125 -> 0.13 twice makes 0.26; the product rounded once would be 0.25.
    found = rounded([[0.25, 0.25]]) @ rounded([[0.5], [0.5]])
    np.testing.assert_array_equal(found.plain, [[0.26]])


def test_what_numpy_lacks_is_one_operation() -> None:
    # sigma(1.1) = 0.75026
    assert float(f.sigmoid(rounded(1.1)).plain) == 0.75
    np.testing.assert_array_equal(f.softmax(rounded([1.0, 0.0])).plain, [0.73, 0.27])


def test_places_and_shape_are_kept() -> None:
    matrix = rounded([[1.0, 2.0, 3.0]])
    assert matrix.T.shape == (3, 1)
    assert np.sum(matrix).places == 2
    assert float(np.sum(matrix).plain) == 6.0
    np.testing.assert_array_equal(np.sum(matrix, axis=0, keepdims=True).plain, matrix.plain)


def test_rounded_numbers_refuse_what_would_not_round() -> None:
    with pytest.raises(TypeError):
        np.add.reduce(rounded([1.0, 2.0]))


@given(st.floats(1e-280, 1e280), st.integers(1, 10), st.sampled_from([1.0, -1.0]))
def test_significant_digits_are_those_of_the_decimal(size: float, digits: int, sign: float) -> None:
    exact = Decimal(size)
    place = Decimal(1).scaleb(exact.adjusted() + 1 - digits)
    with localcontext(prec=400):
        below = exact / place % 1
        # Next to a half, binary cannot tell which side the decimal is on.
        assume(abs(below - Decimal("0.5")) > Decimal("1e-5"))
        expected = exact.quantize(place, ROUND_HALF_UP)
    assert float(round_significant(sign * size, digits)) == pytest.approx(
        sign * float(expected), rel=1e-15
    )


def test_significant_digits_of_numbers_at_the_ends_of_the_range() -> None:
    found = round_significant(np.array([0.0, -0.00012345, 9.9996, 1e300, 5e-324, np.inf]), 4)
    assert found.tolist() == [0.0, -0.0001235, 10.0, 1e300, 5e-324, np.inf]
