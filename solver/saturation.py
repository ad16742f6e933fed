"""Logarithms of probabilities that are 0 as printed, or as far as a float can tell.

A line such as -ln o has no value where the output o is printed as 0. The pre-activation that o
comes from still gives it: ln sigmoid(s) and ln softmax(s) are finite for every finite s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.term import Term


def evaluated_silently(
    formula: Term,
    values: Mapping[Term, Any],
    definitions: Mapping[Term, Term],
    numbers: Callable[[Term], Any] = lambda term: term.args[0],
) -> tuple[Term, NDArray[Any]]:
    """The value of a line's formula, and the formula that it was found by.

    `definitions` has the formulas of the lines before, and `numbers` makes numbers of those in the
    formula. Where the logarithm of an output is not finite, it is found from the output's
    pre-activations. Numbers that are not floats are left as they come. NumPy has to be told before
    not to warn: who evaluates many lines does so once.
    """
    raw = np.asarray(t.evaluate(formula, values, numbers))
    if raw.dtype == object or all(map(isfinite, raw.ravel().tolist())):
        return formula, raw
    longer = t.rewrite(from_scores(formula, definitions), _in_two_fractions)
    return longer, np.asarray(t.evaluate(_with_limits(longer, definitions), values))


evaluated = np.errstate(all="ignore")(evaluated_silently)
"""The same for a single line, which tells NumPy itself."""


def _in_two_fractions(term: Term) -> Term | None:
    """(p - y) / (p (1 - p)) as (1 - y)/(1 - p) - y/p, one of which has a value at p = y."""
    match term:
        case Term(
            op="divide",
            args=(
                Term(op="subtract", args=(p, target)),
                Term(op="multiply", args=(same, Term(op="subtract", args=(one, _)) as rest)),
            ),
        ) if p == same and rest == one - p and one == t.number(1.0):
            fractions: Term = (1 - target) / rest - target / p
            return fractions
        case _:
            return None


def _with_limits(formula: Term, definitions: Mapping[Term, Term]) -> Term:
    """`formula` with what a given target of 0 is multiplied by left out: 0 ln 0 and 0/0 are 0.

    Only targets that are given are known to be 0, and not only printed so.
    """

    def is_given(term: Term) -> bool:
        return bool(not any(leaf in definitions for leaf in t.leaves(term)))

    def change(term: Term) -> Term | None:
        match term.op, term.args:
            case "multiply", (factor, Term(op="log", args=(inner,))) if is_given(factor):
                return Term("xlogy", (factor, inner))
            case "divide", (above, below) if is_given(above):
                return Term("ratio", (above, below))
            case _:
                return None

    return t.rewrite(formula, change)


def from_scores(formula: Term, definitions: Mapping[Term, Term]) -> Term:
    """`formula` with the logarithms of sigmoid and softmax outputs taken from their arguments."""

    def change(term: Term) -> Term | None:
        return _logarithm(term.args[0], definitions) if term.op == "log" else None

    return t.rewrite(formula, change)


def _logarithm(inner: Term, definitions: Mapping[Term, Term]) -> Term | None:
    complement = inner.op == "subtract" and inner.args[0] == t.number(1.0)
    output = definitions.get(inner.args[1] if complement else inner)
    if output is None:
        return None
    function = _LOGARITHMS.get((output.op, complement))
    return None if function is None else Term(function, output.args)


_LOGARITHMS: Mapping[tuple[str, bool], str] = {
    ("sigmoid", False): "log_sigmoid",
    ("sigmoid", True): "log_one_minus_sigmoid",
    ("softmax", False): "log_softmax",
}
"""The logarithm of what a function returns, or (True) of 1 minus that."""
