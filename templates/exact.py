"""Exact numbers in LaTeX, as a student writes them: 3/4, ln(4/3), 2 ln 3 - 1, e^(-2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from solver.exact import Exact
from solver.exact_writing import Written, written

SUM, SIGN, PRODUCT, POWER, ATOM = range(5)
"""How tightly a number holds together, loosest first."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """An exact number in LaTeX and how tightly it holds together."""

    text: str
    binding: int

    def inside(self, binding: int) -> str:
        """The text, in parentheses unless it holds together at least as tightly as asked."""
        return self.text if self.binding >= binding else parenthesised(self.text)


def parenthesised(text: str) -> str:
    """`text` in parentheses, which grow where there is a fraction in it."""
    return rf"\left({text}\right)" if "frac{" in text else f"({text})"


def numeral(
    value: Exact, slashed: bool = False, log: str = r"\ln", followed: bool = False
) -> Numeral:
    """An exact number; its fractions with a bar or with a slash.

    `followed` says that a factor stands behind: ln 2 times 3 could be taken for ln(2 times 3).
    """
    return _Writer(slashed, log, followed).numeral(written(value.value))


@dataclass(frozen=True, slots=True)
class _Writer:
    slashed: bool
    log: str
    followed: bool = False

    def numeral(self, number: Written) -> Numeral:
        match number.operation, number.parts:
            case "letter", ("pi",):
                return Numeral(r"\pi", ATOM)
            case "number" | "letter", (content,):
                return Numeral(str(content), ATOM)
            case "negative", (inner,):
                return Numeral(f"-{self.numeral(inner).inside(PRODUCT)}", SIGN)
            case "add", (left, right):
                return self._joined(left, " + ", right)
            case "subtract", (left, right):
                return self._joined(left, " - ", right)
            case "multiply", (left, right):
                return self._product(left, right)
            case "divide", (top, bottom):
                return self._quotient(top, bottom)
            case "power", (base, exponent):
                above = replace(self, slashed=True).numeral(exponent).text
                return Numeral(f"{self.numeral(base).inside(ATOM)}^{{{above}}}", POWER)
            case "root", (inner,):
                return Numeral(rf"\sqrt{{{self.numeral(inner).text}}}", ATOM)
            case _, (inner,):
                return self._logarithm(inner)
        raise AssertionError(number)

    def _joined(self, left: Written, sign: str, right: Written) -> Numeral:
        before, behind = self.numeral(left).text, self.numeral(right).inside(PRODUCT)
        return Numeral(f"{before}{sign}{behind}", SUM)

    def _product(self, left: Written, right: Written) -> Numeral:
        # 3/4 ln 3 could be taken for 3/(4 ln 3).
        slash = self.slashed and left.operation == "divide"
        before = self.numeral(left).inside(POWER if slash else PRODUCT)
        behind = self.numeral(right).inside(POWER)
        # ln 2 ln 3 could be taken for ln(2 ln 3).
        dot = behind[0].isdigit() or _ends_in(left, "log")
        return Numeral(before + (r" \cdot " if dot else " ") + behind, PRODUCT)

    def _quotient(self, top: Written, bottom: Written) -> Numeral:
        if self.slashed:
            above, below = self.numeral(top).inside(PRODUCT), self.numeral(bottom).inside(POWER)
            return Numeral(f"{above}/{below}", PRODUCT)
        return Numeral(rf"\frac{{{self.numeral(top).text}}}{{{self.numeral(bottom).text}}}", ATOM)

    def _logarithm(self, inner: Written) -> Numeral:
        # ln with a fraction bar behind it is (ln 4)/3 to some, so the fraction has a slash.
        argument = replace(self, slashed=True).numeral(inner)
        if argument.binding == ATOM and not self.followed:
            return Numeral(f"{self.log} {argument.text}", POWER)
        return Numeral(self.log + parenthesised(argument.text), POWER)


def _ends_in(number: Written, operation: str) -> bool:
    if number.operation == "multiply":
        return _ends_in(number.parts[1], operation)
    return number.operation == operation
