"""Fonts in a PDF: registered once a process, encoded for each document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
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
    _share(face.face)
    registerFont(face)
    return face


def _share(file: Any) -> None:
    """Keep what ReportLab would make anew for each document: subsets, and widths in decimals."""
    from reportlab.pdfbase.pdfdoc import format as in_pdf

    subset, width = lru_cache(maxsize=64)(file.makeSubset), file.getCharWidth
    file.makeSubset = lambda codes: subset(tuple(codes))
    file.getCharWidth = cache(lambda code: in_pdf(width(code), None))


class Encoder:
    """Turns text into PDF strings for one document, remembering every run it has seen."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._codes: dict[str, _Codes] = {}
        self._known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def encoded(self, font: str, text: str) -> tuple[tuple[str, str], ...]:
        """The text as (name of a subset font, escaped string) pairs, in order."""
        known = self._known.get((font, text))
        if known is None:
            known = self._known[font, text] = tuple(self._encode(font, text))
        return known

    def _encode(self, font: str, text: str) -> Iterator[tuple[str, str]]:
        if font not in self._codes:
            self._codes[font] = _Codes(registered(font), self._document)
        codes = map(self._codes[font].__getitem__, text)
        for name, run in groupby(codes, itemgetter(0)):
            yield name, "".join([code for _, code in run])


class _Codes(dict[str, tuple[str, str]]):
    """The subset font and the escaped code of each character of one face in one document."""

    def __init__(self, face: Any, document: Any) -> None:
        super().__init__()
        self._face, self._document = face, document

    def __missing__(self, character: str) -> tuple[str, str]:
        ((subset, code),) = self._face.splitString(character, self._document)
        name = self._face.getSubsetInternalName(subset, self._document)
        self[character] = (name, code.decode("latin-1").translate(_ESCAPES))
        return self[character]
