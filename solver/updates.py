"""Gradient descent, with momentum where it is asked for, step by step.

With learning rate epsilon and momentum alpha, one update is `v <- alpha v - epsilon g` and then
`theta <- theta + v`, for every parameter theta with gradient g; v starts at 0 (Goodfellow, Bengio
and Courville, Deep Learning, 2016, Algorithm 8.2). Without momentum that is
`theta <- theta - epsilon g`. The data are the same in every update.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import steps
from solver import term as t
from solver.arithmetic import Arithmetic, Printed, as_arithmetic
from solver.errors import InputError
from solver.graph import Graph, Variable
from solver.passes import backward, forward
from solver.steps import Line, Step
from solver.term import Term

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Update:
    """How the parameters are updated: the step length, how often, and the momentum.

    The numbers may be of any real kind. Raises InputError for a learning rate that is not
    positive, fewer than one step, or a momentum outside [0, 1).
    """

    learning_rate: Any
    steps: int = 1
    momentum: Any = 0.0

    def __post_init__(self) -> None:
        if not self.learning_rate > 0:
            raise InputError(f"learning_rate is {self.learning_rate}; give a positive number")
        if self.steps < 1:
            raise InputError(f"steps is {self.steps}; give at least 1")
        if not 0 <= self.momentum < 1:
            raise InputError(f"momentum is {self.momentum}; give a number from 0 to below 1")


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """One update in double precision: the loss before and after it, and by parameter the gradient,
    the velocity, and the new value."""

    loss: float
    gradients: dict[str, Array]
    velocities: dict[str, Array]
    parameters: dict[str, Array]
    new_loss: float


def descend(graph: Graph, givens: Mapping[str, Any], update: Update) -> tuple[Descent, ...]:
    """Every update in turn, starting from `givens`; each starts where the one before it ended.

    Raises InputError where the numbers grow out of bounds.
    """
    return tuple(_descents(graph, givens, update))


def _descents(graph: Graph, givens: Mapping[str, Any], update: Update) -> Iterator[Descent]:
    rate, momentum = float(update.learning_rate), float(update.momentum)
    current = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    names = [variable.name for variable in _parameters(graph)]
    velocities = {name: np.zeros_like(current[name]) for name in names}
    values, gradients = _passes(graph, current, 0)
    for number in range(1, update.steps + 1):
        used = {name: gradients.get(name, np.zeros_like(current[name])) for name in names}
        with np.errstate(all="ignore"):
            velocities = {name: momentum * velocities[name] - rate * used[name] for name in names}
            parameters = {name: current[name] + velocities[name] for name in names}
        current = {**current, **parameters}
        loss = float(values[graph.output])
        values, gradients = _passes(graph, current, number)
        yield Descent(loss, used, velocities, parameters, float(values[graph.output]))


def _passes(graph: Graph, givens: Mapping[str, Any], number: int) -> tuple[Any, Any]:
    """Values and gradients after that many updates."""
    with np.errstate(all="ignore"):
        values = forward(graph, givens)
        gradients = backward(graph, values)
    if not all(np.all(np.isfinite(found)) for found in (*values.values(), *gradients.values())):
        where = f"after update {number}" if number else "with the weights as given"
        hint = "a smaller learning rate" if number else "smaller weights or another target"
        raise InputError(f"{where}, the loss or a gradient is not a finite number; take {hint}")
    return values, gradients


def worked(
    graph: Graph,
    givens: Mapping[str, Any],
    update: Update,
    arithmetic: Arithmetic | int,
    sign: int = 1,
) -> tuple[tuple[Step, ...], ...]:
    """The worked lines of every update, and at the end those of the loss that is reached.

    The lines of an update lead to the loss and all gradients, then to the new values. Each update
    goes on from the values as they were printed. `arithmetic` and `sign` are those of
    `solver.steps.steps`.
    """
    kind = as_arithmetic(arithmetic)
    lines = _lines(graph, update.momentum != 0, sign)
    taken = _taken(graph, givens, update, kind)
    rounds = []
    for _ in range(update.steps):
        rounds.append(tuple(steps.worked(lines, taken, kind)))
        taken = _carried_over(rounds[-1], taken)
    return *rounds, tuple(steps.worked(_to_loss(graph), taken, kind))


def _parameters(graph: Graph) -> list[Variable]:
    return [variable for variable in graph.inputs if not variable.fixed]


@lru_cache(maxsize=256)
def _lines(graph: Graph, momentum: bool, sign: int) -> tuple[Line, ...]:
    """Both passes, then the new value of every parameter that the loss depends on."""
    wanted = (t.name(graph.output), *(t.gradient(v.name) for v in _parameters(graph)))
    passes = steps.relevant(graph, wanted, sign)
    reached = {line.node for line in passes if line.kind == "backward"}
    moved = [variable for variable in _parameters(graph) if variable.name in reached]
    return *passes, *(line for v in moved for line in _update(v, momentum, sign))


def _update(variable: Variable, momentum: bool, sign: int) -> Iterator[Line]:
    """The lines that move one parameter against its gradient, which may stand with a minus sign."""
    name, shape = variable.name, variable.shape
    step = t.setting("rate") * t.gradient(name, shape)
    value, velocity, new = t.name(name, shape), t.velocity(name, shape), t.updated(name, shape)
    if not momentum:
        yield _line(new, value - step if sign > 0 else value + step)
        return
    kept = t.setting("momentum") * velocity
    yield _line(velocity, kept - step if sign > 0 else kept + step)
    yield _line(new, value + velocity)


def _line(leaf: Term, formula: Term) -> Line:
    return Line("update", leaf, formula, ((leaf.op, 0),))


def _taken(
    graph: Graph, givens: Mapping[str, Any], update: Update, kind: Arithmetic
) -> dict[Term, Printed]:
    """What is printed before the first line."""
    found = {t.name(v.name): kind.given(givens[v.name]) for v in graph.inputs}
    found |= {t.velocity(v.name): kind.given(np.zeros(v.shape)) for v in _parameters(graph)}
    found[t.setting("rate")] = kind.given(update.learning_rate)
    found[t.setting("momentum")] = kind.given(update.momentum)
    return found


def _carried_over(printed: tuple[Step, ...], taken: Mapping[Term, Printed]) -> dict[Term, Printed]:
    """What is printed before the next update: the new values in place of the old ones."""
    found = dict(taken)
    for step in printed:
        if step.kind == "update":
            leaf = t.name(step.node) if step.leaf.op == "updated" else step.leaf
            found[leaf] = step.value, step.exact
    return found


def _to_loss(graph: Graph) -> tuple[Line, ...]:
    return steps.relevant(graph, (t.name(graph.output),))
