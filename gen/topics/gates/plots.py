"""The inputs of a threshold unit as the corners of a square, with the line at its threshold."""

from __future__ import annotations

from functools import partial

from gen.problem import Figure
from gen.topics.gates.functions import Perceptron, rows
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot, straight

SIDE = 130.0


def line_of(perceptron: Perceptron) -> Figure:
    """The four inputs of a perceptron, filled where it gives 1, and its line."""
    return partial(_plot, perceptron)


def _plot(perceptron: Perceptron, symbols: Symbols) -> Plot:
    axes = [Axis(str(symbols.value(node)), -0.5, 1.5, (0, 1)) for node in ("x1", "x2")]
    first, second = perceptron.weights
    ends = straight((first, second), perceptron.threshold, *axes)
    total = " + ".join(f"{symbols.value(f'w{i}')} {symbols.value(f'x{i}')}" for i in (1, 2))
    line = Curve(ends, f"{total} = {symbols.value('t')}", "gradient")
    dots = (
        Dot(x, y, f"({x}, {y})", "filled" if perceptron.output((x, y)) else "open")
        for x, y in rows(2)
    )
    title = "the inputs, filled where the output is 1 and open where it is 0"
    return Plot(title, axes[0], axes[1], (line,), tuple(dots), size=(SIDE, SIDE))
