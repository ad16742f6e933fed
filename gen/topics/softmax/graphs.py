"""Softmax as it is done by hand, and as it is done wrong.

The right graph is `solver.softmax.graph`. A slip is either the right softmax of other scores
(`misread_scores`) or something else done to the scores (`MISUSES`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.variants import Recipe, variant
from solver import functions as f

NEAR_ZERO = 0.35
"""Scores with a smaller sum are not divided by it: nobody would believe what comes out."""


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

EXACT_MISUSES: Mapping[str, Recipe] = MappingProxyType(
    {
        "exponential_of_sum": lambda z: {"p": np.exp(z) / np.exp(np.sum(z))},
        "one_added_to_sum": lambda z: {"p": np.exp(z) / (1 + np.sum(np.exp(z)))},
    }
)
"""The same for exact scores, which leave no room for another base."""

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
    for slip, recipe in {**MISUSES, **(EXACT_MISUSES if is_exact(z) else {})}.items():
        if slip not in _DIVIDING or abs(float(z.sum())) >= NEAR_ZERO:
            yield variant(slip, recipe, z=z)


def misread_scores(z: Value) -> Iterator[Variant]:
    """The softmax of scores that are not z: another base, another sign, the largest score alone."""
    if not is_exact(z):
        yield of_scores("exponential_base_ten", z * np.log(10))
        yield of_scores("exponential_base_two", z * np.log(2))
    if z.min() < 0 < z.max():
        yield of_scores("minus_in_exponent_lost", f.absolute(z))
    yield of_scores("scores_negated", -z)
    if is_exact(z):
        yield variant("largest_takes_all", _as_given, share=(z == z.max()).astype(float))
    else:
        yield of_scores("largest_takes_all", 1e4 * (z - z.max()))


def _as_given(share: Any) -> Mapping[str, Any]:
    return {"p": 1 * share}
