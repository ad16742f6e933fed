"""What differences of scores say about probabilities, and the other way round.

Softmax probabilities stand in the ratio e to the difference of their scores. Three problems rest on
that: the ratio itself, scores from probabilities, and probabilities after one score has moved. Each
has its right graph, and variants that compute the same nodes as a named slip would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import Number, is_exact, natural_logarithm
from gen.problem import Value, Variant
from gen.variants import Recipe, variant
from solver import functions as f
from solver.graph import Graph, GraphBuilder


@lru_cache(maxsize=64)
def ratio(count: int, first: int, second: int) -> Graph:
    """The ratio r of two probabilities, from the difference d of two of `count` scores z."""
    builder = GraphBuilder()
    scores = builder.input("z", (count,), fixed=True)
    one, other = (_entry(builder, scores, place) for place in (first, second))
    builder.apply("exp", builder.apply("subtract", one, other, name="d"), name="r")
    return builder.build()


@lru_cache(maxsize=64)
def recovered(count: int, known: int) -> Graph:
    """The scores z of probabilities p, when score number `known` is t: g = ln p, z = g + c."""
    builder = GraphBuilder()
    logarithms = builder.apply("log", builder.input("p", (count,), fixed=True), name="g")
    there = _entry(builder, logarithms, known)
    offset = builder.apply("subtract", builder.input("t", fixed=True), there, name="c")
    builder.apply("add", logarithms, offset, name="z")
    return builder.build()


@lru_cache(maxsize=64)
def raised(count: int, which: int, other: int) -> Graph:
    """Probabilities after score number `which` rose by c: q is its own and r that of `other`.

    The share w of the class is multiplied by f = e to the c; the other shares stay, and S is the
    new sum.
    """
    builder = GraphBuilder()
    before = builder.input("p", (count,), fixed=True)
    own, its = (_entry(builder, before, place) for place in (which, other))
    factor = builder.apply("exp", builder.input("c", fixed=True), name="f")
    share = builder.apply("multiply", own, factor, name="w")
    rest = builder.apply("subtract", builder.constant(1), own, hidden=True)
    total = builder.apply("add", rest, share, name="S")
    builder.apply("divide", its, total, name="r")
    builder.apply("divide", share, total, name="q")
    return builder.build()


def _entry(builder: GraphBuilder, node: str, place: int) -> str:
    return builder.apply("entry", node, hidden=True, index=(place,))


def _ratio(x: Any, y: Any) -> Mapping[str, Any]:
    return {"r": np.exp(x - y)}


RATIO_SLIPS: Mapping[str, Recipe] = MappingProxyType(
    {
        "ratio_inverted": lambda x, y: {"r": np.exp(y - x)},
        "difference_not_exponentiated": lambda x, y: {"r": x - y},
        "scores_divided": lambda x, y: {"r": x / y},
        "exponentials_subtracted": lambda x, y: {"r": np.exp(x) - np.exp(y)},
        "exponents_added": lambda x, y: {"r": np.exp(x + y)},
        "sigmoid_of_difference": lambda x, y: {"r": f.sigmoid(x - y)},
        "denominator_left_out": lambda x, y: {"r": np.exp(x)},
        "one_plus_difference": lambda x, y: {"r": 1 + (x - y)},
    }
)
"""From the scores x and y of two classes to what is taken for the ratio of their probabilities."""


def ratio_slips(x: Number, y: Number) -> Iterator[Variant]:
    """What the slips take for the ratio r of the probabilities of classes with scores x and y."""
    for slip, recipe in RATIO_SLIPS.items():
        yield variant(slip, recipe, x=x, y=y)
    two, ten = (natural_logarithm(base, x) for base in (2, 10))
    yield variant("exponential_base_two", _ratio, x=x * two, y=y * two)
    yield variant("exponential_base_ten", _ratio, x=x * ten, y=y * ten)
    if min(x, y) < 0:
        yield variant("minus_in_exponent_lost", _ratio, x=f.absolute(x), y=f.absolute(y))


RECOVERY_SLIPS: Mapping[str, Recipe] = MappingProxyType(
    {
        "ratio_inverted": lambda p, k, t: {"z": t + np.log(k / p)},
        "offset_left_out": lambda p, k, t: {"z": np.log(p)},
        "offset_without_logarithm": lambda p, k, t: {"z": np.log(p) + t},
        "logarithm_left_out": lambda p, k, t: {"z": t + p / k},
        "probabilities_subtracted": lambda p, k, t: {"z": t + (p - k)},
        "scores_in_proportion": lambda p, k, t: {"z": t * p / k},
        "logarithms_in_proportion": lambda p, k, t: {"z": t * np.log(p) / np.log(k)},
        "exponential_for_logarithm": lambda p, k, t: {"z": t + np.exp(p - k)},
    }
)
"""From probabilities p, the one k of the class whose score is t, and t, to what is taken for z."""


def recovery_slips(p: Value, known: int, score: Number) -> Iterator[Variant]:
    """What the slips take for the scores z of probabilities p, given score number `known`."""
    for slip, recipe in RECOVERY_SLIPS.items():
        yield variant(slip, recipe, p=p, k=p[known], t=score)


def _shares(own: Any, its: Any, share: Any) -> Mapping[str, Any]:
    total = 1 - own + share
    return {"r": its / total, "q": share / total}


RAISE_SLIPS: Mapping[str, Recipe] = MappingProxyType(
    {
        "increase_not_exponentiated": lambda p, o, c: _shares(p, o, p * (1 + c)),
        "increase_added": lambda p, o, c: _shares(p, o, p + c),
        "not_normalised_again": lambda p, o, c: {"q": p * np.exp(c), "r": 1 * o},
        "sum_over_others": lambda p, o, c: {"q": p * np.exp(c) / (1 - p), "r": o / (1 - p)},
        "old_share_kept_in_sum": lambda p, o, c: {
            "q": p * np.exp(c) / (1 + p * np.exp(c)),
            "r": o / (1 + p * np.exp(c)),
        },
        "increase_reversed": lambda p, o, c: _shares(p, o, p * np.exp(-c)),
    }
)
"""From p of the class that is raised, o of another and the increase c to new probabilities q, r."""


def raise_slips(p: Number, other: Number, c: Number) -> Iterator[Variant]:
    """What the slips take for q and r (see `raised`) when the class with p is raised by c."""
    for slip, recipe in RAISE_SLIPS.items():
        yield variant(slip, recipe, p=p, o=other, c=c)
    if not is_exact(c):
        yield variant("exponential_base_two", _raised, p=p, o=other, c=c * np.log(2))
        yield variant("exponential_base_ten", _raised, p=p, o=other, c=c * np.log(10))


def _raised(p: Any, o: Any, c: Any) -> Mapping[str, Any]:
    return _shares(p, o, p * np.exp(c))
