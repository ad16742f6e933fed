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
    ("one", 3): frozenset({"001", "010", "100"}),
    ("two", 3): frozenset({"011", "101", "110"}),
    ("equal", 3): frozenset({"000", "111"}),
    ("unequal", 3): frozenset({"001", "010", "011", "100", "101", "110"}),
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
        case "net":
            found = table_of(facts["net"])
            ones = {digits for digits, bit in zip(found["digits"], found["y"], strict=True) if bit}
            return ones == _ONES[str(facts["gate"]), len(found["digits"][0])]
        case "reach":
            return within_reach(facts["net"], str(facts["gate"]))
    raise Mismatch(f"there is no oracle for the statement {claim.name}")


def _unit(facts: Mapping[str, object]) -> tuple[tuple[float, ...], float]:
    weights, threshold = facts["weights"], facts["threshold"]
    assert isinstance(weights, tuple)
    return tuple(map(float, weights)), float(str(threshold))


def compare(weights: Sequence[float], threshold: float, solution: Solution) -> Verification:
    """All numbers asked about a perceptron. Raises Mismatch for one that is wrong."""
    return _compared(_expected(weights, threshold), solution)


def _compared(expected: Mapping[str, Value], solution: Solution) -> Verification:
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


def of_net(weights: Sequence[Sequence[float]], thresholds: Sequence[float]) -> dict[str, list[Any]]:
    """All columns of the table of a net; the last weights and threshold are the output unit's."""
    found: dict[str, list[Any]] = {"digits": list(outputs(weights[0], 0.0))}
    for digits in found["digits"]:
        seen = []
        for i, (row, threshold) in enumerate(zip(weights[:-1], thresholds, strict=False), start=1):
            total = sum(w for w, x in zip(row, digits, strict=True) if x == "1")
            seen.append(0 if total - threshold < 0 else 1)
            found.setdefault(f"s{i}", []).append(total)
            found.setdefault(f"h{i}", []).append(seen[-1])
        total = sum(w for w, h in zip(weights[-1], seen, strict=True) if h)
        found.setdefault("y", []).append(0 if total - thresholds[-1] < 0 else 1)
    return found


def table_of(net: Any) -> dict[str, list[Any]]:
    """The table of a net that a statement is about."""
    units = (*net.hidden, net.output)
    return of_net([unit.weights for unit in units], [unit.threshold for unit in units])


def within_reach(net: Any, name: str) -> bool:
    """Whether a line separates the recoded inputs that give 1 from those that give 0.

    In the corners of a square, that fails only for a corner that is needed on both sides, or for
    two opposite corners on each side.
    """
    found = table_of(net)
    ones: set[tuple[int, ...]] = set()
    zeros: set[tuple[int, ...]] = set()
    for digits, *code in zip(found["digits"], found["h1"], found["h2"], strict=True):
        (ones if digits in _ONES[name, len(digits)] else zeros).add(tuple(code))
    ends, middle = {(0, 0), (1, 1)}, {(0, 1), (1, 0)}
    crossed = (ends <= ones and middle <= zeros) or (ends <= zeros and middle <= ones)
    return not ones & zeros and not crossed


def compare_net(numbers: Mapping[str, Any], solution: Solution) -> Verification:
    """All numbers asked about a net, from its givens. Raises Mismatch for one that is wrong."""
    hidden = [i for i in "123" if f"v{i}" in numbers]
    names = [[f"w{i}{j}" for j in "123" if f"w{i}{j}" in numbers] for i in hidden]
    names.append([f"v{i}" for i in hidden])
    weights = [[numbers[name] for name in row] for row in names]
    found = of_net(weights, [numbers[name] for name in (*(f"t{i}" for i in hidden), "t")])
    return _compared({node: np.array(v) for node, v in found.items()}, solution)
