"""Large operators, named operators and limits: rules 13 and 13a of appendix G."""

from __future__ import annotations

from templates.mathematics.layout.pieces import Piece, Placed, beside, glyph, word
from templates.mathematics.layout.spacing import unit
from templates.mathematics.layout.styles import Style
from templates.mathematics.symbols import THIN_SPACE
from templates.typefaces import MAIN, SIZE1, SIZE2


def large_operator(text: str, style: Style) -> Piece:
    """A sum, product or integral sign, centred on the axis and larger in display style."""
    sign = glyph(SIZE2 if style.display else SIZE1, text, style.scale)
    lift = style.parameters.axis - (sign.height - sign.depth) / 2
    piece = Piece(sign.width, sign.height + lift, sign.depth - lift, ((0.0, lift, sign),))
    piece.sub_kern = sign.sub_kern
    return piece


def function_name(name: str, style: Style) -> Piece:
    """A name such as log in upright letters."""
    words = [word(MAIN, part, style.scale) for part in name.split(THIN_SPACE)]
    if len(words) == 1:
        return beside(words)
    gap = Piece(3 * unit(style), 0.0, 0.0)
    spaced = [piece for part in words for piece in (part, gap)]
    return beside(spaced[:-1])


def limits(base: Piece, under: Piece | None, over: Piece | None, style: Style) -> Piece:
    """`base` with `under` and `over` centred below and above it.

    An italic correction moves the upper limit right and the lower one left by its half.
    """
    p = style.parameters
    slant = -base.sub_kern / 2
    pieces = [piece for piece in (base, under, over) if piece is not None]
    width = max([piece.width for piece in pieces])
    height, depth = base.height, base.depth
    placed: list[Placed] = [((width - base.width) / 2, 0.0, base)]
    if over is not None:
        rise = height + max(p.big_op1, p.big_op3 - over.depth) + over.depth
        placed.append(((width - over.width) / 2 + slant, rise, over))
        height = rise + over.height + p.big_op5
    if under is not None:
        drop = depth + max(p.big_op2, p.big_op4 - under.height) + under.height
        placed.append(((width - under.width) / 2 - slant, -drop, under))
        depth = drop + under.depth + p.big_op5
    return Piece(width, height, depth, placed)
