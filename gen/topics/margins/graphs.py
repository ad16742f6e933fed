"""A support vector machine at given multipliers, as a graph.

Example n has the point `xn`, the target `tn` (1 or -1) and the multiplier `ln`. `w` adds the points
up, `L` is the dual objective and `d` its derivative by one multiplier. At the solution, `b` is the
bias and `m` the margin, and `f` is the score of a further point `q`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from solver.graph import Graph, GraphBuilder


@dataclass(frozen=True, slots=True)
class Machine:
    """The problem without its numbers.

    At a `solution`, the bias comes from example `at` (from 0), which is a support vector; elsewhere
    the derivative is with respect to the multiplier of `at`. `further` adds a point to classify.
    """

    examples: int
    solution: bool
    at: int = 0
    further: bool = False


SPOILED = (
    "labels_left_out",
    "multipliers_left_out",
    "half_missing",
    "penalty_added",
    "diagonal_terms_only",
    "multipliers_not_added",
    "one_left_out",
    "own_label_left_out",
    "bias_sign",
    "label_taken_as_one",
    "product_left_out",
    "margin_not_inverted",
    "width_for_margin",
    "root_left_out",
    "bias_not_added",
)
"""What may go wrong; `can_be_made` says where."""
_ANYWHERE = frozenset(SPOILED[:2])
_OF_VALUE = frozenset(SPOILED[2:8])


def can_be_made(machine: Machine, spoiled: str) -> bool:
    """Whether there is anything in the problem that the mistake could be made with."""
    if spoiled == "bias_not_added":
        return machine.further
    return spoiled in _ANYWHERE or (spoiled in _OF_VALUE) != machine.solution


@lru_cache(maxsize=512)
def graph(machine: Machine, spoiled: str = "") -> Graph:
    """The whole of it, or with a mistake in it."""
    return _Maker(machine, spoiled).made()


class _Maker:
    """Adds the nodes one after the other."""

    def __init__(self, machine: Machine, spoiled: str) -> None:
        self.machine, self.spoiled, self.graph = machine, spoiled, GraphBuilder()
        self.numbers = range(1, machine.examples + 1)
        self.own = f"x{machine.at + 1}", f"t{machine.at + 1}"

    def made(self) -> Graph:
        """The graph."""
        for n in self.numbers:
            self.graph.input(f"x{n}", (2,), fixed=True)
            self.graph.input(f"t{n}", fixed=True)
            self.graph.input(f"l{n}", fixed=True)
        self._weights()
        if self.machine.solution:
            self._bias()
            self._margin()
            if self.machine.further:
                self._score()
        else:
            self._objective()
            self._derivative()
        return self.graph.build()

    def _of(self, op: str, *inputs: str) -> str:
        return self.graph.apply(op, *inputs, hidden=True)

    def _number(self, value: float) -> str:
        return self.graph.constant(value)

    def _added(self, terms: list[str]) -> str:
        total, *others = terms
        for other in others:
            total = self._of("add", total, other)
        return total

    def _factor(self, n: int) -> str:
        if self.spoiled == "labels_left_out":
            return f"l{n}"
        if self.spoiled == "multipliers_left_out":
            return f"t{n}"
        return self._of("multiply", f"l{n}", f"t{n}")

    def _weights(self) -> None:
        *first, last = [self._of("multiply", self._factor(n), f"x{n}") for n in self.numbers]
        self.graph.apply("add", self._added(first), last, name="w")

    def _objective(self) -> None:
        total = self._added([f"l{n}" for n in self.numbers])
        squares = self._of("dot", "w", "w")
        if self.spoiled == "diagonal_terms_only":
            squares = self._added([self._square(n) for n in self.numbers])
        half = squares
        if self.spoiled != "half_missing":
            half = self._of("divide", squares, self._number(2))
        if self.spoiled == "multipliers_not_added":
            self.graph.apply("negative", half, name="L")
        else:
            sign = "add" if self.spoiled == "penalty_added" else "subtract"
            self.graph.apply(sign, total, half, name="L")

    def _square(self, n: int) -> str:
        multiplier = self._of("multiply", f"l{n}", f"l{n}")
        return self._of("multiply", multiplier, self._of("dot", f"x{n}", f"x{n}"))

    def _derivative(self) -> None:
        x, t = self.own
        product = self._of("dot", "w", x)
        if self.spoiled != "own_label_left_out":
            product = self._of("multiply", t, product)
        if self.spoiled == "half_missing":
            product = self._of("multiply", self._number(2), product)
        if self.spoiled == "one_left_out":
            self.graph.apply("negative", product, name="d")
        else:
            sign = "add" if self.spoiled == "penalty_added" else "subtract"
            self.graph.apply(sign, self._number(1), product, name="d")

    def _bias(self) -> None:
        x, t = self.own
        product = self._of("dot", "w", x)
        match self.spoiled:
            case "bias_sign":
                self.graph.apply("subtract", product, t, name="b")
            case "label_taken_as_one":
                self.graph.apply("subtract", self._number(1), product, name="b")
            case "product_left_out":
                self.graph.apply("multiply", self._number(1), t, name="b")
            case _:
                self.graph.apply("subtract", t, product, name="b")

    def _margin(self) -> None:
        length = self._of("dot", "w", "w")
        if self.spoiled != "root_left_out":
            length = self._of("sqrt", length)
        if self.spoiled == "margin_not_inverted":
            self.graph.apply("multiply", self._number(1), length, name="m")
            return
        top = self._number(2 if self.spoiled == "width_for_margin" else 1)
        self.graph.apply("divide", top, length, name="m")

    def _score(self) -> None:
        product = self._of("dot", "w", self.graph.input("q", (2,), fixed=True))
        if self.spoiled == "bias_not_added":
            self.graph.apply("multiply", self._number(1), product, name="f")
        else:
            self.graph.apply("add", product, "b", name="f")
