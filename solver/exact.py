"""Exact numbers: rational, or made of roots, powers of e and logarithms of rational numbers.

`Exact` is a kind of number for the rules to run over, as entries of an object array: the answers
of an exam without a calculator. Rational numbers are fractions, all others are in the normal form
of `solver.exact_form`, in which what is rational is seen to be: sigmoid(ln 3) is 3/4, and
ln 4 - ln 3 equals ln(4/3).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import exact_form as form
from solver.errors import NotExact
from solver.exact_form import Form
from solver.exact_text import parse, text
from solver.exact_value import approximate
from solver.exact_writing import written
from solver.functions import FUNCTIONS

__all__ = ["Exact", "NotExact", "exact"]

_MOST_BITS = 4096


def exact(value: Any) -> NDArray[Any]:
    """An array of exact numbers from numbers, fractions or texts, however nested.

    A float stands for the decimal that it prints as, and those next to pi and e for these. Raises
    NotExact for an unreadable text or a float that is not finite.
    """
    return np.asarray(np.frompyfunc(Exact, 1, 1)(np.array(value, dtype=object)), dtype=object)


def _operator(
    rational: Callable[[Any, Any], Any], general: Callable[[Form, Form], Form]
) -> Callable[[Exact, Any], Exact]:
    """An operation by what it is for fractions, which are quick, and for the normal form."""

    def method(self: Exact, other: Any) -> Exact:
        a, b = self.value, _value(other)
        if b is None:
            return NotImplemented  # type: ignore[no-any-return]
        # Asked of forms, as isinstance is slow to tell that something is no fraction.
        if isinstance(a, Form) or isinstance(b, Form):
            return _number(general(_form(a), _form(b)))
        return _number(rational(a, b))

    return method


_MINUS = Fraction(-1)


def _power(base: Exact, exponent: Exact) -> Exact:
    a, k = base.value, exponent.value
    if not isinstance(k, Fraction):
        return (exponent * base.log()).exp()
    if isinstance(a, Fraction):
        if k.denominator == 1 and abs(k) * a.numerator.bit_length() < _MOST_BITS:
            return _number(a ** int(k))
        if a == 0:
            return Exact(0) / int(k > 0)
    return _number(form.power(_form(a), k))


@total_ordering
class Exact:
    """One exact real number; `value` is a Fraction if it is rational, else a `Form`."""

    __slots__ = ("value",)
    shape: tuple[()] = ()
    value: Fraction | Form

    def __init__(self, value: Any) -> None:
        found = _value(parse(value, Exact) if isinstance(value, str) else value)
        if found is None:
            raise TypeError(f"{value!r} is not a number that can be held exactly")
        self.value = found

    def like(self, value: Any) -> Exact:
        """A plain number as one of this kind."""
        return Exact(value)

    __add__ = __radd__ = _operator(lambda a, b: a + b, form.add)
    __mul__ = __rmul__ = _operator(lambda a, b: a * b, form.multiply)
    __sub__ = _operator(lambda a, b: a - b, lambda a, b: form.add(a, form.scaled(b, _MINUS)))
    __rsub__ = _operator(lambda a, b: b - a, lambda a, b: form.add(b, form.scaled(a, _MINUS)))
    __truediv__ = _operator(lambda a, b: a / b, lambda a, b: form.multiply(a, form.reciprocal(b)))
    __rtruediv__ = _operator(lambda a, b: b / a, lambda a, b: form.multiply(b, form.reciprocal(a)))

    def __pow__(self, other: Any) -> Any:
        return NotImplemented if _value(other) is None else _power(self, Exact(other))

    def __rpow__(self, other: Any) -> Any:
        return NotImplemented if _value(other) is None else _power(Exact(other), self)

    def __neg__(self) -> Exact:
        return self * -1

    def __eq__(self, other: object) -> Any:
        return NotImplemented if _value(other) is None else _sign((self - other).value) == 0

    def __lt__(self, other: Any) -> Any:
        return NotImplemented if _value(other) is None else _sign((self - other).value) < 0

    def __hash__(self) -> int:
        # Equal numbers may have different forms where sums share factors, but not different values.
        if isinstance(self.value, Form):
            return hash(f"{approximate(self.value):.12e}")
        return hash(self.value)

    def __float__(self) -> float:
        """The nearest float; infinite beyond the largest, as e^1000 is."""
        if isinstance(self.value, Form):
            return float(approximate(self.value))
        try:
            return self.value.numerator / self.value.denominator
        except OverflowError:
            return math.inf if self.value > 0 else -math.inf

    def __str__(self) -> str:
        return text(written(self.value))

    def __repr__(self) -> str:
        return f"Exact('{self}')"

    # NumPy applies these by name to the entries of an object array.
    def exp(self) -> Exact:
        """The power of e."""
        return _number(form.exp(_form(self.value)))

    def log(self) -> Exact:
        """The natural logarithm. Raises NotExact unless the number is positive."""
        if self <= 0:
            raise NotExact(f"{self} has no logarithm")
        return _number(form.log(_form(self.value)))

    def sqrt(self) -> Exact:
        """The root. Raises NotExact for a negative number."""
        if self < 0:
            raise NotExact(f"{self} has no real root")
        return _power(self, Exact(form.HALF))

    def sin(self) -> Exact:
        """The sine. Raises NotExact unless the number is a multiple of pi/6 or pi/4."""
        return _sine(self, Fraction(0), "sin")

    def cos(self) -> Exact:
        """The cosine. Raises NotExact unless the number is a multiple of pi/6 or pi/4."""
        return _sine(self, form.HALF, "cos")

    def tanh(self) -> Exact:
        """The hyperbolic tangent, through a power of e."""
        power = (2 * self).exp()
        return (power - 1) / (power + 1)

    def record(self, function: str, *arguments: Any) -> Any:
        """This number put through one of the functions that NumPy lacks (`solver.functions`)."""
        own = _FUNCTIONS.get(function)
        return own(self, *arguments) if own else FUNCTIONS[function](self, *arguments)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
    "relu": lambda x: x if x > 0 else Exact(0),
    "leaky_relu": lambda x, alpha: x if x > 0 else alpha * x,
    "elu": lambda x, alpha: x if x > 0 else alpha * (x.exp() - 1),
    "step": lambda x, below=0: Exact(1 if x > 0 else below),
    "sign": lambda x: Exact((x > 0) - (x < 0)),
    "absolute": lambda x: -x if x < 0 else x,
    "maximum": lambda a, b: a if a >= b else Exact(b),
    "minimum": lambda a, b: a if a <= b else Exact(b),
    "at_least": lambda a, b: Exact(int(a >= b)),
}


def _value(number: Any) -> Fraction | Form | None:
    """`number` as it is held, or None if it is no number."""
    if type(number) is Exact:
        return number.value
    match number:
        case Fraction() | Form():
            return number
        case int() | np.integer():
            return Fraction(int(number))
        case float() | np.floating():
            return _constant(float(number))
        case _:
            return None


def _constant(number: float) -> Fraction | Form:
    if number == math.pi:
        return form.power_of(form.PI)
    if number == math.e:
        return form.power_of(form.E)
    if not math.isfinite(number):
        raise NotExact(f"{number} is not a number")
    return Fraction(str(number))


def _number(value: Fraction | Form) -> Exact:
    """A result as an Exact, as a fraction if it is rational."""
    if isinstance(value, Form):
        rational = value.rational
        value = value if rational is None else rational
    elif value.numerator.bit_length() > _MOST_BITS:
        raise NotExact("the exact numbers grow too long")
    made = Exact.__new__(Exact)
    made.value = value
    return made


def _form(value: Fraction | Form) -> Form:
    return value if isinstance(value, Form) else form.constant(value)


def _sign(value: Fraction | Form) -> int:
    size: int | Decimal = approximate(value) if isinstance(value, Form) else value.numerator
    return (size > 0) - (size < 0)


_SINES: Mapping[Fraction, str] = {
    Fraction(0): "0",
    Fraction(1, 6): "1/2",
    Fraction(1, 4): "sqrt(2)/2",
    Fraction(1, 3): "sqrt(3)/2",
    Fraction(1, 2): "1",
}
"""The sines of the angles that have well-known ones, by the share of pi that each is."""


def _sine(angle: Exact, ahead: Fraction, name: str) -> Exact:
    turns = (angle / _PI).value
    if isinstance(turns, Fraction):
        half = (turns + ahead) % 2
        known = _SINES.get(min(half % 1, 1 - half % 1))
        if known is not None:
            return Exact(known) if half < 1 else -Exact(known)
    raise NotExact(f"{name}({angle}) has no exact value")


_PI = _number(form.power_of(form.PI))
