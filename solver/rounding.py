"""Arithmetic as it is done by hand: decimals, rounded.

`round_half_up` rounds as students are taught to. `Rounded` is a kind of number that rounds after
every single operation: the most careless reading of "carry four decimals", and so the measure of
what hand rounding can do to an answer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from math import copysign, modf
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike, NDArray

from solver.functions import FUNCTIONS

_GUARD = 1e-9
_RELATIVE_GUARD = 1e-15
"""What binary arithmetic may have moved a number by: units of its last decimal, a share of it."""
_EXACT_GUARD = 1e-7
"""The same for what is left of numbers in the thousands: 1999.7 - 2002.1."""

_HALF, _SHARE = 0.5 + _GUARD, 1.0 + _RELATIVE_GUARD

_FEW = 16
"""Up to so many numbers are sooner rounded one by one than NumPy has begun."""

_LARGEST_POWER = 308
"""The largest power of ten that a float holds."""


def round_half_up(value: ArrayLike, places: int) -> NDArray[np.float64]:
    """`value` to `places` decimals, halves away from zero; never negative zero.

    Decimal halves that binary cannot hold (0.17055) still count as halves. Each result is the
    float64 nearest to its decimal.
    """
    x, scale = np.asarray(value, dtype=np.float64), 10.0**places
    if x.ndim == 0:
        return np.asarray(_number_half_up(float(x), scale))
    if x.size <= _FEW:
        return np.array(each_half_up(x.ravel().tolist(), places)).reshape(x.shape)
    units = np.trunc(x * (scale * _SHARE) + np.copysign(_HALF, x))
    return np.asarray(units / scale + 0.0)


def each_half_up(numbers: Iterable[float], places: int) -> list[float]:
    """The same for numbers one by one."""
    scale = 10.0**places
    return [_number_half_up(number, scale) for number in numbers]


def _number_half_up(x: float, scale: float) -> float:
    return modf(x * (scale * _SHARE) + copysign(_HALF, x))[1] / scale + 0.0


def round_significant(value: ArrayLike, digits: ArrayLike) -> NDArray[np.float64]:
    """`value` to so many significant digits, halves away from zero; 0 stays 0.

    Numbers under 1e-290, which no power of ten makes whole, stay as they are.
    """
    x = np.asarray(value, dtype=np.float64)
    plain = (np.abs(x) >= 1e-290) & np.isfinite(x)
    size = np.where(plain, np.abs(x), 1.0)
    exponents = np.floor(np.log10(size)).astype(int) + 1 - digits
    # Divided by positive powers alone, so that the result is the float64 nearest to its decimal.
    up, down = 10.0 ** np.maximum(-exponents, 0), 10.0 ** np.maximum(exponents, 0)
    return np.where(plain, round_half_up(x * up / down, 0) * down / up, x)


def is_exact(value: ArrayLike, places: int) -> NDArray[np.bool_]:
    """Where `value` has no more than `places` decimals, so that rounding takes nothing away."""
    x = np.asarray(value, dtype=np.float64) * 10.0**places
    return np.asarray(np.abs(x - np.round(x)) < _EXACT_GUARD + _RELATIVE_GUARD * np.abs(x))


def _direct(operation: Callable[[Any, Any], Any]) -> Callable[[Rounded, Any], Rounded]:
    """An operator of `Rounded` that does without NumPy's protocol, which takes twice as long."""

    def method(self: Rounded, other: Any) -> Rounded:
        return self._rounded(operation(self.plain, _plain(other)))

    return method


class Rounded(NDArrayOperatorsMixin):
    """An array of decimals that are rounded to `places` after every operation.

    A matrix product rounds every product and then the sum. A function such as tanh or softmax
    counts as one operation.
    """

    __slots__ = ("places", "plain")

    def __init__(self, plain: ArrayLike, places: int) -> None:
        # A single number is no array: NumPy reckons much faster with it.
        self.plain = np.asarray(plain, dtype=np.float64)[()]
        self.places = places

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> Any:
        if method != "__call__" or settings:
            return NotImplemented
        arrays = [_plain(value) for value in inputs]
        if ufunc is np.matmul:
            return self._rounded(_rounded_product(arrays[0], arrays[1], self.places))
        return self._rounded(ufunc(*arrays))

    __add__ = __radd__ = _direct(operator.add)
    __mul__ = __rmul__ = _direct(operator.mul)
    __sub__ = _direct(operator.sub)
    __rsub__ = _direct(lambda a, b: b - a)
    __truediv__ = _direct(operator.truediv)

    def __neg__(self) -> Rounded:
        return Rounded(-self.plain, self.places)

    def __matmul__(self, other: Any) -> Rounded:
        product = _rounded_product(self.plain, _plain(other), self.places)
        return self._rounded(product)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.plain.shape

    @property
    def T(self) -> Rounded:  # noqa: N802 - NumPy's name for it
        """The transpose."""
        return Rounded(self.plain.T, self.places)

    def sum(self, axis: Any = None, out: None = None, keepdims: bool = False) -> Rounded:
        """The sum, rounded once: sums of rounded terms lose nothing on the way."""
        return self._rounded(self.plain.sum(axis=axis, keepdims=keepdims))

    def like(self, value: ArrayLike) -> Rounded:
        """Plain numbers as ones of this kind, with as many places."""
        return Rounded(value, self.places)

    def record(self, function: str, *arguments: Any) -> Rounded:
        """This array put through one of the functions that NumPy lacks, then rounded."""
        return self._rounded(FUNCTIONS[function](self.plain, *map(_plain, arguments)))

    def _rounded(self, value: ArrayLike) -> Rounded:
        # Not by the constructor, which would look once more at what is an array of floats.
        made = Rounded.__new__(Rounded)
        made.places = self.places
        made.plain = self._settled(value)
        return made

    def _settled(self, value: Any) -> Any:
        if type(value) is np.float64:
            return np.float64(_number_half_up(float(value), 10.0**self.places))
        return round_half_up(value, self.places)[()]


def _plain(value: Any) -> Any:
    return value.plain if isinstance(value, Rounded) else value


def _rounded_product(a: Any, b: Any, places: int) -> Any:
    """The matrix product with every product rounded; that of a vector as it is."""
    if not a.ndim == b.ndim == 2:
        return a @ b
    if a.size * b.shape[1] > _FEW * _FEW:
        return round_half_up(a[:, :, None] * b[None, :, :], places).sum(axis=1)
    columns = b.T.tolist()
    return np.array([[_rounded_sum(row, each, places) for each in columns] for row in a.tolist()])


def _rounded_sum(row: list[float], column: list[float], places: int) -> float:
    """The sum of the products of two lists, each product rounded."""
    scale, total = 10.0**places, 0.0
    for x, y in zip(row, column, strict=True):
        total += _number_half_up(x * y, scale)
    return total
