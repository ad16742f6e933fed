"""Slips that are given by the numbers they lead to, where no spoiled rule leads to them.

What a slip takes for values and gradients is worked out with ordinary NumPy and told here as a
`Variant`. Its graph has the named nodes as inputs, and an output that has just these gradients.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gen.problem import Value, Variant
from solver.graph import Graph, GraphBuilder
from solver.term import Shape

Shapes = tuple[tuple[str, Shape], ...]


def told(slip: str, values: Mapping[str, Value], gradients: Mapping[str, Value]) -> Variant:
    """The slip that takes these for the values and for the gradients of nodes, by name.

    There has to be one or the other. A node that has a gradient alone gets the value 0.
    """
    slopes = {_slope(node): gradient for node, gradient in gradients.items()}
    zeros = {node: 0 * gradient for node, gradient in gradients.items()}
    return Variant(slip, {**zeros, **values, **slopes}, _graph(_shapes(values), _shapes(gradients)))


def _shapes(arrays: Mapping[str, Value]) -> Shapes:
    return tuple((node, array.shape) for node, array in arrays.items())


def _slope(node: str) -> str:
    return f"slope of {node}"


@lru_cache(maxsize=512)
def _graph(values: Shapes, gradients: Shapes) -> Graph:
    """The sum, over the nodes, of all products of a node's entries with the slopes for them."""
    builder = GraphBuilder()
    sloped = dict(gradients)
    for node, shape in values:
        if node not in sloped:
            builder.input(node, shape, fixed=True)
    total = ""
    for node, shape in gradients:
        slope = builder.input(_slope(node), shape, fixed=True)
        product = builder.apply("dot", builder.input(node, shape), slope)
        total = builder.apply("add", total, product) if total else product
    return builder.build(total or builder.apply("sum", values[0][0]))
