"""Boxes: finished layout, independent of any output format.

A box is a rectangle with a baseline and the marks inside it. Words, mathematics and figures
are all boxes, so a line of a page can hold any of them. Lengths are in points (1/72 inch);
x grows to the right, y grows upwards, and the origin lies on the baseline at the left edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

BLACK = "#000000"


class DoesNotFit(ValueError):  # noqa: N818 - says what happened
    """What is to be laid out is larger than the page, the line or the figure that is to hold it."""


class Glyphs(NamedTuple):
    """A run of text in one font; (x, y) is where its baseline starts.

    A named tuple, unlike the other marks: pages have thousands, and named tuples are made faster.
    """

    font: str
    size: float
    text: str
    x: float = 0.0
    y: float = 0.0
    ink: str = BLACK

    def moved(self, dx: float, dy: float) -> Glyphs:
        """The same mark, dx to the right and dy up."""
        return Glyphs(self.font, self.size, self.text, self.x + dx, self.y + dy, self.ink)


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle whose lower left corner is (x, y): fraction bars, rules, vincula."""

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    ink: str = BLACK

    def moved(self, dx: float, dy: float) -> Bar:
        """The same mark, dx to the right and dy up."""
        return Bar(self.width, self.height, self.x + dx, self.y + dy, self.ink)


@dataclass(frozen=True, slots=True)
class Path:
    """A polyline or polygon through `points`; `fill` and `stroke` are inks or None.

    With `curved`, the points after the first come in threes: the control points and the end
    of a cubic Bezier segment, as in PDF and SVG.
    """

    points: tuple[tuple[float, float], ...]
    stroke: str | None = BLACK
    fill: str | None = None
    line_width: float = 0.5
    closed: bool = False
    curved: bool = False
    dashed: bool = False

    def moved(self, dx: float, dy: float) -> Path:
        """The same mark, dx to the right and dy up."""
        points = tuple((x + dx, y + dy) for x, y in self.points)
        look = (self.stroke, self.fill, self.line_width, self.closed, self.curved, self.dashed)
        return Path(points, *look)


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle about (x, y)."""

    radius: float
    x: float = 0.0
    y: float = 0.0
    stroke: str | None = BLACK
    fill: str | None = None
    line_width: float = 0.5

    def moved(self, dx: float, dy: float) -> Circle:
        """The same mark, dx to the right and dy up."""
        x, y = self.x + dx, self.y + dy
        return Circle(self.radius, x, y, self.stroke, self.fill, self.line_width)


Mark = Glyphs | Bar | Path | Circle


@dataclass(frozen=True, slots=True)
class Box:
    """A laid-out rectangle: `height` above the baseline, `depth` below it, and its marks."""

    width: float
    height: float
    depth: float
    marks: tuple[Mark, ...] = ()

    def placed(self, x: float, y: float) -> Iterable[Mark]:
        """The marks of this box when its origin lies at (x, y)."""
        return (mark.moved(x, y) for mark in self.marks)
