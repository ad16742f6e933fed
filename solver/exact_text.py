"""Exact numbers as text: `ln 3`, `-1/2`, `e^-2`, `2 * sqrt(5) + 1`.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = "-" signed | number | "e" [ "^" signed ] | function signed | "(" sum ")"

Numbers are whole or decimal, functions `ln`, `exp` and `sqrt`. `ln 3/2` could mean two
things and is refused; `ln(3/2)` and `(ln 3)/2` are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|ln|exp|sqrt|e|[-+*/^()]|$)")
_METHODS = {"ln": "log", "exp": "exp", "sqrt": "sqrt"}


def parse(text: str, number: Callable[[Fraction], Any]) -> Any:
    """The number that `text` says, over the kind that `number` makes from a fraction.

    The kind has the four operations and methods `exp`, `log` and `sqrt`. Raises ValueError naming
    the place where the text stops making sense.
    """
    return _Parser(text, number).whole()


class _Parser:
    def __init__(self, text: str, number: Callable[[Fraction], Any]) -> None:
        self.text, self.number = text, number
        self.token, self.start, self.end = "", 0, 0
        self.advance()

    def advance(self) -> str:
        """Move on to the next token; returns the one that was read."""
        passed, match = self.token, _TOKEN.match(self.text, self.end)
        if match is None:
            self.start = self.end
            raise self.complaint("a number, e, ln, exp, sqrt, an operation or a parenthesis")
        self.token, self.start, self.end = match[1], match.start(1), match.end()
        return passed

    def complaint(self, wanted: str) -> ValueError:
        place = f"at character {self.start + 1}"
        return ValueError(f"'{self.text}' is no exact number: {place}, expected {wanted}")

    def whole(self) -> Any:
        value = self.sum()
        if self.token:
            raise self.complaint("an operation or the end")
        return value

    def sum(self) -> Any:
        value = self.product()
        while self.token in ("+", "-"):
            plus = self.advance() == "+"
            value = value + self.product() if plus else value - self.product()
        return value

    def product(self) -> Any:
        value = self.signed()
        while self.token in ("*", "/"):
            times = self.advance() == "*"
            value = value * self.signed() if times else value / self.signed()
        return value

    def signed(self) -> Any:
        match self.token:
            case "-":
                self.advance()
                return -self.signed()
            case "(":
                return self.parenthesised()
            case "e":
                self.advance()
                power = self.argument() if self._stands("^") else self.number(Fraction(1))
                return power.exp()
            case "ln" | "exp" | "sqrt" as name:
                return getattr(self.argument(), _METHODS[name])()
            case token if token[:1].isdigit():
                return self.number(Fraction(self.advance()))
            case _:
                raise self.complaint("a number")

    def _stands(self, token: str) -> bool:
        return self.token == token

    def argument(self) -> Any:
        """What a function or an exponent applies to; a bare one may not be divided."""
        self.advance()
        bare = self.token != "("
        value = self.signed()
        if bare and self.token == "/":
            raise self.complaint("parentheses that say what is divided")
        return value

    def parenthesised(self) -> Any:
        self.advance()
        value = self.sum()
        if self.token != ")":
            raise self.complaint("')'")
        self.advance()
        return value
