"""Exact numbers in problems: made, recognised, and which of them a student would write down."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from solver.exact import Exact
from solver.exact_form import Form

Number = float | Exact

EXACT_CHOICES = 4
"""Options of a choice: fewer slips lead to exact numbers than to decimals, so fewer are offered."""
MOST_TOKENS, MOST_DIGITS = 8, 3
"""The numbers and functions that a plain number is written with, and the digits of one of them."""

_NOT_PLAIN = re.compile(r"/(?!\d)|\)\^|\^\(?ln|\^\([^()]*ln")
"""What is divided by is a whole number; neither logarithms nor sums are raised or exponents."""
_LARGEST: int = 10**MOST_DIGITS
_TOKEN = re.compile(r"\d+|ln|sqrt|e")


def is_exact(numbers: Any) -> bool:
    """Whether a number, or an array of them, is exact rather than of float64."""
    return np.asarray(numbers).dtype == object


@lru_cache(maxsize=4096)
def fraction(numerator: int, denominator: int = 1) -> Exact:
    """A rational number."""
    return Exact(Fraction(numerator, denominator))


@lru_cache(maxsize=4096)
def logarithm(numerator: int, denominator: int = 1) -> Exact:
    """The natural logarithm of a positive rational number."""
    return fraction(numerator, denominator).log()


def natural_logarithm(number: int, like: Any) -> Any:
    """The natural logarithm of `number`, exact where `like` is."""
    return logarithm(number) if is_exact(like) else np.log(number)


def is_rational(number: Any) -> bool:
    """Whether an exact number is a fraction or whole."""
    return isinstance(number.value, Fraction)


def has_logarithms(numbers: Any) -> bool:
    """Whether there is an exact number among these that is not rational, as a logarithm is."""
    entries = np.ravel(np.asarray(numbers))
    return is_exact(entries) and not all(is_rational(entry) for entry in entries)


def stating_logarithms(numbers: Any) -> tuple[str, ...]:
    """The convention that logarithms are natural, where exact numbers have any."""
    return ("natural_logarithm",) if has_logarithms(numbers) else ()


def is_plain(number: Any) -> bool:
    """Whether a number is exact and so short that a student would leave it as it is."""
    return _is_short(number.value) if isinstance(number, Exact) else number in (-1, 0, 1)


@lru_cache(maxsize=65536)
def _is_short(value: Fraction | Form) -> bool:
    if not isinstance(value, Form):
        return max(abs(value.numerator), value.denominator) < _LARGEST
    text = str(Exact(value))
    if _NOT_PLAIN.search(text):
        return False
    tokens = _TOKEN.findall(text)
    digits = [len(token) for token in tokens if token.isdigit()]
    return len(tokens) <= MOST_TOKENS and max(digits, default=0) <= MOST_DIGITS
