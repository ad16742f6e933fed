"""A plot told in words: its axes, what its curves pass through, and every marked point."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from templates.mathematics import plain
from templates.numerals import decimal
from templates.plots import Axis, Curve, Plot, Point


def describe(plot: Plot) -> str:
    """The same as the drawing in sentences; a curve is told by its heights at the ticks."""
    axes = f"the axes are {_axis(plot.horizontal)} and {_axis(plot.vertical)}"
    sentences = [f"A plot of {plot.title}", axes, *_curves(plot), *_dots(plot), *_arrows(plot)]
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def _axis(axis: Axis) -> str:
    return f"{plain(axis.label)} from {decimal(axis.low)} to {decimal(axis.high)}"


def _curves(plot: Plot) -> Iterator[str]:
    for curve in plot.curves:
        kind = "line" if len(curve.points) == 2 else "curve"
        through = _listed(_told(curve, plot.horizontal))
        yield f"a {'dashed ' if curve.dashed else ''}{kind}{_named(curve.label)} through {through}"


def _told(curve: Curve, axis: Axis) -> list[Point]:
    """The points that tell where a curve runs: those at the ticks, or its ends."""
    xs, ys = zip(*curve.points, strict=True)
    ticks = [tick for tick in axis.numbers() if xs[0] <= tick <= xs[-1]]
    if len(xs) == 2 or len(ticks) < 2:
        return [curve.points[0], curve.points[-1]]
    return [(tick, float(np.interp(tick, xs, ys))) for tick in ticks]


def _dots(plot: Plot) -> Iterator[str]:
    kinds = {"filled": "a filled point", "open": "an open point", "cross": "a cross"}
    for dot in plot.dots:
        yield f"{kinds[dot.mark]}{_named(dot.label)} at {_point((dot.x, dot.y))}"


def _arrows(plot: Plot) -> Iterator[str]:
    for each in plot.arrows:
        yield f"an arrow from {_point(each.start)} to {_point(each.end)}"


def _named(label: str) -> str:
    return f" labelled {plain(label)}" if label else ""


def _point(point: Point) -> str:
    # As near as one reads a drawing, so that the words tell no more than it does.
    return f"({', '.join(decimal(float(f'{value:.2f}')) for value in point)})"


def _listed(points: list[Point]) -> str:
    *most, last = map(_point, points)
    return f"{', '.join(most)} and {last}"
