"""Points and the line that fits them best, for a weight and a bias."""

from __future__ import annotations

from functools import partial

import numpy as np

from gen.problem import Figure
from gen.topics.least_squares.draws import Data
from gen.topics.least_squares.graphs import Fit, graph
from solver.passes import forward
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot

SIZE = (180.0, 100.0)


def of_points(data: Data) -> Figure:
    """The examples alone."""
    return partial(_plot, data, None)


def with_line(fit: Fit, data: Data) -> Figure:
    """The examples and the line of the solution."""
    numbers = {"X": data.rows, "y": data.targets, "u": data.point}
    givens = {name: np.array(value, dtype=float) for name, value in numbers.items()}
    bias, slope = forward(graph(fit), givens)["w"]
    return partial(_plot, data, (float(bias), float(slope)))


def _plot(data: Data, line: tuple[float, float] | None, symbols: Symbols) -> Plot:
    inputs, targets = [float(row[1]) for row in data.rows], [float(y) for y in data.targets]
    horizontal = Axis("x", min(inputs) - 1, max(inputs) + 1)
    curves: tuple[Curve, ...] = ()
    heights = [*targets, 0.0]
    if line is not None:
        bias, slope = line
        ends = tuple((x, bias + slope * x) for x in (horizontal.low, horizontal.high))
        curves = (Curve(ends, ink="value"),)
    vertical = Axis.around(str(symbols.value("t")), heights)
    dots = tuple(Dot(x, y) for x, y in zip(inputs, targets, strict=True))
    title = "the examples" + (" and the line that fits them best" if line else "")
    return Plot(title, horizontal, vertical, curves, dots, size=SIZE)
