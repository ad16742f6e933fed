"""Polynomials in the bases of exact numbers: the order of the bases, division, square roots.

What is said of bases and products is in `solver.exact_form`. Exponents are fractions, which does no
harm: all algorithms only add and compare them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any

Base = tuple[Any, ...]
Product = frozenset[tuple[Base, Fraction]]
Terms = Mapping[Product, Fraction]
Exponents = tuple[Fraction, ...]


@lru_cache(maxsize=8192)
def name(base: Base) -> str:
    """A text that orders bases the same way in every process."""
    match base:
        case ("prime", number):
            return f"prime {number:09}"
        case ("exp", product):
            return f"exp {product_name(product)}"
        case ("log", inner):
            return f"log {name(inner)}"
        case ("sum", form):
            terms = sorted(f"{c} {product_name(p)}" for p, c in form.terms.items())
            return f"sum {' + '.join(terms)}"
        case _:
            return str(base[0])


def product_name(product: Product) -> str:
    """The names of the bases of a product with their exponents, in order."""
    return " ".join(sorted(f"({name(base)})^{exponent}" for base, exponent in product))


def _ordered(*forms: Iterable[Product]) -> list[Base]:
    return sorted({base for form in forms for product in form for base, _ in product}, key=name)


def _polynomial(terms: Terms, bases: list[Base]) -> dict[Exponents, Fraction]:
    """The coefficients by the exponents of the bases, whose order makes one term the leading."""
    found = ((dict(product), coefficient) for product, coefficient in terms.items())
    return {tuple([p.get(base, Fraction(0)) for base in bases]): c for p, c in found}


def _as_terms(
    polynomial: Mapping[Exponents, Fraction], bases: list[Base]
) -> dict[Product, Fraction]:
    return {
        frozenset((base, k) for base, k in zip(bases, exponents, strict=True) if k): coefficient
        for exponents, coefficient in polynomial.items()
    }


def _take_away(
    remainder: dict[Exponents, Fraction],
    polynomial: Mapping[Exponents, Fraction],
    shift: Exponents,
    factor: Fraction,
) -> None:
    """Subtract a multiple of a polynomial, in place."""
    for exponents, coefficient in polynomial.items():
        at = tuple([k + j for k, j in zip(exponents, shift, strict=True)])
        left = remainder.pop(at, Fraction(0)) - factor * coefficient
        if left:
            remainder[at] = left


def divided(terms: Terms, divisor: Terms) -> dict[Product, Fraction] | None:
    """The quotient of two polynomials in the bases, or None where there is a remainder."""
    bases = _ordered(terms, divisor)
    remainder, by = _polynomial(terms, bases), _polynomial(divisor, bases)
    lowest, lead = tuple(map(min, zip(*remainder, strict=True))), max(by)
    quotient: dict[Exponents, Fraction] = {}
    while remainder:
        top = max(remainder)
        shift = tuple([k - j for k, j in zip(top, lead, strict=True)])
        if any(k < low for k, low in zip(shift, lowest, strict=True)):
            return None
        quotient[shift] = remainder[top] / by[lead]
        _take_away(remainder, by, shift, quotient[shift])
    return _as_terms(quotient, bases)


def square_root(a: Terms) -> dict[Product, Fraction] | None:
    """The polynomial in the bases whose square this one is, or None.

    The bases have no exponent below 0, and not all terms have one above.
    """
    bases = _ordered(a)
    remainder = _polynomial(a, bases)
    top = max(remainder)
    first = _rational_root(remainder[top])
    if first is None:
        return None
    lead = tuple([k / 2 for k in top])
    root = {lead: first}
    _take_away(remainder, root, lead, first)
    while remainder:
        top = max(remainder)
        shift = tuple([k - j for k, j in zip(top, lead, strict=True)])
        if shift >= min(root) or min(shift) < 0:
            return None
        factor = remainder[top] / (2 * first)
        _take_away(remainder, root, shift, 2 * factor)
        _take_away(remainder, {shift: factor}, shift, factor)
        root[shift] = factor
    return _as_terms(root, bases)


def _rational_root(value: Fraction) -> Fraction | None:
    if value <= 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None
