"""From pieces in em to a finished box in points."""

from __future__ import annotations

from collections.abc import Sequence

from templates.boxes import Bar, Box, Glyphs, Mark
from templates.mathematics.layout.pieces import Glyph, Piece, Placed

# Advances are whole thousandths of an em in the fonts but finer in their metrics; glyphs that
# lie this close to where the pen is, in em, go on in the same run.
_NEAR = 0.0015


def finished(piece: Piece, size: float) -> Box:
    """The box of a piece set at `size` points per em."""
    writer = _Writer(size)
    writer.place(((0.0, 0.0, piece),), 0.0, 0.0)
    writer.flush()
    return Box(piece.width * size, piece.height * size, piece.depth * size, tuple(writer.marks))


class _Writer:
    """Collects marks and joins neighbouring glyphs of one font and line into one run."""

    __slots__ = ("end", "font", "marks", "scale", "size", "start", "text", "y")

    def __init__(self, size: float) -> None:
        self.size = size
        self.marks: list[Mark] = []
        self.font = self.text = ""
        self.scale = self.start = self.end = self.y = 0.0

    def place(self, parts: Sequence[Placed], x: float, y: float) -> None:
        for dx, dy, part in parts:
            if type(part) is Piece:
                self.place(part.parts, x + dx, y + dy)
            elif isinstance(part, Glyph):
                self.glyph(part, x + dx, y + dy)
            else:
                self.bar(part, x + dx, y + dy)

    def glyph(self, part: Glyph, x: float, y: float) -> None:
        joins = part.font == self.font and part.scale == self.scale and y == self.y
        if joins and -_NEAR < x - self.end < _NEAR:
            self.text += part.text
        else:
            self.flush()
            self.font, self.scale, self.text = part.font, part.scale, part.text
            self.start, self.y = x, y
        self.end = x + part.width + part.sub_kern

    def bar(self, part: Piece, x: float, y: float) -> None:
        size = self.size
        if part.width > 0:
            self.marks.append(Bar(part.width * size, part.height * size, x * size, y * size))

    def flush(self) -> None:
        if self.text:
            size = self.size
            run = Glyphs(self.font, self.scale * size, self.text, self.start * size, self.y * size)
            self.marks.append(run)
            self.text = ""
