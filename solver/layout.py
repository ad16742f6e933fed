"""Numerator layout: the derivative of a number by a column as a row, by a matrix transposed.

The rules give gradients the shape of what they are taken with respect to (denominator layout).
`numerator` turns a worked line about such a gradient into the line of the other layout: the same
numbers, transposed, and a formula in which every gradient stands for its transpose. Transposes are
pushed inwards until they meet names: (AB)^T = B^T A^T, and entry by entry nothing changes
(Magnus and Neudecker, Matrix Differential Calculus, 1999, use this layout throughout).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.steps import Step
from solver.term import Term, is_leaf

_AXES = {0: 1, 1: 0, None: None}


def numerator(step: Step) -> Step:
    """A line about a whole gradient in numerator layout; every other line is returned as it is.

    In an update, the gradient is transposed back.
    """
    if step.kind == "update" and step.index is None:
        return replace(step, formula=_upright(step.formula))
    if step.kind != "backward" or step.index is not None or np.ndim(step.value) < 2:
        return step
    return replace(
        step,
        leaf=_turned(step.leaf),
        formula=transposed(step.formula),
        substitution=_numbers(step),
        value=step.value.T,
        exact=step.exact.T,
    )


def _numbers(step: Step) -> Term | NDArray[Any]:
    """The numbers put in, transposed; where factors change places, theirs do."""
    numbers = step.substitution
    if step.formula.op in ("matmul", "outer"):
        numbers = np.asarray(np.frompyfunc(_exchanged, 1, 1)(numbers), dtype=object)
    return numbers.T if isinstance(numbers, np.ndarray) else numbers


def _exchanged(entry: Term) -> Term:
    """A sum of products with the two factors of each exchanged."""
    match entry.op:
        case "add":
            return _each(entry, _exchanged)
        case "multiply":
            return Term("multiply", entry.args[::-1])
        case _:
            return entry


def transposed(term: Term) -> Term:
    """The transpose of `term`, in which every gradient leaf now stands for its transpose."""
    match term.op:
        case "number":
            return term
        case "gradient":
            return _turned(term)
        case "transpose":
            return _upright(term.args[0])
        case "matmul":
            left, right = term.args
            return Term("matmul", (transposed(right), transposed(left)))
        case "outer":
            return Term("outer", (_upright(term.args[1]), _upright(term.args[0])))
        case "sum":
            inner, axis, kept = term.args
            return Term("sum", (transposed(inner), _AXES[axis], kept))
        case op if is_leaf(term) or op in _WHOLE:
            return Term("transpose", (_upright(term),))
        case _:
            return _each(term, transposed)


_WHOLE = frozenset({"entry", "place", "spread", "prepend_one", "drop_first", "softmax", "adjugate"})
"""Operations that treat the axes differently: their transpose stays in front of them."""


def _upright(term: Term) -> Term:
    """`term` itself, in which every gradient leaf now stands for its transpose."""
    if term.op == "gradient":
        return Term("transpose", (_turned(term),))
    return term if is_leaf(term) or term.op == "number" else _each(term, _upright)


def _each(term: Term, change: Any) -> Term:
    args = tuple(change(a) if isinstance(a, Term) else a for a in term.args)
    return Term(term.op, args, term.shape)


def _turned(leaf: Term) -> Term:
    return Term(leaf.op, leaf.args, leaf.shape[::-1])
