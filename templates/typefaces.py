"""Typefaces: which fonts the pages use, what they contain and how wide their characters are.

Words and mathematics are set in the KaTeX fonts (Computer Modern shapes). A character that a
KaTeX face lacks, such as an accented letter of a name, is taken from a fallback face of the
same family. To add a face: put the TTF and its figures into `fonts/` (see its README) and name
it here. Metrics are in em; they are read once, when first asked for.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

MAIN: Final = "KaTeX_Main-Regular"
MAIN_BOLD: Final = "KaTeX_Main-Bold"
MAIN_ITALIC: Final = "KaTeX_Main-Italic"
MAIN_BOLD_ITALIC: Final = "KaTeX_Main-BoldItalic"
MATH_ITALIC: Final = "KaTeX_Math-Italic"
MATH_BOLD_ITALIC: Final = "KaTeX_Math-BoldItalic"
AMS: Final = "KaTeX_AMS-Regular"
CALLIGRAPHIC: Final = "KaTeX_Caligraphic-Regular"
TYPEWRITER: Final = "KaTeX_Typewriter-Regular"
SIZE1: Final = "KaTeX_Size1-Regular"
SIZE2: Final = "KaTeX_Size2-Regular"
SIZE3: Final = "KaTeX_Size3-Regular"
SIZE4: Final = "KaTeX_Size4-Regular"
FALLBACK: Final = "cmunrm"
FALLBACK_BOLD: Final = "cmunbx"
FALLBACK_ITALIC: Final = "cmunti"

FALLBACKS: Final[Mapping[str, str]] = {
    MAIN: FALLBACK,
    MAIN_BOLD: FALLBACK_BOLD,
    MAIN_ITALIC: FALLBACK_ITALIC,
}

# The space between words in cmr10 (its font parameter 2, by tftopl); the space glyph of the
# KaTeX faces is narrower, so setters of lines place words by this figure.
WORD_SPACE: Final = 1 / 3

_FOLDER: Final = Path(__file__).parent / "fonts"


class Metrics(NamedTuple):
    """The figures of one character in em: the box, the italic correction and the accent skew."""

    width: float
    height: float
    depth: float
    italic: float
    skew: float


class MissingGlyphError(ValueError):
    """A character that no face can show; the message names it."""


def font_file(font: str) -> Path:
    """Where the TrueType file of `font` lies."""
    return _FOLDER / f"{font}.ttf"


@cache
def _figures() -> dict[str, dict[str, list[float]]]:
    text = (_FOLDER / "metrics.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _fallback_widths() -> dict[str, dict[str, int]]:
    text = (_FOLDER / "fallback.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def characters(font: str) -> Mapping[str, Metrics]:
    """The metrics of every character of a KaTeX font, by character."""
    return {character: Metrics(*row) for character, row in _figures()[font].items()}


@cache
def _widths(font: str) -> Mapping[str, float]:
    """The advance width of every character of a font, in em."""
    if font in FALLBACKS.values():
        return {c: width / 1000 for c, width in _fallback_widths()[font].items()}
    return {character: row[0] for character, row in _figures()[font].items()}


@lru_cache(maxsize=8192)
def advance(text: str, font: str, size: float) -> float:
    """How far `text` moves the pen in one font at `size` points, in points, without kerning.

    Raises MissingGlyphError for a character that the font lacks; `runs` splits text first.
    """
    widths = _widths(font)
    try:
        return size * sum([widths[character] for character in text])
    except KeyError as error:
        raise MissingGlyphError(_complaint(error.args[0], font)) from None


@lru_cache(maxsize=8192)
def runs(text: str, font: str) -> tuple[tuple[str, str], ...]:
    """`text` as pairs (font, text): in `font` where it can, else in its fallback face.

    A letter and a combining accent are joined to the precomposed letter first (Unicode NFC).
    Raises MissingGlyphError for a character that neither face has.
    """
    own = _widths(font)
    if all(map(own.__contains__, text)):
        return ((font, text),) if text else ()
    composed = unicodedata.normalize("NFC", text)
    faces = groupby(composed, lambda character: _face(character, font))
    return tuple((face, "".join(group)) for face, group in faces)


def _face(character: str, font: str) -> str:
    if character in _widths(font):
        return font
    fallback = FALLBACKS.get(font)
    if fallback is not None and character in _widths(fallback):
        return fallback
    raise MissingGlyphError(_complaint(character, font))


def _complaint(character: str, font: str) -> str:
    name = unicodedata.name(character, "unnamed")
    return f"no glyph for {character!r} (U+{ord(character):04X}, {name}) in {font}"
