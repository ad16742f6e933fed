"""Checking shapes on the arrays of a real net, without `solver.shapes` or `solver.network`.

The net is written out here for each orientation, NumPy multiplies its arrays, and a gradient is the
array of its derivatives, one complex step for each entry. A quick check makes one net for all
problems that differ in their sizes alone; a full one makes a net of the very sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from gen.problem import Ask, Part, PartSolution, Problem, Solution, Verification
from gen.topics.shapes.layered import Layered
from gen.verification import Mismatch
from solver.network import Bias, Orientation
from solver.shapes import Dimension, Shape

Array = NDArray[Any]

_STEP = 1e-30
_SIZES = (3, 6, 9, 12, 15)
"""Numbers for the sizes of a net; none of them is another one plus 1."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A net with its sizes; `widths` has the number of inputs first."""

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    batch: int
    orientation: Orientation
    bias: Bias


def check(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Compare every shape that is stated or offered with that of the array it is about.

    Raises Mismatch where a stated shape is not the array's, and where an option is marked wrongly.
    """
    net = cast(Layered, problem.words["net"])
    plan, numbers = _plan(problem, net, full)
    count = 0
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        actual = tuple(_shape(problem, ask, plan) for ask in part.asks)
        count += _compare(part, solved, actual, numbers)
    return (Verification("arrays of a net", count, 0.0),)


def _compare(
    part: Part, solved: PartSolution, actual: tuple[Shape, ...], numbers: Mapping[Dimension, int]
) -> int:
    assert solved.written is not None
    if _numbered(solved.written.entries, numbers) != actual:
        raise Mismatch(f"the shapes of {part.asks} are {actual} on a net, not {solved.written}")
    for option in solved.options:
        if option.right != (_numbered(option.entries, numbers) == actual):
            raise Mismatch(f"the option {option.entries} is marked wrongly: {actual} on a net")
    return len(actual) + len(solved.options)


def _numbered(entries: tuple[Any, ...], numbers: Mapping[Dimension, int]) -> tuple[Shape, ...]:
    return tuple(tuple(_number(size, numbers) for size in shape) for shape in entries)


def _number(size: Dimension, numbers: Mapping[Dimension, int]) -> int:
    if isinstance(size, int):
        return numbers.get(size, -1)
    return numbers[cast(Dimension, size.symbol)] + size.plus


def _plan(problem: Problem, net: Layered, full: bool) -> tuple[Plan, dict[Dimension, int]]:
    """The net to make, and the number in it for every size that may be stated."""
    assert problem.network is not None
    architecture = problem.network.architecture
    sizes = dict.fromkeys((*net.widths, *((net.batch,) if net.batch != 1 else ())))
    chosen = {
        size: size if full and isinstance(size, int) else number
        for size, number in zip(sizes, _SIZES, strict=False)
    }
    plan = Plan(
        tuple(chosen[width] for width in net.widths),
        net.activations,
        chosen.get(net.batch, 1),
        architecture.orientation,
        architecture.bias,
    )
    stated: dict[Any, int] = {}
    for size, number in chosen.items():
        if isinstance(size, int):
            stated[size + 1] = number + 1
    return plan, {**stated, **chosen, 1: 1}


def _shape(problem: Problem, ask: Ask, plan: Plan) -> Shape:
    """The shape of the array that is asked about, a gradient's in the layout of the course."""
    if not ask.of_gradient:
        return arrays(plan)[ask.node].shape
    shape = gradient(plan, ask.node).shape
    return shape[::-1] if problem.layout == "numerator" else shape


@lru_cache(maxsize=256)
def arrays(plan: Plan) -> Mapping[str, Array]:
    """The parameters of a net, its input x, and what NumPy makes of them."""
    return _forward(plan, _given(plan), {})


@lru_cache(maxsize=1024)
def gradient(plan: Plan, node: str) -> Array:
    """The derivatives of the loss with respect to the entries of an array, in its shape."""
    given, found = _given(plan), np.zeros(arrays(plan)[node].shape)
    for index in np.ndindex(*found.shape):
        step = np.zeros(found.shape, complex)
        step[index] = _STEP * 1j
        found[index] = np.imag(_forward(plan, given, {node: step})["loss"]) / _STEP
    return found


def _given(plan: Plan) -> dict[str, Array]:
    rows, folded = plan.orientation == "rows", plan.bias == "folded"
    first = (plan.batch, plan.widths[0]) if rows else (plan.widths[0], plan.batch)
    given = {"x": _numbers(first, 1)}
    for layer, (inputs, units) in enumerate(zip(plan.widths, plan.widths[1:], strict=False), 1):
        shape = (
            (units, inputs + folded) if plan.orientation == "columns" else (inputs + folded, units)
        )
        given[f"W{layer}"] = _numbers(shape, 2 * layer)
        if not folded:
            given[f"b{layer}"] = _numbers((1, units) if rows else (units, 1), 2 * layer + 1)
    return given


def _numbers(shape: tuple[int, ...], start: int) -> Array:
    """Numbers between -1 and 1 that follow no rule that matters here."""
    return np.asarray(np.sin(1.0 + start + 1.7 * np.arange(np.prod(shape)).reshape(shape)))


def _forward(plan: Plan, given: Mapping[str, Array], moved: Mapping[str, Array]) -> dict[str, Any]:
    """All arrays of the net, some of them `moved` a little on the way."""
    found = {name: array + moved[name] if name in moved else array for name, array in given.items()}
    flow = found["x"]
    for layer, activation in enumerate(plan.activations, 1):
        s = _sums(plan, found, flow, layer)
        found[f"s{layer}"] = s + moved.get(f"s{layer}", 0)
        flow = _FUNCTIONS[activation](found[f"s{layer}"])
        found[f"o{layer}"] = flow = flow + moved.get(f"o{layer}", 0)
    return {**found, "loss": np.sum((flow - 0.5) ** 2) / 2}


def _sums(plan: Plan, found: Mapping[str, Array], flow: Array, layer: int) -> Array:
    weights = found[f"W{layer}"]
    if plan.orientation == "rows":
        return np.asarray(flow @ weights + found[f"b{layer}"])
    weights = weights.T if plan.orientation == "transposed" else weights
    if plan.bias == "folded":
        return np.asarray(weights @ np.concatenate([np.ones((1, plan.batch)), flow]))
    return np.asarray(weights @ flow + found[f"b{layer}"])


_FUNCTIONS: Mapping[str, Any] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(np.real(z) > 0, z, 0),
}
