"""Two classes: the softmax probability of one is the sigmoid of its score minus the other's.

Each problem has its right graph here, and variants that compute the same nodes as a named slip
would. `k` is the class that a problem is about, `o` the other one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.exact_numbers import Number, is_exact
from gen.problem import Value, Variant
from gen.variants import Recipe, variant
from solver import functions as f
from solver import passes
from solver.graph import Graph, GraphBuilder


@lru_cache(maxsize=2)
def forward(which: int) -> Graph:
    """Of scores z the difference d, that of class `which` first, and its probability q."""
    builder = GraphBuilder()
    scores = builder.input("z", (2,), fixed=True)
    own, other = (
        builder.apply("entry", scores, hidden=True, index=(k,)) for k in (which, 1 - which)
    )
    builder.apply("sigmoid", builder.apply("subtract", own, other, name="d"), name="q")
    return builder.build()


def _add_log_odds(builder: GraphBuilder) -> str:
    chance = builder.input("q", fixed=True)
    rest = builder.apply("subtract", builder.constant(1), chance, hidden=True)
    odds = builder.apply("divide", chance, rest, hidden=True)
    return builder.apply("log", odds, name="g")


@lru_cache(maxsize=2)
def recovered(own: bool) -> Graph:
    """A score y: from a probability q its log odds g, which the score t of one class is moved by.

    The score is that of the class of q if it is its `own`, else that of the other class.
    """
    builder = GraphBuilder()
    odds = _add_log_odds(builder)
    builder.apply("add" if own else "subtract", builder.input("t", fixed=True), odds, name="y")
    return builder.build()


@lru_cache(maxsize=2)
def raised(own: bool) -> Graph:
    """The probability r that q becomes when a score rises by c: its `own`, or the other class's."""
    builder = GraphBuilder()
    odds = _add_log_odds(builder)
    rise = builder.input("c", fixed=True)
    builder.apply(
        "sigmoid", builder.apply("add" if own else "subtract", odds, rise, name="h"), name="r"
    )
    return builder.build()


@lru_cache(maxsize=8)
def merged(width: int) -> Graph:
    """One unit with the weights v and the bias c: its score s at x, and its output q.

    The weights of the two softmax units are wk and wo, their biases bk and bo.
    """
    builder = GraphBuilder()
    own, other = (builder.input(name, (width,), fixed=True) for name in ("wk", "wo"))
    weights = builder.apply("subtract", own, other, name="v")
    biases = [builder.input(name, fixed=True) for name in ("bk", "bo")]
    bias = builder.apply("subtract", *biases, name="c")
    product = builder.apply("dot", weights, builder.input("x", (width,), fixed=True), hidden=True)
    builder.apply("sigmoid", builder.apply("add", product, bias, name="s"), name="q")
    return builder.build()


@lru_cache(maxsize=1)
def level() -> Graph:
    """The input x at which class k has the probability q; its weight and bias are wk and bk."""
    builder = GraphBuilder()
    weights = [builder.input(name, fixed=True) for name in ("wk", "wo")]
    slope = builder.apply("subtract", *weights, name="v")
    biases = [builder.input(name, fixed=True) for name in ("bk", "bo")]
    bias = builder.apply("subtract", *biases, name="c")
    left = builder.apply("subtract", _add_log_odds(builder), bias, hidden=True)
    builder.apply("divide", left, slope, name="x")
    return builder.build()


def _both(difference: Any) -> Mapping[str, Any]:
    return {"d": difference, "q": f.sigmoid(difference)}


FORWARD: Mapping[str, Recipe] = MappingProxyType(
    {
        "difference_reversed": lambda k, o: _both(o - k),
        "scores_added": lambda k, o: _both(k + o),
        "own_score_alone": lambda k, o: _both(1 * k),
        "sigmoid_sign_lost": lambda k, o: {"d": k - o, "q": f.sigmoid(o - k)},
        "scores_divided": lambda k, o: _both(k / o),
        "ratio_for_probability": lambda k, o: {"d": k - o, "q": np.exp(k - o)},
        "difference_halved": lambda k, o: _both((k - o) / 2),
        "sigmoids_subtracted": lambda k, o: {"d": k - o, "q": f.sigmoid(k) - f.sigmoid(o)},
        "sigmoids_normalised": lambda k, o: {
            "d": k - o,
            "q": f.sigmoid(k) / (f.sigmoid(k) + f.sigmoid(o)),
        },
        "other_score_alone": lambda k, o: _both(1 * o),
        "exponentials_subtracted": lambda k, o: _both(np.exp(k) - np.exp(o)),
        "one_plus_exponential": lambda k, o: {"d": k - o, "q": 1 + np.exp(o - k)},
        "independent_sigmoids": lambda k, o: {"d": k - o, "q": f.sigmoid(1 * k)},
        "one_added_to_sum": lambda k, o: {"d": k - o, "q": np.exp(k) / (1 + np.exp(k) + np.exp(o))},
        "scores_normalised_by_size": lambda k, o: {"d": k - o, "q": k / (np.abs(k) + np.abs(o))},
    }
)
"""From the score of the class and that of the other one."""


BASES: Mapping[str, Recipe] = MappingProxyType(
    {
        "exponential_base_two": lambda k, o: {"d": k - o, "q": f.sigmoid((k - o) * np.log(2))},
        "exponential_base_ten": lambda k, o: {"d": k - o, "q": f.sigmoid((k - o) * np.log(10))},
    }
)
"""The same with powers of another number."""


def forward_slips(k: Number, o: Number) -> Iterator[Variant]:
    """What the slips take for d and q of scores k and o."""
    # Half of a logarithm is that of a root, and in other bases nothing is plain.
    unfit = {"difference_halved"} if is_exact(k) else set()
    if float(o) == 0:
        unfit.add("scores_divided")
    for slip, recipe in {**FORWARD, **({} if is_exact(k) else BASES)}.items():
        if slip not in unfit:
            yield variant(slip, recipe, k=k, o=o)


def _odds(q: Any) -> Any:
    return np.log(q / (1 - q))


LOG_ODDS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "odds_inverted": lambda q: np.log((1 - q) / q),
        "odds_not_logged": lambda q: q / (1 - q),
        "logarithm_of_probability": lambda q: np.log(q),
        "sigmoid_again": lambda q: f.sigmoid(q),
        "complement_logarithm": lambda q: -np.log(1 - q),
        "probability_as_score": lambda q: 1 * q,
    }
)
"""From a probability to what is taken for the number that it is the sigmoid of."""


def _from(odds: Callable[[Any], Any]) -> Recipe:
    """The score that follows from other log odds."""
    return lambda q, t, n: {"g": odds(q), "y": t + n * odds(q)}


RECOVERED: Mapping[str, Recipe] = MappingProxyType(
    {
        "moved_the_wrong_way": lambda q, t, n: {"g": _odds(q), "y": t - n * _odds(q)},
        "known_score_left_out": lambda q, t, n: {"g": _odds(q), "y": n * _odds(q)},
        "odds_as_factor": lambda q, t, n: {"g": _odds(q), "y": t * _odds(q)},
        **{slip: _from(odds) for slip, odds in LOG_ODDS.items()},
    }
)
"""From a probability, a score, and 1, or -1 where the score is that of the other class."""


def recovered_slips(q: Number, t: Number, own: bool) -> Iterator[Variant]:
    """What the slips take for g and y."""
    for slip, recipe in RECOVERED.items():
        yield variant(slip, recipe, q=q, t=t, n=1 if own else -1)


def _moved(odds: Any, by: Any) -> Mapping[str, Any]:
    return {"g": odds, "h": odds + by, "r": f.sigmoid(odds + by)}


def _scaled(odds: Any, by: Any) -> Mapping[str, Any]:
    return {"g": odds, "h": odds * by, "r": f.sigmoid(odds * by)}


def _then(odds: Callable[[Any], Any]) -> Recipe:
    """The probability that follows from other log odds."""
    return lambda q, c, n: _moved(odds(q), n * c)


RAISED: Mapping[str, Recipe] = MappingProxyType(
    {
        "moved_the_wrong_way": lambda q, c, n: _moved(_odds(q), -n * c),
        "increase_added": lambda q, c, n: {**_moved(_odds(q), n * c), "r": q + n * c},
        "increase_alone": lambda q, c, n: {**_moved(_odds(q), n * c), "r": f.sigmoid(n * c)},
        "not_normalised_again": lambda q, c, n: {**_moved(_odds(q), n * c), "r": q * np.exp(n * c)},
        "increase_multiplied": lambda q, c, n: _scaled(_odds(q), c),
        **{slip: _then(odds) for slip, odds in LOG_ODDS.items()},
    }
)
"""From a probability, the increase, and 1, or -1 where the other class is raised."""


def raised_slips(q: Number, c: Number, own: bool) -> Iterator[Variant]:
    """What the slips take for g, h and r."""
    for slip, recipe in RAISED.items():
        yield variant(slip, recipe, q=q, c=c, n=1 if own else -1)


def _unit(v: Any, c: Any, x: Any) -> Mapping[str, Any]:
    score = np.sum(v * x) + c
    return {"v": v, "c": c, "s": score, "q": f.sigmoid(score)}


MERGED: Mapping[str, Recipe] = MappingProxyType(
    {
        "difference_reversed": lambda k, o, b, a, x: _unit(o - k, a - b, x),
        "units_added": lambda k, o, b, a, x: _unit(k + o, b + a, x),
        "own_unit_alone": lambda k, o, b, a, x: _unit(k + 0 * o, b + 0 * a, x),
        "own_bias_alone": lambda k, o, b, a, x: _unit(k - o, b + 0 * a, x),
        "biases_added": lambda k, o, b, a, x: _unit(k - o, b + a, x),
        "bias_difference_reversed": lambda k, o, b, a, x: _unit(k - o, a - b, x),
        "weight_difference_reversed": lambda k, o, b, a, x: _unit(o - k, b - a, x),
        "difference_halved": lambda k, o, b, a, x: _unit((k - o) / 2, (b - a) / 2, x),
        "sigmoid_sign_lost": lambda k, o, b, a, x: {
            **_unit(k - o, b - a, x), "q": f.sigmoid(-(np.sum((k - o) * x) + (b - a)))},
    }
)  # fmt: skip
"""From the weights of both units, their biases and the input."""


def merged_slips(k: Value, o: Value, b: Number, a: Number, x: Value) -> Iterator[Variant]:
    """What the slips take for v, c, s and q."""
    for slip, recipe in MERGED.items():
        yield variant(slip, recipe, k=k, o=o, b=b, a=a, x=x)


def _solved(v: Any, c: Any, g: Any) -> Mapping[str, Any]:
    return {"v": v, "c": c, "x": (g - c) / v}


LEVEL: Mapping[str, Recipe] = MappingProxyType(
    {
        "odds_inverted": lambda k, o, b, a, q: _solved(k - o, b - a, -_odds(q)),
        "units_added": lambda k, o, b, a, q: _solved(k + o, b + a, _odds(q)),
        "own_unit_alone": lambda k, o, b, a, q: _solved(k + 0 * o, b + 0 * a, _odds(q)),
        "bias_difference_reversed": lambda k, o, b, a, q: _solved(k - o, a - b, _odds(q)),
        "weight_difference_reversed": lambda k, o, b, a, q: _solved(o - k, b - a, _odds(q)),
        "biases_added": lambda k, o, b, a, q: _solved(k - o, b + a, _odds(q)),
        "sigmoid_not_inverted": lambda k, o, b, a, q: _solved(k - o, b - a, 1 * q),
        "odds_not_logged": lambda k, o, b, a, q: _solved(k - o, b - a, q / (1 - q)),
        "logarithm_of_probability": lambda k, o, b, a, q: _solved(k - o, b - a, np.log(q)),
        "level_of_a_half": lambda k, o, b, a, q: _solved(k - o, b - a, 0 * q),
    }
)
"""From the weights of both units, their biases and the probability."""


def level_slips(k: Number, o: Number, b: Number, a: Number, q: Number) -> Iterator[Variant]:
    """What the slips take for v, c and x."""
    for slip, recipe in LEVEL.items():
        if slip != "units_added" or abs(float(k) + float(o)) > 0.05:
            yield variant(slip, recipe, k=k, o=o, b=b, a=a, q=q)


AS_GOOD_AS_0 = 0.005
"""What lies nearer to 0 or 1 is printed as one of them with two decimal places."""


def between_0_and_1(made: Iterable[Variant], node: str) -> Iterator[Variant]:
    """Those that take a number between 0 and 1 for the node, and not as good as 0 or 1."""
    for each in made:
        assert each.graph is not None
        givens = {name: np.asarray(value, dtype=float) for name, value in each.givens.items()}
        if AS_GOOD_AS_0 < passes.forward(each.graph, givens)[node] < 1 - AS_GOOD_AS_0:
            yield each
