"""Terms in LaTeX, as they are written by hand.

A product of two arrays entry by entry is written with a circled dot, of two numbers with a dot, of
symbols side by side; a negative number that does not begin an expression stands in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import shapes
from solver.shapes import ShapeError
from solver.term import LEAVES, Term
from templates.notation import Symbol, Symbols
from templates.numerals import decimal, matrix, tuple_of

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
"""How tightly an expression holds together, loosest first."""


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


_FRACTION = re.compile(r"\\d?frac{")
_TALL = ("frac{", "\\begin", "\\sum", "\\left")


def parenthesised(text: str) -> str:
    """`text` in parentheses, which grow where it is taller than a line."""
    tall = any(command in text for command in _TALL)
    return rf"\left({text}\right)" if tall else f"({text})"


def latex(value: Term | NDArray[Any], symbols: Symbols, sub: str = "") -> str:
    """A term, or an object array of terms as a matrix of them, in LaTeX.

    `sub` is a running index under every symbol, for the inside of a sum.
    """
    if not isinstance(value, np.ndarray):
        return _Writer(symbols, sub).piece(value).text
    if value.size == 1:
        return latex(value.ravel()[0], symbols)
    if value.ndim == 1:
        return tuple_of([latex(entry, symbols) for entry in value])
    return matrix([[latex(entry, symbols) for entry in row] for row in value])


@dataclass(frozen=True, slots=True)
class _Writer:
    """`followed` says that a factor stands behind: cos x y could be taken for cos(x y)."""

    symbols: Symbols
    sub: str = ""
    followed: bool = False

    def piece(self, term: Term) -> Piece:
        if term.op in LEAVES:
            return Piece(str(self._leaf(term, None)))
        if term.op == "number":
            return _number(*term.args)
        rule = _RULES.get(term.op)
        return rule(self, term) if rule else self._function(term)

    def _leaf(self, leaf: Term, index: tuple[int, ...] | None) -> Symbol:
        node = str(leaf.args[0])
        match leaf.op:
            case "gradient":
                return self.symbols.gradient(node, index, self.sub)
            case "local":
                return self.symbols.local(node, index, self.sub)
            case _:
                return self.symbols.value(node, index, self.sub if leaf.shape else "")

    def entry(self, term: Term) -> Piece:
        leaf, index = term.args
        return Piece(str(self._leaf(leaf, index)))

    def add(self, term: Term) -> Piece:
        left, right = map(self.piece, term.args)
        return _joined(left, " + ", right.inside(SUM), SUM)

    def subtract(self, term: Term) -> Piece:
        left, right = map(self.piece, term.args)
        return _joined(left, " - ", right.inside(PRODUCT), SUM)

    def negative(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        return _minus(inner.inside(PRODUCT))

    def multiply(self, term: Term) -> Piece:
        left = replace(self, followed=True).piece(term.args[0])
        right = self.piece(term.args[1])
        operator = self._times(term, left, right)
        return _joined(left, operator, right.inside(PRODUCT), PRODUCT)

    def _times(self, term: Term, left: Piece, right: Piece) -> str:
        if all(self._is_array(argument) for argument in term.args) and not self.sub:
            return r" \odot "
        fractions = any(_FRACTION.match(piece.text) for piece in (left, right))
        if right.number or fractions or (left.number and (right.after or right.binding == PRODUCT)):
            return r" \cdot "
        short = len(right.text) == 1 and (left.number or len(left.text) == 1)
        return "" if short or right.binding == SUM else r" \, "

    def _is_array(self, term: Term) -> bool:
        """Whether a term has more than one entry."""
        if self.symbols.graph is None:
            return True
        try:
            extent = shapes.shape_of(term, self.symbols.graph.shapes, shapes.broadcast)
        except (ShapeError, KeyError):
            return False
        return any(size != 1 for size in extent)

    def divide(self, term: Term) -> Piece:
        alone = replace(self, followed=False)
        top, bottom = map(alone.piece, term.args)
        if term.args[0].op == "negative":
            inner = alone.piece(term.args[0].args[0])
            return _minus(rf"\frac{{{inner.text}}}{{{bottom.text}}}")
        if _FRACTION.match(top.text) and not _FRACTION.match(bottom.text):
            return Piece(rf"{top.text} \cdot \frac{{1}}{{{bottom.text}}}", PRODUCT)
        if bottom.number and top.binding < ATOM and not top.number:
            return Piece(rf"\frac{{1}}{{{bottom.text}}} {top.inside(PRODUCT)}", PRODUCT)
        return Piece(rf"\frac{{{top.text}}}{{{bottom.text}}}")

    def matmul(self, term: Term) -> Piece:
        left, right = map(self.piece, term.args)
        return _joined(left, " ", right.inside(PRODUCT), PRODUCT)

    def outer(self, term: Term) -> Piece:
        left, right = map(self.piece, term.args)
        return Piece(rf"{left.inside(PRODUCT, True)} {right.inside(POWER)}^{{\top}}", PRODUCT)

    def transpose(self, term: Term) -> Piece:
        inner = term.args[0]
        if inner.op in LEAVES and inner.size == 1:
            return self.piece(inner)
        if inner.op in LEAVES and not _FRACTION.match(str(self._leaf(inner, None))):
            return Piece(str(self._leaf(inner, None).transposed()))
        return Piece(rf"{self.piece(inner).inside(ATOM)}^{{\top}}")

    def power(self, term: Term) -> Piece:
        base, exponent = map(self.piece, term.args)
        if self._is_array(term.args[0]) and not self.sub and exponent.text == "2":
            return Piece(rf"{base.inside(PRODUCT)} \odot {base.inside(PRODUCT)}", PRODUCT)
        if exponent.text == "0.5":
            return Piece(rf"\sqrt{{{base.text}}}")
        bare = base.binding == ATOM and not base.after and not re.search(r"[\^']|frac{", base.text)
        inner = base.text if bare else parenthesised(base.text)
        return Piece(f"{inner}^{{{exponent.text}}}", POWER)

    def exp(self, term: Term) -> Piece:
        return Piece(f"e^{{{self.piece(term.args[0]).text}}}", POWER)

    def sqrt(self, term: Term) -> Piece:
        return Piece(rf"\sqrt{{{self.piece(term.args[0]).text}}}")

    def absolute(self, term: Term) -> Piece:
        return Piece(rf"\left|{self.piece(term.args[0]).text}\right|")

    def step(self, term: Term) -> Piece:
        """1 where the argument is positive; the bracket is Iverson's. Otherwise 0, or a slope."""
        condition = rf"\left[{self.piece(term.args[0]).text} > 0\right]"
        return Piece(condition)

    def at_least(self, term: Term) -> Piece:
        left, right = (self.piece(argument).text for argument in term.args)
        return Piece(rf"\left[{left} \geq {right}\right]")

    def extreme(self, term: Term) -> Piece:
        left, right = (self.piece(argument).text for argument in term.args)
        name = r"\max" if term.op == "maximum" else r"\min"
        return Piece(rf"{name}\left({left}, {right}\right)")

    def sum(self, term: Term) -> Piece:
        inner = term.args[0]
        if not self._is_array(inner):
            return self.piece(inner)
        running = "k" if self._columns(inner) == 1 else "ki"
        under = "k" if running == "k" else "k, i"
        body = _Writer(self.symbols, running).piece(inner)
        return Piece(rf"\sum_{{{under}}} {body.inside(PRODUCT)}", PRODUCT)

    def _columns(self, term: Term) -> Any:
        assert self.symbols.graph is not None
        extent = shapes.shape_of(term, self.symbols.graph.shapes, shapes.broadcast)
        return extent[1] if len(extent) > 1 else 1

    def spread(self, term: Term) -> Piece:
        return self.piece(term.args[0])

    def prepend_one(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        return Piece(matrix([["1"], [inner.text]]))

    def drop_first(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        return Piece(rf"\left[{inner.text}\right]_{{\text{{without its first row}}}}")

    def _function(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        name = self.symbols.function(term.op)
        plain = inner.binding == ATOM and not inner.after and not _FRACTION.match(inner.text)
        if term.op in _BARE and plain and not self.followed:
            return Piece(rf"{name} {inner.text}", PRODUCT)
        return Piece(name + parenthesised(inner.text))


def _number(value: float, places: int | None) -> Piece:
    text = decimal(value, places)
    return Piece(text, number=True, after=f"({text})" if text.startswith("-") else "")


def _minus(text: str) -> Piece:
    return Piece(f"-{text}", SIGN, after=parenthesised(f"-{text}"))


def _joined(left: Piece, operator: str, right: str, binding: int) -> Piece:
    """Two operands with an operator between; behind another operator, `left` may look different."""
    after = f"{left.inside(binding)}{operator}{right}" if left.after else ""
    return Piece(f"{left.inside(binding, True)}{operator}{right}", binding, after=after)


_BARE = ("log", "sin", "cos", "tanh")
"""Functions whose argument needs no parentheses when it is a single symbol or number."""

_RULES: dict[str, Callable[[_Writer, Term], Piece]] = {
    "entry": _Writer.entry,
    "add": _Writer.add,
    "subtract": _Writer.subtract,
    "negative": _Writer.negative,
    "multiply": _Writer.multiply,
    "divide": _Writer.divide,
    "matmul": _Writer.matmul,
    "outer": _Writer.outer,
    "transpose": _Writer.transpose,
    "power": _Writer.power,
    "exp": _Writer.exp,
    "sqrt": _Writer.sqrt,
    "absolute": _Writer.absolute,
    "step": _Writer.step,
    "at_least": _Writer.at_least,
    "maximum": _Writer.extreme,
    "minimum": _Writer.extreme,
    "sum": _Writer.sum,
    "spread": _Writer.spread,
    "prepend_one": _Writer.prepend_one,
    "drop_first": _Writer.drop_first,
}
