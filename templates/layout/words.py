"""Words: from the inlines of a paragraph to units that a line takes or leaves whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, assert_never

from templates.boxes import Box, Glyphs
from templates.document import Code, Emphasis, Inline, Math, Strong, Text
from templates.layout import formulas
from templates.layout.style import FONTS, THICK_SPACE, WORD_SPACE, Face
from templates.typefaces import advance, runs

_BOLD: dict[Face, Face] = {"italic": "bold-italic", "bold-italic": "bold-italic"}
_ITALIC: dict[Face, Face] = {"bold": "bold-italic", "bold-italic": "bold-italic"}
_SPACES = re.compile(r"[ \t\n]+")
_HYPHEN = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
_MINUS = re.compile(r"(?<![^\s(\[])-(?=\d)")
"""The hyphen that begins a negative number in words, which is printed as a minus sign."""

NO_BREAK_SPACE = "\u00a0"


class Unit(NamedTuple):
    """Boxes that stay together on a line, after a space of `gap` (0.0: a break without a space)."""

    gap: float
    width: float
    parts: tuple[tuple[float, Box], ...]


_Piece = tuple[Box, float, bool]
"""A box, the space before it, and whether a line may break there."""


@lru_cache(maxsize=65536)
def word(text: str, face: Face, size: float, after: str = "") -> Box:
    """A run of text without a break in it. The strut of its line gives it its height.

    `after` is a space that the text carries but its width leaves out, so that words stay apart
    when the page is searched, copied or read aloud.
    """
    glyphs, x = [], 0.0
    for font, part in runs(text.replace(NO_BREAK_SPACE, " "), FONTS[face]):
        glyphs.append(Glyphs(font, size, part, x))
        x += advance(part, font, size)
    if after and glyphs:
        glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + after)
    return Box(x, 0.7 * size, 0.2 * size, tuple(glyphs))


def units(content: tuple[Inline, ...], face: Face, size: float, measure: float) -> list[Unit]:
    """The paragraph's units in order; wide formulas are divided for a line of `measure`."""
    found: list[Unit] = []
    for box, gap, free in _pieces(content, face, size, measure):
        if free or not found:
            found.append(Unit(gap, box.width, ((0.0, box),)))
        else:
            last = found[-1]
            parts = (*last.parts, (last.width, box))
            found[-1] = Unit(last.gap, last.width + box.width, parts)
    return found


def natural_width(found: list[Unit]) -> float:
    """The width of the units on one endless line."""
    return sum(unit.width for unit in found) + sum(unit.gap for unit in found[1:])


def _pieces(
    content: tuple[Inline, ...], face: Face, size: float, measure: float
) -> Iterator[_Piece]:
    space = 0.0
    for inline, style in _flat(content, face):
        if isinstance(inline, Math):
            first, *rest = formulas.inline(inline.source, size, measure, inline.large)
            yield first, space, space > 0
            yield from ((box, THICK_SPACE * size, True) for box in rest)
            space = 0.0
        else:
            text = inline.text
            for gap, box in _text_boxes(text, style, size):
                before = gap if gap < 0 else max(space, gap)
                yield box, max(before, 0.0), before != 0.0
                space = 0.0
            if text[-1:].isspace() and text[-1] != NO_BREAK_SPACE:
                space = WORD_SPACE * size


def _flat(content: tuple[Inline, ...], face: Face) -> Iterator[tuple[Text | Code | Math, Face]]:
    for inline in content:
        match inline:
            case Text():
                yield inline, face
            case Code():
                yield inline, "typewriter"
            case Math():
                yield inline, face
            case Emphasis(inner):
                yield from _flat(inner, _ITALIC.get(face, "italic"))
            case Strong(inner):
                yield from _flat(inner, _BOLD.get(face, "bold"))
            case _:
                assert_never(inline)


@lru_cache(maxsize=16384)
def _text_boxes(text: str, face: Face, size: float) -> tuple[tuple[float, Box], ...]:
    """The words of a text with the space before each; a negative space marks a mere break."""
    found = []
    words = _SPACES.split(text if face == "typewriter" else _MINUS.sub("\u2212", text))
    for index, whole in enumerate(words):
        gap = WORD_SPACE * size if index else 0.0
        after = " " if index + 1 < len(words) else ""
        parts = _HYPHEN.split(whole) if whole else []
        for number, part in enumerate(parts):
            found.append((gap, word(part, face, size, after if number + 1 == len(parts) else "")))
            gap = -1.0
    return tuple(found)
