"""The strokes that every figure is made of: rectangles, arrows, frames and labels.

Each function returns marks in the figure's own coordinates (points, y upwards); nothing here
knows what the figure means. A new kind of figure is a new file beside this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot

from templates.boxes import BLACK, Bar, Box, Circle, Glyphs, Mark, Path

Point = tuple[float, float]

PAPER = "#ffffff"
HEAD_LENGTH = 5.0
HEAD_WIDTH = 3.6
# A quarter circle is drawn by a cubic whose handles are this share of the radius.
QUARTER = 0.5523


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle, its edges in points."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def about(cls, x: float, y: float, width: float, height: float) -> Rect:
        """The rectangle of this size whose centre is (x, y)."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def grown(self, margin: float) -> Rect:
        """This rectangle with `margin` more on every side; a negative margin shrinks it."""
        return Rect(
            self.left - margin, self.bottom - margin, self.right + margin, self.top + margin
        )

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share an area; touching edges do not count."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def meets(self, start: Point, end: Point) -> bool:
        """Whether the straight line from `start` to `end` passes through the inside."""
        enter, leave = self.crossing(start, end)
        return enter < leave

    def crossing(self, start: Point, end: Point) -> tuple[float, float]:
        """At which shares of the line from `start` to `end` its piece inside begins and ends.

        The first is not the smaller one where the line misses. Liang and Barsky's clipping (ACM
        Transactions on Graphics 3, 1984, pages 1 to 22).
        """
        enter, leave = 0.0, 1.0
        sides = ((self.left, self.right), (self.bottom, self.top))
        for (low, high), a, b in zip(sides, start, end, strict=True):
            if a == b:
                if not low < a < high:
                    return 1.0, 0.0
                continue
            first, second = sorted(((low - a) / (b - a), (high - a) / (b - a)))
            enter, leave = max(enter, first), min(leave, second)
        return enter, leave


def enclosing(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all of `rects`, of which there must be one at least."""
    lefts, bottoms, rights, tops = zip(
        *((r.left, r.bottom, r.right, r.top) for r in rects), strict=True
    )
    return Rect(min(lefts), min(bottoms), max(rights), max(tops))


def arrow(points: Sequence[Point], ink: str = BLACK, line_width: float = 0.6) -> tuple[Mark, ...]:
    """A line along `points` with a filled head at its end.

    Two points make a straight arrow; more are the cubic segments of a curved `Path`. The last
    straight stretch, or the last handle, must be longer than `HEAD_LENGTH`.
    """
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = hypot(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    back = (x1 - HEAD_LENGTH * dx, y1 - HEAD_LENGTH * dy)
    half = HEAD_WIDTH / 2
    corners = [(back[0] - s * half * dy, back[1] + s * half * dx) for s in (1, -1)]
    # The line stops inside the head, so that its square end never shows beside the tip.
    stop = (x1 - 0.8 * HEAD_LENGTH * dx, y1 - 0.8 * HEAD_LENGTH * dy)
    shaft = (*points[:-1], stop)
    return (
        Path(shaft, ink, line_width=line_width, curved=len(points) > 2),
        Path(((x1, y1), *corners), None, ink, closed=True),
    )


def frame(rect: Rect, radius: float = 0.0, fill: str = PAPER, line_width: float = 0.7) -> Path:
    """The outline of `rect`, its corners rounded by `radius`, filled so that it hides lines."""
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    if not radius:
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        return Path(corners, BLACK, fill, line_width, closed=True)
    points: list[Point] = [(left + radius, bottom)]
    for corner, before, after in (
        ((right, bottom), (right - radius, bottom), (right, bottom + radius)),
        ((right, top), (right, top - radius), (right - radius, top)),
        ((left, top), (left + radius, top), (left, top - radius)),
        ((left, bottom), (left, bottom + radius), (left + radius, bottom)),
    ):
        points += [points[-1], before, before]
        points += [_toward(before, corner), _toward(after, corner), after]
    return Path(tuple(points), BLACK, fill, line_width, closed=True, curved=True)


def _toward(point: Point, corner: Point) -> Point:
    (x, y), (cx, cy) = point, corner
    return (x + QUARTER * (cx - x), y + QUARTER * (cy - y))


def centred(box: Box, x: float, y: float) -> tuple[Mark, ...]:
    """The marks of `box` with the middle of its rectangle at (x, y)."""
    return tuple(box.placed(x - box.width / 2, y - (box.height - box.depth) / 2))


BESIDE_LABEL = 3.0
"""So much more of an edge is hidden beside its label: nobody is to take it for a minus sign."""


def on_paper(
    box: Box, x: float, y: float, margin: float = 1.0, beside: float = 0.0
) -> tuple[Mark, ...]:
    """`box` about (x, y) on a patch of white that hides the line under it.

    The patch has a `margin` on every side, and on the left and right as much more as `beside` says.
    """
    width = box.width + 2 * (margin + beside)
    height = box.height + box.depth + 2 * margin
    patch = Bar(width, height, x - width / 2, y - height / 2, PAPER)
    return (patch, *centred(box, x, y))


def inked(box: Box, ink: str) -> Box:
    """`box` with every mark in `ink`, for a second colour in a figure."""
    return replace(box, marks=tuple(_reinked(mark, ink) for mark in box.marks))


def _reinked(mark: Mark, ink: str) -> Mark:
    match mark:
        case Glyphs():
            return mark._replace(ink=ink)
        case Bar():
            return replace(mark, ink=ink)
        case Path() | Circle():
            return replace(mark, stroke=mark.stroke and ink, fill=mark.fill and ink)


def canvas(marks: Iterable[Mark], rect: Rect) -> Box:
    """The marks inside `rect` as a box that stands on its baseline."""
    moved = tuple(mark.moved(-rect.left, -rect.bottom) for mark in marks)
    return Box(rect.right - rect.left, rect.top - rect.bottom, 0.0, moved)
