"""Posterior probabilities of classes as the softmax of logarithms of joint probabilities.

By name: h and g are likelihoods of two features (of "logarithms", h is that of a likelihood), r
priors, j joint probabilities, z their logarithms, a exponentials, S the sum that softmax divides
by, p posteriors. Of normal densities, m are the means and v is the variance; w and b are weights
and biases of the scores, which are linear in x. All formulas are recipes of `gen.variants`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from gen.exact_numbers import is_exact
from gen.problem import Value, Variant
from gen.variants import Recipe, graph_of, variant
from solver import functions as f
from solver.graph import Graph

Kind = Literal["table", "features", "logarithms", "normal", "boundary"]
"""Likelihoods of one feature, of two independent ones, log-likelihoods, normal densities at a
point, and the point where two of these are left at a draw."""

Found = Mapping[str, Any]

VISIBLE = 0.0005
"""Posteriors of this size are seen with four places."""


def _of_joint(j: Any) -> Found:
    total = np.sum(j)
    return {"j": j, "z": np.log(j), "S": total, "p": j / total}


def _of_scores(z: Any) -> Found:
    powers = np.exp(z)
    total = np.sum(powers)
    return {"z": z, "a": powers, "S": total, "p": powers / total}


def _normal(w: Any, b: Any, x: Any) -> Found:
    return {"w": w, "b": b, **_of_scores(w * x + b)}


def _boundary(w: Any, b: Any) -> Found:
    return {"w": w, "b": b, "x": _crossing(w, b)}


def _crossing(w: Any, b: Any) -> Any:
    return (f.entry(b, (1,)) - f.entry(b, (0,))) / (f.entry(w, (0,)) - f.entry(w, (1,)))


def _bias(m: Any, v: Any, r: Any) -> Any:
    return np.log(r) - m**2 / (2 * v)


RIGHT: Mapping[Kind, Recipe] = MappingProxyType(
    {
        "table": lambda h, r: _of_joint(h * r),
        "features": lambda h, g, r: _of_joint(h * g * r),
        "logarithms": lambda h, r: _of_scores(h + np.log(r)),
        "normal": lambda m, v, r, x: _normal(m / v, _bias(m, v, r), x),
        "boundary": lambda m, v, r: _boundary(m / v, _bias(m, v, r)),
    }
)


def _other(recipe: Recipe, **changed: Any) -> Recipe:
    """A recipe with other posteriors (or scores) than the right ones."""

    def spoiled(*numbers: Any) -> Found:
        found = dict(recipe(*numbers))
        return {**found, **{node: rule(found) for node, rule in changed.items()}}

    return spoiled


def _ending(recipe: Recipe) -> dict[str, Recipe]:
    """The slips between scores and posteriors, which are the same whatever the scores are from."""
    return {
        "scores_normalised": _other(recipe, p=lambda x: x["z"] / np.sum(x["z"])),
        "independent_sigmoids": _other(recipe, p=lambda x: f.sigmoid(x["z"])),
        "scores_negated": _other(recipe, p=lambda x: _of_scores(-x["z"])["p"]),
    }


_TABLE: Mapping[str, Recipe] = {
    "prior_forgotten": lambda h, r: _of_joint(1 * h),
    "divided_by_likelihoods": lambda h, r: {**_of_joint(h * r), "p": h * r / np.sum(h)},
    "likelihood_over_evidence": lambda h, r: {**_of_joint(h * r), "p": h / np.sum(h * r)},
    "joint_not_divided": lambda h, r: {**_of_joint(h * r), "p": 1 * (h * r)},
    "prior_added": lambda h, r: _of_joint(h + r),
    "prior_divided_out": lambda h, r: _of_joint(h / r),
    "prior_not_logged": lambda h, r: _of_scores(np.log(h) + r),
    "prior_as_factor_of_logarithm": lambda h, r: _of_scores(r * np.log(h)),
    "prior_alone": lambda h, r: _of_joint(1 * r),
    **_ending(RIGHT["table"]),
}

_FEATURES: Mapping[str, Recipe] = {
    "prior_forgotten": lambda h, g, r: _of_joint(h * g),
    "second_feature_forgotten": lambda h, g, r: _of_joint(h * r),
    "prior_twice": lambda h, g, r: _of_joint(h * r * (g * r)),
    "likelihoods_added": lambda h, g, r: _of_joint((h + g) * r),
    "divided_by_likelihoods": lambda h, g, r: {
        **_of_joint(h * g * r),
        "p": h * g * r / np.sum(h * g),
    },
    "likelihood_over_evidence": lambda h, g, r: {
        **_of_joint(h * g * r),
        "p": h * g / np.sum(h * g * r),
    },
    "joint_not_divided": lambda h, g, r: {**_of_joint(h * g * r), "p": 1 * (h * g * r)},
    "prior_not_logged": lambda h, g, r: _of_scores(np.log(h * g) + r),
    **_ending(RIGHT["features"]),
}

_LOGARITHMS: Mapping[str, Recipe] = {
    "prior_forgotten": lambda h, r: _of_scores(1 * h),
    "prior_not_logged": lambda h, r: _of_scores(h + r),
    "prior_after_softmax": lambda h, r: {
        **_of_scores(h + np.log(r)),
        "p": np.exp(h) / np.sum(np.exp(h)) * r,
    },
    "prior_as_factor_of_logarithm": lambda h, r: _of_scores(h * r),
    "prior_divided_out": lambda h, r: _of_scores(h - np.log(r)),
    "exponentials_not_divided": _other(RIGHT["logarithms"], p=lambda x: 1 * x["a"]),
    "prior_alone": lambda h, r: _of_joint(1 * r),
    **_ending(RIGHT["logarithms"]),
}

_NORMAL: Mapping[str, Recipe] = {
    "prior_forgotten": lambda m, v, r, x: _normal(m / v, -(m**2) / (2 * v), x),
    "half_of_square_left_out": lambda m, v, r, x: _normal(m / v, np.log(r) - m**2 / v, x),
    "variance_left_out": lambda m, v, r, x: _normal(1 * m, _bias(m, 1, r), x),
    "deviation_for_variance": lambda m, v, r, x: _normal(
        m / np.sqrt(v), _bias(m, np.sqrt(v), r), x
    ),
    "square_of_mean_added": lambda m, v, r, x: _normal(m / v, np.log(r) + m**2 / (2 * v), x),
    "prior_not_logged": lambda m, v, r, x: _normal(m / v, r - m**2 / (2 * v), x),
    "square_of_mean_left_out": lambda m, v, r, x: _normal(m / v, np.log(r), x),
    "exponentials_not_divided": _other(RIGHT["normal"], p=lambda x: 1 * x["a"]),
    **_ending(RIGHT["normal"]),
}

_BOUNDARY: Mapping[str, Recipe] = {
    "prior_forgotten": lambda m, v, r: _boundary(m / v, -(m**2) / (2 * v)),
    "bias_difference_reversed": lambda m, v, r: {
        **_boundary(m / v, _bias(m, v, r)),
        "x": -_crossing(m / v, _bias(m, v, r)),
    },
    "half_of_square_left_out": lambda m, v, r: _boundary(m / v, np.log(r) - m**2 / v),
    "variance_left_out": lambda m, v, r: _boundary(1 * m, _bias(m, 1, r)),
    "deviation_for_variance": lambda m, v, r: _boundary(m / np.sqrt(v), _bias(m, np.sqrt(v), r)),
    "square_of_mean_added": lambda m, v, r: _boundary(m / v, np.log(r) + m**2 / (2 * v)),
    "prior_divided_out": lambda m, v, r: _boundary(m / v, -np.log(r) - m**2 / (2 * v)),
    "square_of_mean_left_out": lambda m, v, r: _boundary(m / v, np.log(r)),
    "prior_not_logged": lambda m, v, r: _boundary(m / v, r - m**2 / (2 * v)),
}

SLIPS: Mapping[Kind, Mapping[str, Recipe]] = MappingProxyType(
    {
        "table": _TABLE,
        "features": _FEATURES,
        "logarithms": _LOGARITHMS,
        "normal": _NORMAL,
        "boundary": _BOUNDARY,
    }
)
"""What goes wrong in each kind, as recipes over the same numbers as the right one."""


def posterior_graph(kind: Kind, numbers: Mapping[str, Value]) -> Graph:
    """The right graph over numbers of those names and shapes; only what is named is printed."""
    return _graph(kind, tuple((name, np.shape(value)) for name, value in numbers.items()))


@lru_cache(maxsize=64)
def _graph(kind: Kind, inputs: tuple[tuple[str, tuple[int, ...]], ...]) -> Graph:
    graph = graph_of(RIGHT[kind], inputs)
    hidden = (replace(each, hidden=each.target.startswith("_")) for each in graph.equations)
    return replace(graph, equations=tuple(hidden))


def posterior_slips(kind: Kind, numbers: Mapping[str, Value]) -> Iterator[Variant]:
    """What every slip makes of the numbers, in the order of the recipe's arguments."""
    exact = any(is_exact(value) for value in numbers.values())
    recipes = dict(SLIPS[kind])
    if exact:
        # Nobody would write down these: powers of e to the 3/10.
        for slip in ("prior_not_logged", "independent_sigmoids"):
            recipes.pop(slip, None)
    elif kind != "boundary":
        recipes["exponential_base_ten"] = _base_ten(kind)
    for slip, recipe in recipes.items():
        if exact or kind == "boundary" or _is_open(recipe, numbers):
            yield variant(slip, recipe, **numbers)


def _is_open(recipe: Recipe, numbers: Mapping[str, Value]) -> bool:
    """Whether no class is out of the question: 0.0000 would be known for a mistake."""
    with np.errstate(all="ignore"):
        chances = np.abs(recipe(*numbers.values())["p"])
    return bool(chances.min() >= VISIBLE)


@lru_cache(maxsize=8)
def _base_ten(kind: Kind) -> Recipe:
    return _other(RIGHT[kind], p=lambda x: _of_scores(x["z"] * np.log(10))["p"])
