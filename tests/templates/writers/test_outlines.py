"""Outlines against fontTools, which shares no code with the reader."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont

from templates.typefaces import MissingGlyphError, font_file
from templates.writers.outlines import outline, units_per_em

FONTS = ("KaTeX_Main-Regular", "KaTeX_Math-Italic", "KaTeX_AMS-Regular", "KaTeX_Size4-Regular",
         "cmunrm", "cmunti")  # fmt: skip


@cache
def reference(font: str) -> Any:
    return TTFont(font_file(font))


def characters(font: str) -> list[str]:
    """Every seventh character that the font has."""
    return [chr(code) for code in sorted(reference(font).getBestCmap())][::7]


def measured(draw: Any) -> tuple[float, ...]:
    """The area and the bounds of what `draw` draws on a pen."""
    area, bounds = AreaPen(None), BoundsPen(None)
    draw(area)
    draw(bounds)
    return (area.value, *(bounds.bounds or ()))


@pytest.mark.parametrize("font", FONTS)
def test_every_shape_is_that_of_the_font(font: str) -> None:
    glyphs, names = reference(font).getGlyphSet(), reference(font).getBestCmap()
    for character in characters(font):
        whole = DecomposingRecordingPen(glyphs)
        glyphs[names[ord(character)]].draw(whole)
        data = outline(font, character)
        assert measured(lambda pen, data=data: parse_path(data, pen)) == pytest.approx(
            measured(whole.replay), abs=2, rel=1e-3
        ), character


@pytest.mark.parametrize("font", FONTS)
def test_the_size_of_the_em_is_that_of_the_font(font: str) -> None:
    assert units_per_em(font) == reference(font)["head"].unitsPerEm


def test_a_space_has_no_outline() -> None:
    assert outline("KaTeX_Main-Regular", " ") == ""


def test_a_missing_character_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingGlyphError, match="'語' in KaTeX_Main-Regular"):
        outline("KaTeX_Main-Regular", "語")
