"""Random networks against calculations that use none of the solver's rules.

The loss is that of hand-written NumPy over rows of examples; every gradient is the central
difference of that loss, and the same in every orientation, with biases apart or folded in, and
with the cross-entropy fused or not. Pre-activations keep away from kinks and predictions from 0 and
1, where differences are no oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from solver.arithmetic import Decimals
from solver.errors import InputError
from solver.network import ACTIVATIONS, LOSSES, Conventions
from solver.orientation import numbers
from solver.passes import backward, directional, forward
from solver.solution import Solution
from solver.specification import GivenLayer, Posed, Specification, pose

Array = NDArray[np.float64]

CURVES: dict[str, Callable[[Array, float], Array]] = {
    "identity": lambda s, _: s,
    "sigmoid": lambda s, _: 1 / (1 + np.exp(-s)),
    "tanh": lambda s, _: np.sinh(s) / np.cosh(s),
    "relu": lambda s, _: s * (s > 0),
    "leaky_relu": lambda s, alpha: np.where(s > 0, s, alpha * s),
    "elu": lambda s, alpha: np.where(s > 0, s, alpha * (np.exp(s) - 1)),
    "softplus": lambda s, _: np.log(1 + np.exp(s)),
    "softmax": lambda s, _: np.exp(s) / np.exp(s).sum(axis=1, keepdims=True),
}
KINKED = ("relu", "leaky_relu", "elu")
PROBABLE = {"binary_cross_entropy": ("sigmoid", "softmax"), "cross_entropy": ("softmax",)}
LAYOUTS: tuple[dict[str, Any], ...] = (
    {"orientation": "columns"},
    {"orientation": "columns", "bias": "folded"},
    {"orientation": "transposed"},
    {"orientation": "transposed", "bias": "folded"},
    {"orientation": "rows"},
)
CONVENTIONS = [Conventions(**s, fused=fused) for s, fused in product(LAYOUTS, (True, False))]
LIMIT = settings(max_examples=200)


@st.composite
def problems(draw: st.DrawFn) -> Specification:
    loss = draw(st.sampled_from(LOSSES))
    ends = st.sampled_from(PROBABLE.get(loss, ACTIVATIONS))
    inside = st.sampled_from(ACTIVATIONS)
    depth = draw(st.integers(1, 5))
    widths = draw(st.lists(st.integers(1, 8), min_size=depth + 1, max_size=depth + 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    layers = []
    for number, (inputs, units) in enumerate(pairwise(widths), start=2):
        activation = draw(ends if number == len(widths) else inside)
        bias = rng.normal(size=units) if draw(st.booleans()) else None
        weights = rng.normal(size=(units, inputs)) / np.sqrt(inputs)
        layers.append(GivenLayer(weights, bias, activation, 0.2))
    examples = draw(st.integers(1, 4))
    x, y = rng.normal(size=(examples, widths[0])), rng.uniform(0.1, 0.9, (examples, widths[-1]))
    y = y / y.sum(axis=1, keepdims=True) if loss == "cross_entropy" else y
    kinds = ("mean",) if loss == "mean_squared_error" else ("mean", "sum")
    return Specification(x, y, tuple(layers), loss, draw(st.sampled_from(kinds)), batch=True)


def flow(problem: Specification) -> Iterator[tuple[Array, Array]]:
    """Pre-activations and activations, layer by layer."""
    o = problem.input
    for layer in problem.layers:
        s = o @ layer.weights.T + (0 if layer.bias is None else layer.bias)
        o = CURVES[layer.activation](s, layer.alpha)
        yield s, o


def loss_by_hand(problem: Specification) -> float:
    *_, (_, p) = flow(problem)
    t, examples = problem.target, len(problem.target)
    match problem.loss:
        case "mean_squared_error":
            return float(np.mean((p - t) ** 2))
        case "squared_error":
            total = np.sum((p - t) ** 2)
        case "half_squared_error":
            total = np.sum((p - t) ** 2) / 2
        case "cross_entropy":
            total = -np.sum(t * np.log(p))
        case _:
            total = -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))
    return float(total / (examples if problem.reduction == "mean" else 1))


def is_smooth_enough(problem: Specification) -> bool:
    """Whether differences are to be trusted: off the kinks, and off the ends of a cross-entropy."""
    found = list(flow(problem))
    for layer, (s, _) in zip(problem.layers, found, strict=True):
        if layer.activation in KINKED and np.abs(s).min() < 1e-3:
            return False
    if problem.loss not in PROBABLE:
        return True
    p = found[-1][1]
    sure = problem.loss == "binary_cross_entropy" and p.max() > 1 - 1e-3
    return bool(p.min() > 1e-3) and not sure


def solved(problem: Specification, conventions: Conventions) -> dict[str, Any]:
    posed = pose(problem, conventions)
    values = forward(posed.network.graph, posed.givens)
    gradients = backward(posed.network.graph, values)
    return numbers(posed.network, values, gradients, batch=True)


def central_differences(problem: Specification, parameter: Array) -> Array:
    """The gradient of the loss by hand with respect to an array that the problem holds."""
    step, found = 1e-6, np.zeros_like(parameter)
    for index in np.ndindex(parameter.shape):
        kept = parameter[index]
        parameter[index] = kept + step
        above = loss_by_hand(problem)
        parameter[index] = kept - step
        found[index] = (above - loss_by_hand(problem)) / (2 * step)
        parameter[index] = kept
    return found


@given(problems())
@LIMIT
def test_loss_and_activations_are_those_of_hand_written_numpy(problem: Specification) -> None:
    assume(is_smooth_enough(problem))
    found = solved(problem, Conventions())
    assert found["loss"] == pytest.approx(loss_by_hand(problem), rel=1e-9, abs=1e-12)
    for number, (s, o) in enumerate(flow(problem), start=1):
        np.testing.assert_allclose(found["forward"][f"s{number}"], s, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(found["forward"][f"o{number}"], o, rtol=1e-10, atol=1e-12)


@given(problems())
@LIMIT
def test_every_gradient_is_the_central_difference_of_hand_written_numpy(
    problem: Specification,
) -> None:
    assume(is_smooth_enough(problem))
    gradients = solved(problem, Conventions())["gradient"]
    for number, layer in enumerate(problem.layers, start=1):
        expected = central_differences(problem, layer.weights)
        np.testing.assert_allclose(gradients[f"W{number}"], expected, rtol=1e-4, atol=1e-7)
        assert (f"b{number}" in gradients) == (layer.bias is not None)
        if layer.bias is not None:
            expected = central_differences(problem, layer.bias)
            np.testing.assert_allclose(gradients[f"b{number}"], expected, rtol=1e-4, atol=1e-7)


def assert_close(found: Any, expected: Any) -> None:
    if isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_close(found[key], expected[key])
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


@given(problems())
@LIMIT
def test_the_numbers_are_the_same_in_every_convention(problem: Specification) -> None:
    assume(is_smooth_enough(problem))
    expected = solved(problem, CONVENTIONS[0])
    for conventions in CONVENTIONS[1:]:
        assert_close(solved(problem, conventions), expected)


def along(posed: Posed, seed: int) -> Iterator[tuple[float, float]]:
    """For each parameter, the derivative along a direction by a complex step and by gradients."""
    graph, rng = posed.network.graph, np.random.default_rng(seed)
    gradients = backward(graph, forward(graph, posed.givens))
    for variable in graph.inputs:
        if not variable.fixed:
            direction = rng.normal(size=variable.shape)
            stepped = directional(graph, posed.givens, variable.name, direction)
            yield stepped, float(np.sum(gradients[variable.name] * direction))


@given(problems(), st.sampled_from(CONVENTIONS))
@LIMIT
def test_gradients_are_complex_steps_in_every_convention(
    problem: Specification, conventions: Conventions
) -> None:
    assume(is_smooth_enough(problem))
    for stepped, product_with_gradient in along(pose(problem, conventions), seed=1):
        assert product_with_gradient == pytest.approx(stepped, rel=1e-8, abs=1e-11)


@given(problems(), st.sampled_from(CONVENTIONS), st.sampled_from((1.0, 30.0, 1e3, 1e150)))
@LIMIT
def test_however_large_the_scores_every_line_has_a_value_or_a_sentence_says_why_not(
    problem: Specification, conventions: Conventions, scale: float
) -> None:
    layers = tuple(replace(layer, weights=layer.weights * scale) for layer in problem.layers)
    posed = pose(replace(problem, layers=layers), conventions)
    graph = posed.network.graph
    solution = Solution(graph, posed.givens, posed.wanted, Decimals(4), posed.network)
    with suppress(InputError):
        for values in (solution.values, solution.gradients):
            assert all(np.isfinite(value).all() for value in values.values())
        assert all(np.isfinite(step.value).all() for step in solution.steps)
