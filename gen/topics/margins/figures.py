"""Points of two classes in the plane, and the line between them with its margins."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from gen.problem import Figure
from gen.topics.margins.draws import Data
from gen.topics.margins.graphs import Machine, graph
from solver.passes import forward
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot, straight

HEIGHT = 110.0


def of_points(data: Data) -> Figure:
    """The points alone."""
    return partial(_plot, data, ())


def with_line(machine: Machine, data: Data) -> Figure:
    """The points, the line on which the score is 0 and, dashed, those of the scores 1 and -1."""
    givens: dict[str, Any] = {}
    for n, row in enumerate(zip(data.points, data.targets, data.multipliers, strict=True), 1):
        named = zip("xtl", row, strict=True)
        givens |= {f"{name}{n}": np.asarray(value, dtype=float) for name, value in named}
    values = forward(graph(Machine(machine.examples, True, machine.at)), givens)
    normal, bias = values["w"], float(values["b"])
    lines = tuple(
        ((float(normal[0]), float(normal[1])), score - bias, score != 0) for score in (0, 1, -1)
    )
    return partial(_plot, data, lines)


def _plot(
    data: Data, lines: Iterable[tuple[tuple[float, float], float, bool]], symbols: Symbols
) -> Plot:
    points = [(float(x), float(y)) for x, y in data.points]
    first, second = (_axis(symbols, axis, [p[axis] for p in points]) for axis in (0, 1))
    curves = tuple(
        Curve(straight(normal, offset, first, second), dashed=dashed)
        for normal, offset, dashed in lines
    )
    dots = tuple(
        Dot(*point, str(n), "filled" if float(target) > 0 else "open")
        for n, (point, target) in enumerate(zip(points, data.targets, strict=True), 1)
    )
    title = "the examples, filled where the target is 1 and open where it is -1"
    wide = HEIGHT * (first.high - first.low) / (second.high - second.low)
    if curves:
        title += ", with the line on which the score is 0 and, dashed, those of 1 and -1"
    return Plot(title, first, second, curves, dots, size=(wide, HEIGHT))


def _axis(symbols: Symbols, axis: int, values: list[float]) -> Axis:
    label = str(symbols.value("q", (axis,))).replace("q", "x")
    return Axis(label, min(values) - 1, max(values) + 1)
