"""Frames and rows: what the layout of a page is made of above the level of a single box.

A frame is a box made of boxes. It keeps its parts where they are and only remembers their places,
so that laying out a page moves no marks; a writer adds up the places as it draws. A row is one
strip of a column that no page break may cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from templates.boxes import Box, Circle, Glyphs, Mark, Path


class Frame(NamedTuple):
    """A rectangle with a baseline and parts at (x, y) from its origin; see `templates.boxes`.

    Frames and rows are named tuples, as there are many of them and these are made faster.
    """

    width: float
    height: float
    depth: float
    parts: tuple[tuple[float, float, Box | Frame], ...] = ()

    def marks(self, x: float = 0.0, y: float = 0.0) -> Iterator[Mark]:
        """Every mark inside, with the frame's origin at (x, y), in the order of reading."""
        for dx, dy, part in self.parts:
            if isinstance(part, Frame):
                yield from part.marks(x + dx, y + dy)
            else:
                yield from part.placed(x + dx, y + dy)


Laid = Box | Frame


class Row(NamedTuple):
    """An unbreakable strip: `above` is the white over it (dropped at the top of a page).

    With `keep`, no page break falls between this row and the one after it.
    """

    frame: Laid
    above: float = 0.0
    keep: bool = False
    x: float = 0.0

    def shifted(self, dx: float) -> Row:
        """This row, `dx` further to the right."""
        return Row(self.frame, self.above, self.keep, self.x + dx)

    def bound(self, keep: bool) -> Row:
        """This row, on one page with the next if `keep`."""
        return self if self.keep == keep else Row(self.frame, self.above, keep, self.x)

    def under(self, above: float) -> Row:
        """This row with `above` as the white over it."""
        return self if self.above == above else Row(self.frame, above, self.keep, self.x)

    @property
    def extent(self) -> float:
        """Height and depth together, without the white above."""
        return self.frame.height + self.frame.depth


def kept(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows tied into one group: no break inside, a break allowed after the last."""
    return tuple(row.bound(index + 1 < len(rows)) for index, row in enumerate(rows))


def tied(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with a tie from the last to whatever follows."""
    return (*rows[:-1], rows[-1].bound(True)) if rows else ()


def spaced(rows: Sequence[Row], above: float) -> tuple[Row, ...]:
    """The rows with `above` as the white over the first."""
    return (rows[0].under(above), *rows[1:]) if rows else ()


def stack(rows: Sequence[Row], width: float) -> Frame:
    """A column as one frame whose baseline is that of its first row."""
    if not rows:
        return Frame(width, 0.0, 0.0)
    parts = [(rows[0].x, 0.0, rows[0].frame)]
    y = -rows[0].frame.depth
    for row in rows[1:]:
        y -= row.above + row.frame.height
        parts.append((row.x, y, row.frame))
        y -= row.frame.depth
    return Frame(width, rows[0].frame.height, -y, tuple(parts))


def beside(cells: Sequence[tuple[float, Laid]], width: float) -> Frame:
    """Frames side by side on one baseline, each at its own x."""
    return Frame(
        width,
        max((cell.height for _, cell in cells), default=0.0),
        max((cell.depth for _, cell in cells), default=0.0),
        tuple((x, 0.0, cell) for x, cell in cells),
    )


def scaled(box: Box, factor: float) -> Box:
    """The box and its marks made smaller or larger by `factor`."""
    marks = tuple(_scaled_mark(mark, factor) for mark in box.marks)
    return Box(box.width * factor, box.height * factor, box.depth * factor, marks)


def _scaled_mark(mark: Mark, k: float) -> Mark:
    match mark:
        case Glyphs():
            return mark._replace(size=mark.size * k, x=mark.x * k, y=mark.y * k)
        case Path():
            points = tuple((x * k, y * k) for x, y in mark.points)
            return replace(mark, points=points, line_width=mark.line_width * k)
        case Circle():
            return replace(
                mark,
                radius=mark.radius * k,
                x=mark.x * k,
                y=mark.y * k,
                line_width=mark.line_width * k,
            )
        case _:
            return replace(
                mark, width=mark.width * k, height=mark.height * k, x=mark.x * k, y=mark.y * k
            )
