"""Worked steps as data: what is computed, its formula, the numbers put in, the result.

The formula of a line is what the rules give when they are run over names. Its substitution is that
formula over the numbers as printed so far, and its value is the formula over those same numbers,
rounded. So the lines add up as printed, and nothing is stated beside the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.arithmetic import Arithmetic, Printed, as_arithmetic
from solver.cancellation import cancelled
from solver.errors import InputError
from solver.graph import Graph
from solver.lines import Deriver, Kind, Line, lines, relevant
from solver.saturation import evaluated, evaluated_silently
from solver.term import Term

__all__ = ["Deriver", "Kind", "Line", "Step", "by_hand", "entry", "lines", "relevant", "steps"]

Number = NDArray[Any]
"""Numbers of one kind: float64, or objects that are each a `solver.exact.Exact`."""
Index = tuple[int, ...]
Wanted = Sequence[tuple[Term, Index | None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One printed line: `value` is what is printed, `exact` says where nothing was rounded off.

    What was rounded has `places` decimals; `places` is None where the numbers are exact ones.
    `formula` is a term over names. `substitution` is the same with the printed numbers put in: a
    term, or an object array of terms of the value's shape. With `index`, the line is about that one
    entry of the array. `uses` are the leaves that the formula mentions.
    """

    kind: Kind
    leaf: Term
    formula: Term
    substitution: Term | NDArray[Any]
    value: Number
    exact: NDArray[np.bool_]
    places: int | None
    through: tuple[tuple[str, int], ...]
    index: Index | None = None

    @property
    def node(self) -> str:
        """The node that the line is about."""
        return str(self.leaf.args[0])

    @property
    def uses(self) -> tuple[Term, ...]:
        """The leaves of the formula, each once."""
        return tuple(dict.fromkeys(t.leaves(self.formula)))


def by_hand(
    graph: Graph,
    givens: Mapping[str, Any],
    wanted: Iterable[Term],
    arithmetic: Arithmetic | int,
    sign: int = 1,
) -> dict[Term, Number]:
    """What a calculation prints that carries every line on as it is printed, by leaf.

    The arguments are those of `steps`, but only leaves are wanted.
    """
    kind = as_arithmetic(arithmetic)
    values = {leaf: value for leaf, (value, _) in _givens(graph, givens, kind).items()}
    chosen = relevant(graph, tuple(wanted), sign)
    definitions = {line.leaf: line.formula for line in chosen}
    with np.errstate(all="ignore"):
        for line in chosen:
            formula, raw = evaluated_silently(line.formula, values, definitions, kind.number)
            values[line.leaf] = kind.printed(_settled(formula, values, raw, kind))
    return values


def _givens(graph: Graph, givens: Mapping[str, Any], kind: Arithmetic) -> dict[Term, Printed]:
    return {t.name(v.name): kind.given(givens[v.name]) for v in graph.inputs}


def steps(
    graph: Graph,
    givens: Mapping[str, Any],
    wanted: Wanted,
    arithmetic: Arithmetic | int,
    sign: int = 1,
) -> tuple[Step, ...]:
    """The worked lines that lead to the `wanted` leaves.

    Each wanted leaf comes with an index, or None for the whole array. Where only single entries of
    an array are wanted and no other line uses it, the line is about those entries alone. The
    `arithmetic` is a number of places, `Decimals` or `EXACT`; with `sign` -1, every gradient is
    minus the gradient. Raises NotExact where exact numbers were asked for and there are none.
    """
    chosen = relevant(graph, tuple(leaf for leaf, _ in wanted), sign)
    used = {use for line in chosen for use in t.leaves(line.formula)}
    result: list[Step] = []
    kind = as_arithmetic(arithmetic)
    for whole in worked(chosen, _givens(graph, givens, kind), kind):
        indices = [index for leaf, index in wanted if leaf == whole.leaf]
        if whole.leaf in used or None in indices:
            result.append(whole)
        else:
            result += [entry(whole, index) for index in dict.fromkeys(indices) if index is not None]
    return tuple(result)


def worked(
    chosen: Sequence[Line], taken: Mapping[Term, Printed], kind: Arithmetic
) -> Iterator[Step]:
    """Every chosen line about its whole array, from the numbers that the lines before print.

    `taken` is what is printed before the first line. Raises InputError where those numbers leave a
    line without a finite value.
    """
    definitions = {line.leaf: line.formula for line in chosen}
    values = {leaf: value for leaf, (value, _) in taken.items()}
    shown = {leaf: _shown(value, exact, kind.places) for leaf, (value, exact) in taken.items()}
    for line in chosen:
        formula, raw = evaluated(line.formula, values, definitions, kind.number)
        if raw.dtype != object and not np.isfinite(raw).all():
            raise InputError(_WITHOUT_VALUE.format(line.node))
        raw = _settled(formula, values, raw, kind)
        value = values[line.leaf] = kind.printed(raw)
        substitution = _terms(t.evaluate(formula, shown, lambda number: number))
        exact = kind.in_full(raw)
        if kind.places is not None:
            exact = exact & ((raw == 0) | ~_involves_rounded(substitution))
        shown[line.leaf] = _shown(value, exact, kind.places)
        yield Step(
            line.kind,
            line.leaf,
            line.formula,
            substitution,
            value,
            exact,
            kind.places,
            line.through,
        )


def _settled(formula: Term, values: Mapping[Term, Number], raw: Number, kind: Arithmetic) -> Number:
    """The value of a line without what binary rounding leaves of numbers that cancel."""
    if kind.places is None or raw.dtype == object:
        return raw
    return cancelled(formula, values, raw, 0.5 * 10.0**-kind.places)


_WITHOUT_VALUE = (
    "the line for '{}' has no finite value from the numbers before it as they are printed;"
    " print more places"
)
_COMPARISONS = frozenset({"step", "sign", "at_least"})
_EXTREMES = frozenset({"maximum", "minimum"})


def _terms(value: Any) -> Term | NDArray[Any]:
    """`value` with every plain number that came out of the rules themselves made a term."""
    if not isinstance(value, np.ndarray):
        return t.as_term(value)
    return np.asarray(np.frompyfunc(t.as_term, 1, 1)(value), dtype=object)


def _involves_rounded(substitution: Term | NDArray[Any]) -> NDArray[np.bool_]:
    """Where a rounded number goes into the value: -0.1780, of 0.8220 - 1, has all its places."""
    return np.asarray(np.frompyfunc(_has_rounded, 1, 1)(_entries_of(substitution)), dtype=bool)


def _entries_of(value: Term | NDArray[Any]) -> NDArray[Any]:
    if isinstance(value, np.ndarray):
        return value
    single = np.empty((), object)
    single[()] = value
    return single


def _kept(extreme: Term) -> Term:
    """The argument that a maximum or a minimum of numbers is: with the other it is compared."""
    first, second = (t.as_term(argument) for argument in extreme.args)
    values = [float(t.evaluate(argument, {})) for argument in (extreme, first)]
    return first if values[0] == values[1] else second


def _has_rounded(term: Any) -> bool:
    """Whether a rounded number is in `term`, except where it is only compared with another."""
    # A list of what is left to see, as a long sum nests deeper than Python's functions may.
    unseen = [term]
    while unseen:
        part = unseen.pop()
        if not isinstance(part, Term) or part.op in _COMPARISONS:
            continue
        if part.op in _EXTREMES:
            unseen.append(_kept(part))
        elif part.op != "number":
            unseen.extend(part.args)
        elif part.args[1] is not None:
            return True
    return False


def entry(step: Step, index: Index) -> Step:
    """The part of a step that is about one entry of its array."""
    symbols = {use: _entries(use) for use in step.uses}
    # Numbers stay terms, so that the 1/3 of a mean is not worked out to 0.3333333333.
    whole = t.evaluate(step.formula, symbols, lambda number: number)
    return replace(
        step,
        formula=_at(whole, index),
        substitution=_at(step.substitution, index),
        value=np.asarray(step.value[index]),
        exact=np.asarray(step.exact[index]),
        index=index,
    )


def _at(value: Any, index: tuple[int, ...]) -> Term:
    return t.as_term(value[index] if isinstance(value, np.ndarray) else value)


def _entries(leaf: Term) -> Any:
    """The array of a leaf's entries, each a term of its own: `entry(leaf, index)`."""
    if leaf.shape == ():
        return leaf
    array = np.empty(leaf.shape, object)
    for index in np.ndindex(*leaf.shape):
        array[index] = Term("entry", (leaf, index))
    return array


def _shown(value: Number, exact: NDArray[np.bool_], places: int | None) -> Any:
    """`value` as terms that print as it was printed: in full where nothing was rounded."""
    array = np.empty(value.shape, object)
    for index in np.ndindex(*value.shape):
        array[index] = t.number(value[index], None if exact[index] else places)
    return array if value.ndim else array[()]
