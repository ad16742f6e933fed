"""Pieces of LaTeX that know when they need parentheses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from templates.numerals import is_exact, number, numeral

SUM, ENTRYWISE, PRODUCT, SIGN, POWER, ATOM = range(6)
"""How tightly an expression holds together, loosest first. A product entry by entry is looser than
a matrix product."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of LaTeX and how tightly it holds together.

    `after` is how it is written behind an operator where that differs: a product that begins with a
    negative number has that number in parentheses there.
    """

    text: str
    binding: int = ATOM
    number: bool = False
    after: str = ""

    def inside(self, binding: int, leading: bool = False) -> str:
        """The text, in parentheses unless it holds together at least as tightly as asked."""
        if self.binding < binding:
            return parenthesised(self.text)
        return self.text if leading or not self.after else self.after


_TALL = ("frac{", "\\begin", "\\sum", "\\left")


def parenthesised(text: str) -> str:
    """`text` in parentheses, which grow where it is taller than a line."""
    return rf"\left({text}\right)" if _tall(text) else f"({text})"


def bracketed(text: str) -> str:
    """`text` in square brackets, which grow where it is taller than a line."""
    return rf"\left[{text}\right]" if _tall(text) else f"[{text}]"


def _tall(text: str) -> bool:
    return any(command in text for command in _TALL)


def minus(text: str) -> Piece:
    """`text` with a minus sign in front."""
    return Piece(f"-{text}", SIGN, after=parenthesised(f"-{text}"))


def joined(left: Piece, operator: str, right: str, binding: int) -> Piece:
    """Two operands with an operator between; behind another operator, `left` may look different."""
    after = f"{left.inside(binding)}{operator}{right}" if left.after else ""
    return Piece(f"{left.inside(binding, True)}{operator}{right}", binding, after=after)


_CONSTANTS = {math.pi: r"\pi", math.e: "e"}
_EXACT_BINDINGS = (SUM, ATOM, PRODUCT, POWER, ATOM)
"""How tightly an exact number holds together here, by how it does in `templates.exact`. A negative
one is like a negative decimal: an atom that is in parentheses behind an operator."""


def numbered(value: Any, places: int | None, log: str, slashed: bool, followed: bool) -> Piece:
    """A number; a negative one is in parentheses behind an operator.

    `log` is what the logarithm is called; `slashed` fractions have a slash, and a number that is
    `followed` has a factor behind it.
    """
    if is_exact(value):
        found = numeral(value, slashed, log, followed)
        text, binding = found.text, _EXACT_BINDINGS[found.binding]
    elif value in _CONSTANTS and places is None:
        return Piece(_CONSTANTS[value])
    else:
        text = number(value, places)
        binding = PRODUCT if "^" in text else ATOM
    return Piece(text, binding, True, parenthesised(text) if text.startswith("-") else "")
