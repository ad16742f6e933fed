"""Softmax as it is done by hand, and as it is done wrong.

The right graph names what a student writes down: shifted scores u, scores over temperature v,
exponentials a, their sum S, probabilities p. A slip is either the right softmax of other scores
(`misread_scores`) or something else done to the scores (`MISUSES`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.variants import Recipe, variant
from solver import functions as f
from solver.graph import Graph, GraphBuilder

NEAR_ZERO = 0.35
"""Scores with a smaller sum are not divided by it: nobody would believe what comes out."""


@lru_cache(maxsize=64)
def softmax(count: int, shifted: bool = False, tempered: bool = False) -> Graph:
    """Probabilities p of `count` scores z, less m if `shifted`, over T if `tempered`."""
    builder = GraphBuilder()
    scores = builder.input("z", (count,), fixed=True)
    if shifted:
        scores = builder.apply("subtract", scores, builder.input("m", fixed=True), name="u")
    if tempered:
        scores = builder.apply("divide", scores, builder.input("T", fixed=True), name="v")
    powers = builder.apply("exp", scores, name="a")
    builder.apply("divide", powers, builder.apply("sum", powers, name="S"), name="p")
    return builder.build()


def probabilities(z: Value) -> Value:
    """The softmax of every row of scores of a tame size."""
    powers = np.exp(z)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


MISUSES: Mapping[str, Recipe] = MappingProxyType(
    {
        "scores_normalised": lambda z: {"p": z / np.sum(z)},
        "exponentials_not_divided": lambda z: {"p": np.exp(z)},
        "independent_sigmoids": lambda z: {"p": f.sigmoid(z)},
        "sum_over_others": lambda z: {"p": np.exp(z) / (np.sum(np.exp(z)) - np.exp(z))},
        "exponential_after_normalising": lambda z: {"p": np.exp(z / np.sum(z))},
        "scores_normalised_by_size": lambda z: {"p": f.absolute(z) / np.sum(f.absolute(z))},
        "scores_squared": lambda z: {"p": z**2 / np.sum(z**2)},
        "first_exponential_not_summed": lambda z: {"p": _without(z, 0)},
        "last_exponential_not_summed": lambda z: {"p": _without(z, z.size - 1)},
        "divided_by_count": lambda z: {"p": np.exp(z) / z.size},
    }
)
"""What is done with scores z in the place of a softmax."""

_DIVIDING = ("scores_normalised", "exponential_after_normalising")


def _without(z: Any, place: int) -> Any:
    powers = np.exp(z)
    return powers / (np.sum(powers) - np.exp(f.entry(z, (place,))))


def _softmax(z: Any) -> Mapping[str, Any]:
    return {"p": np.exp(z) / np.sum(np.exp(z))}


def of_scores(slip: str, z: Value) -> Variant:
    """The softmax of z, told as a slip: z are not the scores that it should have been."""
    return variant(slip, _softmax, z=z)


def misused_scores(z: Value) -> Iterator[Variant]:
    """What `MISUSES` make of z, except those that divide by a sum that is nearly zero."""
    for slip, recipe in MISUSES.items():
        if slip not in _DIVIDING or abs(z.sum()) >= NEAR_ZERO:
            yield variant(slip, recipe, z=z)


def misread_scores(z: Value) -> Iterator[Variant]:
    """The softmax of scores that are not z: another base, another sign, the largest score alone."""
    yield of_scores("exponential_base_ten", z * np.log(10))
    yield of_scores("exponential_base_two", z * np.log(2))
    if z.min() < 0 < z.max():
        yield of_scores("minus_in_exponent_lost", np.abs(z))
    yield of_scores("scores_negated", -z)
    yield of_scores("largest_takes_all", 1e4 * (z - z.max()))
