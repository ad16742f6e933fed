"""What perceptrons compute, and which functions none computes, found once more in another way.

A perceptron is run with its threshold as a bias, input by input. That no perceptron computes a
function is shown by inputs with equal sums: if a + b = c + d, where a and b give 1 and c and d give
0, no weights can tell the pairs apart. With three inputs, a function without such pairs is always
computed by some perceptron (Muroga, Threshold Logic and Its Applications, 1971).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from gen.problem import Claim, Solution, Value, Verification
from gen.verification import Mismatch

# The definitions, as sets of the inputs that give 1, written as the digits of a binary number.
_ONES: Mapping[tuple[str, int], frozenset[str]] = {
    ("and", 2): frozenset({"11"}),
    ("or", 2): frozenset({"01", "10", "11"}),
    ("nand", 2): frozenset({"00", "01", "10"}),
    ("nor", 2): frozenset({"00"}),
    ("first_only", 2): frozenset({"10"}),
    ("second_only", 2): frozenset({"01"}),
    ("first_implies_second", 2): frozenset({"00", "01", "11"}),
    ("second_implies_first", 2): frozenset({"00", "10", "11"}),
    ("xor", 2): frozenset({"01", "10"}),
    ("xnor", 2): frozenset({"00", "11"}),
    ("and", 3): frozenset({"111"}),
    ("or", 3): frozenset({"001", "010", "011", "100", "101", "110", "111"}),
    ("nand", 3): frozenset({"000", "001", "010", "011", "100", "101", "110"}),
    ("nor", 3): frozenset({"000"}),
    ("most", 3): frozenset({"011", "101", "110", "111"}),
    ("few", 3): frozenset({"000", "001", "010", "100"}),
    ("first_and_another", 3): frozenset({"101", "110", "111"}),
    ("first_or_both_others", 3): frozenset({"011", "100", "101", "110", "111"}),
    ("xor", 3): frozenset({"001", "010", "100", "111"}),
}


def outputs(weights: Sequence[float], threshold: float) -> dict[str, int]:
    """The output for every input, from the sign of the sum with a bias."""
    count = len(weights)
    found = {}
    for number in range(2**count):
        digits = f"{number:0{count}b}"
        bias = -threshold
        active = [w for w, digit in zip(weights, digits, strict=True) if digit == "1"]
        found[digits] = 0 if sum(active) + bias < 0 else 1
    return found


def computes(weights: Sequence[float], threshold: float, name: str) -> bool:
    """Whether a perceptron computes the function of that name."""
    found = outputs(weights, threshold)
    return {digits for digits, bit in found.items() if bit} == _ONES[name, len(weights)]


def exists(name: str, inputs: int) -> bool:
    """Whether any perceptron computes the function."""
    every = [f"{number:0{inputs}b}" for number in range(2**inputs)]
    ones = _ONES[name, inputs]
    sums = [_sums(digits for digits in every if (digits in ones) is side) for side in (True, False)]
    return not sums[0] & sums[1]


def _sums(chosen: object) -> set[tuple[int, ...]]:
    points = [tuple(map(int, digits)) for digits in chosen]  # type: ignore[attr-defined]
    return {
        tuple(x + y for x, y in zip(a, b, strict=True))
        for a, b in combinations_with_replacement(points, 2)
    }


def truth(claim: Claim) -> bool:
    """Whether a statement about perceptrons is true."""
    facts: Mapping[str, object] = claim.facts
    match claim.name:
        case "is":
            return computes(*_unit(facts), str(facts["gate"]))
        case "exists":
            return exists(str(facts["gate"]), int(str(facts["inputs"])))
        case "scaled":
            (weights, threshold), factor = _unit(facts), float(str(facts["factor"]))
            return outputs([factor * w for w in weights], factor * threshold) == outputs(
                weights, threshold
            )
    raise Mismatch(f"there is no oracle for the statement {claim.name}")


def _unit(facts: Mapping[str, object]) -> tuple[tuple[float, ...], float]:
    weights, threshold = facts["weights"], facts["threshold"]
    assert isinstance(weights, tuple)
    return tuple(map(float, weights)), float(str(threshold))


def compare(weights: Sequence[float], threshold: float, solution: Solution) -> Verification:
    """All numbers asked about a perceptron. Raises Mismatch for one that is wrong."""
    expected = _expected(weights, threshold)
    numbers = 0
    for part, solved in zip(solution.problem.parts, solution.parts, strict=True):
        values = solved.answer.values if solved.answer else ()
        for ask, value in zip(part.asks, values, strict=True):
            if not np.array_equal(value, expected[ask.node]):
                raise Mismatch(f"{ask.node} is {value} in the key, not {expected[ask.node]}")
            numbers += value.size
    return Verification("one input after the other", numbers, 0.0)


def _expected(weights: Sequence[float], threshold: float) -> Mapping[str, Value]:
    found = outputs(weights, threshold)
    sums = [sum(w for w, digit in zip(weights, d, strict=True) if digit == "1") for d in found]
    lists: dict[str, Any] = {"s": sums, "y": list(found.values())}
    # The ends by trying: one whole threshold after the other, until an output changes.
    for node, step in (("lo", -1), ("hi", 1)):
        lists[node] = threshold
        while outputs(weights, lists[node] + step) == found:
            lists[node] += step
    return {node: np.array(value, dtype=float) for node, value in lists.items()}
