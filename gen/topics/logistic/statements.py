"""Statements about the Hessian and the gradient of a negative log-likelihood at a point.

They come in groups of which a list has at most one each, as the members of a group say nearly the
same, or the opposite.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.problem import Claim, Value
from gen.topics.logistic.graphs import Model, graph
from solver.passes import forward

LISTED, CLOSING = 5, 3
_WORK = {"doubled": 2, "right_side": 2, "largest_factor": 3, "flat": 3, "definite": 3}


def listed(draw: Draw, model: Model, givens: Mapping[str, Value]) -> tuple[Claim, ...]:
    """Statements for a list, each of another group."""
    groups = _groups(draw, model, givens)
    return draw.sample(groups, LISTED)


def single(draw: Draw, model: Model, givens: Mapping[str, Value]) -> Claim:
    """A statement about whether the Hessian is definite, or about what it depends on."""
    return draw.choice(_groups(draw, model, givens)[:CLOSING])


def _groups(draw: Draw, model: Model, givens: Mapping[str, Value]) -> tuple[Claim, ...]:
    """One statement of each group, those about the Hessian first."""
    values = forward(graph(model), {k: np.asarray(v, dtype=float) for k, v in givens.items()})
    examples = range(model.examples)
    full = model.weights <= model.examples
    flat = _claim("flat", not full) if draw.integer(0, 1) else _claim("definite", full)
    groups = [
        draw.choice((_claim("semidefinite", True), _claim("indefinite", False))),
        _of_target(draw, model),
        *((flat,) if model.weights > 1 else ()),
        draw.choice((_claim("global_minimum", True), _claim("other_minimum", False))),
        _of_weight(draw, model, values),
    ]
    larger = draw.integer(0, 1) == 1
    groups.append(_claim("doubled", not larger, larger=larger))
    which = draw.choice(examples)
    right = (float(values[f"z{which + 1}"]) > 0) == bool(float(values[f"t{which + 1}"]) == 1)
    groups.append(_claim("right_side", right, example=which))
    factors = [round(float(values[f"v{n + 1}"]), 9) for n in examples]
    if model.examples > 1 and factors.count(max(factors)) == 1:
        true = factors[which] == max(factors)
        groups.append(_claim("largest_factor", true, example=which))
    return tuple(groups)


def _claim(name: str, true: bool, **facts: object) -> Claim:
    return Claim(name, true, facts, _WORK.get(name, 1))


def _of_target(draw: Draw, model: Model) -> Claim:
    gradient = draw.integer(0, 1) == 1
    name = "target_in_gradient" if gradient else "target_in_hessian"
    return _claim(name, gradient, example=draw.choice(range(model.examples)))


def _of_weight(draw: Draw, model: Model, values: Mapping[str, Any]) -> Claim:
    weight = draw.choice(range(model.weights))
    return _claim("weight_rises", bool(np.ravel(values["g"])[weight] < 0), weight=weight)
