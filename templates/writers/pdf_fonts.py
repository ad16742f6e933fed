"""Fonts in a PDF: registered once a process, encoded for each document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
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
    """Keep what ReportLab would make anew for each document: subsets, and figures in decimals."""
    from reportlab.pdfbase.pdfdoc import format as in_pdf

    subset, width = lru_cache(maxsize=64)(file.makeSubset), file.getCharWidth
    file.makeSubset = lambda codes: subset(tuple(codes))
    file.getCharWidth = cache(lambda code: in_pdf(width(code), None))
    file.get_table = cache(file.get_table)
    file.bbox = [in_pdf(figure, None) for figure in file.bbox]
    for name in ("ascent", "capHeight", "descent", "italicAngle", "stemV", "defaultWidth"):
        setattr(file, name, in_pdf(getattr(file, name), None))


class Encoder:
    """Turns text into PDF strings for one document, remembering every run it has seen."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._codes: dict[str, _Codes] = {}
        self.encoded = cache(self._runs)
        """The text as (name of a subset font, escaped string) pairs, in order; by font and text."""

    def _runs(self, font: str, text: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._encode(font, text))

    def _encode(self, font: str, text: str) -> Iterator[tuple[str, str]]:
        if font not in self._codes:
            self._codes[font] = _Codes(registered(font), self._document)
        codes = self._codes[font]
        escaped = text.translate(codes)
        if len(codes.names) == 1:
            yield codes.names[0], escaped
            return
        for subset, run in groupby(text, lambda character: codes.subsets[ord(character)]):
            yield codes.names[subset], "".join(run).translate(codes)


class _Codes(dict[int, str]):
    """The escaped code of each character of one face in one document, by code point.

    `names` are the names of the subset fonts, and `subsets` says which of them has a character.
    """

    def __init__(self, face: Any, document: Any) -> None:
        super().__init__()
        self._face, self._document = face, document
        self.names: list[str] = []
        self.subsets: dict[int, int] = {}

    def __missing__(self, point: int) -> str:
        ((subset, code),) = self._face.splitString(chr(point), self._document)
        while subset >= len(self.names):
            name = self._face.getSubsetInternalName(len(self.names), self._document)
            self.names.append(name)
        self.subsets[point] = subset
        self[point] = code.decode("latin-1").translate(_ESCAPES)
        return self[point]
