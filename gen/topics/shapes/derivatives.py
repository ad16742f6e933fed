"""Derivatives of numbers, columns and matrices with respect to each other, and their shapes.

A problem has a number t, columns u (n entries) and v (m entries), and an m x n matrix M; FUNCTIONS
are made of these. What is differentiated is called the top, what it is differentiated by the
bottom. In numerator layout the rows follow the top, in denominator layout the bottom; one layout is
the transpose of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from gen.problem import Ask
from gen.topics.jacobians.letters import matrix_letter
from gen.topics.shapes.answers import ShapeSlip
from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.shapes import Dimension, Shape, Size
from solver.term import Term
from templates.formula import latex
from templates.notation import Notation, Style, Symbol, Symbols
from templates.notation.scores import alike

Layout = Literal["numerator", "denominator"]
Kind = Literal["number", "column", "matrix"]
Width = int | str

LETTERS = (("u", "v", "M", "t"), ("b", "z", "C", "r"), ("p", "q", "A", "c"), ("c", "d", "B", "k"))
"""What u, v, M and t are called in a problem."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of some `variables`: its formula, and its shape in m and n (1 by default)."""

    variables: str
    formula: Callable[..., Any]
    rows: str = ""
    columns: str = ""


FUNCTIONS: Mapping[str, Function] = {
    "square": Function("t", lambda number: number**2),
    "length": Function("u", lambda column: column.T @ column),
    "scaled length": Function("tv", lambda number, column: number * (column.T @ column)),
    "bilinear": Function("vMu", lambda left, matrix, right: left.T @ matrix @ right),
    "product": Function("Mu", lambda matrix, column: matrix @ column, rows="m"),
    "layer": Function("Mu", lambda matrix, column: np.tanh(matrix @ column), rows="m"),
    "turned product": Function("Mv", lambda matrix, column: matrix.T @ column, rows="n"),
    "scaled column": Function("tv", lambda number, column: number * column, rows="m"),
    "scaled matrix": Function("tM", lambda number, matrix: number * matrix, "m", "n"),
    "outer product": Function("vu", lambda left, right: left @ right.T, "m", "n"),
}

VARIABLES: Mapping[str, tuple[str, str]] = {
    "t": ("", ""),
    "u": ("n", ""),
    "v": ("m", ""),
    "M": ("m", "n"),
}
"""The shape of each variable in m and n."""

Pair = tuple[str, str]
"""A function and the variable that it is differentiated by."""


def pairs(plain: bool) -> Iterator[Pair]:
    """The derivatives that are matrices at most, or those that need more axes."""
    for name, function in FUNCTIONS.items():
        for variable in function.variables:
            if (axes(name, variable) <= 2) is plain:
                yield name, variable


def axes(function: str, variable: str) -> int:
    """How many indices an entry of the derivative has."""
    of_top = bool(FUNCTIONS[function].rows) + bool(FUNCTIONS[function].columns)
    return of_top + sum(map(bool, VARIABLES[variable]))


@dataclass(frozen=True, slots=True)
class Spaces:
    """The sizes m and n of a problem, numbers or symbols, and its letters for u, v, M and t."""

    m: Width
    n: Width
    letters: tuple[str, str, str, str]

    def top(self, pair: Pair) -> Shape:
        """The shape of what is differentiated, a number's with a row and a column too."""
        function = FUNCTIONS[pair[0]]
        return self._size(function.rows), self._size(function.columns)

    def bottom(self, pair: Pair) -> Shape:
        """The shape of what it is differentiated by."""
        rows, columns = VARIABLES[pair[1]]
        return self._size(rows), self._size(columns)

    def _size(self, name: str) -> Dimension:
        size = {"m": self.m, "n": self.n, "": 1}[name]
        return size if isinstance(size, int) else Size(size)

    def letter(self, variable: str) -> str:
        """What a variable is called."""
        return dict(zip("uvMt", self.letters, strict=True))[variable]


def shape(spaces: Spaces, pair: Pair, layout: Layout) -> Shape:
    """The shape of a derivative that is a matrix at most.

    In numerator layout the sizes of the top are combined with those of the transposed bottom, of
    which at least two are 1.
    """
    (rows, columns), (below, across) = spaces.top(pair), spaces.bottom(pair)
    found = (_wider(rows, across), _wider(columns, below))
    return found if layout == "numerator" else found[::-1]


def _wider(one: Dimension, other: Dimension) -> Dimension:
    return other if one == 1 else one


def kind(of: Shape) -> Kind:
    """Whether a shape is that of a number, a column or a matrix."""
    kinds: tuple[Kind, ...] = ("number", "column", "matrix")
    return kinds[sum(size != 1 for size in of)]


def node(pair: Pair) -> str:
    """The name under which a derivative is asked for."""
    return f"{pair[0]} by {pair[1]}"


def pair_of(ask: Ask) -> Pair:
    """The derivative that is asked for under a name."""
    function, _, variable = ask.node.partition(" by ")
    return function, variable


def _graph() -> Graph:
    """The variables, with their axes; the numbers for m and n do not matter."""
    builder = GraphBuilder()
    for name, sizes in VARIABLES.items():
        builder.input(name, tuple(2 if size else 1 for size in sizes) if any(sizes) else ())
    builder.apply("sum", "u", name="y")
    return builder.build()


GRAPH = _graph()
"""What tells numbers from columns and matrices where formulas are written."""


@cache
def term(function: str) -> Term:
    """The formula of a function over the variables."""
    names = [t.name(v, GRAPH.shapes[v]) for v in FUNCTIONS[function].variables]
    found: Term = FUNCTIONS[function].formula(*names)
    return found


def symbols(spaces: Spaces, asked: tuple[Pair, ...], notation: Notation) -> Mapping[str, Any]:
    """The variables and the derivatives as a notation writes them."""
    like = notation.stems["x"]
    written: dict[str, Any] = {v: alike(like, spaces.letter(v)) for v in "uv"}
    matrix = spaces.letter("M")
    written["M"] = Style(matrix, vector=matrix_letter(notation, matrix))
    written["t"] = Style(spaces.letter("t"))
    vectors = {v: written[v].vector or written[v].letter for v in "uvM"} | {
        "t": written["t"].letter
    }
    plain = Symbols(
        GRAPH, notation=notation, given={name: Symbol(x) for name, x in vectors.items()}
    )
    derivatives = {node(pair): _derivative(pair, vectors[pair[1]], plain) for pair in asked}
    return {**{name: Symbol(x) for name, x in vectors.items()}, **derivatives}


def _derivative(pair: Pair, bottom: str, plain: Symbols) -> Symbol:
    formula = latex(term(pair[0]), plain)
    return Symbol(rf"\dfrac{{\partial}}{{\partial {bottom}}} \left({formula}\right)", compound=True)


def slips(spaces: Spaces, layout: Layout) -> Mapping[str, ShapeSlip]:
    """The slips about the shape of a derivative, by name."""
    return {
        "derivative_in_other_layout": lambda ask, shape: shape[::-1],
        "shape_of_numerator": lambda ask, shape: spaces.top(pair_of(ask)),
        "shape_of_denominator": lambda ask, shape: spaces.bottom(pair_of(ask)),
        "layouts_mixed": lambda ask, shape: _mixed(spaces, ask, shape),
        "entries_counted_twice": lambda ask, shape: _twice(spaces, ask, shape),
        "entries_in_one_column": lambda ask, shape: _stacked(shape),
    }


def _mixed(spaces: Spaces, ask: Ask, shape: Shape) -> Shape:
    """The derivative of a number in the other layout, all others in the right one."""
    return shape[::-1] if kind(spaces.top(pair_of(ask))) == "number" else shape


def _twice(spaces: Spaces, ask: Ask, shape: Shape) -> Shape:
    """A row and a column for each entry of a column whose partner is a number."""
    long = [size for size in shape if size != 1]
    return (long[0], long[0]) if len(long) == 1 else shape


def _stacked(shape: Shape) -> Shape:
    rows, columns = shape
    if isinstance(rows, int) and isinstance(columns, int) and 1 not in shape:
        return (rows * columns, 1)
    return shape
