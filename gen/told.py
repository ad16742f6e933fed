"""Slips that are given by the numbers they lead to, where no spoiled rule leads to them.

What a slip takes for values and gradients is worked out with ordinary NumPy and told here as a
`Variant`. Its graph has the named nodes as inputs, and an output that has just these gradients.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gen.problem import Variant
from solver.graph import Graph, GraphBuilder
from solver.term import Shape

Shapes = tuple[tuple[str, Shape], ...]


def told(slip: str, values: Mapping[str, Any], gradients: Mapping[str, Any]) -> Variant:
    """The slip that takes these for the values and for the gradients of nodes, by name.

    There has to be one or the other. A node that has a gradient alone gets the value 0. Where any
    number is exact, all are.
    """
    zeros = {node: 0 * np.asarray(gradient) for node, gradient in gradients.items()}
    slopes = {_slope(node): gradient for node, gradient in gradients.items()}
    numbers = {name: np.asarray(n) for name, n in {**zeros, **values, **slopes}.items()}
    kind = object if any(number.dtype == object for number in numbers.values()) else float
    givens = {name: number.astype(kind) for name, number in numbers.items()}
    shapes = tuple((name, givens[name].shape) for name in {**zeros, **values})
    return Variant(slip, givens, _graph(shapes, tuple(gradients)))


def _slope(node: str) -> str:
    return f"slope of {node}"


@lru_cache(maxsize=512)
def _graph(nodes: Shapes, sloped: tuple[str, ...]) -> Graph:
    """The sum, over the nodes, of all products of a node's entries with the slopes for them."""
    builder = GraphBuilder()
    total = ""
    for node, shape in nodes:
        builder.input(node, shape, fixed=node not in sloped)
        if node in sloped:
            product = builder.apply("dot", node, builder.input(_slope(node), shape, fixed=True))
            total = builder.apply("add", total, product) if total else product
    return builder.build(total or builder.apply("sum", nodes[0][0]))
