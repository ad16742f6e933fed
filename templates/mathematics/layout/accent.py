"""Accents and lines over or under a base: rules 9, 10 and 12 of appendix G, and braces."""

from __future__ import annotations

from templates.mathematics.layout.pieces import Piece, Placed, Rule, glyph
from templates.mathematics.layout.styles import Style
from templates.typefaces import MAIN, SIZE4

# Where the ink of the arrow of a vector starts and ends, by the outline of KaTeX_Main: its
# glyph has no advance of its own and lies to the left of its origin.
_VECTOR, _VECTOR_INK, _VECTOR_WIDTH = "⃗", -0.471, 0.442
# LaTeX's \underbrace puts a kern of 3 pt above the brace and another below.
_BRACE_GAP = 0.3
# The four quarters of an under-brace in KaTeX_Size4: outer left, inner right, inner left and
# outer right. They share the thickness of the bars between them, 0.12 em.
_QUARTERS = ("\ue152", "\ue151", "\ue150", "\ue153")
_BRACE_BAR = 0.12


def accent(base: Piece, mark: str, style: Style) -> Piece:
    """`mark` over `base`, shifted by the skew of a lone character; scripts ignore the mark."""
    sign = glyph(MAIN, mark, style.scale)
    rise = base.height - min(base.height, style.parameters.x_height)
    if mark == _VECTOR:
        ink, width = _VECTOR_INK * style.scale, _VECTOR_WIDTH * style.scale
    else:
        ink, width = 0.0, sign.width
    x = base.skew + (base.width - width) / 2 - ink
    placed: list[Placed] = [(0.0, 0.0, base), (x, rise, sign)]
    result = Piece(base.width, max(base.height, rise + sign.height), base.depth, placed)
    result.single = base.single
    result.sub_kern = base.sub_kern
    return result


def overline(base: Piece, style: Style) -> Piece:
    """A line three thicknesses above `base`, with one thickness of air on top."""
    rule = style.parameters.rule
    line = Rule(base.width, rule, 0.0)
    placed: list[Placed] = [(0.0, 0.0, base), (0.0, base.height + 3 * rule, line)]
    return Piece(base.width, base.height + 5 * rule, base.depth, placed)


def underline(base: Piece, style: Style) -> Piece:
    """A line three thicknesses below `base`, with one thickness of air underneath."""
    rule = style.parameters.rule
    line = Rule(base.width, rule, 0.0)
    placed: list[Placed] = [(0.0, 0.0, base), (0.0, -base.depth - 4 * rule, line)]
    return Piece(base.width, base.height, base.depth + 5 * rule, placed)


def underbrace(base: Piece) -> Piece:
    """A horizontal brace below `base`, as wide as the base and at least as its four quarters."""
    left, inner, outer, right = (glyph(SIZE4, quarter, 1.0) for quarter in _QUARTERS)
    width = max(base.width, 4 * left.width)
    half = width / 2
    y = -base.depth - _BRACE_GAP - _BRACE_BAR
    bar = Rule(half - 2 * left.width, _BRACE_BAR, 0.0)
    placed: list[Placed] = [
        ((width - base.width) / 2, 0.0, base),
        (0.0, y, left),
        (left.width, y, bar),
        (half - inner.width, y, inner),
        (half, y, outer),
        (half + outer.width, y, bar),
        (width - right.width, y, right),
    ]
    return Piece(width, base.height, _BRACE_GAP - y, placed)
