"""Fonts in a PDF: registered once a process, encoded for each document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from templates.typefaces import font_file

_ESCAPES = {ord(c): f"\\{c}" for c in "\\()"} | {
    code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))
}


@cache
def registered(name: str) -> Any:
    """The TrueType face, known to ReportLab, which embeds the glyphs that a document uses."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    # Otherwise every subset holds all of ASCII, which nobody needs: text is read by ToUnicode.
    face = TTFont(name, str(font_file(name)), asciiReadable=False)
    registerFont(face)
    return face


class Encoder:
    """Turns text into PDF strings for one document, remembering every run it has seen."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def encoded(self, font: str, text: str) -> tuple[tuple[str, str], ...]:
        """The text as (name of a subset font, escaped string) pairs, in order."""
        known = self._known.get((font, text))
        if known is None:
            known = self._known[font, text] = tuple(self._encode(registered(font), text))
        return known

    def _encode(self, face: Any, text: str) -> Iterator[tuple[str, str]]:
        for subset, codes in face.splitString(text, self._document):
            name = face.getSubsetInternalName(subset, self._document)
            yield name, codes.decode("latin-1").translate(_ESCAPES)
