"""Two checks of a directional derivative: a small move along the direction, and the gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gen.topics.graphs.expressions import NEAR, SLOPE_PLACES, STEP, Nodes, Point, graph_of
from gen.topics.tangents.draws import carried, evaluated, units
from gen.topics.tangents.graphs import Direction
from solver.rounding import round_half_up


@dataclass(frozen=True, slots=True)
class Move:
    """The output a little way back and on along a direction, and the slope between the two."""

    ends: tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]
    outputs: tuple[float, float]
    slope: float


def move(point: Point, nodes: Nodes, direction: Direction, places: int) -> Move | None:
    """The slope along the direction from outputs of so many places, if that is near the mark.

    None where it is not: a bend or the edge of a logarithm is too near.
    """
    graph = graph_of(tuple(name for name, _ in point), nodes)
    floats = tuple((name, float(value)) for name, value in point)
    rates = {name: float(rate) for name, rate in direction}
    slope = float(carried(graph, evaluated(graph, floats), direction)[graph.output])
    back, on = (
        tuple((name, round(x + side * STEP * rates[name], 6)) for name, x in floats)
        for side in (-1, 1)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        outputs = [float(evaluated(graph, end)[graph.output]) for end in (back, on)]
    first, second = (float(round_half_up(value, places)) for value in outputs)
    found = float(round_half_up((second - first) / (2 * STEP), SLOPE_PLACES))
    if abs(found - slope) <= NEAR * max(1.0, abs(slope)):
        return Move((back, on), (first, second), found)
    return None


def gradient(point: Point, nodes: Nodes) -> Sequence[Any]:
    """The partial derivatives of the output, in the kind of number of the point."""
    graph = graph_of(tuple(name for name, _ in point), nodes)
    values: Mapping[str, Any] = evaluated(graph, point)
    return [carried(graph, values, unit).get(graph.output, 0) for unit in units(point)]
