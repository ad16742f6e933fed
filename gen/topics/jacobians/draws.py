"""Drawing the numbers of a chain: a start, matrices, and shifts that lead where functions bend."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.topics.jacobians.chains import BY_OUTPUT, FUNCTIONS, MATRICES, SHIFTS, Chain

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
Numbers = tuple[tuple[str, tuple[Number, ...] | tuple[tuple[Number, ...], ...]], ...]
"""The arrays that are given, by name: vectors, and matrices as their rows."""

HALVES = tuple(Fraction(n, 2) for n in (1, 2, 3, 4, 5, 6))
WHOLE = tuple(map(Fraction, (1, 2, 3, 4)))
TENTHS = tuple(Fraction(n, 10) for n in range(2, 17))
LARGEST_ARGUMENT = {True: Fraction(2), False: Fraction(6)}
"""Of a function that flattens out, and of a power."""
TRIES = 40


def draw_numbers(draw: Draw, chain: Chain, exact: bool) -> Numbers:
    """Arrays for a chain, exact or not. Raises Rejected where none are found for a gate."""
    for _ in range(TRIES):
        found = _Drawn(draw, chain, exact)
        if all(found.step(n) for n in range(len(chain.maps))):
            return found.numbers()
    raise Rejected("the entries come too near 0, or too far from it, to be put into a function")


class _Drawn:
    """Follows the vector through the maps while it draws what they are made of."""

    def __init__(self, draw: Draw, chain: Chain, exact: bool) -> None:
        self.draw, self.chain, self.exact = draw, chain, exact
        self.x = self._vector(self._start(), chain.sizes[0])
        self.arrays: dict[str, Vector | Matrix] = {"a": self.x}
        self.free = list(zip(MATRICES, SHIFTS, strict=True))

    def _start(self) -> Sequence[Fraction]:
        first, second = self.chain.maps[:2]
        bends = first == "gate" and second in BY_OUTPUT
        return HALVES[:3] if bends else self._arguments(first)

    def _arguments(self, kind: str) -> Sequence[Fraction]:
        """The sizes of numbers that a map may be applied to."""
        if self.exact:
            return WHOLE[:3]
        return TENTHS[1:] if kind in BY_OUTPUT else HALVES if kind in FUNCTIONS else WHOLE[:3]

    def _vector(self, sizes: Sequence[Fraction], count: int) -> Vector:
        # Two entries of the same size would hide which of them was taken.
        return tuple(self.draw.sign() * size for size in self.draw.sample(sizes, count))

    def _matrix(self, rows: int, columns: int) -> Matrix:
        # Along three maps numbers grow, and exact ones are to stay short.
        largest = 2 if len(self.chain.maps) > 2 else 4
        sizes = WHOLE[:largest] if self.exact else HALVES
        return tuple(
            tuple(self.draw.sign() * self.draw.choice(sizes) for _ in range(columns))
            for _ in range(rows)
        )

    def step(self, number: int) -> bool:
        """Draw one map and apply it; whether what comes next can take the result."""
        chain = self.chain
        kind, rest = chain.maps[number], chain.maps[number + 1 :]
        if kind in FUNCTIONS:
            # What follows is affine, whose Jacobian does not depend on where it is taken.
            return True
        inner, outer = chain.sizes[number : number + 2]
        letter, shift = self.free.pop(0)
        matrix = self.arrays[letter] = self._matrix(outer, inner)
        if outer == inner and _is_symmetric(matrix):
            return False
        product = tuple(_dot(row, self.x) for row in matrix)
        if kind == "gate":
            self.x = tuple(x * p for x, p in zip(self.x, product, strict=True))
            return 0 not in self.x and (not rest or self._fits(rest[0]))
        self.x = self._vector(self._arguments(rest[0] if rest else "affine"), outer)
        # The shift leads to what was drawn, or is what was drawn where nothing follows.
        self.arrays[shift] = _difference(self.x, product) if rest else self.x
        return 0 not in self.arrays[shift]

    def _fits(self, following: str) -> bool:
        largest = LARGEST_ARGUMENT[following in BY_OUTPUT]
        return following not in FUNCTIONS or max(map(abs, self.x)) <= largest

    def numbers(self) -> Numbers:
        """The arrays as the problem takes them."""
        return tuple((name, _made(array, self.exact)) for name, array in self.arrays.items())


def _dot(row: Vector, x: Vector) -> Fraction:
    return sum((m * entry for m, entry in zip(row, x, strict=True)), Fraction(0))


def _difference(x: Vector, y: Vector) -> Vector:
    return tuple(one - other for one, other in zip(x, y, strict=True))


def _is_symmetric(matrix: Matrix) -> bool:
    return matrix == tuple(zip(*matrix, strict=True))


def _made(array: Any, exact: bool) -> Any:
    if isinstance(array, tuple):
        return tuple(_made(entry, exact) for entry in array)
    return fraction(array.numerator, array.denominator) if exact else float(array)
