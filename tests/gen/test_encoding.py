"""Records become plain JSON values with numbers that every machine writes alike."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from gen.encoding import encode
from solver.term import name


@dataclass(frozen=True)
class Pair:
    first: object
    second: object


def test_records_become_objects_all_the_way_down():
    value = Pair((1, "a", None, True), {"inner": Pair(0.5, ())})
    assert encode(value) == {
        "first": [1, "a", None, True],
        "second": {"inner": {"first": 0.5, "second": []}},
    }


def test_arrays_become_nested_lists_and_scalars_numbers():
    assert encode(np.array([[1.0, 2.0], [3.0, 4.5]])) == [[1.0, 2.0], [3.0, 4.5]]
    assert encode(np.array(2.5)) == 2.5
    assert encode((np.float64(0.1), np.int64(3), np.bool_(True))) == [0.1, 3, True]


def test_numbers_keep_ten_significant_digits():
    assert encode(math.pi) == 3.141592654
    assert encode(-math.pi * 1e-5) == -3.141592654e-5


def test_the_last_bits_do_not_show():
    assert encode(0.1 + 0.2) == encode(0.3)
    assert encode(math.nextafter(math.e, 3)) == encode(math.e)


def test_what_a_cancelling_sum_leaves_is_zero_without_a_sign():
    assert json.dumps(encode([0.1 + 0.2 - 0.3, -0.0, -1e-17])) == "[0.0, 0.0, 0.0]"


def test_formulas_and_fractions_keep_their_plain_text_form():
    term = name("a") * name("b")
    assert encode([term, Fraction(1, 3)]) == [str(term), "1/3"]
    assert encode(np.array([term, term], object)) == [str(term)] * 2


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.array([1.0, np.nan])])
def test_numbers_that_are_not_finite_are_refused(value: object):
    with pytest.raises(ValueError, match="cannot hold"):
        encode(value)


def test_values_without_a_form_are_refused():
    with pytest.raises(TypeError, match="cannot hold"):
        encode(Pair(len, {1, 2}))
