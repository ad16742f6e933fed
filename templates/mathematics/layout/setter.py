"""The reader that lays a tree out: each node to a piece, each construct by its own rule."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from templates.mathematics.atoms import atom_class, resolved, takes_limits
from templates.mathematics.layout.accent import accent, overline, underbrace, underline
from templates.mathematics.layout.fence import fence, sized
from templates.mathematics.layout.fraction import binomial, fraction
from templates.mathematics.layout.kerning import kern, kerned_text
from templates.mathematics.layout.matrix import aligned, cases, matrix
from templates.mathematics.layout.operator import function_name, large_operator, limits
from templates.mathematics.layout.pieces import Piece, Placed
from templates.mathematics.layout.radical import radical
from templates.mathematics.layout.scripts import scripts
from templates.mathematics.layout.spacing import SPACES, unit
from templates.mathematics.layout.styles import DISPLAY, SCRIPT_SCRIPT, STYLES, TEXT, Style
from templates.mathematics.layout.symbol import symbol, words
from templates.mathematics.tree import (
    Accent,
    Aligned,
    AtomClass,
    Binomial,
    Cases,
    Delimiter,
    Fence,
    Fraction,
    Function,
    Matrix,
    Node,
    Number,
    Operator,
    Overline,
    Radical,
    Row,
    Script,
    Space,
    Styled,
    Symbol,
    Text,
    Underbrace,
    Underline,
    UnderOver,
)


def set_node(node: Node, style: Style) -> Piece:
    """The piece of one node in a style (The TeXbook, appendix G)."""
    match node:
        case Symbol() | Number():
            return symbol(node.text, node.variant, style.index)
        case Operator():
            return _operator(node, style)
        case Script() | Fraction():
            return _repeated(node, style.index)
        case Row():
            return set_row(node, style)
        case Binomial() | Radical() | Fence() | UnderOver():
            return _composite(node, style)
        case Accent() | Overline() | Underline() | Underbrace():
            return _decorated(node, style)
        case Matrix() | Cases() | Aligned():
            return _table(node, style)
        case Function():
            return function_name(node.name, style)
        case Text():
            return words(node.text, node.variant, style.index)
        case Delimiter():
            return sized(node.text, node.step, style)
        case Space():
            return Piece(node.units * unit(style), 0.0, 0.0)
        case Styled():
            return set_row(node.body, style.forced(node.style))
        case _:
            assert_never(node)


def set_row(row: Row, style: Style) -> Piece:
    """Children side by side with the space that their classes ask for."""
    children = row.children
    if len(children) == 1:
        return set_node(children[0], style)
    atoms = [child for child in children if type(child) is not Space]
    kinds = iter(resolved([atom_class(child) for child in atoms]))
    spaces = SPACES[style.index]
    between: tuple[float, ...] | None = None
    parts: list[Placed] = []
    x = height = depth = 0.0
    left = ""
    for child in children:
        piece = set_node(child, style)
        if left:
            x += style.scale * kern(left, child)
        left = kerned_text(child)
        if type(child) is not Space:
            kind = next(kinds)
            if between is not None:
                x += between[kind]
            between = spaces[kind]
        parts.append((x, 0.0, piece))
        x += piece.width
        if piece.height > height:
            height = piece.height
        if piece.depth > depth:
            depth = piece.depth
    return Piece(x, height, depth, parts)


def _optional(node: Node | None, style: Style) -> Piece | None:
    return None if node is None else set_node(node, style)


def _operator(node: Operator, style: Style) -> Piece:
    if node.kind is AtomClass.OP:
        return large_operator(node.text, style)
    return symbol(node.text, node.variant, style.index)


@lru_cache(maxsize=1024)
def _repeated(node: Script | Fraction, style_index: int) -> Piece:
    """Symbols with indices, and derivatives: a solution has each of them many times."""
    style = STYLES[style_index]
    return _scripts(node, style) if isinstance(node, Script) else _fraction(node, style)


def _fraction(node: Fraction, style: Style) -> Piece:
    own = style.forced(node.style)
    upper = set_node(node.numerator, own.numerator)
    return fraction(upper, set_node(node.denominator, own.denominator), own)


def _scripts(node: Script, style: Style) -> Piece:
    base = set_node(node.base, style)
    sub, sup = _optional(node.sub, style.sub), _optional(node.sup, style.sup)
    forced = isinstance(node.base, UnderOver | Underbrace)
    if takes_limits(node.base) and (style.display or forced):
        return limits(base, sub, sup, style)
    return scripts(base, sub, sup, style)


def _composite(node: Binomial | Radical | Fence | UnderOver, style: Style) -> Piece:
    match node:
        case Binomial():
            upper = set_node(node.upper, style.numerator)
            return binomial(upper, set_node(node.lower, style.denominator), style)
        case Radical():
            index = _optional(node.index, SCRIPT_SCRIPT)
            return radical(set_node(node.body, style.cramp), index, style)
        case Fence():
            return fence(node.left, set_node(node.body, style), node.right, style)
        case UnderOver():
            under, over = _optional(node.under, style.sub), _optional(node.over, style.sup)
            return limits(set_node(node.base, style), under, over, style)


def _decorated(node: Accent | Overline | Underline | Underbrace, style: Style) -> Piece:
    match node:
        case Accent():
            return accent(set_node(node.base, style.cramp), node.mark, style)
        case Overline():
            return overline(set_node(node.base, style.cramp), style)
        case Underline():
            return underline(set_node(node.base, style), style)
        case Underbrace():
            return underbrace(set_node(node.base, DISPLAY))


def _table(node: Matrix | Cases | Aligned, style: Style) -> Piece:
    match node:
        case Matrix():
            return matrix(_grid(node.rows, TEXT), node.left, node.right, style)
        case Cases():
            return cases(_grid(node.rows, TEXT), style)
        case Aligned():
            return aligned([_line(row) for row in node.rows], style)


def _grid(rows: tuple[tuple[Row, ...], ...], style: Style) -> list[list[Piece]]:
    return [[set_node(cell, style) for cell in row] for row in rows]


def _line(row: tuple[Row, ...]) -> list[Piece]:
    """Cells of an aligned line: every second one starts after an empty atom, as in amsmath."""
    empty = Row(())
    cells = [Row((empty, *cell.children)) if i % 2 else cell for i, cell in enumerate(row)]
    return [set_row(cell, DISPLAY) for cell in cells]
