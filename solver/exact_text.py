"""Exact numbers as text, read and written: `ln 3`, `-1/2`, `e^-2`, `2*sqrt(5) + 1`.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = "-" signed | function signed | power
    power   = ( number | "e" | "pi" | "(" sum ")" ) [ "^" signed ]

Numbers are whole or decimal, functions `ln`, `exp` and `sqrt`. `ln 3/2` could mean two
things and is refused; `ln(3/2)` and `(ln 3)/2` are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from solver.errors import InputError

if TYPE_CHECKING:
    from solver.exact_writing import Written

_TOKEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|ln|exp|sqrt|e|pi|[-+*/^()]|$)")
_DEEPEST = 64
_METHODS = {"ln": "log", "exp": "exp", "sqrt": "sqrt"}


def parse(text: str, number: Callable[[Any], Any]) -> Any:
    """The number that `text` says, over the kind that `number` makes from a fraction.

    The kind has the four operations and methods `exp`, `log` and `sqrt`. Raises InputError naming
    the place where the text stops making sense.
    """
    return _Parser(text, number).whole()


class _Parser:
    def __init__(self, text: str, number: Callable[[Any], Any]) -> None:
        self.text, self.number = text, number
        self.token, self.start, self.end, self.depth = "", 0, 0, 0
        self.advance()

    def advance(self) -> str:
        """Move on to the next token; returns the one that was read."""
        passed, match = self.token, _TOKEN.match(self.text, self.end)
        if match is None:
            self.start = self.end
            raise self.complaint("a number, e, ln, exp, sqrt, an operation or a parenthesis")
        self.token, self.start, self.end = match[1], match.start(1), match.end()
        return passed

    def complaint(self, wanted: str) -> InputError:
        place = f"at character {self.start + 1}"
        return InputError(f"'{self.text}' is no exact number: {place}, expected {wanted}")

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
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.complaint("a number, for this one nests too deep")
        try:
            return self.power()
        finally:
            self.depth -= 1

    def power(self) -> Any:
        match self.token:
            case "-":
                self.advance()
                return -self.signed()
            case "ln" | "exp" | "sqrt" as name:
                return getattr(self.argument(), _METHODS[name])()
            case "e" if self.text[self.end :].lstrip().startswith("^"):
                self.advance()
                return self.argument().exp()
            case _:
                base = self.base()
                return base ** self.argument() if self.token == "^" else base

    def base(self) -> Any:
        match self.token:
            case "(":
                return self.parenthesised()
            case "e":
                value = self.number(Fraction(1)).exp()
            case "pi":
                value = self.number(math.pi)
            case token if token[:1].isdigit():
                value = self.number(Fraction(token))
            case _:
                raise self.complaint("a number")
        self.advance()
        return value

    def argument(self) -> Any:
        """What a function or an exponent applies to; a bare one may not be divided."""
        self.advance()
        if self.token == "(":
            return self.parenthesised()
        value = self.signed()
        if self.token == "/":
            raise self.complaint("parentheses that say what is divided")
        return value

    def parenthesised(self) -> Any:
        self.advance()
        value = self.sum()
        if self.token != ")":
            raise self.complaint("')'")
        self.advance()
        return value


SUM, SIGN, PRODUCT, POWER, ATOM = range(5)
"""How tightly a text holds together, loosest first."""
_SIGNS = {"add": " + ", "subtract": " - "}
_BARE_EXPONENT = re.compile(r"\^(\w+)$")


def text(number: Written) -> str:
    """A number as `parse` reads it."""
    return _text(number)[0]


def _text(number: Written) -> tuple[str, int]:
    match number.operation, number.parts:
        case "number" | "letter", (content,):
            return str(content), ATOM
        case "negative", (inner,):
            return f"-{_inside(inner, PRODUCT)}", SIGN
        case ("add" | "subtract") as sign, (left, right):
            return f"{_inside(left, SUM)}{_SIGNS[sign]}{_inside(right, PRODUCT)}", SUM
        case "multiply", (left, right):
            return f"{_inside(left, PRODUCT)}*{_inside(right, POWER)}", PRODUCT
        case "divide", (left, right):
            above = _BARE_EXPONENT.sub(r"^(\1)", _inside(left, PRODUCT))
            return f"{above}/{_inside(right, POWER)}", PRODUCT
        case "power", (base, exponent):
            return f"{_inside(base, ATOM)}^{_inside(exponent, ATOM)}", POWER
        case _, (inner,):
            return f"{_NAMES[number.operation]}({text(inner)})", POWER
    raise AssertionError(number)


_NAMES = {"log": "ln", "root": "sqrt"}


def _inside(number: Written, binding: int) -> str:
    """The text, in parentheses unless it holds together at least as tightly as asked."""
    found, own = _text(number)
    return found if own >= binding else f"({found})"
