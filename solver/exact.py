"""Exact numbers: rational, or made of roots, powers of e and logarithms of rational numbers.

`Exact` is a kind of number for the rules to run over, as entries of an object array: the answers
of an exam without a calculator. Rational numbers are fractions; SymPy holds the rest, and is
imported only when the first irrational number appears. Results are brought to a form in which what
is rational is seen to be: sigmoid(ln 3) is 3/4, and ln 4 - ln 3 equals ln(4/3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, total_ordering
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.exact_text import parse
from solver.functions import FUNCTIONS

_PRECISION, _TINY = 30, 1e-20


def exact(value: Any) -> NDArray[Any]:
    """An array of exact numbers from numbers, fractions or texts, however nested.

    A float stands for the decimal that it prints as. Raises ValueError for an unreadable text.
    """
    return np.asarray(np.frompyfunc(Exact, 1, 1)(np.array(value, dtype=object)), dtype=object)


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base**exponent
    return _symbolic(base) ** _symbolic(exponent)


def _operator(operation: Callable[[Any, Any], Any]) -> Callable[[Exact, Any], Any]:
    def method(self: Exact, other: Any) -> Any:
        a, b = self.value, _value(other)
        if b is None:
            return NotImplemented
        if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
            a, b = _symbolic(a), _symbolic(b)
        return Exact(operation(a, b))

    return method


@total_ordering
class Exact:
    """One exact real number. `value` is a Fraction if it is rational, else a SymPy expression."""

    __slots__ = ("value",)
    shape: tuple[()] = ()

    def __init__(self, value: Any) -> None:
        found = _value(parse(value, Exact) if isinstance(value, str) else value)
        if found is None:
            raise TypeError(f"{value!r} is not a number that can be held exactly")
        self.value = found

    def like(self, value: Any) -> Exact:
        """A plain number as one of this kind."""
        return Exact(value)

    __add__ = __radd__ = _operator(lambda a, b: a + b)
    __mul__ = __rmul__ = _operator(lambda a, b: a * b)
    __sub__ = _operator(lambda a, b: a - b)
    __rsub__ = _operator(lambda a, b: b - a)
    __truediv__ = _operator(lambda a, b: a / b)
    __rtruediv__ = _operator(lambda a, b: b / a)
    __pow__ = _operator(_power)
    __rpow__ = _operator(lambda a, b: _power(b, a))

    def __neg__(self) -> Exact:
        return Exact(-self.value)

    def __eq__(self, other: object) -> Any:
        return NotImplemented if _value(other) is None else _sign((self - other).value) == 0

    def __lt__(self, other: Any) -> Any:
        return NotImplemented if _value(other) is None else _sign((self - other).value) < 0

    def __hash__(self) -> int:
        return hash(self.value)

    def __float__(self) -> float:
        if isinstance(self.value, Fraction):
            return float(self.value)
        return float(self.value.evalf(_PRECISION))

    def __str__(self) -> str:
        if isinstance(self.value, Fraction):
            return str(self.value)
        text = str(_sympy().logcombine(self.value, force=True))
        return re.sub(r"\bE\b", "e", text.replace("log", "ln").replace("**", "^"))

    def __repr__(self) -> str:
        return f"Exact('{self}')"

    # NumPy applies these by name to the entries of an object array.
    def exp(self) -> Exact:
        """The power of e."""
        return self._through("exp") if self.value else Exact(1)

    def log(self) -> Exact:
        """The natural logarithm. Raises ValueError unless the number is positive."""
        if self <= 0:
            raise ValueError(f"{self} has no logarithm")
        return self._through("log")

    def sqrt(self) -> Exact:
        """The root. Raises ValueError for a negative number."""
        return Exact(self ** Fraction(1, 2))

    def sin(self) -> Exact:
        """The sine."""
        return self._through("sin")

    def cos(self) -> Exact:
        """The cosine."""
        return self._through("cos")

    def tanh(self) -> Exact:
        """The hyperbolic tangent, through a power of e."""
        power = (2 * self).exp()
        return Exact((power - 1) / (power + 1))

    def record(self, function: str, *arguments: Any) -> Any:
        """This number put through one of the functions that NumPy lacks (`solver.functions`)."""
        own = _FUNCTIONS.get(function)
        return own(self, *arguments) if own else FUNCTIONS[function](self, *arguments)

    def _through(self, name: str) -> Exact:
        return Exact(getattr(_sympy(), name)(_symbolic(self.value)))


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


def _value(number: Any) -> Any:
    """`number` as it is held, or None if it is no number."""
    match number:
        case Exact():
            return number.value
        case Fraction():
            return number
        case int() | np.integer():
            return Fraction(int(number))
        case float() | np.floating():
            return Fraction(str(float(number)))
        case _:
            return _settled(number) if hasattr(number, "free_symbols") else None


@cache
def _sympy() -> Any:
    import sympy

    # The import leaves floating-point flags up that NumPy would report later; this lowers them.
    np.add(0.0, 0.0)
    return sympy


def _settled(expression: Any) -> Any:
    """An expression with its logarithms taken apart, in factors, and a Fraction if rational."""
    sympy = _sympy()
    apart = sympy.expand_log(expression, force=True, factor=True)
    whole = sympy.factor(sympy.cancel(apart))
    if not whole.is_finite or whole.is_real is False:
        raise ValueError(f"{expression} is not a real number")
    return Fraction(int(whole.p), int(whole.q)) if whole.is_Rational else whole


def _symbolic(value: Any) -> Any:
    if not isinstance(value, Fraction):
        return value
    return _sympy().Rational(value.numerator, value.denominator)


def _sign(value: Any) -> int:
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    number = float(value.evalf(_PRECISION))
    if abs(number) < _TINY:
        number = float(value.simplify())
    return (number > 0) - (number < 0)
