"""Delimiters that grow with what they enclose: rule 19 of appendix G, and radical signs.

A delimiter is tried in the size of the text, then in the four sizes of the fonts KaTeX_Size1 to
4, and is at last put together from the pieces in KaTeX_Size4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil
from typing import Final, NamedTuple

from templates.mathematics.layout.pieces import Piece, Placed, Rule, beside, glyph
from templates.mathematics.layout.styles import (
    DELIMITER_FACTOR,
    DELIMITER_SHORTFALL,
    NULL_DELIMITER,
    STYLES,
    Style,
)
from templates.typefaces import MAIN, SIZE1, SIZE2, SIZE3, SIZE4, characters

_SIZES: Final = (SIZE1, SIZE2, SIZE3, SIZE4)


class Stack(NamedTuple):
    """The pieces of a tall delimiter in KaTeX_Size4, as in cmex10.

    `bottom`, `middle` and `top` are there once, or not at all when empty; `extension` is
    repeated as often as needed, and equally often on both sides of a middle.
    """

    bottom: str
    middle: str
    top: str
    extension: str


_STACKS: Final[Mapping[str, Stack]] = {
    "(": Stack("⎝", "", "⎛", "⎜"),
    ")": Stack("⎠", "", "⎞", "⎟"),
    "[": Stack("⎣", "", "⎡", "⎢"),
    "]": Stack("⎦", "", "⎤", "⎥"),
    "⌊": Stack("⎣", "", "", "⎢"),
    "⌋": Stack("⎦", "", "", "⎥"),
    "⌈": Stack("", "", "⎡", "⎢"),
    "⌉": Stack("", "", "⎤", "⎥"),
    "{": Stack("⎩", "⎨", "⎧", "⎪"),
    "}": Stack("⎭", "⎬", "⎫", "⎪"),
    "√": Stack("⎷", "", "\ue001", "\ue000"),
}
# Vertical lines grow in steps of 0.6 em: the width of the whole and the ink of each line.
_LINE_STEP: Final = 0.6
_LINES: Final[Mapping[str, tuple[float, tuple[float, ...]]]] = {
    "|": (1 / 3, (0.145,)),
    "‖": (5 / 9, (0.145, 0.367)),
}
_LINE_THICKNESS: Final = 0.043
# A hundredth of a point: delimiters that miss by rounding alone are tall enough.
_TOLERANCE: Final = 0.001
_SMALL: Final[Mapping[str, str]] = {"‖": "∥"}


def fence(left: str, body: Piece, right: str, style: Style) -> Piece:
    """`body` between delimiters centred on the axis; an empty one leaves a small space."""
    least = _covered(body, style)
    return beside([delimiter(left, least, style), body, delimiter(right, least, style)])


def grows(text: str, body: Piece, style: Style) -> bool:
    """Whether a delimiter beside `body` is taller than the same character in the text."""
    return _grown(text, _covered(body, style), style.index) is not _fixed(text, style.index)[0]


def _covered(body: Piece, style: Style) -> float:
    """How much of the height of `body`, measured from the axis, a delimiter must cover."""
    axis = style.parameters.axis
    reach = max(body.height - axis, body.depth + axis)
    return max(2 * reach * DELIMITER_FACTOR, 2 * reach - DELIMITER_SHORTFALL)


def delimiter(text: str, least: float, style: Style) -> Piece:
    """The smallest form of a delimiter that is `least` em tall in all, on the axis."""
    if not text:
        return Piece(NULL_DELIMITER, 0.0, 0.0)
    piece = _grown(text, least, style.index)
    lift = style.parameters.axis - (piece.height - piece.depth) / 2
    return Piece(piece.width, piece.height + lift, piece.depth - lift, ((0.0, lift, piece),))


def sized(text: str, step: int, style: Style) -> Piece:
    """A delimiter of one of the four fixed sizes: 1.2, 1.8, 2.4 and 3 em tall."""
    return delimiter(text, 0.6 * (step + 1), style)


def surd(least: float, style: Style) -> Piece:
    """The smallest radical sign that is `least` em tall in all; its top is its height."""
    return _grown("√", least, style.index)


@cache
def _fixed(text: str, style_index: int) -> tuple[Piece, ...]:
    """The ready-made forms of a delimiter from the smallest up."""
    scale = STYLES[style_index].scale
    small = glyph(MAIN, _SMALL.get(text, text), scale)
    if text in _LINES:
        return (small,)
    fonts = [font for font in _SIZES if text in characters(font)]
    return (small, *[glyph(font, text, scale) for font in fonts])


@cache
def _grown(text: str, least: float, style_index: int) -> Piece:
    forms = _fixed(text, style_index)
    for piece in forms:
        if piece.height + piece.depth >= least - _TOLERANCE:
            return piece
    scale = STYLES[style_index].scale
    if text in _LINES:
        return _lines(text, least - _TOLERANCE, scale)
    if text in _STACKS:
        return _assembled(_STACKS[text], least - _TOLERANCE, scale)
    return forms[-1]


def _lines(text: str, least: float, scale: float) -> Piece:
    width, places = _LINES[text]
    height = ceil(least / (_LINE_STEP * scale)) * _LINE_STEP * scale
    rule = Rule(_LINE_THICKNESS * scale, height, 0.0)
    parts: list[Placed] = [(x * scale, 0.0, rule) for x in places]
    return Piece(width * scale, height, 0.0, parts)


def _assembled(stack: Stack, least: float, scale: float) -> Piece:
    """The pieces of a stack from the bottom up, with as few extensions as reach `least`."""
    extension = glyph(SIZE4, stack.extension, scale)
    fixed = [glyph(SIZE4, c, scale) for c in (stack.bottom, stack.middle, stack.top) if c]
    missing = least - sum(piece.height + piece.depth for piece in fixed)
    gaps = 2 if stack.middle else 1
    step = extension.height + extension.depth
    run = [extension] * max(0, ceil(missing / (gaps * step)))
    pieces = [*run, *fixed] if not stack.bottom else [fixed[0], *run, *fixed[1:]]
    return _column([*pieces[:-1], *run, pieces[-1]] if stack.middle else pieces)


def _column(pieces: Sequence[Piece]) -> Piece:
    """Pieces on top of each other, the first at the bottom, all above the baseline."""
    parts: list[Placed] = []
    y = 0.0
    for piece in pieces:
        parts.append((0.0, y + piece.depth, piece))
        y += piece.depth + piece.height
    return Piece(pieces[0].width, y, 0.0, parts)
