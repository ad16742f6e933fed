"""The order in which a course writes sums and differences: the bias first, the target first.

A line is rewritten as a whole, names and numbers alike, so that its value stays what it is. In
numerator layout, a gradient's axes have their order turned round (`laid_out`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import numpy as np

from solver.network import Network
from solver.steps import Line, Step
from solver.term import Term, number, rewrite
from templates.notation import Symbols

_SQUARES = frozenset({"squared_error", "half_squared_error", "mean_squared_error"})


def ordered(step: Step, symbols: Symbols) -> Step:
    """The worked line with its operands in the order of the notation."""
    change = _change(step, symbols)
    if change is None:
        return step
    numbers: Any = step.substitution
    if isinstance(numbers, np.ndarray):
        numbers = np.asarray(np.frompyfunc(change, 1, 1)(numbers), dtype=object)
    else:
        numbers = change(numbers)
    return replace(step, formula=change(step.formula), substitution=numbers)


def formula(line: Line, symbols: Symbols) -> Term:
    """The formula of a line without numbers, with its operands in the order of the notation."""
    change = _change(line, symbols)
    return line.formula if change is None else change(line.formula)


def _change(line: Line | Step, symbols: Symbols) -> Callable[[Term], Term] | None:
    """What the notation does to a line, names and numbers alike; None where it does nothing."""
    network, notation = symbols.network, symbols.notation
    if network is None:
        return None
    if notation.bias_first and line.kind == "forward" and _adds_a_bias(line.node, network):
        return _bias_first
    if not notation.target_first or network.architecture.loss not in _SQUARES:
        return None
    if line.kind == "forward" and line.node == network.graph.output:
        return _targets_first
    if line.kind == "backward" and _starts_with(line.formula, network.prediction):
        return _differences_turned
    return None


def _adds_a_bias(node: str, network: Network) -> bool:
    """Whether a node is a pre-activation whose last summand is a bias."""
    if node not in network.preactivations:
        return False
    layer = network.preactivations.index(node) + 1
    return network.architecture.bias_of(layer) == "separate"


def _bias_first(term: Term) -> Term:
    return Term("add", term.args[::-1], term.shape) if term.op == "add" else term


def _targets_first(term: Term) -> Term:
    return rewrite(term, _swapped_square)


def _differences_turned(term: Term) -> Term:
    return rewrite(term, _swapped_product)


def _swapped_square(term: Term) -> Term | None:
    """(p - t)^2 as (t - p)^2."""
    if term.op == "power" and term.args[0].op == "subtract" and term.args[1] == number(2):
        return Term("power", (_swapped(term.args[0]), term.args[1]))
    return None


def _swapped_product(term: Term) -> Term | None:
    """2 (p - t) as -2 (t - p), and -2 (p - t) as 2 (t - p)."""
    if term.op != "multiply" or term.args[1].op != "subtract":
        return None
    factor, difference = term.args[0], _swapped(term.args[1])
    positive = _without_minus(factor)
    if positive is not None:
        return Term("multiply", (positive, difference))
    return Term("negative", (Term("multiply", (factor, difference)),))


def _without_minus(factor: Term) -> Term | None:
    """Minus a factor that begins with a minus sign; None for any other."""
    if factor.op == "number" and factor.args[0] < 0:
        return Term("number", (-factor.args[0], factor.args[1]))
    if factor.op == "negative":
        return cast(Term, factor.args[0])
    if factor.op in ("divide", "multiply"):
        positive = _without_minus(factor.args[0])
        return None if positive is None else Term(factor.op, (positive, factor.args[1]))
    return None


def _swapped(difference: Term) -> Term:
    return Term("subtract", difference.args[::-1])


def _starts_with(term: Term, node: str) -> bool:
    """Whether the first difference in `term` takes something away from `node`."""
    if term.op == "subtract":
        first = term.args[0]
        return bool((first.args[0] if first.op == "entry" else first).args[0] == node)
    return any(_starts_with(a, node) for a in term.args if isinstance(a, Term))


def laid_out(leaf: Term) -> Term | None:
    """A gradient in numerator layout as what has its shape: the transpose of its node."""
    if leaf.op != "gradient":
        return None
    return Term("transpose", (Term("name", leaf.args, leaf.shape[::-1]),))


def flattened(term: Term) -> Iterator[Term]:
    """The arguments of an operation, and in the place of one that is the same its arguments."""
    for argument in term.args:
        if argument.op == term.op:
            yield from flattened(argument)
        else:
            yield argument
