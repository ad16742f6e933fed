"""Tolerances: how far an answer worked out by hand may lie from the exact one.

One graph is run three ways: exactly (float64), as a calculation that rounds every line, and as one
that rounds after every single operation. The spread of the three is what rounding can do to an
answer, and the measure of its tolerance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.arithmetic import Decimals
from solver.graph import Graph
from solver.lines import lines
from solver.passes import Values, backward, forward
from solver.rounding import Rounded
from solver.steps import by_hand
from solver.term import Term

MARGIN = 3.0
"""Tolerances are this many times the worst deviation seen, and half a unit each of the last place
carried and of the last place answered."""
LARGEST_SHARE = 0.05
"""The largest tolerance that a question should have, as a share of the answer's largest entry."""
MOST_OF_A_VALUE = 0.45
"""The largest share of a value that its tolerance can be, so that it never covers 0."""
MOST_ENTRIES = 20_000
"""The size of a graph up to which runs are made that round after every operation."""

_GUARD = 1e-6

Passes = tuple[Values, Values]
"""Every node's value, and the gradient of the output with respect to it."""


def careless(
    graph: Graph,
    givens: Mapping[str, Any],
    places: int,
    towards: tuple[str, ...] | None = None,
) -> list[Passes]:
    """The runs that round after every operation: to `places`, and to one place less if there is.

    Errors of rounding can cancel by luck, which is why there is a second one. Gradients are those
    that `solver.passes.backward` gives on the way `towards` these nodes.
    """
    return [_careless(graph, givens, places - less, towards) for less in range(min(2, places - 1))]


def _careless(
    graph: Graph, givens: Mapping[str, Any], places: int, towards: tuple[str, ...] | None
) -> Passes:
    values = forward(graph, {name: Rounded(value, places) for name, value in givens.items()})
    return values, backward(graph, values, start=Rounded(1.0, places), towards=towards)


def spread(value: ArrayLike, by_line: ArrayLike, runs: Sequence[ArrayLike]) -> float:
    """How far hand calculations end from the exact `value` at most.

    `by_line` is what rounding every line leads to, `runs` what the careless runs do; the deviation
    of the one to a place less counts a tenth. Not finite where one of them is not.
    """
    shares = [(by_line, 1.0), *((run, 10.0**-less) for less, run in enumerate(runs))]
    exact = np.ravel(value).tolist()
    apart = [
        share * abs(number - right)
        for run, share in shares
        for number, right in zip(np.ravel(run).tolist(), exact, strict=True)
    ]
    return math.nan if any(map(math.isnan, apart)) else max(apart)


def tolerance(deviation: float, places: int, answered: int) -> float:
    """The tolerance of an answer given to `answered` places, where `places` are carried."""
    return one_digit(MARGIN * deviation + 0.5 * (10.0**-answered + 10.0**-places))


def one_digit(x: float) -> float:
    """`x` rounded up to one significant digit, so that a tolerance is easy to say."""
    exponent = math.floor(math.log10(x))
    digit = math.ceil(x / 10.0**exponent - _GUARD)
    return float(f"{digit}e{exponent}")


def plain(value: Any) -> NDArray[Any]:
    """An array of a run, without the kind of number that rounds."""
    return np.asarray(value.plain if isinstance(value, Rounded) else value)


def below_half(tolerances: ArrayLike, values: ArrayLike) -> NDArray[np.float64]:
    """The tolerances, cut where they would come near covering 0; for a value of 0, as they are."""
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    most = np.where(sizes > 0, MOST_OF_A_VALUE * sizes, np.inf)
    return np.asarray(np.minimum(tolerances, most))


class Tolerances:
    """The tolerances of every value and gradient of one graph at one point.

    `right` is what `forward` and `backward` return for it, with a gradient for everything that is
    asked about. The runs are made when they are first
    needed.
    """

    def __init__(self, graph: Graph, givens: Mapping[str, Any], right: Passes, places: int) -> None:
        self.graph, self.givens, self.right, self.places = graph, givens, right, places
        self._careless: list[Passes] | None = None
        self._by_line: Mapping[Term, Any] = {}

    def of(self, leaf: Term) -> NDArray[np.float64]:
        """The tolerance of each entry of a leaf (a name's value or gradient), never covering 0."""
        values = np.asarray(self._pick(self.right, leaf), dtype=np.float64)
        with np.errstate(all="ignore"):
            deviation = self._deviation(leaf, values)
        return below_half(np.full(values.shape, deviation), values)

    def printed(self, leaf: Term) -> NDArray[np.float64]:
        """What the line of a leaf prints; of what has no line, the exact value."""
        self._runs()
        found = self._by_line.get(leaf)
        return np.asarray(self._pick(self.right, leaf) if found is None else found, dtype=float)

    def _deviation(self, leaf: Term, values: NDArray[np.float64]) -> float:
        made = [self._pick(run, leaf) for run in self._runs()]
        by_line = self._by_line.get(leaf, values)
        kept = [by_line, *(plain(value) for value in made if value is not None)]
        found = [spread(values, value, ()) for value in kept]
        shares = (1.0, 1.0, 0.1)
        finite = [d * share for d, share in zip(found, shares, strict=False) if math.isfinite(d)]
        return tolerance(max(finite, default=0.0), self.places, self.places)

    def _runs(self) -> list[Passes]:
        if self._careless is None:
            leaves = [line.leaf for line in lines(self.graph)]
            self._by_line = by_hand(self.graph, self.givens, leaves, Decimals(self.places))
            small = sum(math.prod(shape) for shape in self.graph.shapes.values()) <= MOST_ENTRIES
            self._careless = careless(self.graph, self.givens, self.places) if small else []
        return self._careless

    def _pick(self, passes: Passes, leaf: Term) -> Any:
        return passes[leaf.op == "gradient"].get(str(leaf.args[0]))
