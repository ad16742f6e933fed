"""Expressions as computation graphs: terms, however they were written, turned into equations.

Each operation becomes a node, named a, b, c and so on in the order in which it is computed; what
occurs twice is computed once. Minus signs, transposes, entries and numbers alone are hidden: they
have no node of their own and stay in the formulas that use them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np

from solver import term as t
from solver.errors import InputError
from solver.graph import Graph, GraphBuilder
from solver.parsing.grammar import MOST_OPERATIONS, Statement, constant_of
from solver.program_text import program_text
from solver.rules import RULES
from solver.shapes import Shape, ShapeError, show
from solver.term import Term

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
"""Names that have a value although none is given."""

LETTERS = "abcdhkmnpqrstuvw"
"""The names of nodes. Left out are e, the g of adjoints, and letters that count something."""
OUTPUTS = ("y", "f", "L")
MOST_DECIMALS = 6
"""The decimals of a quotient in an exponent that is read as a number, 1/2 but not 1/3."""

_HIDDEN = frozenset({"negative", "transpose", "entry"})
_SUMS = frozenset({"add", "subtract"})
_COMMUTATIVE = frozenset({"add", "multiply", "maximum", "minimum", "dot"})
_LOSSES = frozenset(name for name in RULES.primitives if name.endswith(("error", "entropy")))

Settings = tuple[tuple[str, Any], ...]


def graph_of(term: Term, shapes: Mapping[str, Shape] | None = None) -> Graph:
    """The graph of a term made of `solver.term.name`s by NumPy's operators and functions.

    `shapes` has the shapes of names that are no numbers. Raises InputError as `graph` does.
    """
    _check_depth((term,))
    leaves = {str(leaf.args[0]): leaf.shape for leaf in _names((term,))}
    return graph((Statement(None, term),), {**leaves, **(shapes or {})})


def graph(
    statements: Sequence[Statement], shapes: Mapping[str, Any], fixed: Collection[str] = ()
) -> Graph:
    """The graph of statements; the last one is its output, which is y where it has no name.

    `shapes` has the shape of each variable, in the order of the graph's inputs; variables that no
    statement uses are left out. `fixed` ones get no gradient, nor do the targets of losses. pi and
    e are fixed inputs of those names, unless they are variables. Raises InputError for an unknown
    name, a name given twice, shapes that do not go together, a target that is no data, an output
    that is no number, and a term that nests too deep.
    """
    _check_depth(statement.term for statement in statements)
    data = _targets(statements, fixed)
    return _Converter(statements, shapes, {*fixed, *data}).graph()


def constants(found: Graph, given: Collection[str]) -> dict[str, float]:
    """The values of those constants that a graph uses and nobody gave."""
    names = {variable.name for variable in found.inputs}
    return {n: v for n, v in CONSTANTS.items() if n in names and n not in given}


def _subterms(terms: Iterable[Term]) -> Iterator[Term]:
    """The terms and all inside them, each once, left to right."""
    pending = [*terms][::-1]
    seen: set[Term] = set()
    while pending:
        term = pending.pop()
        if term not in seen:
            seen.add(term)
            yield term
            pending += [a for a in reversed(term.args) if isinstance(a, Term)]


def _whole(terms: Iterable[Term]) -> set[Term]:
    """What occurs by itself or in an operation other than a sum."""
    roots = list(terms)
    others = (term for term in _subterms(roots) if term.op not in _SUMS)
    return {*roots, *(a for term in others for a in term.args if isinstance(a, Term))}


def _names(terms: Iterable[Term]) -> list[Term]:
    """The leaves of the terms, each once, in the order in which they are read."""
    return [term for term in _subterms(terms) if t.is_leaf(term)]


def _check_depth(terms: Iterable[Term]) -> None:
    """Raises InputError for a term too deep for functions that walk down a term."""
    level = list(terms)
    for _ in range(MOST_OPERATIONS + 1):
        below = {id(a): a for term in level for a in term.args if isinstance(a, Term)}
        level = list(below.values())
        if not level:
            return
    raise InputError(
        f"an expression nests more than {MOST_OPERATIONS} operations deep;"
        " split it into statements such as q = x + y; f = q*z"
    )


def _targets(statements: Sequence[Statement], fixed: Collection[str]) -> set[str]:
    """The variables that are the targets of losses: data, which get no gradient.

    Raises InputError where a target is something that the output is differentiated by.
    """
    everything = list(_subterms(statement.term for statement in statements))
    losses = [term for term in everything if term.op in _LOSSES]
    data = {str(leaf.args[0]) for leaf in _names(loss.args[1] for loss in losses)}
    computed = {statement.name for statement in statements}
    elsewhere = {str(leaf.args[0]) for leaf in _names(_without_targets(statements))}
    for name in sorted(data - set(fixed) - set(CONSTANTS)):
        if name in computed or name in elsewhere:
            raise InputError(
                f"the target of {losses[0].op} is data without a gradient, but '{name}' is computed"
                " or used elsewhere too; write the loss out, such as sum((a - b)^2)"
            )
    return data


def _without_targets(statements: Sequence[Statement]) -> Iterator[Term]:
    """The leaves that are read other than as targets."""
    pending = [statement.term for statement in statements]
    seen: set[Term] = set()
    while pending:
        term = pending.pop()
        if term in seen:
            continue
        seen.add(term)
        if t.is_leaf(term):
            yield term
        inner = term.args[:1] if term.op in _LOSSES else term.args
        pending += [a for a in inner if isinstance(a, Term)]


class _Converter:
    """Builds one graph. `nodes` has the node of each name, `made` that of each operation.

    `numbers` has the values of the nodes in which nothing varies.
    """

    def __init__(
        self, statements: Sequence[Statement], shapes: Mapping[str, Any], fixed: Collection[str]
    ) -> None:
        self.statements, self.shapes = statements, shapes
        self.builder = GraphBuilder()
        self.nodes: dict[str, str] = {}
        self.numbers: dict[str, Any] = {}
        self.made: dict[tuple[str, tuple[str, ...], Settings], str] = {}
        self.converted: dict[tuple[Term, bool], str] = {}
        self.targets = {s.name for s in statements if s.name is not None}
        self._declare(fixed)
        self.whole = _whole(statement.term for statement in statements)
        self.fresh = self._fresh_names()

    def _declare(self, fixed: Collection[str]) -> None:
        leaves = _names(statement.term for statement in self.statements)
        used = {str(leaf.args[0]) for leaf in leaves}
        for name, shape in self.shapes.items():
            if name in self.targets:
                raise InputError(f"'{name}' has a value given and a statement that computes it")
            if name in used:
                self.nodes[name] = self.builder.input(name, shape, fixed=name in fixed)
        for name, number in CONSTANTS.items():
            if name in used - self.nodes.keys() - self.targets:
                self.nodes[name] = self.builder.input(name, fixed=True)
                self.numbers[name] = np.float64(number)

    def _fresh_names(self) -> Iterator[str]:
        taken = {*self.shapes, *self.targets, *CONSTANTS, *OUTPUTS}
        letters = (letter for letter in LETTERS if letter not in taken)
        numbered = (f"v{n}" for n in count(1) if f"v{n}" not in taken)
        yield from letters
        yield from numbered

    def graph(self) -> Graph:
        *others, last = self.statements
        for statement in others:
            assert statement.name is not None
            self._define(statement.name, statement.term)
        output = self._define(last.name or self._output(), last.term)
        found = self.builder.build(output)
        self._check(found)
        return found

    def _output(self) -> str:
        taken = {*self.shapes, *self.targets}
        free = (name for name in OUTPUTS if name not in taken)
        return next(free, None) or next(self.fresh)

    def _check(self, found: Graph) -> None:
        if found.shapes[found.output] != ():
            raise InputError(
                f"the output is {show(found.shapes[found.output])}, not a number; take an entry,"
                " such as y[1], or a sum of its entries"
            )
        if found.output not in found.needs_gradient():
            raise InputError("the expression has no variable to differentiate by")
        if not any(equation.target == found.output for equation in found.equations):
            raise InputError("the output is a variable itself; give an expression to differentiate")

    def _define(self, name: str, term: Term) -> str:
        if name in self.nodes:
            raise InputError(f"the name '{name}' is defined twice")
        self.nodes[name] = self._node(term, name)
        return self.nodes[name]

    def _node(self, term: Term, name: str | None = None, inner: bool = False) -> str:
        """The node that holds the value of `term`, called `name` if it is new and visible.

        `inner` says that it is a term of a sum: a sum of sums is one node, unless the inner one
        occurs elsewhere too.
        """
        if (term, inner) not in self.converted:
            self.converted[term, inner] = self._new_node(term, name, inner)
        return self.converted[term, inner]

    def _new_node(self, term: Term, name: str | None, inner: bool) -> str:
        if t.is_leaf(term):
            return self._known(str(term.args[0]))
        if term.op == "number":
            return self._constant(term.args[0])
        op, parts, settings = _operation(term)
        inputs = tuple([self._node(part, inner=op in _SUMS) for part in parts])
        signature = (op, tuple(sorted(inputs)) if op in _COMMUTATIVE else inputs, settings)
        if signature not in self.made:
            is_number = all(node in self.numbers for node in inputs)
            in_a_sum = inner and op in _SUMS and term not in self.whole
            hidden = op in _HIDDEN or in_a_sum or is_number
            target = name or (None if hidden else next(self.fresh))
            self.made[signature] = node = self._applied(op, inputs, settings, target)
            if is_number:
                self.numbers[node] = self._number(term, op, inputs, settings)
        return self.made[signature]

    def _constant(self, number: float) -> str:
        node = self.builder.constant(number)
        self.numbers[node] = np.float64(number)
        return node

    def _number(
        self, term: Term, op: str, inputs: tuple[str, ...], settings: Settings
    ) -> np.float64:
        """The value of a term in which nothing varies. Raises InputError where it is not finite."""
        with np.errstate(all="ignore"):
            value = RULES[op].forward(*(self.numbers[node] for node in inputs), **dict(settings))
        if not np.isfinite(value):
            raise InputError(f"{program_text(term)} has no finite value")
        return np.float64(value)

    def _known(self, name: str) -> str:
        if name in self.nodes:
            return self.nodes[name]
        if name in self.targets:
            raise InputError(f"'{name}' is used before the statement that computes it")
        given = ", ".join(self.shapes) or "none"
        raise InputError(f"'{name}' has no value; the variables given are {given}")

    def _applied(
        self, op: str, inputs: tuple[str, ...], settings: Settings, target: str | None
    ) -> str:
        """The new equation's target; an equation without a name of its own is hidden."""
        try:
            return self.builder.apply(
                op, *inputs, name=target, hidden=target is None, **dict(settings)
            )
        except ShapeError as error:
            if op == "entry":
                places = ",".join(str(place + 1) for place in dict(settings)["index"])
                sizes = " and ".join(map(show, error.shapes))
                raise InputError(f"there is no entry [{places}] of {sizes}") from None
            where = f"in '{target}', " if target else ""
            what = error.op.partition(" ")[0]
            raise InputError(f"{where}{what} of {_told(error)}") from None


def _operation(term: Term) -> tuple[str, tuple[Term, ...], Settings]:
    """The primitive of an operation, its arguments, and its settings by name."""
    parts = tuple(a for a in term.args if isinstance(a, Term))
    rest = tuple(a for a in term.args if not isinstance(a, Term))
    match term.op, rest:
        case "power", ():
            exponent = _exponent(parts[1])
            if exponent is None:
                return "general_power", parts, ()
            return "power", parts[:1], (("exponent", exponent),)
        case (("sum" | "softmax" | "log_softmax"), (axis, *kept)) if not any(kept):
            return term.op, parts, () if axis is None else (("axis", axis),)
        case (("leaky_relu" | "elu"), (alpha,)):
            return term.op, parts, (("alpha", alpha),)
        case "entry", (index,):
            return term.op, parts, (("index", index),)
        case op, () if op in RULES.primitives:
            return op, parts, ()
        case op, _:
            raise InputError(f"there is no rule for {program_text(term)} ({op})")


def _exponent(term: Term) -> float | None:
    """An exponent that is printed as a number; a third stays a quotient."""
    value = constant_of(term)
    if value is None or (term.op == "divide" and round(value, MOST_DECIMALS) != value):
        return None
    return value


def _told(error: ShapeError) -> str:
    """The shapes of an error and what is wrong with them."""
    return f"{' and '.join(map(show, error.shapes))}: {error.why}"
