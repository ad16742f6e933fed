"""Wrong answers are kept if they can be told from the right one and from each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gen.distinct import distinguishable, flat, printed
from gen.problem import Wrong


def arrays(*values: Any) -> tuple[Any, ...]:
    return tuple(np.asarray(value, dtype=float) for value in values)


def kept(right: Any, *wrong: Any, tolerance: float = 0.01, places: int = 4) -> list[Any]:
    """Those of the wrong numbers that are kept, by a name that is their place."""
    named = [Wrong(str(place), arrays(value)) for place, value in enumerate(wrong)]
    found = distinguishable(named, arrays(right), (tolerance,), places)
    return [int(each.slip) for _, each in found]


def test_all_entries_stand_in_one_row():
    assert flat(arrays(1, [2, 3], [[4, 5], [6, 7]])) == [1, 2, 3, 4, 5, 6, 7]


def test_an_answer_looks_like_its_rounded_entries():
    assert printed(arrays([0.12345, -0.12345], 2.5), 4) == (0.1235, -0.1235, 2.5)
    assert printed(arrays(2.5, -2.5), 0) == (3.0, -3.0)


def test_a_tiny_negative_number_looks_like_zero_without_a_sign():
    (look,) = printed(arrays(-0.00001), 4)
    assert str(look) == "0.0"


def test_each_wrong_answer_comes_with_its_look():
    wrong = Wrong("slip", arrays([2.00006, 3]))
    assert distinguishable([wrong], arrays([1, 2]), (0.01,), 4) == [((2.0001, 3.0), wrong)]


def test_where_nothing_is_wrong_nothing_is_kept():
    assert kept(1.0) == []


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_left_out(number: float):
    assert kept(1.0, number, 2.0) == [1]
    assert kept([1.0, 1.0], [2.0, number], [2.0, 3.0]) == [1]


def test_what_is_printed_as_zero_throughout_is_left_out():
    assert kept(1.0, 0.0, 0.00004, -0.00004, 0.5) == [3]
    assert kept([1.0, 1.0], [0.0, 0.0], [0.0, 2.0]) == [1]


def test_what_is_far_larger_than_the_right_answer_is_left_out():
    # Twenty times the right answer, and never less than 20, is the limit.
    assert kept(3.0, 59.0, 61.0, -61.0) == [0]
    assert kept(0.1, 19.0, 21.0) == [0]


def test_what_lies_within_twice_the_tolerance_of_the_right_answer_is_left_out():
    assert kept(1.0, 1.0, 1.019, 0.981, 1.021, 0.979) == [3, 4]


def test_of_wrong_answers_within_twice_the_tolerance_of_each_other_the_first_is_kept():
    assert kept(1.0, 2.0, 2.019, 2.021) == [0, 2]
    assert kept(1.0, 2.019, 2.0, 2.021) == [0]


def test_a_wrong_answer_near_to_one_that_is_left_out_is_kept():
    # 1.015 cannot be told from the right answer; 1.03 can, and 1.015 is no longer in its way.
    assert kept(1.0, 1.015, 1.03) == [1]


def test_one_entry_that_differs_is_enough():
    assert kept([1.0, 2.0], [1.0, 2.5], [1.01, 2.01], [1.5, 2.5]) == [0, 2]


def test_each_quantity_has_its_own_tolerance():
    right, tolerances = arrays(1.0, 1.0), (0.1, 0.001)
    wrong = [Wrong("first", arrays(1.15, 1.0)), Wrong("second", arrays(1.0, 1.15))]
    assert [w.slip for _, w in distinguishable(wrong, right, tolerances, 4)] == ["second"]
