"""Which numbers an answer agrees with, on numbers that are made up for it."""

from __future__ import annotations

import numpy as np
import pytest

from solver.claims import Claim
from solver.matching import Wrong, agrees, believable, last_digits, matching
from solver.mistakes import Mistake


def claim(value: float, decimals: int | None) -> Claim:
    return Claim("w", "gradient", None, ((),), np.array([value]), (decimals,), "")


def wrong(value: float, decimals: int | None = 4, right: float = 0.5) -> Wrong:
    return Wrong(claim(value, decimals), np.array([right]), np.array([3e-4]), np.array([True]))


def mistakes(*numbers: float) -> list[Mistake]:
    return [Mistake((f"slip{n}",), np.array([x])) for n, x in enumerate(numbers)]


def names(found: list[Mistake]) -> list[str]:
    return [mistake.slips[0] for mistake in found]


@pytest.mark.parametrize(
    ("value", "decimals", "fits"),
    [
        (0.1705, 4, True),
        (0.1708, 4, True),
        (0.1709, 4, False),
        (0.17, 2, True),
        (0.18, 2, False),
        (0.2, 1, True),
        (0.1, 1, False),
        (0.17, None, False),
    ],
)
def test_an_answer_agrees_within_the_tolerance_or_to_its_own_decimals(
    value: float, decimals: int | None, fits: bool
) -> None:
    tolerance = np.array([3e-4])
    assert agrees(claim(value, decimals), np.array([0.1705]), tolerance).tolist() == [fits]


@pytest.mark.parametrize(
    ("value", "decimals", "fits"),
    [
        # 0.1386 is within the tolerance and rounds up; 0.1382 rounds down, and half of it to even.
        (0.139, 3, True),
        (0.138, 3, True),
        (0.137, 3, False),
        (0.14, 2, True),
        (0.13, 2, False),
        (-0.1, 1, False),
    ],
)
def test_any_number_within_the_tolerance_may_be_rounded(
    value: float, decimals: int, fits: bool
) -> None:
    assert agrees(claim(value, decimals), np.array([0.1385]), np.array([3e-4])).all() == fits


def test_an_answer_never_agrees_with_a_number_of_the_other_sign() -> None:
    assert not agrees(claim(0.1, 1), np.array([-0.001]), np.array([0.2])).any()


@pytest.mark.parametrize("decimals", [-2, -400])
def test_powers_of_ten_are_no_decimals(decimals: int) -> None:
    assert not agrees(claim(100.0, decimals), np.array([60.0]), np.array([1e-3])).any()
    assert last_digits(claim(100.0, decimals), 4) == [1e-4]


def test_a_whole_number_agrees_with_what_rounds_to_it_where_that_is_little() -> None:
    assert agrees(claim(1208.0, None), np.array([1208.3812]), np.array([0.05])).all()
    assert not agrees(claim(2.0, None), np.array([2.25]), np.array([3e-4])).any()
    assert not agrees(claim(1209.0, None), np.array([1208.3812]), np.array([0.05])).any()


def test_zero_never_agrees_with_another_number() -> None:
    for size in (1e-6, 1e-3, 0.4):
        assert not agrees(claim(0.0, 4), np.array([size]), np.array([1.0])).any()


def test_the_last_digit_is_the_students_or_that_of_the_places() -> None:
    assert last_digits(claim(0.5, 2), 4) == [1e-2]
    assert last_digits(claim(0.5, 9), 4) == [1e-4]
    assert last_digits(claim(0.5, None), 4) == [1e-4]


def test_what_agrees_in_every_digit_comes_before_what_agrees_by_hand() -> None:
    found = matching(wrong(0.2000), mistakes(0.20012, 0.2000, 0.3), 4)
    assert names(found) == ["slip1", "slip0"]


def test_a_mistake_has_half_of_the_tolerance_of_a_right_number() -> None:
    assert len(matching(wrong(0.2000), mistakes(0.20014), 4)) == 1
    assert matching(wrong(0.2000), mistakes(0.2002), 4) == []


def test_few_decimals_let_in_no_more_mistakes() -> None:
    assert matching(wrong(0.2, 1), mistakes(0.22), 4) == []


def test_what_cannot_be_told_from_the_right_number_is_no_mistake() -> None:
    assert matching(wrong(0.5004), mistakes(0.5002), 4) == []


def test_what_is_next_to_the_right_number_in_the_last_digit_is_no_mistake() -> None:
    assert matching(wrong(1208.3, 1, right=1208.38), mistakes(1208.25), 4) == []
    assert names(matching(wrong(1208.0, 1, right=1208.38), mistakes(1208.01), 4)) == ["slip0"]


def test_a_tolerance_that_is_large_for_the_right_number_does_not_grow_with_the_wrong() -> None:
    small = Wrong(claim(0.0018, 4), np.array([0.0004]), np.array([0.0002]), np.array([True]))
    assert matching(small, mistakes(0.0023), 4) == []
    assert len(matching(small, mistakes(0.00189), 4)) == 1


def test_what_is_not_finite_agrees_with_nothing() -> None:
    assert matching(wrong(0.2), mistakes(np.nan, np.inf), 4) == []


def test_one_of_many_is_believed_where_few_numbers_lie_about() -> None:
    assert names(believable(wrong(0.2), mistakes(0.2, 0.4, 0.9), 4)) == ["slip0"]


def test_none_of_many_is_believed_where_many_numbers_lie_about() -> None:
    crowd = [0.2 + 0.0007 * n for n in range(-4, 5)]
    assert believable(wrong(0.2), mistakes(*crowd), 4) == []


def test_many_with_the_same_number_are_no_crowd() -> None:
    assert len(believable(wrong(0.2), mistakes(*[0.2] * 9), 4)) == 9


def test_nothing_agrees_where_there_are_no_mistakes() -> None:
    assert matching(wrong(0.2), [], 4) == []
    assert believable(wrong(0.2), [], 4) == []
