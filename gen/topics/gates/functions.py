"""Logical functions of two or three inputs, and the perceptrons that compute them.

A truth table lists the outputs for the inputs in counting order: 00, 01, 10, 11 for two. A
perceptron gives 1 where the weighted sum of its inputs is at least its threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Table = tuple[int, ...]
Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Whole weights, one for each input, and a whole threshold."""

    weights: tuple[int, ...]
    threshold: int

    def total(self, row: Row) -> int:
        """The weighted sum of the inputs."""
        return sum(w * x for w, x in zip(self.weights, row, strict=True))

    def output(self, row: Row) -> int:
        """What it gives for these inputs."""
        return int(self.total(row) >= self.threshold)

    def table(self) -> Table:
        """Its outputs for all inputs."""
        return tuple(map(self.output, rows(len(self.weights))))

    def thresholds(self) -> tuple[int, int]:
        """The smallest and the largest whole threshold that give the same table.

        Raises ValueError for a table that is 0 or 1 throughout.
        """
        sums = [self.total(row) for row in rows(len(self.weights))]
        below = max(s for s in sums if s < self.threshold)
        return below + 1, min(s for s in sums if s >= self.threshold)


def rows(inputs: int) -> tuple[Row, ...]:
    """All inputs in counting order."""
    return tuple(product((0, 1), repeat=inputs))


_FUNCTIONS: Mapping[int, Mapping[str, Callable[..., int]]] = MappingProxyType(
    {
        2: {
            "and": lambda a, b: a & b,
            "or": lambda a, b: a | b,
            "nand": lambda a, b: 1 - (a & b),
            "nor": lambda a, b: 1 - (a | b),
            "first_only": lambda a, b: a & (1 - b),
            "second_only": lambda a, b: b & (1 - a),
            "first_implies_second": lambda a, b: (1 - a) | b,
            "second_implies_first": lambda a, b: (1 - b) | a,
            "xor": lambda a, b: a ^ b,
            "xnor": lambda a, b: 1 - (a ^ b),
        },
        3: {
            "and": lambda a, b, c: a & b & c,
            "or": lambda a, b, c: a | b | c,
            "nand": lambda a, b, c: 1 - (a & b & c),
            "nor": lambda a, b, c: 1 - (a | b | c),
            "most": lambda a, b, c: int(a + b + c >= 2),
            "few": lambda a, b, c: int(a + b + c <= 1),
            "first_and_another": lambda a, b, c: a & (b | c),
            "first_or_both_others": lambda a, b, c: a | (b & c),
            "one": lambda a, b, c: int(a + b + c == 1),
            "two": lambda a, b, c: int(a + b + c == 2),
            "equal": lambda a, b, c: int(a == b == c),
            "unequal": lambda a, b, c: int(not a == b == c),
            "xor": lambda a, b, c: a ^ b ^ c,
        },
    }
)
INSEPARABLE = frozenset({"xor", "xnor", "one", "two", "equal", "unequal"})
"""The functions here that no perceptron computes."""


def names(inputs: int) -> tuple[str, ...]:
    """The names of the functions of so many inputs."""
    return tuple(_FUNCTIONS[inputs])


def separable(inputs: int) -> tuple[str, ...]:
    """The names of those that some perceptron computes."""
    return tuple(name for name in _FUNCTIONS[inputs] if name not in INSEPARABLE)


@lru_cache(maxsize=64)
def table(name: str, inputs: int) -> Table:
    """The truth table of a function."""
    return tuple(_FUNCTIONS[inputs][name](*row) for row in rows(inputs))


def named(outputs: Sequence[int], inputs: int) -> str:
    """The name of the function with this truth table, or nothing if it has none here."""
    found = (name for name in _FUNCTIONS[inputs] if table(name, inputs) == tuple(outputs))
    return next(found, "")


_LARGEST: Mapping[int, int] = {2: 9, 3: 6}
"""The largest size of a weight, by the number of inputs."""
_THRESHOLDS = np.array([t for t in range(-18, 19) if t])


@lru_cache(maxsize=2)
def _every(inputs: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """All small weights, and for each and each threshold the outputs row by row."""
    sizes = range(1, _LARGEST[inputs] + 1)
    chosen = np.array(list(product([s * size for size in sizes for s in (1, -1)], repeat=inputs)))
    sums = chosen @ np.array(rows(inputs)).T
    return chosen, sums[:, None, :] >= _THRESHOLDS[:, None]


@lru_cache(maxsize=64)
def perceptrons(outputs: Table, inputs: int) -> tuple[Perceptron, ...]:
    """All perceptrons with small weights, none of which is 0, that have this truth table.

    Their thresholds are not 0 either, so that its sign matters.
    """
    chosen, given = _every(inputs)
    found = np.argwhere((given == np.array(outputs, dtype=bool)).all(axis=2))
    return tuple(
        Perceptron(tuple(chosen[i].tolist()), int(_THRESHOLDS[k])) for i, k in found.tolist()
    )


@lru_cache(maxsize=64)
def movable(outputs: Table, inputs: int) -> tuple[Perceptron, ...]:
    """Those of them whose threshold could be another whole number."""
    return tuple(p for p in perceptrons(outputs, inputs) if len(set(p.thresholds())) > 1)
