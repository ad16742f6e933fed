"""Plots as figures: axes at the left and below, and labels where they hide nothing.

Every label tries places about what it names and takes the first that is clear of all lines, marks
and other labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

from templates.boxes import BLACK, Box, Circle, Mark, Path
from templates.document import Figure
from templates.figures.drawing import (
    HEAD_LENGTH,
    PAPER,
    Point,
    Rect,
    arrow,
    canvas,
    centred,
    enclosing,
    inked,
    on_paper,
)
from templates.figures.graph import GRADIENT_INK, VALUE_INK
from templates.figures.plot_words import describe
from templates.mathematics import typeset
from templates.numerals import decimal
from templates.plots import Arrow, Curve, Dot, Ink, Plot

INKS: dict[Ink, str] = {"black": BLACK, "value": VALUE_INK, "gradient": GRADIENT_INK}
GRID_INK, ZERO_INK = "#eeeeee", "#999999"
LABEL_SIZE, TICK_SIZE = 9.0, 8.0
TICK, TICK_GAP, AXIS_GAP = 3.0, 2.0, 5.0
RADIUS = 2.3
# An arrow keeps this far from the middle of the marks that it joins.
SHORT = RADIUS + 1.2
CLEARANCE = 2.0
# Points on a line, near enough to one another that no label fits between two.
SPACING = 1.5
# Where on a curve its label is tried, then on which side of that point, and how far from it.
FRACTIONS = (0.9, 0.8, 0.96, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
SIDES = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
REACHES = (0.0, 4.0, 9.0, 16.0, 24.0)
CLASH, OUTSIDE = 100.0, 1000.0

Floats = NDArray[np.float64]
Line = Sequence[Point]
Part = tuple[tuple[Mark, ...], Rect]


def plot(shown: Plot) -> Figure:
    """Draw a plot, its labels clear of its lines.

    Raises ValueError when a marked point lies outside the axes.
    """
    curves = [(each, _visible(each, shown)) for each in shown.curves]
    arrows = [(each, _shortened(each, shown)) for each in shown.arrows]
    dots = [(each, _inside(each, shown)) for each in shown.dots]
    lines = [*chain.from_iterable(pieces for _, pieces in curves), *(ends for _, ends in arrows)]
    lines += [_arms(place, side) for _, place in dots for side in (1, -1)]
    named: list[tuple[Dot | Curve, list[Point]]] = [(dot, [place]) for dot, place in dots]
    named += [(curve, _anchors(pieces)) for curve, pieces in curves if pieces]
    # Labels lie over the grid and under everything else.
    marks = [*_grid(shown), *_labels(named, lines, shown)]
    for curve, pieces in curves:
        ink = INKS[curve.ink]
        marks += (Path(tuple(p), ink, line_width=1.0, dashed=curve.dashed) for p in pieces)
    marks += chain.from_iterable(_arrow(ends, INKS[each.ink]) for each, ends in arrows)
    marks += chain.from_iterable(_mark(dot, place) for dot, place in dots)
    scales = [*_scales(shown)]
    marks += chain.from_iterable(drawn for drawn, _ in scales)
    around = enclosing([_area(shown), *(rect for _, rect in scales)]).grown(1.0)
    return Figure(canvas(marks, around), describe(shown))


def _area(shown: Plot) -> Rect:
    return Rect(0.0, 0.0, *shown.size)


def _at(shown: Plot, x: float, y: float) -> Point:
    """Where a point of the plot stands on paper, from the lower left corner of its area."""
    across, up = shown.horizontal, shown.vertical
    return (
        (x - across.low) / (across.high - across.low) * shown.size[0],
        (y - up.low) / (up.high - up.low) * shown.size[1],
    )


def _visible(curve: Curve, shown: Plot) -> list[Line]:
    """The pieces of a curve that lie within the axes; a line along an axis does."""
    area = _area(shown).grown(0.01)
    pieces: list[list[Point]] = []
    unbroken = False
    for start, end in pairwise(_at(shown, *point) for point in curve.points):
        enter, leave = area.crossing(start, end)
        if enter < leave:
            if not unbroken or enter > 0.0:
                pieces.append([_between(start, end, enter)])
            pieces[-1].append(_between(start, end, leave))
        unbroken = enter < leave == 1.0
    return [*pieces]


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _shortened(each: Arrow, shown: Plot) -> tuple[Point, Point]:
    start, end = _at(shown, *each.start), _at(shown, *each.end)
    share = min(SHORT / (_length(start, end) or 1.0), 0.3)
    return _between(start, end, share), _between(start, end, 1 - share)


def _length(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])


def _inside(dot: Dot, shown: Plot) -> Point:
    x, y = _at(shown, dot.x, dot.y)
    if not (-0.01 <= x <= shown.size[0] + 0.01 and -0.01 <= y <= shown.size[1] + 0.01):
        raise ValueError(f"the point ({dot.x}, {dot.y}) lies outside the axes")
    return x, y


def _arms(place: Point, side: int) -> tuple[Point, Point]:
    """One of the two diagonals of a mark."""
    x, y = place
    return (x - RADIUS, y - side * RADIUS), (x + RADIUS, y + side * RADIUS)


def _grid(shown: Plot) -> Iterator[Mark]:
    """Faint lines at the ticks, stronger ones at zero, and the two axes."""
    width, height = shown.size
    for value in shown.horizontal.numbers():
        x, _ = _at(shown, value, 0.0)
        yield Path(((x, 0.0), (x, height)), GRID_INK if value else ZERO_INK)
    for value in shown.vertical.numbers():
        _, y = _at(shown, 0.0, value)
        yield Path(((0.0, y), (width, y)), GRID_INK if value else ZERO_INK)
    yield Path(((0.0, height), (0.0, 0.0), (width, 0.0)), line_width=0.7)


def _scales(shown: Plot) -> Iterator[Part]:
    """The ticks with their numbers, and the labels of the axes at their ends."""
    for value in shown.horizontal.numbers():
        (x, _), box = _at(shown, value, 0.0), typeset(decimal(value), TICK_SIZE)
        tick = Path(((x, 0.0), (x, -TICK)), line_width=0.6)
        yield _part(box, x, -TICK - TICK_GAP - _tall(box) / 2, tick)
    for value in shown.vertical.numbers():
        (_, y), box = _at(shown, 0.0, value), typeset(decimal(value), TICK_SIZE)
        tick = Path(((0.0, y), (-TICK, y)), line_width=0.6)
        yield _part(box, -TICK - TICK_GAP - box.width / 2, y, tick)
    box = typeset(shown.horizontal.label, LABEL_SIZE)
    yield _part(box, shown.size[0] + AXIS_GAP + box.width / 2, 0.0)
    box = typeset(shown.vertical.label, LABEL_SIZE)
    # A long label begins above the numbers and goes on to the right.
    middle = max(0.0, box.width / 2 - 3 * AXIS_GAP)
    yield _part(box, middle, shown.size[1] + AXIS_GAP + _tall(box) / 2)


def _part(box: Box, x: float, y: float, *more: Mark) -> Part:
    return (*more, *centred(box, x, y)), Rect.about(x, y, box.width, _tall(box))


def _tall(box: Box) -> float:
    return box.height + box.depth


def _arrow(ends: tuple[Point, Point], ink: str) -> tuple[Mark, ...]:
    """An arrow, or a plain line where there is no room for a head."""
    if _length(*ends) <= HEAD_LENGTH:
        return (Path(ends, ink, line_width=0.8),)
    return arrow(ends, ink, 0.8)


def _mark(dot: Dot, place: Point) -> tuple[Mark, ...]:
    ink = INKS[dot.ink]
    if dot.mark == "cross":
        return tuple(Path(_arms(place, side), ink, line_width=1.0) for side in (1, -1))
    return (Circle(RADIUS, *place, ink, ink if dot.mark == "filled" else PAPER, 0.9),)


def _anchors(pieces: Sequence[Line]) -> list[Point]:
    """The points at some fractions of the longest piece of a curve."""
    line = max(pieces, key=len)
    if len(line) == 2:
        return [_between(line[0], line[1], share) for share in FRACTIONS]
    return [line[round(share * (len(line) - 1))] for share in FRACTIONS]


def _labels(
    named: Sequence[tuple[Dot | Curve, list[Point]]], lines: Sequence[Line], shown: Plot
) -> Iterator[Mark]:
    """Each label near one of its anchors, at the first place where it hides least."""
    points, taken = _points(lines), list[Rect]()
    for each, anchors in named:
        if each.label:
            box = inked(typeset(each.label, LABEL_SIZE), INKS[each.ink])
            half = np.array((box.width / 2, _tall(box) / 2))
            reaches = np.array(REACHES)[:, None, None, None] + RADIUS + CLEARANCE + half
            places = (np.array(anchors)[:, None] + reaches * np.array(SIDES)).reshape(-1, 2)
            cost = _cost(places - half - CLEARANCE, places + half + CLEARANCE, points, taken, shown)
            x, y = map(float, places[np.argmin(cost)])
            taken.append(Rect.about(x, y, box.width, _tall(box)))
            yield from on_paper(box, x, y)


def _points(lines: Sequence[Line]) -> Floats:
    """Points on all the lines, `SPACING` apart or nearer."""
    found = [np.empty((0, 2))]
    for start, end in chain.from_iterable(map(pairwise, lines)):
        found.append(np.linspace(start, end, 2 + int(_length(start, end) / SPACING)))
    return np.concatenate(found)


def _cost(low: Floats, high: Floats, points: Floats, taken: Sequence[Rect], shown: Plot) -> Floats:
    """How much a label between each pair of corners would hide."""
    cost = np.zeros(len(low))
    cost += ((low[:, None] < points) & (points < high[:, None])).all(axis=2).sum(axis=1)
    cost += OUTSIDE * ((low < 0) | (high > shown.size)).any(axis=1)
    for other in taken:
        near = (low < (other.right, other.top)) & (high > (other.left, other.bottom))
        cost += CLASH * near.all(axis=1)
    return cost
