"""The normal form of exact numbers: sums of rational multiples of products of powers.

A *base* is one of a few kinds of positive number, and a *product* is a set of bases, each with its
exponent, a fraction. Logarithms are taken apart into those of primes, powers of e are brought
together, roots of whole numbers are those of primes, and what a sum is divided by is a base too:

    base = ("prime", p) | ("exp", product) | ("log", base) | ("sum", form) | ("pi",)

So ln(4/3) is 2 ln 2 - ln 3, and e/(1 + e) is a product of e and of the sum to the power -1. All
terms of a form have the same powers of the sums that they are divided by, and what divides out is
divided out. A form without terms is 0. No other form is known to be 0: that powers of e, logarithms
of primes and roots are independent is in part Schanuel's conjecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from math import floor, gcd, lcm

from solver.errors import NotExact
from solver.exact_polynomial import Base, Product, Terms, divided, name, square_root
from solver.exact_value import approximate

__all__ = ["HALF", "ONE", "PI", "Base", "E", "Form", "NotExact", "Product"]

ONE: Product = frozenset()
E: Base = ("exp", ONE)
PI: Base = ("pi",)
HALF = Fraction(1, 2)

MOST_TERMS, MOST_BITS, MOST_POWER = 24, 512, 64
_SURE_FACTORS = 10_000


class Form:
    """An immutable sum: `terms` has the coefficient of every product, none of them 0."""

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._hash = 0
        if len(terms) > MOST_TERMS or any(_bits(c) > MOST_BITS for c in terms.values()):
            raise NotExact("the exact numbers grow too long")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.terms == other.terms

    def __hash__(self) -> int:
        self._hash = self._hash or hash(frozenset(self.terms.items())) or 1
        return self._hash

    @property
    def rational(self) -> Fraction | None:
        """The number as a fraction, or None if it is irrational."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(ONE) if len(self.terms) == 1 else None


def constant(value: Fraction | int) -> Form:
    """A rational number as a form."""
    return Form({ONE: Fraction(value)} if value else {})


def power_of(base: Base, exponent: Fraction | int = 1) -> Form:
    """A base to an exponent."""
    return _expanded({base: Fraction(exponent)}, Fraction(1))


def add(a: Form, b: Form) -> Form:
    """The sum of two forms."""
    if not a.terms or not b.terms:
        return a if a.terms else b
    terms = dict(a.terms)
    for product, coefficient in b.terms.items():
        terms[product] = terms.get(product, Fraction(0)) + coefficient
    return _settled(terms)


def multiply(a: Form, b: Form) -> Form:
    """The product of two forms."""
    for factor, other in ((a, b), (b, a)):
        rational = factor.rational
        if rational is not None:
            return scaled(other, rational)
    return _settled(_multiplied(a.terms, b.terms))


def scaled(a: Form, factor: Fraction) -> Form:
    """A form times a rational number."""
    if factor == 1:
        return a
    return Form({p: c * factor for p, c in a.terms.items()} if factor else {})


@lru_cache(maxsize=4096)
def reciprocal(a: Form) -> Form:
    """1 divided by a form. Raises ZeroDivisionError for 0."""
    if not a.terms:
        raise ZeroDivisionError("division by 0")
    if len(a.terms) == 1:
        ((product, coefficient),) = a.terms.items()
        return _expanded({base: -k for base, k in product}, 1 / coefficient)
    conjugate = _conjugate(a)
    if conjugate is not None:
        return multiply(conjugate, reciprocal(multiply(a, conjugate)))
    coefficient, powers = factored(a)
    return _expanded({base: -k for base, k in powers.items()}, 1 / coefficient)


@lru_cache(maxsize=4096)
def power(a: Form, exponent: Fraction) -> Form:
    """A form to a rational exponent; for a root, the form has to be positive."""
    if len(a.terms) != 1 and exponent.denominator == 1 and exponent > 0:
        if exponent > MOST_POWER:
            raise NotExact("the exact numbers grow too long")
        return reduce(multiply, [a] * int(exponent))
    if exponent < 0 and len(a.terms) != 1:
        return power(reciprocal(a), -exponent)
    coefficient, powers = factored(a)
    if exponent.denominator == 1:
        _check_size(coefficient, exponent)
        whole = {base: k * exponent for base, k in powers.items()}
        return _expanded(whole, coefficient ** int(exponent))
    raised: dict[Base, Fraction] = {}
    for base, k in (*powers.items(), *factors(coefficient)):
        raised[_positive(base)] = raised.get(base, Fraction(0)) + k * exponent
    return _expanded(raised, Fraction(1))


@lru_cache(maxsize=4096)
def exp(a: Form) -> Form:
    """The power of e."""
    powers: dict[Base, Fraction] = {}
    for product, coefficient in a.terms.items():
        base = _exponential(product)
        powers[base] = powers.get(base, Fraction(0)) + coefficient
    return _expanded(powers, Fraction(1))


@lru_cache(maxsize=4096)
def log(a: Form) -> Form:
    """The natural logarithm of a positive form."""
    coefficient, powers = factored(a)
    result = Form({})
    for base, k in (*powers.items(), *factors(coefficient)):
        logarithm = frozenset({(("log", _positive(base)), Fraction(1))})
        result = add(result, Form({base[1] if base[0] == "exp" else logarithm: k}))
    return result


@lru_cache(maxsize=4096)
def factored(a: Form) -> tuple[Fraction, dict[Base, Fraction]]:
    """A form as a rational number times powers of bases; what is left of a sum is a base too.

    That sum is positive, and has no common factor and is no square.
    """
    if len(a.terms) == 1:
        ((product, coefficient),) = a.terms.items()
        return coefficient, dict(product)
    bases = {base for product in a.terms for base, _ in product}
    lowest = {base: min(_exponent(product, base) for product in a.terms) for base in bases}
    common = {base: k for base, k in lowest.items() if k}
    coefficients = a.terms.values()
    content = Fraction(
        gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients))
    )
    rest = _multiplied({frozenset((b, -k) for b, k in common.items()): 1 / content}, a.terms)
    found = Form(rest)
    if approximate(found) < 0:
        content, found = -content, scaled(found, Fraction(-1))
    square = square_root(found.terms) if len(found.terms) > 2 else None
    if square is None:
        return content, {**common, ("sum", found): Fraction(1)}
    root = Form(square)
    root = root if approximate(root) > 0 else scaled(root, Fraction(-1))
    return content, {**common, ("sum", root): Fraction(2)}


def factors(value: Fraction) -> Iterator[tuple[Base, Fraction]]:
    """The primes of a positive rational number, each with its exponent."""
    if value <= 0:
        raise NotExact("a root or a logarithm of a negative number is not real")
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, count in primes(number):
            yield ("prime", prime), Fraction(sign * count)


@lru_cache(maxsize=4096)
def primes(number: int) -> tuple[tuple[int, int], ...]:
    """The prime factors of a positive whole number, each with how often it divides it.

    Raises NotExact for a number with two prime factors above ten thousand.
    """
    found: list[tuple[int, int]] = []
    divisor = 2
    while divisor * divisor <= number:
        count = 0
        while number % divisor == 0:
            number, count = number // divisor, count + 1
        if count:
            found.append((divisor, count))
        divisor += 1 if divisor == 2 else 2
        if divisor > _SURE_FACTORS and divisor * divisor <= number:
            raise NotExact(f"the factors of {number} are too large")
    return (*found, (number, 1)) if number > 1 else tuple(found)


def _positive(base: Base) -> Base:
    """The base itself. Raises NotExact where it is a negative number: ln(ln 2)."""
    if base[0] == "log" and base[1][0] != "prime" and approximate(power_of(base)) < 0:
        raise NotExact("a root or a logarithm of a negative number is not real")
    return base


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _check_size(value: Fraction, exponent: Fraction) -> None:
    if _bits(value) * abs(exponent) > MOST_BITS and abs(value) != 1:
        raise NotExact("the exact numbers grow too long")


def _exponent(product: Product, base: Base) -> Fraction:
    return next((k for b, k in product if b == base), Fraction(0))


def _exponential(product: Product) -> Base:
    """What is raised to the coefficient of a term in a power of e: 3 for e^(2 ln 3)."""
    if len(product) == 1:
        ((base, exponent),) = product
        if base[0] == "log" and exponent == 1:
            return tuple(base[1])
    return ("exp", product)


def _expanded(powers: Mapping[Base, Fraction], coefficient: Fraction) -> Form:
    """A product of powers as a form: whole powers of primes and of sums are worked out."""
    kept: dict[Base, Fraction] = {}
    sums: list[Form] = []
    for base, exponent in powers.items():
        whole = floor(exponent) if base[0] == "prime" or (base[0] == "sum" and exponent > 0) else 0
        if base[0] == "prime" and whole:
            _check_size(Fraction(base[1]), Fraction(whole))
            coefficient *= Fraction(base[1]) ** whole
        elif whole:
            sums.append(power(base[1], Fraction(whole)))
        if exponent != whole:
            kept[base] = exponent - whole
    product = Form({frozenset(kept.items()): coefficient} if coefficient else {})
    return reduce(multiply, sums, product)


def _multiplied(a: Terms, b: Terms) -> dict[Product, Fraction]:
    if len(a) * len(b) > MOST_TERMS**2:
        raise NotExact("the exact numbers grow too long")
    terms: dict[Product, Fraction] = {}
    for p, c in a.items():
        for q, d in b.items():
            for product, coefficient in _product(p, q, c * d):
                terms[product] = terms.get(product, Fraction(0)) + coefficient
    return {product: coefficient for product, coefficient in terms.items() if coefficient}


def _product(p: Product, q: Product, c: Fraction) -> Iterable[tuple[Product, Fraction]]:
    if not p or not q:
        return ((p | q, c),)
    powers = dict(p)
    for base, exponent in q:
        powers[base] = powers.get(base, Fraction(0)) + exponent
    plain = {base: k for base, k in powers.items() if k}
    if any(b[0] in ("prime", "sum") and k >= 1 for b, k in plain.items()):
        return _expanded(plain, c).terms.items()
    return ((frozenset(plain.items()), c),)


def _settled(terms: Terms) -> Form:
    """The terms over common denominators, with what divides out divided out."""
    kept: Terms = {product: coefficient for product, coefficient in terms.items() if coefficient}
    for base in _sums(kept):
        exponents = {_exponent(product, base) for product in kept}
        if len({k % 1 for k in exponents}) == 1 and kept:
            kept = _over(kept, base, min(exponents))
    return Form(kept)


def _sums(terms: Iterable[Product]) -> list[Base]:
    return sorted({base for product in terms for base, _ in product if base[0] == "sum"}, key=name)


def _over(terms: Terms, base: Base, least: Fraction) -> Terms:
    """The terms with one and the same power of a sum in all of them, the highest possible."""
    numerator: dict[Product, Fraction] = {}
    for product, coefficient in terms.items():
        extra = _exponent(product, base) - least
        bare = {frozenset(pair for pair in product if pair[0] != base): coefficient}
        for p, c in (_multiplied(bare, power(base[1], extra).terms) if extra else bare).items():
            numerator[p] = numerator.get(p, Fraction(0)) + c
    numerator = {p: c for p, c in numerator.items() if c}
    while least < 0 and numerator:
        quotient = divided(numerator, base[1].terms)
        if quotient is None:
            break
        numerator, least = quotient, least + 1
    return (
        _multiplied(numerator, _expanded({base: least}, Fraction(1)).terms) if least else numerator
    )


def _conjugate(a: Form) -> Form | None:
    """The form with the sign of one square root changed, or None if there is none to change."""
    pair = next(((b, k) for p in a.terms for b, k in p if b[0] == "prime" and k == HALF), None)
    if pair is None:
        return None
    if any(b[0] == "prime" and k != HALF for p in a.terms for b, k in p):
        return None
    return Form({p: -c if pair in p else c for p, c in a.terms.items()})
