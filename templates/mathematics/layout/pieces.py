"""Pieces: layout in progress, in em of the surrounding text.

A piece is a rectangle with a baseline like a finished box, and remembers what the rules ask of
a character: its italic correction and skew. Pieces are shared and never changed once made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from templates import typefaces
from templates.typefaces import Metrics, MissingGlyphError

Placed = tuple[float, float, "Piece"]


class Piece:
    """A rectangle: `width`, `height` above the baseline and `depth` below it.

    `parts` are smaller pieces with their offsets (x, y). Superscripts start at the width and
    subscripts `sub_kern` further, which takes an italic correction back. `single` marks one
    character, whose scripts are not moved by its height; `skew` is where accents are centred.
    """

    __slots__ = ("depth", "height", "parts", "single", "skew", "sub_kern", "width")

    def __init__(
        self, width: float, height: float, depth: float, parts: Sequence[Placed] = ()
    ) -> None:
        """A box of these dimensions that is not a single character."""
        self.width = width
        self.height = height
        self.depth = depth
        self.parts = parts
        self.single = False
        self.skew = 0.0
        self.sub_kern = 0.0


class Glyph(Piece):
    """Characters of one font, `scale` em in size."""

    __slots__ = ("font", "scale", "text")

    def __init__(self, font: str, text: str, scale: float, metrics: Metrics) -> None:
        """Characters whose metrics are given in em of their own font."""
        width, height, depth, italic, skew = metrics
        Piece.__init__(self, (width + italic) * scale, height * scale, depth * scale)
        self.font = font
        self.text = text
        self.scale = scale
        self.single = True
        self.skew = skew * scale
        self.sub_kern = -italic * scale


class Rule(Piece):
    """A filled rectangle that stands on the baseline or hangs below it."""

    __slots__ = ()


@cache
def glyph(font: str, character: str, scale: float) -> Glyph:
    """One character; its width includes the italic correction (rule 17).

    Raises MissingGlyphError when the font lacks it.
    """
    metrics = typefaces.characters(font).get(character)
    if metrics is None:
        raise MissingGlyphError(f"{font} has no glyph for {character!r} in mathematics")
    return Glyph(font, character, scale, metrics)


@cache
def word(font: str, text: str, scale: float) -> Glyph:
    """Characters in a row without kerning: a number, a name or a word of text."""
    figures = [_metrics(font, character) for character in text]
    width = sum(figure.width for figure in figures)
    height = max(figure.height for figure in figures)
    depth = max(figure.depth for figure in figures)
    return Glyph(font, text, scale, Metrics(width, height, depth, figures[-1].italic, 0.0))


def _metrics(font: str, character: str) -> Metrics:
    """Figures of a character of any face; a fallback face gives widths only."""
    if font in typefaces.FALLBACKS.values():
        # Ascenders, accents and descenders of Computer Modern reach about this far.
        return Metrics(typefaces.advance(character, font, 1.0), 0.75, 0.22, 0.0, 0.0)
    metrics = typefaces.characters(font).get(character)
    if metrics is None:
        raise MissingGlyphError(f"{font} has no glyph for {character!r} in mathematics")
    return metrics


def beside(pieces: Sequence[Piece]) -> Piece:
    """Pieces side by side on one baseline."""
    parts: list[Placed] = []
    x = height = depth = 0.0
    for piece in pieces:
        parts.append((x, 0.0, piece))
        x += piece.width
        height = max(height, piece.height)
        depth = max(depth, piece.depth)
    return Piece(x, height, depth, parts)


def stacked(width: float, placed: Sequence[Placed]) -> Piece:
    """Pieces at their offsets in a box of the given width that just holds them vertically."""
    height = max([y + piece.height for _, y, piece in placed])
    depth = max([piece.depth - y for _, y, piece in placed])
    return Piece(width, height, depth, placed)
