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
from solver.term import LEAVES, Term, leaves, number, rewrite
from templates.notation import Symbol, Symbols
from templates.numerals import decimal, matrix, tuple_of
from templates.order import flattened, laid_out
from templates.pieces import (
    ATOM,
    ENTRYWISE,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Piece,
    bracketed,
    joined,
    minus,
    numbered,
    parenthesised,
)

_FRACTION = re.compile(r"\\[dt]?frac{")
_LETTERS = re.compile(r"[A-Za-z]+(_\{\w+\})?(\^\{[^{}]*\})?")


def latex(value: Term | NDArray[Any], symbols: Symbols) -> str:
    """A term, or an object array of terms as a matrix of them, in LaTeX."""
    if not isinstance(value, np.ndarray):
        return _Writer(symbols).piece(value).text
    if value.size == 1:
        return latex(value.ravel()[0], symbols)
    if value.ndim == 1:
        return tuple_of([latex(entry, symbols) for entry in value])
    # Fractions one under another would touch: in a matrix, quotients are written with a slash.
    writer = _Writer(symbols, slashed=True, slashed_numbers=True)
    return matrix([[writer.piece(entry).text for entry in row] for row in value])


@dataclass(frozen=True, slots=True)
class _Writer:
    """`followed` says that a factor stands behind: cos x y could be taken for cos(x y).

    `sub` has the running index of every axis inside a sum, empty for an axis that has none.
    `slashed` writes quotients as a / b instead of as fractions, `slashed_numbers` those fractions
    that are exact numbers.
    """

    symbols: Symbols
    sub: tuple[str, ...] = ()
    followed: bool = False
    slashed: bool = False
    slashed_numbers: bool = False

    def piece(self, term: Term) -> Piece:
        if term.op in LEAVES:
            return self._named(self._leaf(term, None))
        if term.op == "number":
            log = self.symbols.function("log")
            value, places = term.args
            return numbered(value, places, log, self.slashed_numbers, self.followed)
        rule = _RULES.get(term.op)
        return rule(self, term) if rule else self._function(term)

    def _leaf(self, leaf: Term, index: tuple[int, ...] | None) -> Symbol:
        node, running = str(leaf.args[0]), self._running(leaf.shape)
        match leaf.op:
            case "gradient" | "local" | "tangent" as kind:
                symbol: Symbol = getattr(self.symbols, kind)(node, index, running)
                return symbol
            case "velocity":
                return self.symbols.velocity(node, index)
            case "setting":
                return self.symbols.setting(node)
            case _:
                return self.symbols.value(node, index, running)

    def _running(self, shape: shapes.Shape) -> str:
        """The running index of what has that shape: the letters of its axes that are not single."""
        axes = zip(reversed(self.sub), reversed(shape), strict=False)
        return "".join(letter for letter, size in axes if size != 1)[::-1]

    def _named(self, symbol: Symbol) -> Piece:
        """A symbol; one with a minus sign, or a nabla with its function, holds together less."""
        if symbol.minus:
            return minus(str(replace(symbol, minus=False)))
        if symbol.base.startswith("\\nabla"):
            text = str(symbol)
            return Piece(parenthesised(text)) if self.followed else Piece(text, PRODUCT)
        return Piece(str(symbol))

    def entry(self, term: Term) -> Piece:
        leaf, index = term.args
        if leaf.op in LEAVES:
            return self._named(self._leaf(leaf, index))
        whole = parenthesised(replace(self, sub=(), followed=False).piece(leaf).text)
        return Piece(f"{whole}_{{{', '.join(str(i + 1) for i in index)}}}")

    def add(self, term: Term) -> Piece:
        left, right = map(self.piece, term.args)
        if right.binding == SIGN:
            return joined(left, " - ", right.text.removeprefix("-"), SUM)
        return joined(left, " + ", right.inside(SUM), SUM)

    def subtract(self, term: Term) -> Piece:
        if term.args[0] == number(1.0) and term.args[1].op in ("step", "at_least"):
            return self._complement(term.args[1])
        left, right = map(self.piece, term.args)
        return joined(left, " - ", right.inside(ENTRYWISE), SUM)

    def negative(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        return inner if inner.text == "0" else minus(inner.inside(ENTRYWISE))

    def multiply(self, term: Term) -> Piece:
        if self.sub and term.args[0] == term.args[1] and term.args[0].op != "number":
            return self.power(Term("power", (term.args[0], number(2.0))))
        left = replace(self, followed=True).piece(term.args[0])
        right = self.piece(term.args[1])
        operator = self._times(term, left, right)
        binding = ENTRYWISE if operator == self._entrywise else PRODUCT
        return joined(left, operator, right.inside(binding), binding)

    @property
    def _entrywise(self) -> str:
        """The operator between arrays that are multiplied entry by entry."""
        return f" {self.symbols.notation.hadamard} "

    @property
    def _transpose(self) -> str:
        return f"^{{{self.symbols.notation.transpose}}}"

    def _times(self, term: Term, left: Piece, right: Piece) -> str:
        if all(self._is_array(argument) for argument in term.args) and not self.sub:
            return self._entrywise
        if left.number and (
            re.search(r"[\\/]", left.text) or (right.text[0].isalpha() and right.number)
        ):
            return r" \cdot "
        if _FRACTION.match(left.text.lstrip("-")) or _FRACTION.match(right.text):
            return r" \cdot "
        if right.binding < PRODUCT or (right.text.startswith("(") and left.number):
            return ""
        if right.after or right.text[0].isdigit():
            return r" \cdot "
        if _LETTERS.fullmatch(right.text) and re.fullmatch("-?[0-9.]*[A-Za-ce-z]*", left.text):
            return ""
        # A symbol, or a power or root of something, cannot be mistaken.
        plain = term.args[1].op in (*LEAVES, "entry", "power", "exp", "sqrt")
        return r" \cdot " if left.number and not plain else r" \, "

    def _is_array(self, term: Term) -> bool:
        """Whether a term has more than one entry."""
        if self.symbols.graph is None:
            return True
        try:
            return any(size != 1 for size in self._extent(term))
        except (ShapeError, KeyError):
            return False

    def _extent(self, term: Term) -> shapes.Shape:
        if self.symbols.graph is None:
            raise ValueError("a sum can only be written for a graph, which has the shapes")
        if self.symbols.notation.layout == "numerator":
            term = rewrite(term, laid_out)
        return shapes.shape_of(term, self.symbols.graph.shapes, shapes.broadcast)

    def divide(self, term: Term) -> Piece:
        alone = replace(self, followed=False)
        # Behind a slash, log x / y could be taken for log(x / y).
        top = replace(self, followed=self.slashed).piece(term.args[0])
        bottom = alone.piece(term.args[1])
        if term.args[0].op == "negative":
            quotient = self.divide(Term("divide", (term.args[0].args[0], term.args[1])))
            return minus(quotient.inside(PRODUCT))
        fraction = _FRACTION.match(top.text.lstrip("-")) and top.binding >= PRODUCT
        if top.text.startswith(r"\frac{1}{") and top.binding == PRODUCT and bottom.number:
            # Behind a sum, a factor would look like one of its terms.
            return Piece(rf"\frac{{1}}{{{bottom.text}}} \cdot {top.text}", PRODUCT)
        if fraction and not _FRACTION.match(bottom.text):
            return joined(top, r" \cdot ", rf"\frac{{1}}{{{bottom.text}}}", PRODUCT)
        digits = top.binding >= PRODUCT and top.text[0].isdigit()
        whole = bottom.number and bottom.binding == ATOM and "frac{" not in bottom.text
        if whole and top.binding < ATOM and not digits:
            return Piece(rf"\frac{{1}}{{{bottom.text}}} {top.inside(PRODUCT)}", PRODUCT)
        if whole and digits and term.args[0].op == "multiply":
            share, rest = map(alone.piece, term.args[0].args)
            # A digit behind the fraction would make a mixed number of it.
            named = not rest.number and not rest.text[0].isdigit()
            if share.text.isdigit() and named and "frac{" not in top.text:
                text = rf"\frac{{{share.text}}}{{{bottom.text}}} {rest.inside(PRODUCT)}"
                return Piece(text, PRODUCT)
        if self.slashed:
            return Piece(f"{top.inside(PRODUCT, True)} / {bottom.inside(POWER)}", PRODUCT)
        if "frac{" in top.text + bottom.text and not self.slashed_numbers:
            top, bottom = map(replace(alone, slashed_numbers=True).piece, term.args)
        return Piece(rf"\frac{{{top.text}}}{{{bottom.text}}}")

    def matmul(self, term: Term) -> Piece:
        if any(self.sub):
            return self._entry_of(term)
        left = replace(self, followed=True).piece(term.args[0])
        return joined(left, " ", self.piece(term.args[1]).inside(PRODUCT), PRODUCT)

    def _entry_of(self, term: Term) -> Piece:
        """The entry of a product of matrices that a running index stands for."""
        below = self._running(self._extent(term))
        text = parenthesised(replace(self, sub=(), followed=False).piece(term).text)
        return Piece(f"{text}_{{{below}}}" if below else text)

    def outer(self, term: Term) -> Piece:
        if any(self.sub):
            return self._entry_of(term)
        left = replace(self, followed=True).piece(term.args[0])
        right = self.piece(term.args[1])
        text = f"{left.inside(PRODUCT, True)} {right.inside(POWER)}{self._transpose}"
        return Piece(text, PRODUCT)

    def transpose(self, term: Term) -> Piece:
        inner = term.args[0]
        if inner.op in LEAVES and inner.size == 1:
            return self.piece(inner)
        symbol = self._leaf(inner, None) if inner.op in LEAVES else None
        if symbol is not None and not symbol.compound:
            bare = replace(symbol, minus=False).transposed(self.symbols.notation.transpose)
            return minus(str(bare)) if symbol.minus else Piece(str(bare))
        text = replace(self, followed=False).piece(inner).text
        whole = text if inner.op == "prepend_one" else parenthesised(text)
        return Piece(whole + self._transpose)

    def power(self, term: Term) -> Piece:
        base, exponent = map(self.piece, term.args)
        if exponent.text == "1":
            return base
        if self._is_array(term.args[0]) and not self.sub and exponent.text == "2":
            text = base.inside(ENTRYWISE)
            return Piece(text + self._entrywise + text, ENTRYWISE)
        if exponent.text == "0.5":
            return Piece(rf"\sqrt{{{base.text}}}")
        bare = base.binding == ATOM and not base.after and not re.search(r"[\^']|frac{", base.text)
        inner = base.text if bare else parenthesised(base.text)
        return Piece(f"{inner}^{{{exponent.text}}}", POWER)

    def exp(self, term: Term) -> Piece:
        text = replace(self, followed=False, slashed_numbers=True).piece(term.args[0]).text
        name = self.symbols.notation.functions.get("exp")
        if name:
            return Piece(name + parenthesised(text))
        # A fraction in an exponent would be too small to read.
        return Piece(rf"\exp{parenthesised(text)}" if "frac{" in text else f"e^{{{text}}}", POWER)

    def sqrt(self, term: Term) -> Piece:
        return Piece(rf"\sqrt{{{self.piece(term.args[0]).text}}}")

    def absolute(self, term: Term) -> Piece:
        return Piece(rf"\left|{self.piece(term.args[0]).text}\right|")

    def step(self, term: Term) -> Piece:
        """1 where the argument is positive; the bracket is Iverson's. Otherwise 0, or a slope."""
        condition = bracketed(f"{self.piece(term.args[0]).text} > 0")
        slopes = [slope for slope in term.args[1:] if slope]
        if not slopes:
            return Piece(condition)
        rest = rf"{decimal(slopes[0])} \cdot {self._complement(term).text}"
        return Piece(f"{condition} + {rest}", SUM)

    def _complement(self, term: Term) -> Piece:
        """1 where a condition does not hold, and 0 where it does."""
        left = self.piece(term.args[0]).text
        if term.op == "step":
            return Piece(bracketed(rf"{left} \leq 0"))
        return Piece(bracketed(f"{left} < {self.piece(term.args[1]).text}"))

    def at_least(self, term: Term) -> Piece:
        left, right = (self.piece(argument).text for argument in term.args)
        return Piece(bracketed(rf"{left} \geq {right}"))

    def extreme(self, term: Term) -> Piece:
        arguments = ", ".join(self.piece(argument).text for argument in flattened(term))
        return Piece((r"\max" if term.op == "maximum" else r"\min") + parenthesised(arguments))

    def sum(self, term: Term) -> Piece:
        inner, axis = term.args[0], term.args[1]
        letters = self._letters(inner) if self._is_array(inner) else ()
        summed = tuple(x if axis in (None, n) else "" for n, x in enumerate(letters))
        if not any(summed):
            return self.piece(inner)
        # A bare name needs no index but the one that runs: the others stay whole.
        sub = summed if inner.op in LEAVES else letters
        body = replace(self, sub=sub, followed=False).piece(inner).inside(PRODUCT)
        text = rf"\sum_{{{', '.join(filter(None, summed))}}} {body}"
        return Piece(parenthesised(text)) if self.followed else Piece(text, PRODUCT)

    def _letters(self, term: Term) -> tuple[str, ...]:
        """The running index of every axis: i counts examples or rows, k all else."""
        extent, network = self._extent(term), self.symbols.network
        if network is not None and not network.architecture.rows:
            names = ("k", "i")
        elif len(extent) > 1 and (network is not None or 1 not in extent):
            names = ("i", "k")
        else:
            names = ("k", "k")
        if self._turned(term):
            names = names[::-1]
        return tuple(x if size != 1 else "" for x, size in zip(names, extent, strict=False))

    def _turned(self, term: Term) -> bool:
        """Whether a term is about gradients that are laid out as transposes."""
        found = any(leaf.op == "gradient" for leaf in leaves(term))
        return found and self.symbols.notation.layout == "numerator"

    def spread(self, term: Term) -> Piece:
        inner, shape, axis = term.args
        if axis is not None or all(size == 1 for size in shape) or self.sub:
            return self.piece(inner)
        if inner == number(1.0):
            return Piece(r"\mathbf{1}")
        return Piece(rf"{self.piece(inner).inside(PRODUCT, True)} \, \mathbf{{1}}", PRODUCT)

    def place(self, term: Term) -> Piece:
        """A multiple of a unit vector; of a matrix with a single 1, for a table of numbers."""
        inner, index = self.piece(term.args[0]), term.args[2]
        unit = "e" if len(index) == 1 else "E"
        below = ", ".join(str(i + 1) for i in index)
        text = rf"\mathbf{{{unit}}}_{{{below}}}"
        if inner.text == "1":
            return Piece(text)
        return Piece(rf"{inner.inside(PRODUCT, True)} \, {text}", PRODUCT, after=inner.after)

    def prepend_one(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        several = self.symbols.graph is not None and self._extent(term)[1] != 1
        one = rf"\mathbf{{1}}{self._transpose}" if several else "1"
        return Piece(matrix([[one], [inner.text]]))

    def adjugate(self, term: Term) -> Piece:
        """The matrix of the entries, each in its new place."""
        entries = (Term("entry", (term.args[0], index)) for index in np.ndindex(2, 2))
        a, b, c, d = (self.entry(entry).text for entry in entries)
        return Piece(matrix([[d, minus(b).text], [minus(c).text, a]]))

    def drop_first(self, term: Term) -> Piece:
        inner = self.piece(term.args[0])
        return Piece(rf"\left[{inner.text}\right]_{{\text{{without its first row}}}}")

    def _node(self, term: Term) -> str:
        """The node whose value, or an entry of it, a term is; none for anything else."""
        leaf = term.args[0] if term.op == "entry" else term
        return str(leaf.args[0]) if leaf.op == "name" else ""

    def _function(self, term: Term) -> Piece:
        whole = term.op == "softmax"
        inner = (replace(self, sub=()) if whole else self).piece(term.args[0])
        name = self.symbols.function(term.op, self._node(term.args[0]))
        bare = term.op in _BARE and name == self.symbols.function(term.op)
        plain = inner.binding == ATOM and not inner.after and not _FRACTION.match(inner.text)
        if bare and plain and not self.followed:
            return Piece(rf"{name} {inner.text}", PRODUCT)
        below = f"_{{{''.join(self.sub)}}}" if whole and self.sub else ""
        # ln(x)^2 could be taken for ln(x^2), so these are not atoms even with parentheses.
        binding = POWER if bare else ATOM
        return Piece(name + parenthesised(inner.text) + below, binding)


_BARE = ("log", "sin", "cos", "tan", "tanh", "sinh", "cosh")
"""Functions whose argument needs no parentheses when it is a single symbol or number."""

_RULES: dict[str, Callable[[_Writer, Term], Piece]] = {
    "maximum": _Writer.extreme,
    "minimum": _Writer.extreme,
    **{
        op: getattr(_Writer, op)
        for op in (
            *("entry", "add", "subtract", "negative", "multiply", "divide", "matmul"),
            *("outer", "transpose", "power", "exp", "sqrt", "absolute", "step"),
            *("at_least", "sum", "spread", "place", "prepend_one", "drop_first", "adjugate"),
        )
    },
}
"""The operations that are written in a way of their own; a function has its name in front."""
