"""The derivatives of softmax probabilities by the scores, right and got wrong.

Entry (i, k) of the Jacobian, counted from 1, is the node `J_i_k`: how probability i changes with
score k. A slip is a table of wrong entries for the right probabilities, or the right table for
what are no probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.told import told
from gen.topics.softmax.gradient_slips import misread
from solver import functions as f
from solver.exact import exact
from solver.graph import Graph, GraphBuilder

Entries = tuple[tuple[int, int], ...]


def node(i: int, k: int) -> str:
    """The node of an entry, counted from 0 here."""
    return f"J_{i + 1}_{k + 1}"


@lru_cache(maxsize=256)
def entries_of(classes: int, entries: Entries, from_scores: bool) -> Graph:
    """These entries of the Jacobian, of probabilities p or of scores z.

    From scores there are also the exponentials a and their sum S.
    """
    builder = GraphBuilder()
    if from_scores:
        powers = builder.apply("exp", builder.input("z", (classes,), fixed=True), name="a")
        builder.apply("divide", powers, builder.apply("sum", powers, name="S"), name="p")
    else:
        builder.input("p", (classes,), fixed=True)
    _add_entries(builder, entries)
    return builder.build()


@lru_cache(maxsize=256)
def expected_cost(classes: int, entries: Entries) -> Graph:
    """The sum L of costs c times the probabilities p of scores z, with entries of the Jacobian."""
    builder = GraphBuilder()
    chances = builder.apply("softmax", builder.input("z", (classes,)), name="p")
    _add_entries(builder, entries)
    builder.apply("dot", builder.input("c", (classes,), fixed=True), chances, name="L")
    return builder.build()


def _add_entries(builder: GraphBuilder, entries: Entries) -> None:
    def chance(place: int) -> str:
        return builder.apply("entry", "p", hidden=True, index=(place,))

    for i, k in entries:
        if i == k:
            rest = builder.apply("subtract", builder.constant(1), chance(i), hidden=True)
            builder.apply("multiply", chance(i), rest, name=node(i, k))
        else:
            product = builder.apply("multiply", chance(i), chance(k), hidden=True)
            builder.apply("negative", product, name=node(i, k))


def _unit(p: Value) -> Value:
    unit = np.eye(len(p))
    return exact(unit) if is_exact(p) else unit


def right(p: Value) -> Value:
    """The Jacobian of probabilities: p_i (1 - p_i) on the diagonal, -p_i p_k beside it."""
    return np.asarray(p[:, None] * (_unit(p) - p))


JACOBIANS: Mapping[str, Callable[[Value], Value]] = MappingProxyType(
    {
        "diagonal_sign_everywhere": lambda p: f.absolute(right(p)),
        "sum_taken_as_constant": lambda p: _unit(p) * p,
        "other_scores_ignored": lambda p: _unit(p) * p * (1 - p),
        "diagonal_rule_everywhere": lambda p: p[:, None] * (1 - p) + 0 * _unit(p),
        "product_rule_everywhere": lambda p: -p[:, None] * p,
        "own_factor_left_out": lambda p: _unit(p) - p + 0 * p[:, None],
        "square_on_diagonal": lambda p: -p[:, None] * p + 2 * _unit(p) * p * p,
        "signs_exchanged": lambda p: -p[:, None] * (_unit(p) - p),
    }
)
"""From probabilities p to what is taken for the Jacobian."""


def wrong(p: Value, z: Value | None) -> Iterator[tuple[str, Value, Value]]:
    """Every slip with what it takes for the probabilities and for the Jacobian.

    With scores z the probabilities p are to be worked out; without, they are given.
    """
    for slip, rule in JACOBIANS.items():
        yield slip, p, rule(p)
    if z is None:
        yield "next_class", p, right(np.roll(p, -1))
        return
    total = np.exp(z).sum()
    yield "denominator_not_squared", p, right(p) * total
    for slip, instead in misread(z):
        yield slip, instead, right(instead)


def slips(
    p: Value, z: Value | None, entries: Sequence[tuple[int, int]], costs: Any = None
) -> Iterator[Variant]:
    """The slips for a graph of these entries; with costs, also for the gradient of L."""
    last = any(len(p) - 1 in entry for entry in entries)
    for slip, chances, jacobian in wrong(p, z):
        if slip == "next_class" and last:
            continue
        values = {node(i, k): np.asarray(jacobian[i, k]) for i, k in entries}
        if z is not None:
            values["p"] = chances
        yield told(slip, values, {} if costs is None else {"z": jacobian.T @ costs})
    if costs is not None:
        right_ones = {node(i, k): np.asarray(right(p)[i, k]) for i, k in entries}
        yield told("stops_at_probabilities", {**right_ones, "p": p}, {"z": costs})
