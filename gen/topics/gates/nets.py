"""Two layers of threshold units: what they compute, which there are, and what can be made of one.

The hidden units recode the inputs; the output unit sees their outputs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from gen.draw import Draw
from gen.topics.gates.functions import (
    Perceptron,
    Row,
    Table,
    named,
    perceptrons,
    rows,
    separable,
    table,
)

_LARGEST = 4
"""The largest size of a weight."""


@dataclass(frozen=True, slots=True)
class ThresholdNet:
    """Hidden units that see the inputs, and an output unit that sees the hidden outputs."""

    hidden: tuple[Perceptron, ...]
    output: Perceptron

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return len(self.hidden[0].weights)

    def recoded(self, row: Row) -> Row:
        """The hidden outputs for these inputs."""
        return tuple(unit.output(row) for unit in self.hidden)

    def codes(self) -> tuple[Row, ...]:
        """The hidden outputs for all inputs."""
        return tuple(map(self.recoded, rows(self.inputs)))

    def table(self) -> Table:
        """The outputs for all inputs."""
        return tuple(map(self.output.output, self.codes()))


@lru_cache(maxsize=1024)
def reachable(codes: tuple[Row, ...], wanted: Table) -> bool:
    """Whether some output unit gives the `wanted` outputs for the recoded inputs.

    It cannot where two inputs with one code want different outputs, or where no line separates the
    codes that want 1 from those that want 0.
    """
    sides = [{code for code, bit in zip(codes, wanted, strict=True) if bit == b} for b in (0, 1)]
    return any(
        all(unit.output(code) == bit for bit in (0, 1) for code in sides[bit]) for unit in _output()
    )


@lru_cache(maxsize=1)
def _output() -> tuple[Perceptron, ...]:
    """An output unit for every function that one computes, constants among them."""
    constant = (Perceptron((1, 1), 3), Perceptron((1, 1), -1))
    alone = (Perceptron((2, 1), 2), Perceptron((1, 2), 2), Perceptron((-2, 1), 0))
    more = (Perceptron((1, -2), 0), *(perceptrons(table(g, 2), 2)[0] for g in separable(2)))
    return (*constant, *alone, *more)


Design = tuple[str, str, str]
"""The functions of the two hidden units and, of their outputs, of the output unit."""


@lru_cache(maxsize=4)
def designs(inputs: int) -> Mapping[str, tuple[Design, ...]]:
    """By what the net computes: all nets of two hidden units that do not compute it already."""
    found: dict[str, list[Design]] = {}
    for first, second in permutations(separable(inputs), 2):
        codes = zip(table(first, inputs), table(second, inputs), strict=True)
        pairs = [2 * a + b for a, b in codes]
        for output in separable(2):
            name = named([table(output, 2)[pair] for pair in pairs], inputs)
            if name and name not in (first, second):
                found.setdefault(name, []).append((first, second, output))
    return {name: tuple(each) for name, each in found.items()}


def draw_net(draw: Draw, inputs: int, design: Design) -> ThresholdNet:
    """Units with small weights for a design; no sum of one is equal to its threshold."""
    first, second, output = design
    hidden = tuple(draw.choice(clear(gate, inputs)) for gate in (first, second))
    return ThresholdNet(hidden, draw.choice(clear(output, 2)))


@lru_cache(maxsize=64)
def clear(gate: str, inputs: int) -> tuple[Perceptron, ...]:
    """Perceptrons with small weights for a function, none of whose sums is equal to its threshold.

    So nothing depends on what is done with a sum that is.
    """
    return tuple(
        unit
        for unit in perceptrons(table(gate, inputs), inputs)
        if max(map(abs, unit.weights)) <= _LARGEST
        and all(unit.total(row) != unit.threshold for row in rows(inputs))
    )
