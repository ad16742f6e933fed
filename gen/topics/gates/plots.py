"""Inputs of threshold units as corners of a square, with the line at a threshold; small nets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from gen.problem import Figure
from gen.topics.gates.functions import Perceptron, Row, rows
from gen.topics.gates.nets import ThresholdNet
from templates.document import Figure as Drawing
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot, straight

SIDE = 130.0
MOST_NAMED = 2


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


def drawing_of(net: ThresholdNet, output: bool = True) -> Figure:
    """The net with its weights on the edges and its thresholds above the units.

    Without `output`, those of the output unit are left out.
    """
    return partial(_drawing, net, output)


def _drawing(net: ThresholdNet, output: bool, symbols: Symbols) -> Drawing:
    # The drawing needs fonts and layout, which a page for a terminal does without.
    from templates.figures.network import network

    hidden = range(1, len(net.hidden) + 1)
    inputs = [str(symbols.value(f"x{j}")) for j in range(1, net.inputs + 1)]
    layers = [inputs, [str(symbols.value(f"h{i}")) for i in hidden], [str(symbols.value("y"))]]
    units = (net.hidden, (net.output,))
    weights = [[list(map(str, unit.weights)) for unit in layer] for layer in units]
    thresholds = [[rf"\geq {unit.threshold}" for unit in layer] for layer in units]
    if not output:
        weights[1], thresholds[1] = [[""] * len(net.hidden)], [""]
    drawn = network(layers, weights, thresholds, ["inputs", "hidden", "output"])
    return replace(drawn, description=drawn.description.replace("Biases:", "Thresholds:"))


def recoded(net: ThresholdNet, output: bool = True) -> Figure:
    """The inputs where the hidden units put them, with the line of the output unit if wanted."""
    return partial(_recoded, net, output)


def _recoded(net: ThresholdNet, output: bool, symbols: Symbols) -> Plot:
    axes = [Axis(str(symbols.value(node)), -0.5, 1.5, (0, 1)) for node in ("h1", "h2")]
    meeting: dict[Row, list[str]] = {}
    for row, code in zip(rows(net.inputs), net.codes(), strict=True):
        meeting.setdefault(code, []).append("".join(map(str, row)))
    dots = tuple(
        Dot(a, b, _named(inputs), "filled" if net.output.output((a, b)) else "open")
        for (a, b), inputs in meeting.items()
    )
    title = "the hidden outputs, labelled with the inputs that lead to them"
    if not output:
        dots = tuple(replace(dot, mark="filled") for dot in dots)
        return Plot(title, axes[0], axes[1], dots=dots, size=(SIDE, SIDE))
    first, second = net.output.weights
    ends = straight((first, second), net.output.threshold, *axes)
    total = " + ".join(f"{symbols.value(f'v{i}')} {symbols.value(f'h{i}')}" for i in (1, 2))
    line = Curve(ends, f"{total} = {symbols.value('t')}", "gradient")
    title += ", filled where the output is 1 and open where it is 0"
    return Plot(title, axes[0], axes[1], (line,), dots, size=(SIDE, SIDE))


def _named(inputs: Sequence[str]) -> str:
    """The inputs that share a point, or their number if they are many."""
    few = len(inputs) <= MOST_NAMED
    return r",\ ".join(inputs) if few else rf"\text{{{len(inputs)} inputs}}"
