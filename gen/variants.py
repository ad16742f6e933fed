"""Variants of a problem from recipes: what a slip computes, written as ordinary NumPy code.

A recipe is a function from values to the quantities that are asked about, by node. It is run once
over names, and what it records becomes a graph; so `lambda z: {"p": z / np.sum(z)}` is all that it
takes to normalise scores without exponentials. It may use NumPy and `solver.functions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gen.exact_numbers import Number
from gen.problem import Value, Variant
from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.term import Shape, Term

Recipe = Callable[..., Mapping[str, Term]]

_SETTINGS = {"sum": ("axis", "keepdims"), "power": ("exponent",), "entry": ("index",)}
"""The arguments after the first that are settings of the primitive."""


def variant(slip: str, recipe: Recipe, **givens: ArrayLike | Number) -> Variant:
    """What `recipe` makes of the givens, which it takes in this order, told as that slip."""
    values = {name: _numbers(value) for name, value in givens.items()}
    inputs = tuple((name, value.shape) for name, value in values.items())
    return Variant(slip, values, graph_of(recipe, inputs))


def _numbers(value: Any) -> Value:
    array = np.asarray(value)
    return array if array.dtype == object else array.astype(float)


@lru_cache(maxsize=2048)
def graph_of(recipe: Recipe, inputs: tuple[tuple[str, Shape], ...]) -> Graph:
    """The graph of a recipe over inputs of those names and shapes.

    Raises KeyError where the recipe uses what is no primitive.
    """
    builder = GraphBuilder()
    names = [t.name(builder.input(name, shape, fixed=True), shape) for name, shape in inputs]
    for target, term in recipe(*names).items():
        add(builder, term, target)
    return builder.build()


def add(builder: GraphBuilder, term: Term, target: str | None = None, hidden: bool = False) -> str:
    """Add a term's operations, innermost first; returns the node, which is `target` if named.

    `hidden` operations have no lines of their own; one that is named as the target always has.
    """
    if term.op == "number":
        return builder.constant(term.args[0])
    if t.is_leaf(term):
        return str(term.args[0])
    names = _SETTINGS.get(term.op, ())
    count = len(term.args) - len(names)
    inputs = [add(builder, argument, hidden=hidden) for argument in term.args[:count]]
    settings = {
        name: value.args[0] if isinstance(value, Term) else value
        for name, value in zip(names, term.args[count:], strict=True)
        if value is not None and value is not False
    }
    return builder.apply(
        term.op, *inputs, name=target, hidden=hidden and target is None, **settings
    )
