"""Letters, numbers, operators and words: which glyph of which font."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from templates.mathematics.layout.pieces import Piece, beside, glyph, word
from templates.mathematics.layout.styles import STYLES
from templates.mathematics.tree import Variant
from templates.typefaces import (
    AMS,
    CALLIGRAPHIC,
    MAIN,
    MAIN_BOLD,
    MAIN_ITALIC,
    MATH_BOLD_ITALIC,
    MATH_ITALIC,
    TYPEWRITER,
    WORD_SPACE,
    characters,
    runs,
)

_FONTS: Final[Mapping[Variant, str]] = {
    Variant.ITALIC: MATH_ITALIC,
    Variant.UPRIGHT: MAIN,
    Variant.BOLD: MAIN_BOLD,
    Variant.BOLD_ITALIC: MATH_BOLD_ITALIC,
    Variant.BLACKBOARD: AMS,
    Variant.CALLIGRAPHIC: CALLIGRAPHIC,
    Variant.TEXT_ITALIC: MAIN_ITALIC,
    Variant.TYPEWRITER: TYPEWRITER,
}
# Signs that the fonts lack and that TeX too composes: a sign and a stroke through it.
_NEGATED: Final[Mapping[str, str]] = {"≠": "=", "∉": "∈"}
_STROKE_HEIGHT: Final = 0.694
_STROKE_DEPTH: Final = 0.194
# LaTeX's \vdots and \ddots reserve 14 pt above the dot that they start from.
_TALL_DOTS: Final = frozenset("⋮⋱")
_TALL_DOTS_HEIGHT: Final = 1.506
# Signs whose glyph has another code point in the fonts; the minus of numbers is a true minus.
_GLYPHS: Final = str.maketrans({"‖": "∥", "-": "−"})


@cache
def symbol(text: str, variant: Variant, style_index: int) -> Piece:
    """An ordinary symbol, operator or number in its alphabet."""
    scale = STYLES[style_index].scale
    if text in _NEGATED:
        return _struck(symbol(_NEGATED[text], variant, style_index), scale)
    if text in _TALL_DOTS:
        dots = glyph(MAIN, text, scale)
        return Piece(dots.width, _TALL_DOTS_HEIGHT, 0.0, ((0.0, 0.0, dots),))
    text = text.translate(_GLYPHS)
    font = _font(text, variant)
    return glyph(font, text, scale) if len(text) == 1 else word(font, text, scale)


def _font(text: str, variant: Variant) -> str:
    """The font of an alphabet; a symbol that it lacks comes from the upright fonts."""
    for font in (_FONTS[variant], MAIN):
        if text[0] in characters(font):
            return font
    return AMS


def _struck(sign: Piece, scale: float) -> Piece:
    stroke = glyph(MAIN, "/", scale)
    x = (sign.width - stroke.width) / 2
    height = max(sign.height, _STROKE_HEIGHT * scale)
    depth = max(sign.depth, _STROKE_DEPTH * scale)
    return Piece(sign.width, height, depth, ((0.0, 0.0, sign), (x, 0.0, stroke)))


@cache
def words(text: str, variant: Variant, style_index: int) -> Piece:
    """Words of text, parted by the word space of the text font."""
    scale = STYLES[style_index].scale
    font = _FONTS[variant]
    space = Piece(scale * (0.525 if font == TYPEWRITER else WORD_SPACE), 0.0, 0.0)
    pieces: list[Piece] = []
    for i, part in enumerate(text.replace("\u00a0", " ").split(" ")):
        if i:
            pieces.append(space)
        pieces.extend(word(face, run, scale) for face, run in runs(part, font))
    return beside(pieces)
