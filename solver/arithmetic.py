"""Which numbers the lines of a worked solution are printed with: decimals, or exact numbers.

An arithmetic says what a given is taken as, what is printed of the value of a line, and where that
is all of it. The rules do not know: they run over whatever numbers the lines before have printed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from solver.errors import InputError, NotExact
from solver.rounding import is_exact, round_half_up, round_significant
from solver.term import Term

__all__ = ["EXACT", "Arithmetic", "Decimals", "NotExact", "as_arithmetic", "called"]

MOST_DIGITS = 10
"""The significant digits of the longest decimal that is printed in full."""
LARGEST = 1e10
"""From here on, a number is printed by its significant digits, as a multiple of a power of ten."""
MOST_PARTS, LARGEST_PART = 12, 999_999
"""The numbers, letters and functions that an exact number is written with, and the largest one."""
MOST_ENTRIES = 400
"""The entries of the largest array of exact numbers that anybody writes down."""

Printed = tuple[NDArray[Any], NDArray[np.bool_]]
"""Numbers as they are printed, and where nothing was rounded off."""


class Arithmetic(Protocol):
    """One way of printing numbers; `places` is None where no number is rounded."""

    @property
    def places(self) -> int | None:
        """The decimals that a rounded number is printed with."""

    @property
    def in_decimals(self) -> Decimals:
        """The decimals to go on in where this arithmetic has no number."""

    def given(self, value: Any) -> Printed:
        """What is printed of the array that is given for an input."""

    def number(self, term: Term) -> Any:
        """The number that a formula itself has, such as the 2 of 2x."""

    def printed(self, raw: Any) -> NDArray[Any]:
        """What is printed of the value of a line, an array of any kind of number."""

    def in_full(self, raw: Any) -> NDArray[np.bool_]:
        """Where `printed` takes nothing away."""


@dataclass(frozen=True, slots=True)
class Decimals:
    """Decimals that are rounded to `places`, halves away from zero, at the end of every line.

    With `keep_small`, what would be rounded to 0 without being 0 keeps `places` significant digits
    instead, and what is too large to be printed in full keeps ten. A given is taken as it is unless
    it has more than ten significant digits: then it is rounded like a line.
    """

    places: int = 4
    keep_small: bool = True

    def number(self, term: Term) -> Any:
        """The number as it is."""
        return term.args[0]

    @property
    def in_decimals(self) -> Decimals:
        """These decimals themselves."""
        return self

    def given(self, value: Any) -> Printed:
        """The array as floats, with what is too long to be printed in full rounded."""
        x = np.asarray(value, dtype=np.float64)
        if all(map(_is_plainly_short, x.ravel().tolist())):
            return x, np.ones(x.shape, dtype=bool)
        short = _short(x)
        return np.where(short, x, self.printed(x)), short

    def printed(self, raw: Any) -> NDArray[np.float64]:
        """The numbers rounded."""
        x = np.asarray(raw, dtype=np.float64)
        if not self.keep_small or not (unusual := self._unusual(x)).any():
            return round_half_up(x, self.places)
        digits = np.where(np.abs(x) < LARGEST, max(self.places, 1), MOST_DIGITS)
        rounded = round_half_up(np.where(unusual, 0.0, x), self.places)
        return np.where(unusual, round_significant(x, digits), rounded)

    def in_full(self, raw: Any) -> NDArray[np.bool_]:
        """Where the numbers have no more decimals, or significant digits, than are printed."""
        x = np.asarray(raw, dtype=np.float64)
        unusual = self._unusual(x)
        if not unusual.any():
            return is_exact(x, self.places)
        unmoved = np.abs(x - self.printed(x)) <= 1e-12 * np.abs(x)
        return np.where(unusual, unmoved, is_exact(np.where(unusual, 0.0, x), self.places))

    def _unusual(self, x: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where a number is printed by its significant digits."""
        size = np.abs(x)
        lost = (size < 0.5 * 10.0**-self.places) & (size > 0)
        return np.asarray((lost | (size >= LARGEST)) & self.keep_small)


@dataclass(frozen=True, slots=True)
class _Exact:
    """Exact numbers: object arrays of `solver.exact.Exact`, never rounded.

    Raises NotExact where a number has no exact form that a student would write down; `in_decimals`
    is what to go on in then.
    """

    in_decimals: Decimals = Decimals()

    @property
    def places(self) -> None:
        """No number is rounded."""
        return

    def number(self, term: Term) -> Any:
        """The number as an exact one; a float stands for the decimal that it prints as."""
        from solver.exact import Exact

        return Exact(term.args[0])

    def given(self, value: Any) -> Printed:
        """The array as exact numbers; a float stands for the decimal that it prints as."""
        array = np.asarray(value)
        if array.dtype.kind == "f":
            for number in array[~_short(array)].ravel().tolist():
                if math.isfinite(number) and number not in (math.pi, math.e):
                    raise NotExact(f"the exact value of {number:.10g} is not known")
        numbers = self.printed(array)
        return numbers, np.ones(numbers.shape, dtype=bool)

    def printed(self, raw: Any) -> NDArray[Any]:
        """The numbers themselves."""
        # Imported only here, as most runs do without.
        from solver.exact import exact
        from solver.exact_writing import written

        if np.size(raw) > MOST_ENTRIES:
            raise NotExact("there are too many numbers to write down")
        numbers = exact(raw)
        for number in numbers.ravel().tolist():
            form = written(number.value)
            if form.size > MOST_PARTS or form.largest > LARGEST_PART:
                raise NotExact("the exact numbers grow too long to write down")
        return numbers

    def in_full(self, raw: Any) -> NDArray[np.bool_]:
        """Everywhere."""
        return np.ones(np.shape(raw), dtype=bool)


EXACT = _Exact()


def _is_plainly_short(number: float) -> bool:
    """Whether a number has at most six decimals, and at most four digits before them."""
    return -1e4 < number < 1e4 and round(number * 1e6) / 1e6 == number


def _short(x: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a number has few enough digits to be printed in full."""
    return np.asarray(np.abs(x - round_significant(x, MOST_DIGITS)) <= 1e-14 * np.abs(x))


def called(kind: str, places: int) -> Arithmetic:
    """The arithmetic called `decimal` or `exact`; decimals are rounded to `places`.

    Raises InputError for any other name.
    """
    if kind not in ("decimal", "exact"):
        raise InputError(f"there is no arithmetic '{kind}'; there are decimal and exact")
    return _Exact(Decimals(places)) if kind == "exact" else Decimals(places)


def as_arithmetic(arithmetic: Arithmetic | int) -> Arithmetic:
    """The arithmetic meant; a number of places means decimals that are rounded to 0 like any."""
    return Decimals(arithmetic, keep_small=False) if isinstance(arithmetic, int) else arithmetic
