"""Exact numbers as they are written down: 3/4, ln(4/3), 2 ln 3 - 1, e/(e + 1), sqrt(5)/2.

The normal form is good for reckoning. Here logarithms are put together as long as the number in
them stays short, roots too, and what all terms are divided by is written below all of them. The
result is a small tree, `Written`, with a reader for text and one for LaTeX.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm, prod
from typing import Any, Literal

from solver.exact_form import HALF, PI, Base, Form, Product, factored
from solver.exact_polynomial import name, product_name

Operation = Literal[
    "number", "letter", "add", "subtract", "negative", "multiply", "divide", "power", "root", "log"
]
LONGEST_LOGARITHM = 1000
"""The largest whole number that logarithms are put together to."""


@dataclass(frozen=True, slots=True)
class Written:
    """One operation and what it is applied to; `number` has a whole number, `letter` e or pi."""

    operation: Operation
    parts: tuple[Any, ...]

    @property
    def size(self) -> int:
        """How many numbers, letters and functions there are to write."""
        if self.operation in ("number", "letter"):
            return 1
        own = 1 if self.operation in ("log", "root") else 0
        return own + sum(int(part.size) for part in self.parts)

    @property
    def largest(self) -> int:
        """The largest whole number that there is to write."""
        if self.operation == "number":
            return int(self.parts[0])
        return 0 if self.operation == "letter" else max(int(part.largest) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """A term of a sum: a rational number times powers times, perhaps, the logarithm of another."""

    coefficient: Fraction
    powers: Product
    log: Fraction | None = None

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands in a sum: what is positive first, then by kind."""
        exponent = max((k for base, k in self.powers if base[0] == "exp"), default=Fraction(0))
        kinds = {base[0] for base, _ in self.powers}
        if self.log is not None or "log" in kinds:
            rank = 0
        elif exponent:
            rank = 1 if exponent > 0 else 4
        else:
            rank = 3 if kinds else 2
        return (self.coefficient < 0, rank, -exponent, -(self.log or 0), product_name(self.powers))


@lru_cache(maxsize=16384)
def written(value: Fraction | Form) -> Written:
    """An exact number as it is written down."""
    if isinstance(value, Fraction):
        return _signed(value < 0, _quotient([_whole(abs(value.numerator))], [value.denominator]))
    value = _as_square(value) or value
    below = _shared(value)
    up = frozenset((base, -k) for base, k in below)
    parts = sorted(_parts(_times(value, up)), key=lambda part: part.place)
    if len(parts) == 1:
        part = parts[0]
        return _part(_Part(part.coefficient, _merged(part.powers, below), part.log))
    bottom = _bottom(parts, bool(below))
    top = _sum([_Part(p.coefficient * bottom, p.powers, p.log) for p in parts])
    return _quotient([top], [bottom, *_factors((b, -k) for b, k in below)])


def _as_square(value: Form) -> Form | None:
    """A sum of several terms as a multiple of a square, or None if it is none."""
    if len(value.terms) < 3:
        return None
    coefficient, powers = factored(value)
    squared = any(base[0] == "sum" and k == 2 for base, k in powers.items())
    return Form({frozenset(powers.items()): coefficient}) if squared else None


def _whole(number: int) -> Written:
    return Written("number", (number,))


def _signed(negative: bool, number: Written) -> Written:
    return Written("negative", (number,)) if negative else number


def _shared(value: Form) -> Product:
    """The powers of sums and logarithms that every term is divided by."""
    products = [dict(product) for product in value.terms]
    bases = {base for product in products for base in product if base[0] in ("sum", "log", "pi")}
    highest = {b: max(product.get(b, Fraction(0)) for product in products) for b in bases}
    return frozenset((base, k) for base, k in highest.items() if k < 0)


def _merged(a: Iterable[tuple[Base, Fraction]], b: Iterable[tuple[Base, Fraction]]) -> Product:
    powers = dict(a)
    for base, k in b:
        powers[base] = powers.get(base, Fraction(0)) + k
    return frozenset((base, k) for base, k in powers.items() if k)


def _times(value: Form, powers: Product) -> dict[Product, Fraction]:
    return {_merged(product, powers): c for product, c in value.terms.items()}


def _parts(terms: dict[Product, Fraction]) -> Iterator[_Part]:
    """The terms of a sum, with the logarithms of primes put together."""
    logarithms: defaultdict[Product, dict[int, Fraction]] = defaultdict(dict)
    for product, coefficient in terms.items():
        logs = [base for base, _ in product if base[0] == "log"]
        if len(logs) == 1 and logs[0][1][0] == "prime" and (logs[0], Fraction(1)) in product:
            rest = product - {(logs[0], Fraction(1))}
            logarithms[rest][logs[0][1][1]] = coefficient
        else:
            yield _Part(coefficient, product)
    for rest, coefficients in logarithms.items():
        yield from _logarithms(rest, coefficients)


def _logarithms(rest: Product, coefficients: dict[int, Fraction]) -> Iterator[_Part]:
    """2 ln 2 - ln 3 as ln(4/3), but 10 ln 2 - 9 ln 3 as it is. What is in them is more than 1."""
    shares = coefficients.values()
    common = Fraction(gcd(*(c.numerator for c in shares)), lcm(*(c.denominator for c in shares)))
    exponents = {prime: int(c / common) for prime, c in coefficients.items()}
    longest = prod(prime ** min(abs(k), 10) for prime, k in exponents.items())
    if longest > LONGEST_LOGARITHM**2:
        for prime, coefficient in sorted(coefficients.items()):
            yield _Part(coefficient, rest, Fraction(prime))
        return
    argument = prod((Fraction(prime) ** k for prime, k in exponents.items()), start=Fraction(1))
    if max(argument.numerator, argument.denominator) > LONGEST_LOGARITHM:
        for prime, coefficient in sorted(coefficients.items()):
            yield _Part(coefficient, rest, Fraction(prime))
    elif argument > 1:
        yield _Part(common, rest, argument)
    else:
        yield _Part(-common, rest, 1 / argument)


def _bottom(parts: Sequence[_Part], together: bool) -> int:
    """The denominator that is written below a whole sum, 1 for none."""
    denominators = [part.coefficient.denominator for part in parts]
    return lcm(*denominators) if together or len(set(denominators)) == 1 else 1


def _sum(parts: Sequence[_Part]) -> Written:
    total = _part(parts[0])
    for part in parts[1:]:
        size = _part(_Part(abs(part.coefficient), part.powers, part.log))
        total = Written("subtract" if part.coefficient < 0 else "add", (total, size))
    return total


def _part(part: _Part) -> Written:
    """A term; a fraction stands in front of powers of e and logarithms, and below a root."""
    size = abs(part.coefficient)
    above = [*_factors((b, k) for b, k in part.powers if k > 0 or b[0] == "exp")]
    below = [*_factors((b, -k) for b, k in part.powers if k < 0 and b[0] != "exp")]
    bare = all(base[0] in ("prime", "pi") for base, _ in part.powers)
    if part.log is not None:
        above.append(Written("log", (written(part.log),)))
    if below or (bare and part.log is None) or size.denominator == 1:
        numerator = [_whole(size.numerator), *above]
        return _signed(part.coefficient < 0, _quotient(numerator, [size.denominator, *below]))
    return _signed(part.coefficient < 0, _product([written(size), *above]))


def _quotient(above: Sequence[Written], below: Sequence[Written | int]) -> Written:
    bottom = [_whole(factor) if isinstance(factor, int) else factor for factor in below]
    divisor = _product(bottom)
    return _product(above) if _is_one(divisor) else Written("divide", (_product(above), divisor))


def _product(factors: Sequence[Written]) -> Written:
    kept = [factor for factor in factors if not _is_one(factor)] or [_whole(1)]
    result = kept[0]
    for factor in kept[1:]:
        result = Written("multiply", (result, factor))
    return result


def _is_one(number: Written) -> bool:
    return number == _whole(1)


def _factors(powers: Iterable[tuple[Base, Fraction]]) -> Iterator[Written]:
    """Powers as factors: roots first, then pi, powers of e, logarithms and sums."""
    ordered = sorted(powers, key=lambda pair: name(pair[0]))
    radicands = [base[1] for base, k in ordered if base[0] == "prime" and k == HALF]
    if radicands:
        yield Written("root", (_whole(prod(radicands)),))
    for base, k in ordered:
        if base[0] == "prime" and k != HALF:
            yield _raised(_whole(base[1]), k)
    exponent = Form({base[1]: k for base, k in ordered if base[0] == "exp"})
    for kind in ("pi", "exp", "log", "sum"):
        if kind == "exp" and exponent.terms:
            yield _exponential(exponent)
        elif kind != "exp":
            yield from (_raised(_base(base), k) for base, k in ordered if base[0] == kind)


def _exponential(exponent: Form) -> Written:
    letter, rational = Written("letter", ("e",)), exponent.rational
    if rational == 1:
        return letter
    return Written("power", (letter, written(exponent if rational is None else rational)))


def _raised(base: Written, exponent: Fraction) -> Written:
    if exponent == 1:
        return base
    if exponent == HALF:
        return Written("root", (base,))
    return Written("power", (base, written(exponent)))


def _base(base: Base) -> Written:
    match base:
        case ("prime", number):
            return _whole(number)
        case ("log", inner):
            return Written("log", (_base(inner),))
        case ("sum", form):
            return written(form)
        case ("exp", product):
            return _exponential(Form({product: Fraction(1)}))
        case _:
            assert base == PI
            return Written("letter", ("pi",))
