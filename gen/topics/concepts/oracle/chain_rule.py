"""Statements about the chain rule: graphs built as functions, and walked from node to node."""

from __future__ import annotations

from itertools import product

import numpy as np

from gen.topics.concepts.oracle.slopes import slope


def derivative_entries(size: int, rows: int, columns: int) -> float:
    """Counts the entries of an array with an index for each entry differentiated and each by."""
    return len(list(product(range(size), range(rows), range(columns))))


def two_paths(pu: int, qu: int, yp: int, yq: int) -> float:
    """The slope of the affine functions that have these slopes, one inside the other."""

    def y(u: complex) -> complex:
        p, q = pu * u + 1, qu * u - 2
        return yp * p + yq * q + 3

    return slope(y, 0.5)


def both_arguments_move(factor: int, t: int) -> float:
    """The slope of the product as a function of t."""
    return slope(lambda at: (at * at) * (factor * at), t)


def weight_of_a_node(w: int, d: int, arriving: int) -> float:
    """The slope by w where the output has the slope `arriving` by the product."""
    return slope(lambda at: arriving * (at * d), w)


def affine_change(a: int, b: int, c: int, d: int, row: int, column: int) -> float:
    """What a change of one entry does to another, by multiplying twice."""
    matrix, moved = np.array([[a, b], [c, d]]), np.zeros(2)
    moved[column - 1] = 1
    return float((matrix @ moved - matrix @ np.zeros(2))[row - 1])


def number_of_paths(first: int, second: int) -> float:
    """Walks from the input to the output along every path."""
    edges = {"u": [f"p{i}" for i in range(first)]}
    edges |= {f"p{i}": [f"q{j}" for j in range(second)] for i in range(first)}
    edges |= {f"q{j}": ["y"] for j in range(second)}

    def paths(node: str) -> int:
        return 1 if node == "y" else sum(paths(after) for after in edges[node])

    return paths("u")


def sum_in_the_middle(inputs: int, middle: int, outputs: int) -> float:
    """The inner size of the product of two Jacobians."""
    outer, inner = np.zeros((outputs, middle)), np.zeros((middle, inputs))
    assert (outer @ inner).shape == (outputs, inputs)
    return len(list(zip(outer[0], inner[:, 0], strict=True)))


def residual_weight(residual: int, input: int) -> float:
    """The slope of the squared residual by a weight, whose value does not matter."""
    target = residual + 4 * input
    return slope(lambda w: (target - w * input) ** 2, 4)


def ridge_weight(residual: int, x: int, w: int, penalty: int) -> float:
    """The slope of the ridge objective of one example."""
    target = residual + w * x
    return slope(lambda at: (target - at * x) ** 2 + penalty * at * at, w)


def sum_of_children(first: int, second: int, third: int, local: int) -> float:
    """The slope of three functions of the node together, by the input of the node."""
    return slope(lambda u: sum(each * (local * u) for each in (first, second, third)), 1)


def uses_of_a_value(inputs: int, uses: int) -> float:
    """Counts the edges that leave the node in a list of edges."""
    edges = [(f"in{i}", "v") for i in range(inputs)] + [("v", f"out{j}") for j in range(uses)]
    return sum(source == "v" for source, _ in edges)


def product_node(p: int, q: int, arriving: int) -> float:
    """The slope by the first factor."""
    return slope(lambda at: arriving * at * q, p)


def quotient_node(p: int, q: int, arriving: int) -> float:
    """The slope by the denominator."""
    return slope(lambda at: arriving * p / at, q)
