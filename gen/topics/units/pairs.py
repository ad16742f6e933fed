"""Statements about pairs of output unit and loss: what is left of the derivative at the unit.

Whether a statement is true is computed at several points, with the solver's rules when it is drawn
and by differences of the losses, written out from their definitions, when it is verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from math import exp, isclose, log, tanh
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction
from gen.family import Rejected
from gen.problem import Claim
from gen.solving import passes
from gen.topics.units.heads import LINEAR, LOGISTIC, SOFTMAX, SQUARED, Pair, graph
from gen.vocabulary import Difficulty
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES
from templates.notation import Notation, Style
from templates.notation.scores import scores

BENT: Pair = ("softmax", "half_squared_error")
PLAIN: tuple[Pair, ...] = (*LINEAR, *SQUARED, LOGISTIC)
COUNTS: Mapping[Difficulty, tuple[int, int]] = {"easy": (4, 0), "medium": (4, 1), "hard": (4, 2)}
"""How many statements are about a derivative as such, and about its size at a wrong output."""
OUTPUTS = tuple(map(Fraction, ("4/5", "9/10", "19/20", "49/50", "99/100")))
SMALL = Fraction(1, 10)

_POINTS: Mapping[str, tuple[float, ...]] = {
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 0.5),
    "identity": (0.5, -2.0),
}
_SCORES = (-1.3, 0.4, 0.9)
_VECTORS = ((0.3, -0.8, 1.1), (-0.5, 0.2, 0.7))


def _pair_graph() -> Graph:
    builder = GraphBuilder()
    z, t = builder.input("z"), builder.input("t", fixed=True)
    builder.apply("squared_error", builder.apply("sigmoid", z, name="p"), t, name="J")
    return builder.build("J")


GRAPH = _pair_graph()
"""A graph for the symbols alone: a score z, a prediction p, a target t and the loss."""


def letters(notation: Notation) -> Mapping[str, Style]:
    """The symbols of `GRAPH`."""
    return {**scores(notation), "J": Style(notation.loss)}


def draw_claims(draw: Draw, difficulty: Difficulty, exact: bool) -> tuple[Claim, ...]:
    """Statements of which some are true and some false, each about another pair or output.

    Their numbers are decimals, or fractions where they are to be `exact`. Raises Rejected where the
    lot makes them all alike.
    """
    general, sized = COUNTS[difficulty]
    offered = PLAIN if difficulty == "easy" else (*PLAIN, SOFTMAX, BENT)
    found = [_general(draw, pair) for pair in draw.sample(offered, general)]
    confident = [(pair, o) for pair in (*SQUARED, LOGISTIC) for o in OUTPUTS]
    found += [_sized(pair, o, exact) for pair, o in draw.sample(confident, sized)]
    if len({claim.true for claim in found}) == 1:
        raise Rejected("all statements are true, or all are false")
    return tuple(found)


def _general(draw: Draw, pair: Pair) -> Claim:
    kinds = ("difference",) if pair[0] in ("identity", "softmax") else ("difference", "factor")
    facts = {"activation": pair[0], "loss": pair[1]}
    name = draw.choice(kinds)
    return Claim(name, _holds(name, pair, _by_rules), facts, work=2)


def _sized(pair: Pair, output: Fraction, exact: bool) -> Claim:
    sigmoid = pair[0] == "sigmoid"
    miss = output if sigmoid else output + 1
    bend = output * (1 - output) if sigmoid else 1 - output**2
    size = miss * bend * (2 if pair[1] == "squared_error" else 1)
    numbers = {"output": output, "limit": SMALL, "miss": miss, "bend": bend, "size": size}
    facts: dict[str, object] = {"activation": pair[0], "loss": pair[1]}
    facts |= {name: _shown(number, exact) for name, number in numbers.items()}
    return Claim("small", abs(_at_output(pair, float(output), _by_rules)) < SMALL, facts, work=4)


def _shown(number: Fraction, exact: bool) -> Any:
    return fraction(number.numerator, number.denominator) if exact else round(float(number), 4)


def is_true(claim: Claim) -> bool:
    """Whether a statement is true, by differences of the losses."""
    pair = str(claim.facts["activation"]), str(claim.facts["loss"])
    if claim.name == "small":
        output: Any = claim.facts["output"]
        return abs(_at_output(pair, float(output), _by_differences)) < SMALL
    return _holds(claim.name, pair, _by_differences)


@cache
def _holds(name: str, pair: Pair, slope: Any) -> bool:
    """Whether the derivative is the difference, or has the derivative of the unit as a factor."""
    if pair[0] == "softmax":
        return all(
            isclose(slope(pair, z, t, k), _unit("softmax", z)[k] - t[k], abs_tol=1e-6)
            for z in _VECTORS
            for t in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
            for k in range(3)
        )
    ratios = [
        slope(pair, (z,), (t,), 0) / (_unit(pair[0], (z,))[0] - t)
        for z in _SCORES
        for t in _POINTS[pair[0]]
    ]
    if name == "difference":
        return all(isclose(ratio, 1.0, abs_tol=1e-6) for ratio in ratios)
    bends = [_bend(pair[0], z) for z in _SCORES for _ in _POINTS[pair[0]]]
    shares = [ratio / bend for ratio, bend in zip(ratios, bends, strict=True)]
    return all(isclose(share, shares[0], rel_tol=1e-5) for share in shares)


def _at_output(pair: Pair, output: float, slope: Any) -> float:
    """The derivative where a unit is nearly as wrong as it can be."""
    z = log(output / (1 - output)) if pair[0] == "sigmoid" else float(np.arctanh(output))
    return float(slope(pair, (z,), (_POINTS[pair[0]][0],), 0))


def _by_rules(pair: Pair, z: tuple[float, ...], t: tuple[float, ...], k: int) -> float:
    shape = () if len(z) == 1 else (len(z),)
    made = graph((pair, LINEAR[0]), fused=False)
    numbers = {"s1": np.array(z).reshape(shape), "y1": np.array(t).reshape(shape)}
    rest = {"s2": np.array(0.0), "y2": np.array(0.0)}
    return float(np.ravel(passes(made, {**numbers, **rest})[1]["s1"])[k])


def _by_differences(pair: Pair, z: tuple[float, ...], t: tuple[float, ...], k: int) -> float:
    step = 1e-6
    ends = []
    for sign in (1, -1):
        moved = [each + sign * step * (place == k) for place, each in enumerate(z)]
        ends.append(_loss(pair[1], _unit(pair[0], moved), t))
    return (ends[0] - ends[1]) / (2 * step)


def _unit(activation: str, z: Any) -> list[float]:
    if activation == "softmax":
        total = sum(map(exp, z))
        return [exp(each) / total for each in z]
    if activation == "tanh":
        return [tanh(each) for each in z]
    return [1 / (1 + exp(-each)) if activation == "sigmoid" else each for each in z]


def _bend(activation: str, z: float) -> float:
    derivative = RULES[activation].derivative
    assert derivative is not None
    return float(derivative(_unit(activation, (z,))[0], z))


def _loss(name: str, p: list[float], t: tuple[float, ...]) -> float:
    return sum(_terms(name, p, t))


def _terms(name: str, p: list[float], t: tuple[float, ...]) -> Iterator[float]:
    for ours, aim in zip(p, t, strict=True):
        match name:
            case "binary_cross_entropy":
                yield -aim * log(ours) - (1 - aim) * log(1 - ours)
            case "cross_entropy":
                yield -aim * log(ours)
            case _:
                yield (ours - aim) ** 2 / (2 if name == "half_squared_error" else 1)
