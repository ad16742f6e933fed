"""Typefaces: files, widths and the choice of a face for every character."""

from __future__ import annotations

import pytest

from templates import typefaces
from templates.typefaces import (
    FALLBACK,
    FALLBACK_BOLD,
    MAIN,
    MAIN_BOLD,
    MATH_ITALIC,
    TYPEWRITER,
    MissingGlyphError,
    advance,
    characters,
    font_file,
    runs,
)

FONTS = [
    value for name, value in vars(typefaces).items() if name.isupper() and isinstance(value, str)
]


@pytest.mark.parametrize("font", FONTS)
def test_every_font_has_a_truetype_file_with_outlines(font: str) -> None:
    data = font_file(font).read_bytes()
    assert data[:4] == b"\x00\x01\x00\x00"
    assert b"glyf" in data[:512]


def test_the_licence_stands_beside_the_fonts() -> None:
    licence = font_file(MAIN).with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_widths_are_those_of_computer_modern() -> None:
    """cmr10: a is 0.5 em, m 0.8333 em; cmtt10: every character is 0.525 em."""
    assert advance("am", MAIN, 12.0) == pytest.approx(12 * (0.5 + 0.83334))
    assert advance("grad", TYPEWRITER, 10.0) == pytest.approx(21.0)


def test_metrics_carry_italic_correction_and_skew() -> None:
    """cmmi10: the italic correction of f is 0.107639 em, its skew 0.166667 em."""
    f = characters(MATH_ITALIC)["f"]
    assert f.italic == pytest.approx(0.10764)
    assert f.skew == pytest.approx(0.16667)


def test_text_that_one_face_has_is_one_run() -> None:
    assert runs("plain words", MAIN) == ((MAIN, "plain words"),)
    assert runs("", MAIN) == ()


def test_letters_that_the_face_lacks_come_from_the_fallback() -> None:
    assert runs("café!", MAIN) == ((MAIN, "caf"), (FALLBACK, "é"), (MAIN, "!"))
    assert runs("Щ", MAIN_BOLD) == ((FALLBACK_BOLD, "Щ"),)


def test_a_letter_and_a_combining_accent_are_joined() -> None:
    assert runs("e\u0301", MAIN) == ((FALLBACK, "é"),)


def test_the_fallback_has_widths() -> None:
    """The accented letter is as wide as the letter: e is 0.444 em in cmr10."""
    assert advance("é", FALLBACK, 10.0) == pytest.approx(4.44, abs=0.01)


@pytest.mark.parametrize("font", [MAIN, MATH_ITALIC])
def test_a_character_that_no_face_has_is_an_error_that_names_it(font: str) -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+4E2D, CJK UNIFIED IDEOGRAPH-4E2D"):
        runs("a中", font)


def test_advance_asks_for_one_face() -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+00E9"):
        advance("é", MAIN, 10.0)
