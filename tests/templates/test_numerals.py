from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.exact import exact
from templates.numerals import array, decimal, in_shape, matrix, number, tuple_of


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.42, 4, "0.4200"),
        (-0.0898, 4, "-0.0898"),
        (3.0, 0, "3"),
        (0.0, 4, "0.0000"),
        (-0.00001, 4, "0.0000"),
        (-0.0, None, "0"),
        (2.0, None, "2"),
        (-0.5, None, "-0.5"),
        (0.1 + 0.2, None, "0.3"),
        (1e-7, None, "0.0000001"),
        (1234567.0, None, "1234567"),
        (-10.0, None, "-10"),
        (100.0, None, "100"),
    ],
)
def test_a_number_has_the_places_asked_for_or_those_it_has(
    value: float, places: int | None, text: str
) -> None:
    assert decimal(value, places) == text


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_what_is_printed_reads_as_the_number_to_its_places(value: float, places: int) -> None:
    text = decimal(value, places)
    assert float(text) == pytest.approx(value, abs=0.5 * 10.0**-places * (1 + 1e-9))
    assert len(text.partition(".")[2]) == places
    assert not (text.startswith("-") and float(text) == 0)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.5, None, "0.5"),
        ([[0.5]], 2, "0.50"),
        ([1.0, -2.0], None, r"\left(1,\; -2\right)"),
        ([[1.5], [-2.0]], None, r"\begin{bmatrix} 1.5 \\ -2 \end{bmatrix}"),
        ([[1.0, 0.25]], 2, r"\begin{bmatrix} 1.00 & 0.25 \end{bmatrix}"),
        (np.eye(2), None, r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    ],
)
def test_an_array_is_a_number_a_tuple_or_a_matrix(
    value: object, places: int | None, text: str
) -> None:
    assert array(value, places) == text  # type: ignore[arg-type]


def test_pieces_of_latex_are_put_in_a_matrix_or_a_tuple() -> None:
    assert matrix([["a", "b"], ["c", "d"]]) == r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}"
    # A bracket behind the end of a row would be the white that is to follow.
    assert matrix([["[a]"], ["[b]"]]) == r"\begin{bmatrix} {}[a] \\ {}[b] \end{bmatrix}"
    assert tuple_of(["a", "b"]) == r"\left(a,\; b\right)"
    assert in_shape(["a"], (1, 1)) == "a"
    assert in_shape(["a", "b"], (2,)) == tuple_of(["a", "b"])
    assert in_shape(["a", "b", "c", "d"], (2, 2)) == matrix([["a", "b"], ["c", "d"]])


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.42, 4, "0.4200"),
        (0.0, 4, "0.0000"),
        (0.0001, 4, "0.0001"),
        (1.235e-7, 4, r"1.235 \times 10^{-7}"),
        (-1.2e-7, 4, r"-1.200 \times 10^{-7}"),
        (1e-7, None, "10^{-7}"),
        (-1e-7, None, "-10^{-7}"),
        (2.5e-12, None, r"2.5 \times 10^{-12}"),
        (0.00025, None, "0.00025"),
        (1e12, None, "10^{12}"),
        (1234567890123.0, 4, r"1.23456789 \times 10^{12}"),
        (9999999999.0, None, "9999999999"),
        (3e-5, 1, r"3 \times 10^{-5}"),
        (3e-5, 0, r"3 \times 10^{-5}"),
    ],
)
def test_a_number_of_unusual_size_is_a_multiple_of_a_power_of_ten(
    value: float, places: int | None, text: str
) -> None:
    assert number(value, places) == text


def test_exact_numbers_make_arrays_too() -> None:
    assert array(exact("ln 3")) == r"\ln 3"
    assert array(exact([["1/2"]])) == r"\frac{1}{2}"
    assert array(exact(["1/2", 3])) == r"\left(\frac{1}{2},\; 3\right)"
    assert array(exact([["1/2"], ["ln 2"]])) == r"\begin{bmatrix} 1/2 \\ \ln 2 \end{bmatrix}"
