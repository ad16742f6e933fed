"""The numbers of one statement, and the draws that most of them are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gen.draw import Draw

Number = int | Fraction
Fact = Number | str


@dataclass(frozen=True, slots=True)
class Case:
    """What a statement is given, the number that would make it true, and mistaken ones.

    `operations` are those of arithmetic that lead to the right number by hand. Of `wrong`, those
    that happen to be right do not count.
    """

    facts: Mapping[str, Fact]
    right: Number
    wrong: tuple[Number, ...]
    operations: int

    @property
    def mistaken(self) -> tuple[Number, ...]:
        """The wrong numbers that are wrong, each once."""
        return tuple(dict.fromkeys(n for n in self.wrong if n != self.right))


def different(draw: Draw, count: int, low: int, high: int) -> tuple[int, ...]:
    """So many different integers from `low` to `high`."""
    return draw.sample(range(low, high + 1), count)


def signed(draw: Draw, count: int, low: int, high: int) -> tuple[int, ...]:
    """So many integers of different size from `low` to `high`, each with a sign."""
    return tuple(draw.sign() * number for number in different(draw, count, low, high))


def part_of_one(draw: Draw, largest: int = 5) -> Fraction:
    """A fraction between 0 and 1 whose denominator is at most `largest`, but not a half."""
    below = draw.integer(3, largest)
    return Fraction(draw.choice([above for above in range(1, below) if 2 * above != below]), below)
