"""The numbers that mistakes lead to: each named slip, the slips that go beside it, pairs of them.

Every slip that fits a graph is run once, and so is every pair where that is little work. What a
rule cannot express comes beside: the right number with its sign or a factor wrong (`FACTORS`),
other numbers put in (`_other_givens`), and a right number that belongs to something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.claims import Claim, Index
from solver.graph import Graph
from solver.lines import lines, relevant
from solver.network import Network
from solver.passes import backward, forward
from solver.rules import RULES, Rules
from solver.slips import SLIPS, Slip
from solver.term import Term
from solver.tolerance import MOST_ENTRIES, Passes

Array = NDArray[np.float64]

FACTORS: Mapping[str, float] = {
    "sign_reversed": -1.0,
    "twice_as_large": 2.0,
    "half_as_large": 0.5,
}
"""Factors that are put in or left out anywhere, and so say little about where."""

COMMON = (
    "residual_reversed",
    "activation_derivative_left_out",
    "factor_two",
    "sum_for_mean",
    "mean_for_sum",
    "preactivation_in_derivative",
    "overwrites_at_fork",
    "keeps_first_path",
    "input_left_out",
    "bias_forgotten",
    "weight_left_out",
    "outer_product_swapped",
    "weights_not_transposed",
    "own_factor",
    "factor_left_out",
    "sign_reversed",
    "twice_as_large",
    "half_as_large",
)
"""The mistakes that are made most often, the most likely first. All others come after them."""

DIVIDED_OUT = "output_derivative_left_out"
"""The slip that divides the loss's gradient by the derivative that is multiplied in after it."""
AT_OUTPUT: Mapping[str, tuple[str, ...]] = {
    DIVIDED_OUT: ("sigmoid",),
    "linear_output_bent": ("add", "matmul"),
}
"""The primitives that the prediction may come from, for slips about the output unit."""

MOST_WORK = 3_000
"""How much work all pairs may be: equations to be run, or thousands of entries computed."""


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """What one slip, or two together, make of the claimed entries.

    `passes` is the whole run, where there is one. `instead` is a leaf and an index that the number
    really belongs to; `exchanged` is a leaf of the answer's line and the one taken in its place.
    Then there are no slips.
    """

    slips: tuple[str, ...]
    numbers: Array
    passes: Passes | None = None
    instead: tuple[Term, Index | None] | None = None
    exchanged: tuple[Term, Term] | None = None

    @property
    def rank(self) -> int:
        """The smaller, the likelier."""
        return sum(_rank(slip) for slip in self.slips)


def _rank(slip: str) -> int:
    return COMMON.index(slip) if slip in COMMON else len(COMMON)


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """A run with something wrong: the rules, the numbers put in, and the values they start from."""

    slips: tuple[str, ...]
    rules: Rules
    givens: Mapping[str, Any]
    values: Mapping[str, Any] | None


class Mistakes:
    """The mistakes that can be made with one graph at one point.

    `right` is what `forward` and `backward` return for it; `network` is what the graph is of, if it
    is of one.
    """

    def __init__(
        self,
        graph: Graph,
        givens: Mapping[str, Any],
        right: Passes,
        network: Network | None = None,
    ) -> None:
        self.graph, self.givens, self.right, self.network = graph, givens, right, network

    def single(self, claim: Claim) -> list[Mistake]:
        """One slip each, the likeliest first."""
        found = [
            Mistake(slips, _picked(made, claim), made)
            for slips, made in self._runs
            if _has(made, claim)
        ]
        numbers = _picked(self.right, claim)
        found += [Mistake((name,), numbers * factor) for name, factor in self._factors.items()]
        turned = self._turned(claim)
        if turned is not None:
            found.append(Mistake(("rows_and_columns",), turned))
        return sorted(found, key=lambda mistake: mistake.rank)

    def exchanges(self, claim: Claim) -> list[Mistake]:
        """The answer's own line with one number in the place of another of the same shape."""
        line = next((line for line in lines(self.graph) if line.leaf == claim.leaf), None)
        if line is None:
            return []
        found = []
        for used in dict.fromkeys(t.leaves(line.formula)):
            for taken in self._like(used, claim.leaf):
                with np.errstate(all="ignore"):
                    made = t.evaluate(line.formula, {**self._numbers, used: self._numbers[taken]})
                numbers = claim.of_array(np.asarray(made, dtype=float))
                found.append(Mistake((), numbers, exchanged=(used, taken)))
        return found

    def _like(self, used: Term, answer: Term) -> Iterator[Term]:
        """The leaves of the same kind and shape that do not depend on the answer themselves."""
        for taken, array in self._numbers.items():
            alike = taken.op == used.op and array.shape == self._numbers[used].shape
            if alike and taken not in (used, answer) and not self._leads_to(answer, taken):
                yield taken

    def _leads_to(self, leaf: Term, other: Term) -> bool:
        return any(line.leaf == leaf for line in relevant(self.graph, (other,)))

    def elsewhere(self, claim: Claim) -> list[Mistake]:
        """The right numbers of everything else, what is nearest first."""
        if self._size > MOST_ENTRIES:
            return []
        if len(claim.entries) == 1:
            return [Mistake((), np.array([x]), None, place) for x, place in self._entries(claim)]
        return [
            Mistake((), np.ravel(array).astype(float), None, (leaf, None))
            for leaf, array in self._leaves(claim)
            if leaf != claim.leaf and np.size(array) == len(claim.entries)
        ]

    def pairs(self, claim: Claim) -> list[Mistake]:
        """Two slips together, the likeliest first."""
        found = [
            Mistake(slips, _picked(made, claim), made)
            for slips, made in self._paired_runs
            if _has(made, claim)
        ]
        found += [
            Mistake((*single.slips, name), single.numbers * factor)
            for single in self.single(claim)
            for name, factor in self._factors.items()
            if name not in single.slips
        ]
        return sorted(found, key=lambda mistake: mistake.rank)

    @cached_property
    def _numbers(self) -> dict[Term, Array]:
        """The right numbers of all leaves: what is given and what has a line."""
        given = (t.name(variable.name) for variable in self.graph.inputs)
        found = {leaf: np.asarray(_of(self.right, leaf), dtype=float) for leaf in given}
        found[t.gradient(self.graph.output)] = np.asarray(1.0)
        for line in lines(self.graph):
            known = _of(self.right, line.leaf) if line.kind != "local" else None
            with np.errstate(all="ignore"):
                value = t.evaluate(line.formula, found) if known is None else known
            found[line.leaf] = np.asarray(value, dtype=float)
        return found

    @cached_property
    def _size(self) -> int:
        return sum(prod(shape) for shape in self.graph.shapes.values())

    @cached_property
    def _fitting(self) -> tuple[Slip, ...]:
        return tuple(
            slip
            for slip in SLIPS.values()
            if slip.fits(self.graph) and self._output in AT_OUTPUT.get(slip.name, (self._output,))
        )

    @cached_property
    def _prediction(self) -> str:
        """The first argument of the squared error, if there is one."""
        squared = (e for e in self.graph.equations if e.op in SLIPS[DIVIDED_OUT].touches)
        return next((equation.inputs[0] for equation in squared), "")

    @cached_property
    def _output(self) -> str:
        """The primitive that the prediction comes from; empty where it is given."""
        made = (e.op for e in self.graph.equations if e.target == self._prediction)
        return next(made, "")

    @cached_property
    def _runs(self) -> list[tuple[tuple[str, ...], Passes]]:
        sources = [*map(self._of_slip, self._fitting), *self._other_givens]
        return [(source.slips, self._run(source)) for source in sources]

    @cached_property
    def _paired_runs(self) -> list[tuple[tuple[str, ...], Passes]]:
        pairs = list(self._paired())
        work = len(pairs) * max(len(self.graph.equations), self._size / 1000)
        return [(pair.slips, self._run(pair)) for pair in pairs] if work <= MOST_WORK else []

    def _paired(self) -> Iterator[_Source]:
        for first, second in combinations(self._fitting, 2):
            if _compatible(first, second, self.graph):
                rules = second.spoil(first.spoil(RULES))
                unmoved = not (first.changes_values or second.changes_values)
                values = self.right[0] if unmoved else None
                yield _Source((first.name, second.name), rules, self.givens, values)
        for other in self._other_givens:
            for slip in self._fitting:
                yield _Source((*other.slips, slip.name), slip.spoil(RULES), other.givens, None)

    def _of_slip(self, slip: Slip) -> _Source:
        values = None if slip.changes_values else self.right[0]
        return _Source((slip.name,), slip.spoil(RULES), self.givens, values)

    def _run(self, source: _Source) -> Passes:
        # What a mistake makes infinite is left out when it is compared.
        with np.errstate(all="ignore"):
            values = source.values
            if values is None:
                values = forward(self.graph, source.givens, source.rules)
            gradients = backward(self.graph, values, source.rules)
            if DIVIDED_OUT in source.slips:
                # The slip is computed at the loss, but made on the line after the prediction's.
                p = values[self._prediction]
                gradients[self._prediction] = gradients[self._prediction] * (p * (1 - p))
            return dict(values), gradients

    @cached_property
    def _other_givens(self) -> tuple[_Source, ...]:
        """Mistakes of the forward pass that are other numbers put into the same graph."""
        if self.network is None:
            return ()
        found = {"bias_forgotten": _without_biases(self.network, self.givens)}
        square = {
            name: np.asarray(self.givens[name]).T
            for name in self.network.weights
            if _is_square(np.asarray(self.givens[name]))
        }
        if square:
            found["weight_indices_exchanged"] = {**self.givens, **square}
        return tuple(_Source((name,), RULES, givens, None) for name, givens in found.items())

    @cached_property
    def _factors(self) -> dict[str, float]:
        """The factors that may be wrong, with that of a mean taken for a sum or the reverse."""
        if self.network is None:
            return dict(FACTORS)
        architecture = self.network.architecture
        examples = architecture.examples
        if architecture.loss == "mean_squared_error":
            return {**FACTORS, "sum_for_mean": float(examples * architecture.widths[-1])}
        if architecture.reduction == "mean":
            return {**FACTORS, "sum_for_mean": float(examples)}
        return {**FACTORS, "mean_for_sum": 1.0 / examples}

    def _turned(self, claim: Claim) -> Array | None:
        """Rows and columns exchanged, for a claim about a whole square array."""
        shape = self.graph.shapes[claim.node]
        if claim.index is not None or len(shape) != 2 or shape[0] != shape[1] or shape[0] == 1:
            return None
        return claim.of_array(np.asarray(_of(self.right, claim.leaf)).T)

    def _entries(self, claim: Claim) -> Iterator[tuple[float, tuple[Term, Index | None]]]:
        """Every other computed number, those of the claim's own array first."""
        own = claim.entries[0]
        for leaf, array in self._leaves(claim):
            whole = np.asarray(array, dtype=float)
            for index in sorted(np.ndindex(*whole.shape), key=lambda i: i != own[::-1]):
                if leaf != claim.leaf or index != own:
                    yield float(whole[index]), (leaf, index if whole.size > 1 else None)

    def _leaves(self, claim: Claim) -> list[tuple[Term, Any]]:
        """Every value and gradient that has a line, and the claimed node's own value."""
        own = (claim.leaf, t.name(claim.node), t.gradient(claim.node))
        computed = (line.leaf for line in lines(self.graph) if line.kind != "local")
        leaves = dict.fromkeys((*own, *computed))
        found = ((leaf, _of(self.right, leaf)) for leaf in leaves)
        return [(leaf, array) for leaf, array in found if array is not None]


def _compatible(first: Slip, second: Slip, graph: Graph) -> bool:
    """Whether two slips can be made together: no rule of the graph is spoiled by both."""
    both_at_forks = not first.touches and not second.touches
    return not both_at_forks and not (first.touches & second.touches & graph.operations)


def _is_square(array: Array) -> bool:
    return bool(array.shape[0] == array.shape[1] > 1 and not np.array_equal(array, array.T))


def _without_biases(network: Network, givens: Mapping[str, Any]) -> dict[str, Any]:
    bare = {**givens, **{name: 0 * np.asarray(givens[name]) for name in network.biases}}
    for layer, name in enumerate(network.weights, start=1):
        if network.architecture.bias_of(layer) == "folded":
            weights = np.array(givens[name], dtype=float)
            if network.architecture.orientation == "columns":
                weights[:, 0] = 0.0
            else:
                weights[0, :] = 0.0
            bare[name] = weights
    return bare


def _of(passes: Passes, leaf: Term) -> Any:
    return passes[leaf.op == "gradient"].get(str(leaf.args[0]))


def _has(passes: Passes, claim: Claim) -> bool:
    found = _of(passes, claim.leaf)
    return found is not None and np.shape(found) == np.shape(_of(passes, t.name(claim.node)))


def _picked(passes: Passes, claim: Claim) -> Array:
    found = _of(passes, claim.leaf)
    with np.errstate(all="ignore"):
        return claim.of_array(np.asarray(found, dtype=float))
