"""Softmax and its loss as they are worked by hand: scores to probabilities, loss and gradient.

The graph names what is written down: scores z, shifted scores u = z - m, scores over a temperature
v, exponentials a, their sum S, probabilities p, targets t and the loss L. The loss is -ln p of the
target's class; where rounding would leave little of that probability, it is worked as ln S - v,
which is the same. The gradient is that with respect to scores, where softmax and logarithm cancel:
its lines are those of the rule itself, worked from the probabilities as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.arithmetic import Arithmetic, Decimals, NotExact
from solver.graph import Graph, GraphBuilder
from solver.passes import backward, forward
from solver.rules import RULES
from solver.steps import Line, Step, relevant, steps
from solver.term import Term

PLAIN_UP_TO = 20
"""Scores of at most this size are exponentiated as they are; others are shifted first."""


@lru_cache(maxsize=64)
def graph(count: int, shifted: bool = False, tempered: bool = False) -> Graph:
    """Probabilities p of `count` scores z, less m if `shifted`, over T if `tempered`."""
    builder = GraphBuilder()
    _add_probabilities(builder, count, shifted, tempered)
    return builder.build()


def _add_probabilities(builder: GraphBuilder, count: int, shifted: bool, tempered: bool) -> str:
    """Add all that leads to p; returns the node that is exponentiated."""
    scores = builder.input("z", (count,), fixed=True)
    if shifted:
        scores = builder.apply("subtract", scores, builder.input("m", fixed=True), name="u")
    if tempered:
        scores = builder.apply("divide", scores, builder.input("T", fixed=True), name="v")
    powers = builder.apply("exp", scores, name="a")
    builder.apply("divide", powers, builder.apply("sum", powers, name="S"), name="p")
    return scores


def _add_loss_of_probability(builder: GraphBuilder, label: int | None) -> None:
    if label is None:
        builder.apply("cross_entropy", "p", "t", name="L")
        return
    own = builder.apply("entry", "p", hidden=True, index=(label,))
    builder.apply("negative", builder.apply("log", own, hidden=True), name="L")


def _add_loss_of_sum(builder: GraphBuilder, label: int | None, scores: str) -> None:
    if label is None:
        own = builder.apply("dot", "t", scores, hidden=True)
    else:
        own = builder.apply("entry", scores, hidden=True, index=(label,))
    builder.apply("subtract", builder.apply("log", "S", hidden=True), own, name="L")


def _add_jacobian(builder: GraphBuilder, count: int, tempered: bool) -> None:
    """Add the entries of the derivative of p by the scores on and above the diagonal: it is
    symmetric. Entry (i, k), counted from 1, is the node J_i_k."""
    entries = [builder.apply("entry", "p", hidden=True, index=(k,)) for k in range(count)]
    for i, k in combinations_with_replacement(range(count), 2):
        name = f"J_{i + 1}_{k + 1}"
        slope = _add_slope(builder, entries[i], entries[k], None if tempered else name)
        if tempered:
            builder.apply("divide", slope, "T", name=name)


def _add_slope(builder: GraphBuilder, mine: str, other: str, name: str | None) -> str:
    """How a probability changes with its own score, or with another's."""
    if mine == other:
        rest = builder.apply("subtract", builder.constant(1), mine, hidden=True)
        return builder.apply("multiply", mine, rest, name=name, hidden=name is None)
    product = builder.apply("multiply", mine, other, hidden=True)
    return builder.apply("negative", product, name=name, hidden=name is None)


def _add_lines(builder: GraphBuilder, lines: Sequence[Line]) -> None:
    """Add lines to the graph as nodes, `d` before the name of a node standing for its gradient."""
    for line in lines:
        _add_term(builder, line.formula, _node(line.leaf))


def _add_term(builder: GraphBuilder, formula: Term, name: str | None = None) -> str:
    if t.is_leaf(formula):
        return _node(formula)
    if formula.op == "number":
        return builder.constant(formula.args[0])
    inputs = [_add_term(builder, argument) for argument in formula.args]
    return builder.apply(formula.op, *inputs, name=name, hidden=name is None)


def _node(leaf: Term) -> str:
    return f"d{leaf.args[0]}" if leaf.op == "gradient" else str(leaf.args[0])


@lru_cache(maxsize=64)
def fused(count: int, tempered: bool = False) -> Graph:
    """The loss L straight from scores z, by one rule: where numbers are exact to the last bit."""
    builder = GraphBuilder()
    scores = builder.input("z", (count,))
    targets = builder.input("t", (count,), fixed=True)
    if tempered:
        scores = builder.apply("divide", scores, builder.input("T", fixed=True), name="v")
    builder.apply("softmax", scores, name="p")
    builder.apply("cross_entropy_of_scores", scores, targets, name="L")
    return builder.build()


@dataclass(frozen=True, eq=False)
class Softmax:
    """Scores, of shape (K,), and perhaps targets that sum to 1, with how they are to be worked.

    `scores`, `targets` and `temperature` are floats, or objects that are `solver.exact.Exact`.
    `label` is the class, counted from 0, of targets that are one-hot. With `sign` -1, worked lines
    are about minus the gradient; `gradient` never is.
    """

    scores: NDArray[Any]
    targets: NDArray[Any] | None = None
    label: int | None = None
    temperature: Any = None
    arithmetic: Arithmetic = field(default_factory=Decimals)
    stable: bool = False
    with_jacobian: bool = False
    sign: int = 1

    @property
    def count(self) -> int:
        """The number of classes."""
        return len(self.scores)

    @property
    def tempered(self) -> bool:
        """Whether there is a temperature."""
        return self.temperature is not None

    @cached_property
    def shifted(self) -> bool:
        """Whether the largest score is subtracted: where it was asked for, or powers get large."""
        powers = np.asarray(self.scores, dtype=float) / float(self.temperature or 1)
        return self.stable or bool(np.any(np.abs(powers) > PLAIN_UP_TO))

    @cached_property
    def _floats(self) -> dict[str, NDArray[np.float64]]:
        targets = self.targets if self.targets is not None else np.eye(self.count)[0]
        found = {"z": self.scores, "t": targets}
        given = {**found, "T": np.asarray(self.temperature)} if self.tempered else found
        return {name: np.asarray(value, dtype=float) for name, value in given.items()}

    @cached_property
    def _values(self) -> dict[str, Any]:
        return forward(fused(self.count, self.tempered), self._floats)

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """The softmax of the scores, in double precision; shape (K,)."""
        return np.asarray(self._values["p"])

    @property
    def loss(self) -> float | None:
        """The cross-entropy with the targets, or None without targets."""
        return None if self.targets is None else float(self._values["L"])

    @property
    def gradient(self) -> NDArray[np.float64] | None:
        """The gradient of the loss with respect to the scores, shape (K,), or None."""
        if self.targets is None:
            return None
        found = backward(fused(self.count, self.tempered), self._values)
        return np.asarray(found["z"])

    @property
    def jacobian(self) -> NDArray[np.float64]:
        """The derivative of probability i with respect to score k, shape (K, K)."""
        back, p = RULES["softmax"].backward, self.probabilities
        rows = [back(unit, p, self._floats["z"])[0] for unit in np.eye(self.count)]
        return np.array(rows) / float(self.temperature or 1)

    @cached_property
    def graph(self) -> Graph:
        """The graph of all worked lines; its output is the loss, or p without targets."""
        builder = GraphBuilder()
        scores = _add_probabilities(builder, self.count, self.shifted, self.tempered)
        if self.targets is not None:
            builder.input("t", (self.count,), fixed=True)
            if self.shifted or self._is_rounded_away():
                _add_loss_of_sum(builder, self.label, scores)
            else:
                _add_loss_of_probability(builder, self.label)
            _add_lines(builder, self._gradient_lines)
        if self.with_jacobian:
            _add_jacobian(builder, self.count, self.tempered)
        return builder.build("p" if self.targets is None else "L")

    @cached_property
    def _gradient_lines(self) -> tuple[Line, ...]:
        """The lines of the rule of the loss of scores, from p to the gradient."""
        if self.targets is None:
            return ()
        leaf = t.gradient("z", (self.count,))
        lines = relevant(fused(self.count, self.tempered), (leaf,), self.sign)
        return tuple(line for line in lines if line.kind == "backward")

    def _is_rounded_away(self) -> bool:
        """Whether lines in decimals would leave little of the targets' probabilities: fewer than
        three digits, or where there are few decimals, less than a tenth."""
        places = self.arithmetic.in_decimals.places
        asked = self.probabilities[self._floats["t"] > 0]
        return bool(np.min(asked) < min(10.0 ** (2 - places), 0.1))

    @property
    def givens(self) -> dict[str, Any]:
        """What is given, for the inputs of `graph`."""
        known = {
            "z": self.scores,
            "m": np.asarray(np.max(self.scores)),
            "T": np.asarray(self.temperature),
            "t": self.targets,
        }
        return {variable.name: known[variable.name] for variable in self.graph.inputs}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The worked lines: to the probabilities and the loss, then to the gradient.

        Last, if they are wanted, the entries J_i_k of the Jacobian with i <= k, row by row.
        """
        return self._worked[0]

    @property
    def why_decimal(self) -> str:
        """Why lines are in decimals although exact ones were asked for; empty if they are not."""
        return self._worked[1]

    @cached_property
    def _worked(self) -> tuple[tuple[Step, ...], str]:
        try:
            return self._in(self.arithmetic), ""
        except NotExact as reason:
            return self._in(self.arithmetic.in_decimals), str(reason)

    def _in(self, arithmetic: Arithmetic) -> tuple[Step, ...]:
        nodes = [equation for equation in self.graph.equations if not equation.hidden]
        wanted = [(t.name(node.target, node.shape), None) for node in nodes]
        lines = {_node(line.leaf): line for line in self._gradient_lines}
        worked = steps(self.graph, self.givens, wanted, arithmetic)
        return tuple(_told_as(step, lines.get(step.node)) for step in worked)


def _told_as(step: Step, line: Line | None) -> Step:
    """A worked step under the name of the line that it stands for."""
    if line is None:
        return step
    return replace(step, kind=line.kind, leaf=line.leaf, formula=line.formula, through=line.through)
