"""Marks as PDF operators (ISO 32000-1, tables 57 to 61, 74 and 103 to 109).

Shapes are drawn first and text after them in one text object a page, so that fonts and inks
change as seldom as they can.
"""

from __future__ import annotations

from functools import cache
from typing import assert_never

from templates.boxes import Bar, Circle, Glyphs, Mark, Path
from templates.layout.frames import Frame
from templates.writers.pdf_fonts import Encoder

_ROUND = 0.5522847498
"""Distance of a Bezier control point that makes a quarter circle of radius one."""


def operators(frame: Frame, encoder: Encoder) -> str:
    """The content stream of a page whose marks are those of the frame."""
    page = _Page(encoder)
    page.draw(frame, 0.0, 0.0)
    return "\n".join((*page.shapes, "BT", *page.text, "ET"))


class _Page:
    """The operators of a page; fonts and inks of the text are set only where they change."""

    def __init__(self, encoder: Encoder) -> None:
        self.shapes: list[str] = []
        self.text: list[str] = []
        self._encoded = encoder.encoded
        self._font, self._size, self._ink = "", 0.0, ""

    def draw(self, frame: Frame, x: float, y: float) -> None:
        """Add everything in the frame, whose origin is at (x, y)."""
        for dx, dy, part in frame.parts:
            if isinstance(part, Frame):
                self.draw(part, x + dx, y + dy)
            else:
                self._box(part.marks, x + dx, y + dy)

    def _box(self, marks: tuple[Mark, ...], x: float, y: float) -> None:
        # Pages have thousands of runs of text: nothing is called for one that need not be.
        text, encoded = self.text, self._encoded
        for mark in marks:
            if not isinstance(mark, Glyphs):
                self.shapes.append(shape(mark, x, y))
                continue
            font, size, words, dx, dy, ink = mark
            if ink != self._ink:
                self._ink = ink
                text.append(f"{colour(ink)} rg")
            place = f"1 0 0 1 {x + dx:.2f} {y + dy:.2f} Tm"
            for name, code in encoded(font, words):
                if name != self._font or size != self._size:
                    self._font, self._size = name, size
                    text.append(f"{name} {size:.2f} Tf")
                text.append(f"{place}({code})Tj")
                place = ""


def shape(mark: Bar | Path | Circle, x: float, y: float) -> str:
    """The operators of a mark that is no text, in the frame whose origin is at (x, y)."""
    match mark:
        case Bar():
            return _bar(mark, x, y)
        case Path():
            return _path(mark, x, y)
        case Circle():
            return _circle(mark, x, y)
        case _:
            assert_never(mark)


@cache
def colour(ink: str) -> str:
    """Three components from 0 to 1 of an ink written #rrggbb."""
    return " ".join(f"{int(ink[start : start + 2], 16) / 255:.3g}" for start in (1, 3, 5))


def _bar(mark: Bar, x: float, y: float) -> str:
    place = f"{x + mark.x:.2f} {y + mark.y:.2f}"
    return f"{colour(mark.ink)} rg {place} {mark.width:.2f} {mark.height:.2f} re f"


def _paint(stroke: str | None, fill: str | None, line_width: float) -> tuple[str, str]:
    """The operators before an outline and the one that paints it."""
    before = f"{line_width:.2f} w"
    if stroke:
        before += f" {colour(stroke)} RG"
    if fill:
        before += f" {colour(fill)} rg"
    return before, {(True, True): "B", (True, False): "S", (False, True): "f"}.get(
        (bool(stroke), bool(fill)), "n"
    )


def _path(mark: Path, x: float, y: float) -> str:
    before, paint = _paint(mark.stroke, mark.fill, mark.line_width)
    points = [f"{x + px:.2f} {y + py:.2f}" for px, py in mark.points]
    start, rest = points[0], points[1:]
    if mark.curved:
        steps = [" ".join(rest[i : i + 3]) + " c" for i in range(0, len(rest), 3)]
    else:
        steps = [f"{point} l" for point in rest]
    dash = ("[3 2] 0 d ", " [] 0 d") if mark.dashed else ("", "")
    close = " h" if mark.closed else ""
    return f"{dash[0]}{before} {start} m {' '.join(steps)}{close} {paint}{dash[1]}"


def _circle(mark: Circle, x: float, y: float) -> str:
    cx, cy, r, k = x + mark.x, y + mark.y, mark.radius, _ROUND * mark.radius
    points = (
        (cx + r, cy),
        (cx + r, cy + k), (cx + k, cy + r), (cx, cy + r),
        (cx - k, cy + r), (cx - r, cy + k), (cx - r, cy),
        (cx - r, cy - k), (cx - k, cy - r), (cx, cy - r),
        (cx + k, cy - r), (cx + r, cy - k), (cx + r, cy),
    )  # fmt: skip
    outline = Path(points, mark.stroke, mark.fill, mark.line_width, closed=True, curved=True)
    return _path(outline, 0.0, 0.0)
