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
    space = 0.0
    for inline, style in _flat(content, face):
        if isinstance(inline, Math):
            first, *rest = formulas.inline(inline.source, size, measure, inline.large)
            _add(found, space, first)
            found += [_unit(THICK_SPACE * size, box) for box in rest]
            space = 0.0
        else:
            start, words = _text_units(inline.text, style, size)
            if start is not None:
                _add(found, space, start)
            found += words
            space = 0.0 if start or words else space
            if inline.text[-1:].isspace() and inline.text[-1] != NO_BREAK_SPACE:
                space = WORD_SPACE * size
    return found


def _unit(gap: float, box: Box) -> Unit:
    return Unit(gap, box.width, ((0.0, box),))


def _add(found: list[Unit], space: float, box: Box) -> None:
    """Add a box after a space; without one it stays with what comes before it."""
    if space or not found:
        found.append(_unit(space, box))
    else:
        gap, width, parts = found[-1]
        found[-1] = Unit(gap, width + box.width, (*parts, (width, box)))


def natural_width(found: list[Unit]) -> float:
    """The width of the units on one endless line."""
    return sum([unit.width for unit in found]) + sum([unit.gap for unit in found[1:]])


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
def _text_units(text: str, face: Face, size: float) -> tuple[Box | None, tuple[Unit, ...]]:
    """What a text adds to the unit before it, if it starts without a space, and its other words."""
    start, found = None, []
    words = _SPACES.split(text if face == "typewriter" else _MINUS.sub("\u2212", text))
    for index, whole in enumerate(words):
        after = " " if index + 1 < len(words) else ""
        parts = _HYPHEN.split(whole) if whole else []
        for number, part in enumerate(parts, start=1):
            box = word(part, face, size, after if number == len(parts) else "")
            if index == 0 and number == 1:
                start = box
            else:
                found.append(_unit(WORD_SPACE * size if number == 1 else 0.0, box))
    return start, tuple(found)
