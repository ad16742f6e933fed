"""The normal form against mpmath, which knows nothing of forms, to fifty digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver.exact import Exact
from solver.exact_form import (
    E,
    NotExact,
    add,
    constant,
    exp,
    factored,
    log,
    multiply,
    power,
    power_of,
    primes,
    reciprocal,
    scaled,
)
from solver.exact_value import approximate

HALF = Fraction(1, 2)
ROOT_2 = power_of(("prime", 2), HALF)
ROOT_3 = power_of(("prime", 3), HALF)
LN_2, LN_3 = log(constant(2)), log(constant(3))
LETTER_E = power_of(E)
SUM = add(LETTER_E, constant(1))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (multiply(ROOT_2, ROOT_2), constant(2)),
        (multiply(ROOT_2, ROOT_3), power(constant(6), HALF)),
        (power(constant(8), HALF), scaled(ROOT_2, Fraction(2))),
        (log(constant(6)), add(LN_2, LN_3)),
        (log(power(constant(2), HALF)), scaled(LN_2, HALF)),
        (log(exp(constant(Fraction(3, 7)))), constant(Fraction(3, 7))),
        (exp(scaled(LN_2, Fraction(-3))), constant(Fraction(1, 8))),
        (exp(log(SUM)), SUM),
        (multiply(SUM, reciprocal(SUM)), constant(1)),
        (multiply(power(SUM, HALF), power(SUM, HALF)), SUM),
        (add(reciprocal(SUM), multiply(LETTER_E, reciprocal(SUM))), constant(1)),
        (reciprocal(add(ROOT_2, constant(1))), add(ROOT_2, constant(-1))),
        (power(multiply(SUM, SUM), HALF), SUM),
        (add(SUM, scaled(SUM, Fraction(-1))), constant(0)),
    ],
)
def test_equal_numbers_have_equal_forms(found: Any, expected: Any) -> None:
    assert found == expected
    assert hash(found) == hash(expected)


def test_what_a_sum_is_divided_by_divides_out_of_a_power_of_it() -> None:
    # (e^2 - 1) / (e + 1) = e - 1
    difference = add(power(LETTER_E, Fraction(2)), constant(-1))
    assert multiply(difference, reciprocal(SUM)) == add(LETTER_E, constant(-1))


def test_a_sum_is_a_number_times_its_common_factor_times_a_positive_rest() -> None:
    # 6 - 2e is 2 times 3 - e, and e - 3 is the same with the sign in front.
    rest = add(constant(3), scaled(LETTER_E, Fraction(-1)))
    assert factored(scaled(rest, Fraction(2))) == (2, {("sum", rest): 1})
    assert factored(scaled(rest, Fraction(-1))) == (-1, {("sum", rest): 1})


def test_a_square_is_seen_in_a_sum() -> None:
    assert factored(multiply(SUM, SUM)) == (1, {("sum", SUM): 2})
    assert factored(add(multiply(SUM, SUM), constant(1)))[1].popitem()[1] == 1


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: log(constant(-2)), "not real"),
        (lambda: power(constant(-2), HALF), "not real"),
        (lambda: log(log(log(constant(2)))), "not real"),
        (lambda: power(constant(9), Fraction(10**9)), "too long"),
        (lambda: power(SUM, Fraction(10**9)), "too long"),
        (lambda: exp(scaled(LN_2, Fraction(10**9))), "too long"),
        (lambda: log(constant(1000003 * 1000033)), "factors"),
        (lambda: approximate(exp(exp(exp(constant(10))))), "too large"),
    ],
)
def test_what_cannot_be_held_is_refused(call: Any, why: str) -> None:
    with pytest.raises(NotExact, match=why):
        call()


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        reciprocal(constant(0))


@given(st.integers(1, 10**7))
def test_primes_multiply_to_the_number(number: int) -> None:
    product = 1
    for prime, count in primes(number):
        assert all(prime % divisor for divisor in range(2, int(prime**0.5) + 1))
        product *= prime**count
    assert product == number


leaves = st.one_of(
    st.fractions(-4, 4, max_denominator=6),
    st.sampled_from(["ln 2", "ln 3", "ln(4/3)", "e", "e^-2", "e^(1/2)", "sqrt 2", "sqrt 3", "pi"]),
)
KNOWN = {
    "ln 2": lambda: mpmath.log(2),
    "ln 3": lambda: mpmath.log(3),
    "ln(4/3)": lambda: mpmath.log(mpmath.mpf(4) / 3),
    "e": lambda: mpmath.e + 0,
    "e^-2": lambda: mpmath.exp(-2),
    "e^(1/2)": lambda: mpmath.exp(mpmath.mpf("0.5")),
    "sqrt 2": lambda: mpmath.sqrt(2),
    "sqrt 3": lambda: mpmath.sqrt(3),
    "pi": lambda: mpmath.pi + 0,
}
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.tuples(st.sampled_from(["exp", "log", "sqrt", "tanh", "square"]), inner),
    ),
    max_leaves=6,
)


def exactly(tree: Any) -> Exact:
    match tree:
        case ("+", a, b):
            return exactly(a) + exactly(b)
        case ("-", a, b):
            return exactly(a) - exactly(b)
        case ("*", a, b):
            return exactly(a) * exactly(b)
        case ("/", a, b):
            return exactly(a) / exactly(b)
        case ("square", a):
            return exactly(a) ** 2
        case (function, a):
            return getattr(exactly(a), function)()
    return Exact(tree)


def in_digits(tree: Any) -> Any:
    match tree:
        case ("+", a, b):
            return in_digits(a) + in_digits(b)
        case ("-", a, b):
            return in_digits(a) - in_digits(b)
        case ("*", a, b):
            return in_digits(a) * in_digits(b)
        case ("/", a, b):
            return in_digits(a) / in_digits(b)
        case ("square", a):
            return in_digits(a) ** 2
        case (function, a):
            return getattr(mpmath, function)(in_digits(a))
        case str():
            return KNOWN[tree]()
    return mpmath.mpf(tree.numerator) / tree.denominator


@given(trees)
@settings(max_examples=400)
def test_every_expression_has_the_value_that_mpmath_finds(tree: Any) -> None:
    try:
        found = exactly(tree)
        digits = str(approximate(found.value) if not isinstance(found.value, Fraction) else 0)
    except (NotExact, ZeroDivisionError):
        assume(False)
    with mpmath.workdps(90):
        expected = in_digits(tree)
        if isinstance(found.value, Fraction):
            value = mpmath.mpf(found.value.numerator) / found.value.denominator
            assert abs(value - expected) < mpmath.mpf(10) ** -60 * max(1, abs(expected))
        else:
            assert abs(mpmath.mpf(digits) - expected) < mpmath.mpf(10) ** -19 * abs(expected)


@given(trees)
@settings(max_examples=200)
def test_every_number_is_read_back_as_it_is_written(tree: Any) -> None:
    try:
        found = exactly(tree)
        again = Exact(str(found))
    except (NotExact, ZeroDivisionError):
        assume(False)
    assert again == found
    assert hash(again) == hash(found)
