"""Slips whose numbers are known: a graph that has nothing but these, as a variant of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gen.problem import Variant
from solver.graph import Graph, GraphBuilder
from solver.term import Shape


def told(slip: str, values: Mapping[str, Any], slopes: Mapping[str, Any]) -> Variant:
    """The variant in which nodes have these values, and the output these gradients by them.

    A node that has a gradient alone gets the value 1.
    """
    numbers = [np.asarray(number) for number in (*values.values(), *slopes.values())]
    kind = object if any(number.dtype == object for number in numbers) else float
    shapes = {node: np.shape(number) for node, number in (*slopes.items(), *values.items())}
    givens = {node: np.array(values.get(node, np.ones(shapes[node])), kind) for node in shapes}
    givens |= {_slope(node): np.array(slope, kind) for node, slope in slopes.items()}
    return Variant(slip, givens, _graph(tuple(shapes.items()), tuple(slopes)))


def _slope(node: str) -> str:
    return f"slope {node}"


@lru_cache(maxsize=512)
def _graph(shapes: tuple[tuple[str, Shape], ...], slopes: tuple[str, ...]) -> Graph:
    builder = GraphBuilder()
    terms = []
    for node, shape in shapes:
        builder.input(node, shape, fixed=node not in slopes)
        if node in slopes:
            slope = builder.input(_slope(node), shape, fixed=True)
            term = builder.apply("multiply", slope, node)
            terms.append(builder.apply("sum", term) if shape else term)
    total = terms[0]
    for term in terms[1:]:
        total = builder.apply("add", total, term)
    return builder.build(total)
