"""The other two ways to differentiate: forward mode, and central differences.

Forward mode carries a *tangent* along with every value: how fast it changes as the inputs move in
one direction. It needs no rules of its own. A primitive that is linear in an argument turns that
argument's tangent into the output's as it turns values into values; an elementwise one multiplies
by its local derivative, which is its backward rule; one with a single number as output takes the
dot product of its gradient with the tangent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.errors import InputError
from solver.graph import Equation, Graph
from solver.passes import forward
from solver.rules import RULES
from solver.steps import Deriver, Line
from solver.term import Term

LINEAR = frozenset(
    {
        *("add", "subtract", "negative", "transpose", "diagonal"),
        *("sum", "mean", "entry", "adjugate"),
    }
)
"""Linear in all arguments together."""
MULTILINEAR = frozenset({"multiply", "matmul", "dot", "outer"})
"""Linear in each argument alone."""
_NOT_SYMMETRIC = frozenset({"log_softmax"})
"""Primitives whose Jacobian is square but not symmetric, so that the backward rule will not do."""


Push = Callable[..., Any]
"""What makes a tangent at a primitive, given the tangents of its arguments (None where one does not
move), its value, its arguments and its settings; None leaves it to the rules."""
Pushes = Mapping[str, Push]


def tangents(
    graph: Graph,
    values: Mapping[str, Any],
    direction: Mapping[str, Any],
    pushes: Pushes = MappingProxyType({}),
) -> dict[str, Any]:
    """The tangent of every node that moves, by name: forward mode over numbers of any kind.

    `values` is what `solver.passes.forward` returned, `direction` the tangents of the inputs that
    move. `pushes` replace the rule of a primitive, as a mistake does.
    """
    found = dict(direction)
    for equation in graph.equations:
        pushed = _pushed(equation, values, found, graph, pushes)
        if pushed is not None:
            found[equation.target] = pushed
    return found


def tangent_lines(graph: Graph, moving: frozenset[str]) -> tuple[Line, ...]:
    """The lines of forward mode: each node's value and then its tangent, in order.

    `moving` are the inputs that have a tangent. Raises InputError for a primitive whose tangent
    cannot be had from its rules.
    """
    deriver = Deriver(graph)
    tangents: dict[str, Term] = {
        v.name: t.tangent(v.name, v.shape) for v in graph.inputs if v.name in moving
    }
    for equation in graph.equations:
        deriver.forward(equation)
        pushed = _pushed(equation, deriver.values, tangents, graph)
        if pushed is None:
            continue
        if equation.hidden:
            tangents[equation.target] = pushed
            continue
        leaf = t.tangent(equation.target, equation.shape)
        tangents[equation.target] = leaf
        formula = deriver.named(pushed)
        deriver.found.append(Line("tangent", leaf, formula, ((equation.op, 0),)))
    return tuple(deriver.found)


def _pushed(
    equation: Equation,
    values: Mapping[str, Any],
    tangents: Mapping[str, Any],
    graph: Graph,
    pushes: Pushes = MappingProxyType({}),
) -> Any:
    """The tangent of an equation's target; None where none of its inputs moves."""
    inputs = [values[name] for name in equation.inputs]
    moved = [tangents.get(name) for name in equation.inputs]
    if all(tangent is None for tangent in moved):
        return None
    if equation.op in pushes:
        push, settings = pushes[equation.op], dict(equation.settings)
        pushed = push(moved, values[equation.target], inputs, **settings)
        if pushed is not None:
            return pushed
    if equation.op in LINEAR and all(tangent is not None for tangent in moved):
        return _forward(equation, moved)
    pieces = [
        _piece(equation, position, tangent, values[equation.target], inputs, graph)
        for position, tangent in enumerate(moved)
        if tangent is not None
    ]
    total = pieces[0]
    for piece in pieces[1:]:
        total = total + piece
    return total


def _forward(equation: Equation, inputs: Sequence[Any]) -> Any:
    return RULES[equation.op].forward(*inputs, **dict(equation.settings))


def _piece(
    equation: Equation, position: int, tangent: Any, y: Any, inputs: list[Any], graph: Graph
) -> Any:
    """What the movement of one argument does to the output."""
    primitive, settings = RULES[equation.op], dict(equation.settings)
    if equation.op in MULTILINEAR:
        return _forward(equation, [*inputs[:position], tangent, *inputs[position + 1 :]])
    if primitive.derivative is not None:
        return primitive.derivative(y, inputs[0], **settings) * tangent
    shape = graph.shapes[equation.inputs[position]]
    if shape == equation.shape and equation.op not in _NOT_SYMMETRIC:
        return primitive.backward(tangent, y, *inputs, **settings)[position]
    if equation.shape == ():
        gradient = primitive.backward(t.number(1.0), y, *inputs, **settings)[position]
        return np.sum(gradient * tangent)
    raise InputError(
        f"forward mode has no line for '{equation.target}', a {equation.op} of arrays of these"
        " shapes; use --mode reverse"
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A central difference of the output in one entry of an input.

    `slope` is (above - below) / (2 step), `derivative` what the backward pass gives.
    """

    name: str
    index: tuple[int, ...]
    step: float
    below: float
    above: float
    derivative: float

    @property
    def slope(self) -> float:
        """The quotient of differences."""
        return (self.above - self.below) / (2 * self.step)


def differences(
    graph: Graph,
    givens: Mapping[str, NDArray[Any]],
    gradients: Mapping[str, NDArray[Any]],
    names: tuple[str, ...],
    step: float = 1e-4,
) -> Iterator[Difference]:
    """Every entry of the named inputs moved by `step` to either side, the others left alone.

    Its error falls with the square of the step, until rounding takes over (Nocedal and Wright,
    Numerical Optimization, 2006, section 8.1).
    """
    for name in names:
        for index in np.ndindex(*givens[name].shape):
            below, above = (_moved(graph, givens, name, index, side * step) for side in (-1.0, 1.0))
            yield Difference(name, index, step, below, above, float(gradients[name][index]))


def _moved(
    graph: Graph, givens: Mapping[str, Any], name: str, index: tuple[int, ...], by: float
) -> float:
    changed = np.array(givens[name], dtype=float)
    changed[index] += by
    with np.errstate(all="ignore"):
        return float(forward(graph, {**givens, name: changed})[graph.output])
