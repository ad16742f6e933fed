"""A support vector machine recomputed from inner products of the points alone.

Nothing of the graphs or of the solver is used, and the weights are never added up.
"""

from __future__ import annotations

from math import hypot, sqrt
from typing import Any

from gen.problem import Claim
from gen.topics.margins.draws import Data
from gen.topics.margins.graphs import Machine
from gen.topics.margins.statements import Dual

_ZERO = 1e-9


def expected(machine: Machine, data: Data) -> dict[str, Any]:
    """Weights, and the objective with its derivative, or bias, margin and score."""
    points = [tuple(map(float, point)) for point in data.points]
    pairs = [(float(m) * float(t)) for m, t in zip(data.multipliers, data.targets, strict=True)]
    w = [sum(q * p[axis] for q, p in zip(pairs, points, strict=True)) for axis in (0, 1)]
    double = sum(
        a * b * _inner(p, q)
        for a, p in zip(pairs, points, strict=True)
        for b, q in zip(pairs, points, strict=True)
    )
    own = points[machine.at]
    product = sum(q * _inner(p, own) for q, p in zip(pairs, points, strict=True))
    target = float(data.targets[machine.at])
    if not machine.solution:
        value = sum(map(float, data.multipliers)) - double / 2
        return {"w": w, "L": value, "d": 1 - target * product}
    found: dict[str, Any] = {"w": w, "b": target - product, "m": 1 / sqrt(double)}
    if machine.further:
        further = tuple(map(float, data.further))
        score = sum(q * _inner(p, further) for q, p in zip(pairs, points, strict=True))
        found["f"] = score + target - product
    return found


def _inner(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(p, q, strict=True))


def is_solution(data: Data) -> bool:
    """Whether the multipliers solve the dual: its conditions (Karush, Kuhn, Tucker), one by one."""
    multipliers, targets = list(map(float, data.multipliers)), list(map(float, data.targets))
    pairs = [m * t for m, t in zip(multipliers, targets, strict=True)]
    points = [tuple(map(float, point)) for point in data.points]
    products = [sum(q * _inner(p, x) for q, p in zip(pairs, points, strict=True)) for x in points]
    biases = [t - s for m, t, s in zip(multipliers, targets, products, strict=True) if m > 0]
    outside = [t * (s + biases[0]) >= 1 - _ZERO for t, s in zip(targets, products, strict=True)]
    return (
        abs(sum(pairs)) < _ZERO
        and all(0 <= m <= float(data.bound) for m in multipliers)
        and max(biases) - min(biases) < _ZERO
        and all(outside)
    )


def is_true(data: Data | Dual, claim: Claim) -> bool:
    """Whether a statement is true."""
    facts: Any = claim.facts
    if isinstance(data, Dual):
        values = [float(value) for value in facts["values"]]
        first = sum(v for v, t in zip(values, data.targets, strict=True) if t > 0)
        second = sum(v for v, t in zip(values, data.targets, strict=True) if t < 0)
        inside = all(0 <= value <= float(data.bound) for value in values)
        return abs(first - second) < _ZERO and inside
    if claim.name == "support":
        return _on_margin(data, facts["example"])
    return all(float(m) <= float(facts["bound"]) for m in data.multipliers)


def _on_margin(data: Data, example: int) -> bool:
    """Whether no other example of its class is nearer to the line, by distances alone."""
    lone = [tuple(map(float, p)) for p in data.points]
    own = float(data.targets[example])
    nearest = min(_distance(lone, data, n) for n, t in enumerate(data.targets) if float(t) == own)
    return _distance(lone, data, example) - nearest < _ZERO


def _distance(points: list[tuple[float, ...]], data: Data, example: int) -> float:
    """How far an example is from the line, which is at a right angle to the summed points."""
    pairs = [float(m) * float(t) for m, t in zip(data.multipliers, data.targets, strict=True)]
    w = [sum(q * p[axis] for q, p in zip(pairs, points, strict=True)) for axis in (0, 1)]
    heights = [_inner(tuple(w), p) for p in points]
    support = [n for n, m in enumerate(data.multipliers) if float(m) > 0]
    ends = [heights[n] for n in support]
    middle = (max(ends) + min(ends)) / 2
    return abs(heights[example] - middle) / hypot(*w)
