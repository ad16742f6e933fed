"""An activation as a curve, with the tangents whose slopes are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil

import numpy as np

from gen.exact_numbers import Number
from gen.problem import Figure
from gen.topics.activations.graphs import WITH_ALPHA
from solver.rules import RULES
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot

LEAST_REACH = 4
# Beside others, a tangent is only a short piece.
SHORT = 1.2


def tangents(activation: str, alpha: float, numbers: Sequence[Number]) -> Figure:
    """The curve of an activation with its tangent at each pre-activation."""
    return partial(_plot, activation, alpha, tuple(map(float, numbers)))


def _plot(activation: str, alpha: float, at: tuple[float, ...], symbols: Symbols) -> Plot:
    rule, settings = RULES[activation], {"alpha": alpha} if activation in WITH_ALPHA else {}

    def value(s: float) -> float:
        return float(rule.forward(np.float64(s), **settings))

    def slope(s: float) -> float:
        assert rule.derivative is not None
        return float(rule.derivative(np.float64(value(s)), np.float64(s), **settings))

    alone, reach = len(at) == 1, max(LEAST_REACH, *(ceil(abs(x)) for x in at))
    s, o = (str(symbols.value(node, None, "" if alone else "k")) for node in "so")
    curve = Curve.of(value, -reach, reach)
    lines = [_tangent(x, value(x), slope(x), 2 * reach if alone else SHORT) for x in at]
    if alone:
        lines = [replace(lines[0], label=rf"\text{{slope }}{symbols.local('o')}")]
    labels = [f"({s}, {o})"] if alone else [str(symbols.value("s", (k,))) for k in range(len(at))]
    heights = [y for _, y in curve.points]
    return Plot(
        f"the activation and its tangent{'' if alone else 's'}",
        Axis(s, -reach, reach),
        # A curve that comes near its lowest value is not drawn upon the axis.
        Axis.around(o, [-0.1, 1.1, min(heights) - 0.1, *heights]),
        (curve, *lines),
        tuple(Dot(x, value(x), label) for x, label in zip(at, labels, strict=True)),
    )


def _tangent(x: float, y: float, slope: float, reach: float) -> Curve:
    ends = tuple((x + side * reach, y + side * reach * slope) for side in (-1, 1))
    return Curve(ends, ink="gradient", dashed=True)
