"""A problem with its numbers, solved: values, gradients, and the worked lines that lead to them.

Everything is made when it is first read. Values and gradients are in double precision; the lines
are in the arithmetic that was asked for, and in decimals where that one has no exact numbers for
them (`why_decimal` then says why).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.arithmetic import Arithmetic, Decimals, NotExact
from solver.errors import InputError
from solver.graph import Equation, Graph
from solver.network import Network
from solver.passes import backward, forward
from solver.steps import Index, Step, steps
from solver.term import Term

if TYPE_CHECKING:
    from solver.diagnosis import Judgement

Wanted = tuple[tuple[Term, Index | None], ...]


@dataclass(frozen=True, eq=False)
class Solution:
    """A graph, an array for each input by name, and the leaves that are wanted.

    `wanted` pairs each leaf with an index, or with None for the whole array. With `sign` -1 the
    worked lines are about minus the gradient, as some courses write them; `gradients` never are.
    """

    graph: Graph
    givens: Mapping[str, NDArray[Any]]
    wanted: Wanted
    arithmetic: Arithmetic = field(default_factory=Decimals)
    network: Network | None = None
    sign: int = 1

    @cached_property
    def floats(self) -> dict[str, NDArray[np.float64]]:
        """The givens in double precision. Raises InputError for a number that is beyond it."""
        return {name: _as_floats(name, value) for name, value in self.givens.items()}

    @cached_property
    def values(self) -> dict[str, NDArray[np.float64]]:
        """Every node's value by name.

        Raises InputError naming the first node whose value is not a finite number.
        """
        with np.errstate(all="ignore"):
            values = forward(self.graph, self.floats)
        for equation in self.graph.equations:
            if not np.all(np.isfinite(values[equation.target])):
                raise InputError(
                    _not_finite(equation, values, self.graph.shown_in(equation.target))
                )
        return {name: np.asarray(value, dtype=float) for name, value in values.items()}

    @cached_property
    def gradients(self) -> dict[str, NDArray[np.float64]]:
        """The gradient of the output with respect to every node that reaches it, by name.

        An input that does not reach the output has a gradient of zeros. Raises InputError naming
        the first node at which the gradient is not finite.
        """
        values = self.values
        with np.errstate(all="ignore"):
            found = backward(self.graph, values)
        for name, gradient in found.items():
            if not np.all(np.isfinite(gradient)):
                node = self.graph.shown_in(name)
                raise InputError(
                    f"the gradient at '{node}' is not finite: the output has no derivative there"
                )
        for variable in self.graph.inputs:
            if not variable.fixed:
                found.setdefault(variable.name, np.zeros(variable.shape))
        return {name: np.asarray(value, dtype=float) for name, value in found.items()}

    def check(self, *answers: str) -> tuple[Judgement, ...]:
        """A judgement of each answer, written as `NAME=VALUE` (`solver.claims`).

        Raises InputError for an answer that cannot be read.
        """
        from solver import claims, diagnosis

        # Nothing is judged by a gradient that is not finite.
        _ = self.gradients
        places = self.arithmetic.in_decimals.places
        read = [claims.parse(answer, self.graph, self.network) for answer in answers]
        return diagnosis.judge(self.graph, self.floats, read, places, self.network)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The worked lines, forward and then backward."""
        return self._worked[0]

    @property
    def why_decimal(self) -> str:
        """Why the lines are in decimals although exact ones were asked for; empty if they are not.

        A clause, such as `cos(1) has no exact value`.
        """
        return self._worked[1]

    @property
    def line_arithmetic(self) -> Arithmetic:
        """The arithmetic that the lines are in."""
        return self.arithmetic.in_decimals if self.why_decimal else self.arithmetic

    @cached_property
    def _worked(self) -> tuple[tuple[Step, ...], str]:
        # Lines are worked only where all numbers are finite.
        _ = self.gradients
        if isinstance(self.arithmetic, Decimals):
            return self._in_decimals(self.arithmetic), ""
        try:
            return steps(self.graph, self.givens, self.wanted, self.arithmetic, self.sign), ""
        except NotExact as reason:
            return self._in_decimals(self.arithmetic.in_decimals), str(reason)

    def _in_decimals(self, arithmetic: Decimals) -> tuple[Step, ...]:
        return steps(self.graph, self.floats, self.wanted, arithmetic, self.sign)


def _as_floats(name: str, value: NDArray[Any]) -> NDArray[np.float64]:
    floats = np.asarray(value, dtype=float)
    if not np.all(np.isfinite(floats)):
        raise InputError(f"{name}: a number is too large; give numbers of less than 1e308")
    return floats


def _not_finite(equation: Equation, values: Mapping[str, Any], node: str) -> str:
    """What is wrong, told of the first equation that has no finite value, at the visible node."""
    known = _NO_VALUE.get(equation.op)
    if known is not None and np.any(known[0](np.asarray(values[equation.inputs[known[1]]]))):
        return f"there is no value at the node '{node}': {known[2]}"
    return f"the value of the node '{node}' is not a finite number"


_NO_VALUE: Mapping[str, tuple[Any, int, str]] = {
    "log": (lambda x: x <= 0, 0, "the logarithm needs a positive number"),
    "sqrt": (lambda x: x < 0, 0, "the root needs a number that is not negative"),
    "divide": (lambda x: x == 0, 1, "a denominator is 0"),
    "power": (lambda x: x <= 0, 0, "the base of this power must be positive"),
    "general_power": (lambda x: x <= 0, 0, "the base of this power must be positive"),
    "cross_entropy": (lambda p: p <= 0, 0, "the probability of the target's class is 0"),
    "binary_cross_entropy": (
        lambda p: (p <= 0) | (p >= 1),
        0,
        "the prediction is 0 or 1 and the target is the opposite",
    ),
}
"""By primitive: for which numbers there is no value, in which argument, and what is said of it."""


def derivatives(graph: Graph, names: Sequence[str] | None = None) -> Wanted:
    """The output's value and its gradient by the named inputs, by all free ones without names.

    Raises InputError for a name that is no free input.
    """
    free = {v.name: v for v in graph.inputs if not v.fixed}
    for name in names or ():
        if name not in free:
            raise InputError(f"'{name}' is no variable; the inputs are {', '.join(free)}")
    chosen = tuple(free) if names is None else names
    value = t.name(graph.output)
    return ((value, None), *((t.gradient(name, free[name].shape), None) for name in chosen))
