"""What the tests of figures share: reading the room of printed glyphs off the font files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from templates.boxes import Glyphs
from templates.figures.drawing import Rect


@cache
def advances(font: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    face = TTFont(str(files("templates") / "fonts" / f"{font}.ttf"))
    return face.getBestCmap(), face["hmtx"].metrics, face["head"].unitsPerEm


def room(glyphs: Glyphs) -> Rect:
    names, widths, em = advances(glyphs.font)
    width = sum(widths[names[ord(c)]][0] for c in glyphs.text) * glyphs.size / em
    top = glyphs.y + 0.5 * glyphs.size
    return Rect(glyphs.x + 0.05, glyphs.y + 0.5, glyphs.x + width - 0.05, top)


@pytest.fixture
def glyph_room() -> Callable[[Glyphs], Rect]:
    """The room of a run of digits: its advance, and a little less than half its size in height.

    The widths come from the font files, so that a layout is judged by other numbers than its own.
    """
    return room
