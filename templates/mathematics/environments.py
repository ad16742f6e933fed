"""Environments: matrices, cases and aligned lines. To add one: a line in `_ENVIRONMENTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from templates.mathematics.tokens import END
from templates.mathematics.tree import Aligned, Cases, Matrix, Node, Row

if TYPE_CHECKING:
    from templates.mathematics.parser import Parser

Rows = tuple[tuple[Row, ...], ...]

_ENVIRONMENTS: Final[Mapping[str, Callable[[Rows], Node]]] = {
    "matrix": partial(Matrix, left="", right=""),
    "bmatrix": partial(Matrix, left="[", right="]"),
    "pmatrix": partial(Matrix, left="(", right=")"),
    "vmatrix": partial(Matrix, left="|", right="|"),
    "Bmatrix": partial(Matrix, left="{", right="}"),
    "Vmatrix": partial(Matrix, left="‖", right="‖"),
    "cases": Cases,
    "aligned": Aligned,
}
_CELL_END: Final = frozenset({"&", "\\\\", "\\end", END})
_EMPTY_ROW: Final = (Row(()),)


def environment(parser: Parser) -> Node:
    """The environment whose \\begin has just been passed, to the end of its \\end."""
    start = parser.index
    name = parser.words("\\begin")
    make = _ENVIRONMENTS.get(name)
    if make is None:
        known = ", ".join(_ENVIRONMENTS)
        raise parser.error(f"unknown environment {name!r}; known are {known}", start)
    rows = _rows(parser, name, start - 1)
    closing = parser.index
    if parser.words("\\end") != name:
        raise parser.error(f"\\begin{{{name}}} must end with \\end{{{name}}}", closing)
    return make(rows)


def _rows(parser: Parser, name: str, start: int) -> Rows:
    rows: list[tuple[Row, ...]] = []
    while True:
        rows.append(_cells(parser))
        mark = parser.advance()
        if mark == END:
            raise parser.error(f"\\begin{{{name}}} is never closed", start)
        if mark == "\\end":
            break
        if parser.token == "[":
            raise parser.error("extra space after \\\\ is not supported; brace the bracket")
    return tuple(rows[:-1] if rows[-1] == _EMPTY_ROW and len(rows) > 1 else rows)


def _cells(parser: Parser) -> tuple[Row, ...]:
    """The cells of one row; the mark that ends the row stays under the cursor."""
    cells = [Row(parser.nodes(_CELL_END))]
    while parser.token == "&":
        parser.advance()
        cells.append(Row(parser.nodes(_CELL_END)))
    return tuple(cells)
