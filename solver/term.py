"""Terms: expressions as data, made by running ordinary NumPy code over names.

A `Term` answers NumPy's array protocols by recording what was asked of it, so a rule such as
`g * (1 - y**2)` run over terms gives the formula itself. The formula, its substitution line and
its value are therefore one piece of mathematics read three times (`evaluate`).

A term stands for a whole array (`W @ x + b`) or, inside an object array, for one entry
(`0.5 * 1 + -0.5 * -2`). Leaves are *names* of values, *gradients* (of the output with respect to
a name), *locals* (the local derivative of a named node) and *numbers*; and for gradient descent
*updated* values, *velocities*, and the *settings* rate and momentum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from solver.functions import FUNCTIONS

Shape = tuple[int, ...]
LEAVES = frozenset({"name", "gradient", "local", "updated", "velocity", "setting", "tangent"})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Term(NDArrayOperatorsMixin):
    """One node of an expression: an operation's NumPy name and its arguments.

    `args` holds terms, and plain Python values where the operation takes a setting such as an
    axis. `shape` is set on leaves, where the rules need it.
    """

    op: str
    args: tuple[Any, ...]
    shape: Shape = ()
    _hash: int = field(default=0, init=False)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> Any:
        if method != "__call__" or settings:
            return NotImplemented
        if any(isinstance(value, np.ndarray) and value.ndim for value in inputs):
            return ufunc(*(_entry(value) for value in inputs))
        return Term(ufunc.__name__, tuple(as_term(value) for value in inputs))

    def sum(self, axis: Any = None, out: None = None, keepdims: bool = False) -> Term:
        """The sum over `axis`, as `numpy.sum` asks for it."""
        return Term("sum", (self, axis, keepdims))

    def mean(self, axis: None = None, dtype: None = None, out: None = None) -> Term:
        """The mean of all entries, as `numpy.mean` asks for it."""
        return Term("mean", (self,))

    @property
    def T(self) -> Term:  # noqa: N802 - NumPy's name for it
        """The transpose."""
        return Term("transpose", (self,))

    @property
    def size(self) -> int:
        """The number of entries."""
        return int(np.prod(self.shape, dtype=int))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Term) and self.op == other.op and self.args == other.args

    # Without it, the mixin would record the comparison, and every record is true.
    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        # Kept, because terms are looked up again and again and a large one takes long to hash.
        if not self._hash:
            object.__setattr__(self, "_hash", hash((self.op, self.args)) or 1)
        return self._hash

    def __repr__(self) -> str:
        return plain(self)

    # NumPy applies these by name to the entries of an object array.
    def exp(self) -> Term:
        """Record `exp` of this entry."""
        return Term("exp", (self,))

    def log(self) -> Term:
        """Record `log` of this entry."""
        return Term("log", (self,))

    def sqrt(self) -> Term:
        """Record `sqrt` of this entry."""
        return Term("sqrt", (self,))

    def sin(self) -> Term:
        """Record `sin` of this entry."""
        return Term("sin", (self,))

    def cos(self) -> Term:
        """Record `cos` of this entry."""
        return Term("cos", (self,))

    def tanh(self) -> Term:
        """Record `tanh` of this entry."""
        return Term("tanh", (self,))

    def like(self, value: Any) -> Term:
        """A plain number as one of this kind."""
        return number(value)

    def record(self, function: str, *arguments: Any) -> Term:
        """This term put through one of the functions that NumPy lacks (`solver.functions`)."""
        return Term(function, (self, *arguments))


def _entry(value: Any) -> Any:
    """A term as a zero-dimensional object array, so that NumPy works entry by entry."""
    if not isinstance(value, Term):
        return value
    entry = np.empty((), object)
    entry[()] = value
    return entry


def name(text: str, shape: Shape = ()) -> Term:
    """The value called `text`."""
    return Term("name", (text,), shape)


def gradient(node: str, shape: Shape = ()) -> Term:
    """The gradient of the output with respect to `node`."""
    return Term("gradient", (node,), shape)


def local(node: str, shape: Shape = ()) -> Term:
    """The local derivative of an elementwise `node` with respect to its input."""
    return Term("local", (node,), shape)


def updated(node: str, shape: Shape = ()) -> Term:
    """The value of the input `node` after an update."""
    return Term("updated", (node,), shape)


def velocity(node: str, shape: Shape = ()) -> Term:
    """What an update adds to the input `node`; it carries over to the next one."""
    return Term("velocity", (node,), shape)


def tangent(node: str, shape: Shape = ()) -> Term:
    """How fast the value of `node` changes in forward mode."""
    return Term("tangent", (node,), shape)


def setting(which: str) -> Term:
    """A number that gradient descent is set to: its `rate` or its `momentum`."""
    return Term("setting", (which,))


def number(value: Any, places: int | None = None) -> Term:
    """A number; `places` is how many decimals it is printed with, None for as many as it has.

    A machine number is kept as a float, any other kind as it is.
    """
    return Term("number", (value if hasattr(value, "record") else float(value), places))


def as_term(value: Any) -> Term:
    """`value` itself when it is a term, else the number that it is."""
    return value if isinstance(value, Term) else number(value)


def is_leaf(term: Term) -> bool:
    """Whether `term` names something, rather than computing it."""
    return term.op in LEAVES


def leaves(term: Term) -> Iterator[Term]:
    """Every name, gradient and local derivative in `term`, left to right, with repeats."""
    if is_leaf(term):
        yield term
    elif term.op != "number":
        for argument in term.args:
            if isinstance(argument, Term):
                yield from leaves(argument)


def rewrite(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """`term` with the subterms for which `change` returns a term replaced, outermost first."""
    changed = change(term)
    if changed is not None:
        return changed
    if is_leaf(term) or term.op == "number":
        return term
    args = tuple(rewrite(a, change) if isinstance(a, Term) else a for a in term.args)
    return Term(term.op, args, term.shape)


def _plain_number(term: Term) -> Any:
    return term.args[0]


def evaluate(
    term: Term, values: Mapping[Term, Any], numbers: Callable[[Term], Any] = _plain_number
) -> Any:
    """Replay `term` over another kind of number; `values` maps each leaf to its value.

    `numbers` says what the numbers in the term itself become: machine numbers, unless a kind of
    number is to have 2/3 or log 2 as well. Raises KeyError for a leaf that has no value.
    """
    if term.op in LEAVES:
        return values[term]
    if term.op == "number":
        return numbers(term)
    arguments = [evaluate(a, values, numbers) if isinstance(a, Term) else a for a in term.args]
    return FUNCTIONS[term.op](*arguments)


_INFIX = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "matmul": "@",
    "power": "**",
}


def plain(term: Term) -> str:
    """The term as program text, fully bracketed: for records and messages, not for readers."""
    match term.op:
        case "name":
            return str(term.args[0])
        case "gradient":
            return f"d[{term.args[0]}]"
        case "local" | "updated" | "velocity" | "tangent":
            return f"{term.op}[{term.args[0]}]"
        case "setting":
            return str(term.args[0])
        case "number":
            value, places = term.args
            if not isinstance(value, float):
                return str(value)
            return f"{value:.{places}f}" if places is not None else f"{value:.10g}"
        case "transpose":
            return f"{plain(term.args[0])}.T"
        case "negative":
            return f"-{plain(term.args[0])}"
        case op if op in _INFIX:
            return "(" + f" {_INFIX[op]} ".join(plain(a) for a in term.args) + ")"
        case op:
            shown = (plain(a) if isinstance(a, Term) else str(a) for a in term.args)
            return f"{op}({', '.join(shown)})"
