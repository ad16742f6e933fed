from __future__ import annotations

from io import BytesIO

import pytest

from templates.writers.pdf_fonts import Encoder, registered


@pytest.fixture
def encoder() -> Encoder:
    from reportlab.pdfgen.canvas import Canvas

    return Encoder(Canvas(BytesIO())._doc)


def test_a_face_is_registered_once() -> None:
    assert registered("KaTeX_Main-Regular") is registered("KaTeX_Main-Regular")


def test_a_character_keeps_its_code_through_the_document(encoder: Encoder) -> None:
    ((font, once),) = encoder.encoded("KaTeX_Main-Regular", "W")
    encoder.encoded("KaTeX_Main-Regular", "some other letters")
    assert encoder.encoded("KaTeX_Main-Regular", "WW") == ((font, 2 * once),)


def test_codes_that_strings_cannot_hold_are_escaped(encoder: Encoder) -> None:
    letters = "".join(map(chr, range(0x21, 0x7F)))
    for _, code in encoder.encoded("KaTeX_Main-Regular", letters):
        bare = code.replace("\\\\", "").replace("\\(", "").replace("\\)", "")
        assert "(" not in bare
        assert ")" not in bare
        assert all(0x20 <= ord(character) < 0x7F for character in bare)
