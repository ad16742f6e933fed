from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.numerals import array, decimal, matrix, tuple_of


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
    assert tuple_of(["a", "b"]) == r"\left(a,\; b\right)"
