"""Worked steps as data: what is computed, its formula, the numbers put in, the result.

The formula of a line is what the rules give when they are run over names. Its substitution is that
formula over the numbers as printed so far, and its value is the formula over those same numbers,
rounded. So the lines add up as printed, and nothing is stated beside the rules.

Hidden nodes have no line: their formula becomes part of the lines that use them. A formula that a
line has named already is replaced by that name, which turns softmax(s) - y into o - y.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import is_
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.graph import Equation, Graph
from solver.rounding import is_exact, round_half_up
from solver.rules import RULES
from solver.term import Term

Kind = Literal["forward", "local", "backward"]
Number = NDArray[np.float64]

LOCAL = frozenset({"sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus"})
"""The primitives whose local derivative gets a line of its own, as it is reused and named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before any numbers: the leaf that it defines, and the formula.

    `through` says which primitives the line is made by, each with the position of the argument:
    one pair for a forward line, one for every use of the node for a backward line.
    """

    kind: Kind
    leaf: Term
    formula: Term
    through: tuple[tuple[str, int], ...]

    @property
    def node(self) -> str:
        """The node that the line is about."""
        return str(self.leaf.args[0])


@dataclass(frozen=True, slots=True)
class Step:
    """One printed line. `value` is rounded to `places`; `exact` says where that took nothing away.

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
    places: int
    through: tuple[tuple[str, int], ...]
    index: tuple[int, ...] | None = None

    @property
    def node(self) -> str:
        """The node that the line is about."""
        return str(self.leaf.args[0])

    @property
    def uses(self) -> tuple[Term, ...]:
        """The leaves of the formula, each once."""
        return tuple(dict.fromkeys(t.leaves(self.formula)))


@lru_cache(maxsize=512)
def lines(graph: Graph) -> tuple[Line, ...]:
    """Every line that `graph` can have: forward in order, then backward from the output."""
    return _Deriver(graph).lines()


class _Deriver:
    """Runs both passes over names."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.values: dict[str, Term] = {n: t.number(v) for n, v in graph.constants.items()}
        self.values |= {v.name: t.name(v.name, v.shape) for v in graph.inputs}
        self.known: dict[Term, Term] = {}
        self.gradients: dict[str, Term] = {graph.output: t.number(1.0)}
        self.through: dict[str, list[tuple[str, int]]] = {}
        self.found: list[Line] = []

    def lines(self) -> tuple[Line, ...]:
        for equation in self.graph.equations:
            self._forward(equation)
        needed = self.graph.needs_gradient()
        first_use = _first_uses(self.graph)
        for position in reversed(range(len(self.graph.equations))):
            equation = self.graph.equations[position]
            if equation.target in self.gradients and equation.target in needed:
                self._backward(equation, needed)
            for variable in first_use.get(position, ()):
                if variable in self.gradients:
                    self._settle(variable)
        return tuple(self.found)

    def _forward(self, equation: Equation) -> None:
        inputs = [self.values[name] for name in equation.inputs]
        settings = dict(equation.settings)
        formula = self._named(RULES[equation.op].forward(*inputs, **settings))
        if equation.hidden:
            self.values[equation.target] = Term(formula.op, formula.args, equation.shape)
            return
        leaf = t.name(equation.target, equation.shape)
        self.values[equation.target] = leaf
        self.known.setdefault(formula, leaf)
        through = ((equation.op, 0),)
        self.found.append(Line("forward", leaf, formula, through))

    def _backward(self, equation: Equation, needed: frozenset[str]) -> None:
        g = self._arrived(equation)
        primitive, settings = RULES[equation.op], dict(equation.settings)
        y = self.values[equation.target]
        inputs = [self.values[name] for name in equation.inputs]
        if equation.op in LOCAL and primitive.derivative is not None:
            pieces: Sequence[Term | None] = (g * self._local(equation, y, inputs[0]),)
        else:
            pieces = primitive.backward(g, y, *inputs, **settings)
        for position, (name, piece) in enumerate(zip(equation.inputs, pieces, strict=True)):
            if piece is not None and name in needed:
                known = self.gradients.get(name)
                self.gradients[name] = piece if known is None else known + piece
                self.through.setdefault(name, []).append((equation.op, position))

    def _arrived(self, equation: Equation) -> Term:
        """The upstream gradient of an equation, which all later equations have added to by now."""
        if equation.hidden or equation.target == self.graph.output:
            return self.gradients[equation.target]
        return self._settle(equation.target)

    def _settle(self, node: str) -> Term:
        leaf = t.gradient(node, self.graph.shapes[node])
        formula = self._named(self.gradients[node])
        self.found.append(Line("backward", leaf, formula, tuple(self.through[node])))
        self.gradients[node] = leaf
        return leaf

    def _local(self, equation: Equation, y: Term, x: Term) -> Term:
        derivative = RULES[equation.op].derivative
        assert derivative is not None
        leaf = t.local(equation.target, equation.shape)
        formula = self._named(derivative(y, x, **dict(equation.settings)))
        self.found.append(Line("local", leaf, formula, ((equation.op, 0),)))
        return leaf

    def _named(self, formula: Term) -> Term:
        """`formula` without factors and exponents of 1, and with known functions by their names."""
        if formula.op == "number" or t.is_leaf(formula):
            return formula
        args = tuple([self._named(a) if isinstance(a, Term) else a for a in formula.args])
        if formula.op == "multiply" and _is_one(args[0]):
            return args[1]
        if formula.op in ("multiply", "power") and _is_one(args[1]):
            return args[0]
        unchanged = all(map(is_, args, formula.args))
        named = formula if unchanged else Term(formula.op, args, formula.shape)
        return named if formula.op in _ARITHMETIC else self.known.get(named, named)


def _first_uses(graph: Graph) -> dict[int, list[str]]:
    """For every equation, the inputs of the graph that no earlier equation uses, in its order."""
    seen: set[str] = {variable.name for variable in graph.inputs if variable.fixed}
    uses: dict[int, list[str]] = {}
    inputs = {variable.name for variable in graph.inputs}
    for position, equation in enumerate(graph.equations):
        fresh = [n for n in dict.fromkeys(equation.inputs) if n in inputs and n not in seen]
        seen.update(fresh)
        uses[position] = fresh
    return uses


def _is_one(term: Term) -> bool:
    return term.op == "number" and term.args[0] == 1.0


_ARITHMETIC = frozenset({"add", "subtract", "multiply", "divide", "negative", "power"})
"""Operations that are as quickly written as named."""


@lru_cache(maxsize=1024)
def relevant(graph: Graph, wanted: tuple[Term, ...]) -> tuple[Line, ...]:
    """The lines that lead to the `wanted` leaves, in order: only the paths that matter."""
    defined = {line.leaf: line for line in lines(graph)}
    needed: set[Term] = set()
    frontier = [leaf for leaf in wanted if leaf in defined]
    while frontier:
        leaf = frontier.pop()
        if leaf not in needed:
            needed.add(leaf)
            frontier += [use for use in t.leaves(defined[leaf].formula) if use in defined]
    return tuple(line for line in lines(graph) if line.leaf in needed)


def by_hand(
    graph: Graph, givens: Mapping[str, Number], wanted: Iterable[Term], places: int
) -> dict[Term, Number]:
    """What a calculation prints that rounds every line to `places`, by leaf."""
    values = _given(graph, givens)
    for line in relevant(graph, tuple(wanted)):
        values[line.leaf] = round_half_up(t.evaluate(line.formula, values), places)
    return values


def _given(graph: Graph, givens: Mapping[str, Number]) -> dict[Term, Number]:
    return {t.name(v.name): np.asarray(givens[v.name], dtype=float) for v in graph.inputs}


def steps(
    graph: Graph, givens: Mapping[str, Number], wanted: Sequence[tuple[Term, Any]], places: int
) -> tuple[Step, ...]:
    """The worked lines that lead to the `wanted` leaves.

    Each wanted leaf comes with an index, or None for the whole array. Where only single entries of
    an array are wanted and no other line uses it, the line is about those entries alone.
    """
    values = _given(graph, givens)
    printed = {leaf: _shown(value, None, places) for leaf, value in values.items()}
    chosen = relevant(graph, tuple(leaf for leaf, _ in wanted))
    used = {use for line in chosen for use in t.leaves(line.formula)}
    result: list[Step] = []
    for line in chosen:
        raw = np.asarray(t.evaluate(line.formula, values), dtype=float)
        values[line.leaf] = round_half_up(raw, places)
        substitution = _terms(t.evaluate(line.formula, printed))
        exact = is_exact(raw, places) & ((raw == 0) | ~_involves_rounded(substitution))
        printed[line.leaf] = _shown(values[line.leaf], exact, places)
        whole = Step(
            line.kind,
            line.leaf,
            line.formula,
            substitution,
            values[line.leaf],
            exact,
            places,
            line.through,
        )
        indices = [index for leaf, index in wanted if leaf == line.leaf]
        if line.leaf in used or None in indices:
            result.append(whole)
        else:
            result += [entry(whole, index) for index in dict.fromkeys(indices)]
    return tuple(result)


_COMPARISONS = frozenset({"step", "sign", "at_least"})


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


def _has_rounded(term: Any) -> bool:
    """Whether a rounded number is in `term`, except where it is only compared with another."""
    if not isinstance(term, Term) or term.op in _COMPARISONS:
        return False
    if term.op == "number":
        return term.args[1] is not None
    return any(map(_has_rounded, term.args))


def entry(step: Step, index: tuple[int, ...]) -> Step:
    """The part of a step that is about one entry of its array."""
    symbols = {use: _entries(use) for use in step.uses}
    formula = t.evaluate(step.formula, symbols)
    return Step(
        step.kind,
        step.leaf,
        _at(formula, index),
        _at(step.substitution, index),
        np.asarray(step.value[index]),
        np.asarray(step.exact[index]),
        step.places,
        step.through,
        index,
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


def _shown(value: Number, exact: NDArray[np.bool_] | None, places: int) -> Any:
    """`value` as terms that print as it was printed: in full where it was rounded."""
    if value.ndim == 0:
        return t.number(float(value), None if exact is None or exact else places)
    array = np.empty(value.shape, object)
    for index in np.ndindex(*value.shape):
        rounded = exact is not None and not exact[index]
        array[index] = t.number(float(value[index]), places if rounded else None)
    return array
