"""The value of an exact number, to as many digits as its sign and its nearest float need."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import lru_cache
from typing import Any

from solver.errors import NotExact

_DIGITS = (40, 80, 160)
_PI = Decimal(
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482"
    "534211706798214808651328230664709384460955058223172535940812848111745028410270193852110556"
)


@lru_cache(maxsize=4096)
def approximate(form: Any) -> Decimal:
    """The value of a form to twenty significant digits or more.

    What cannot be told from 0 with 160 digits is 0. Raises NotExact for a number whose
    exponent is too large to hold.
    """
    for digits in _DIGITS:
        try:
            total, size = _sum(form, digits)
        except ArithmeticError:
            raise NotExact("the exact numbers grow too large") from None
        if abs(total) > size.scaleb(-digits // 2):
            return total
    return Decimal(0)


@lru_cache(maxsize=64)
def _context(digits: int) -> Context:
    return Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)


def _sum(form: Any, digits: int) -> tuple[Decimal, Decimal]:
    """The value of a form, and the sum of the sizes of its terms."""
    context, total, size = _context(digits), Decimal(0), Decimal(0)
    for product, coefficient in form.terms.items():
        term = context.multiply(_fraction(coefficient, context), _product(product, digits))
        total, size = context.add(total, term), context.add(size, abs(term))
    return total, size


def _product(product: Any, digits: int) -> Decimal:
    context, result = _context(digits), Decimal(1)
    for base, exponent in product:
        result = context.multiply(result, _power(base, exponent, digits))
    return result


@lru_cache(maxsize=4096)
def _power(base: Any, exponent: Any, digits: int) -> Decimal:
    context = _context(digits)
    k = _fraction(exponent, context)
    if base[0] == "exp":
        return context.exp(context.multiply(k, _product(base[1], digits)))
    return context.power(_base(base, digits), k)


def _base(base: Any, digits: int) -> Decimal:
    match base:
        case ("prime", number):
            return Decimal(number)
        case ("log", inner):
            return _context(digits).ln(_base(inner, digits))
        case ("sum", form):
            return _sum(form, digits)[0]
        case _:
            return _PI


def _fraction(value: Any, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))
