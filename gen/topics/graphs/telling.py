"""Slips whose numbers are known: a graph that has nothing but these, as a variant of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gen.problem import Variant
from solver.graph import Graph, GraphBuilder


def told(slip: str, values: Mapping[str, Any], slopes: Mapping[str, Any]) -> Variant:
    """The variant in which nodes have these values, and the output these gradients by them.

    A node that has a gradient alone gets the value 1.
    """
    exact = any(
        np.asarray(number).dtype == object for number in (*values.values(), *slopes.values())
    )
    kind = object if exact else float
    givens = {node: np.array(values.get(node, 1), kind) for node in (*values, *slopes)}
    givens |= {_slope(node): np.array(slope, kind) for node, slope in slopes.items()}
    return Variant(slip, givens, _graph(tuple(values), tuple(slopes)))


def _slope(node: str) -> str:
    return f"slope {node}"


@lru_cache(maxsize=512)
def _graph(values: tuple[str, ...], slopes: tuple[str, ...]) -> Graph:
    builder = GraphBuilder()
    for node in values:
        if node not in slopes:
            builder.input(node, fixed=True)
    terms = [
        builder.apply("multiply", builder.input(_slope(n), fixed=True), builder.input(n))
        for n in slopes
    ]
    total = terms[0]
    for term in terms[1:]:
        total = builder.apply("add", total, term)
    return builder.build(total)
