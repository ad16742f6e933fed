"""Statements about saturated units: is the derivative small, does a layer shrink a gradient.

A unit is saturated where the derivative of its activation is smaller in size than `LIMIT`. A number
that is near the limit is not asked about. Whether a statement is true comes from the solver's rules
when it is drawn, and from differences of the activations when it is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import atanh, exp, log, tanh
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, logarithm
from gen.family import Rejected
from gen.problem import Claim
from gen.vocabulary import Difficulty
from solver.rules import RULES

LIMIT = Fraction(1, 20)
CLEAR = 1.15
"""A derivative is at least so many times above its limit, or below it."""
COUNTS: Mapping[Difficulty, tuple[int, int, int]] = {
    "easy": (4, 0, 0),
    "medium": (2, 3, 0),
    "hard": (1, 3, 2),
}
"""How many units are told by their output, by their pre-activation, and by a weight besides."""

_HUNDREDTHS: Mapping[str, tuple[int, ...]] = {
    "sigmoid": (2, 3, 4, 12, 21, 43, 78, 89, 97, 98),
    "tanh": (-99, -98, -62, -13, 24, 92, 98, 99),
}
"""Half of each are saturated: the name of the function gives nothing away."""
_TENTHS: Mapping[str, tuple[int, ...]] = {
    "sigmoid": (3, 11, 16, 22, 32, 36, 41, 52),
    "tanh": (2, 5, 11, 14, 26, 31, 37, 42),
    "relu": (1, 6, 21, 63),
}
"""As many digits where a unit is saturated as where it is not: the form gives nothing away."""
_ODDS: Mapping[str, tuple[int, ...]] = {
    "sigmoid": (2, 3, 4, 9, 24, 30, 40, 49),
    "tanh": (2, 3, 4, 10, 12, 15),
    "relu": (2, 3, 10, 20),
}
"""Pre-activations in exact statements are the logarithms of these or of their reciprocals."""
_WEIGHTS = (0.4, 0.8, 1.5, 2.5, 3.5, 6.5, 9.5)
"""All of one length: the larger ones make a statement false."""
_WHOLE_WEIGHTS = (2, 3, 5, 8, 12, 20, 40)
"""For exact statements."""
_STEP = 1e-6


def draw_claims(draw: Draw, difficulty: Difficulty, exact: bool) -> tuple[Claim, ...]:
    """Statements of which some are true. Raises Rejected where the lot makes them all alike."""
    by_output, by_score, weighted = COUNTS[difficulty]
    outputs = [(kind, Fraction(n, 100)) for kind, row in _HUNDREDTHS.items() for n in row]
    found = [_of_output(kind, o, exact) for kind, o in draw.sample(outputs, by_output)]
    scores = [(kind, n) for kind, row in (_ODDS if exact else _TENTHS).items() for n in row]
    # A ReLU is flat where its input has a minus sign, which would give the answer away.
    bent = [(kind, n) for kind, n in scores if kind != "relu"]
    chosen = [(kind, draw.sign() * n) for kind, n in draw.sample(bent, by_score)]
    found += [_of_score(kind, n, exact) for kind, n in chosen]
    used = {(kind, abs(n)) for kind, n in chosen}
    signed = [(kind, s * n) for kind, n in scores if (kind, n) not in used for s in (1, -1)]
    # With either lot there has to be a weight, or the activation would tell the lot.
    open_ones = [each for each in signed if all(map(partial(_weights, *each, exact), (0, 1)))]
    for kind, n in draw.sample(open_ones, weighted):
        weight = draw.sign() * draw.choice(_weights(kind, n, exact, draw.integer(0, 1)))
        found.append(_of_weight(kind, n, weight, exact))
    if len({claim.true for claim in found}) == 1:
        raise Rejected("all statements are true, or all are false")
    return tuple(found)


def shown(claims: Sequence[Claim]) -> Claim:
    """The statement whose unit is drawn: one that bends, and a true one, if there is such."""

    def rank(claim: Claim) -> tuple[bool, bool, bool]:
        bent = claim.facts["activation"] != "relu"
        return not bent, claim.name == "saturated_output", not claim.true

    return min(claims, key=rank)


def _of_output(activation: str, output: Fraction, exact: bool) -> Claim:
    slope = output * (1 - output) if activation == "sigmoid" else 1 - output * output
    facts = {
        "activation": activation,
        "output": _shown(output, exact),
        "slope": _shown(slope, exact),
        "limit": _shown(LIMIT, exact),
        "at": log(output / (1 - output)) if activation == "sigmoid" else atanh(output),
    }
    return _claim("saturated_output", facts, 2)


def _of_score(activation: str, number: int, exact: bool) -> Claim:
    return _claim("saturated_score", _scored(activation, number, exact), 4)


def _of_weight(activation: str, number: int, weight: float, exact: bool) -> Claim:
    facts = _scored(activation, number, exact)
    factor = weight * facts["slope"]
    factor = factor if exact else round(factor, 4)
    facts |= {"weight": weight, "factor": -factor if float(factor) < 0 else factor}
    return _claim("shrinks", facts, 6)


def _weights(activation: str, number: int, exact: bool, lot: int) -> tuple[float, ...]:
    """The weights with which a gradient becomes clearly smaller (lot 1), or clearly larger (0)."""
    slope = _slope_by_rule(activation, _place(number, exact))
    factors = [(weight, weight * slope) for weight in (_WHOLE_WEIGHTS if exact else _WEIGHTS)]
    if lot:
        return tuple(weight for weight, factor in factors if factor * CLEAR <= 1)
    return tuple(weight for weight, factor in factors if factor >= CLEAR)


def _place(number: int, exact: bool) -> float:
    """The pre-activation that a number stands for, with its sign."""
    return (log(abs(number)) if exact else abs(number) / 10) * (1 if number > 0 else -1)


def _scored(activation: str, number: int, exact: bool) -> dict[str, Any]:
    """A pre-activation in tenths, or the logarithm of a whole number or of its reciprocal."""
    at = _place(number, exact)
    score: Any = at
    if exact:
        score = logarithm(number) if number > 0 else logarithm(1, -number)
    rule = RULES[activation]
    assert rule.derivative is not None
    value = np.asarray(score)
    # As a calculation by hand has it: the derivative comes from the output as it is printed.
    output = rule.forward(value) if exact else np.round(rule.forward(value), 4)
    slope = np.asarray(rule.derivative(output, value)).item()
    return {
        "activation": activation,
        "score": score,
        "output": np.asarray(output).item(),
        "slope": slope if exact else round(float(slope), 4),
        "limit": _shown(LIMIT, exact),
        "at": at,
    }


def _shown(number: Fraction, exact: bool) -> Any:
    return fraction(number.numerator, number.denominator) if exact else round(float(number), 6)


def _claim(name: str, facts: Mapping[str, Any], work: int) -> Claim:
    """Raises Rejected where the number is too near to the limit."""
    compared, limit = _compared(name, facts, _slope_by_rule)
    if limit / CLEAR < compared < limit * CLEAR:
        raise Rejected("a derivative is too near to the limit")
    return Claim(name, compared < limit, facts, work)


def _compared(
    name: str, facts: Mapping[str, Any], slope: Callable[[str, float], float]
) -> tuple[float, float]:
    """What has to be small, and below what it is."""
    size = abs(slope(facts["activation"], facts["at"]))
    if name == "shrinks":
        return abs(facts["weight"]) * size, 1.0
    return size, float(LIMIT)


def is_true(claim: Claim) -> bool:
    """Whether a statement is true, by differences of the activations."""
    compared, limit = _compared(claim.name, claim.facts, _slope_by_difference)
    return compared < limit


def _slope_by_rule(activation: str, at: float) -> float:
    rule = RULES[activation]
    assert rule.derivative is not None
    return float(rule.derivative(rule.forward(np.float64(at)), np.float64(at)))


def _slope_by_difference(activation: str, at: float) -> float:
    unit: Callable[[float], float] = {
        "sigmoid": lambda z: 1 / (1 + exp(-z)),
        "tanh": tanh,
        "relu": lambda z: max(z, 0.0),
    }[activation]
    return (unit(at + _STEP) - unit(at - _STEP)) / (2 * _STEP)
