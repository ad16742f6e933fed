"""The forward rules run over dual numbers: an oracle of every gradient that uses no backward rule.

A dual number a + b e, with e e = 0, carries a value and how fast it changes (Clifford, 1871). The
rules do not know that they are run over one; the derivatives of the functions below were written
down from a table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from solver import expressions, network
from solver.network import ACTIVATIONS, Architecture, Layer
from solver.parsing import grammar
from solver.passes import backward, forward


@dataclass(frozen=True)
class Dual:
    """A value and its rate of change."""

    value: float
    rate: float = 0.0
    shape: tuple[()] = ()

    def _chain(self, value: float, slope: float) -> Dual:
        return Dual(value, slope * self.rate)

    def __add__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value + other.value, self.rate + other.rate)

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.rate)

    def __sub__(self, other: Any) -> Dual:
        return self + -dual(other)

    def __rsub__(self, other: Any) -> Dual:
        return dual(other) - self

    def __mul__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value * other.value, self.rate * other.value + self.value * other.rate)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        other = dual(other)
        rate = (self.rate * other.value - self.value * other.rate) / other.value**2
        return Dual(self.value / other.value, rate)

    def __rtruediv__(self, other: Any) -> Dual:
        return dual(other) / self

    def __pow__(self, power: Any) -> Dual:
        return self._chain(self.value**power, power * self.value ** (power - 1))

    def exp(self) -> Dual:
        return self._chain(math.exp(self.value), math.exp(self.value))

    def log(self) -> Dual:
        return self._chain(math.log(self.value), 1 / self.value)

    def sqrt(self) -> Dual:
        return self._chain(math.sqrt(self.value), 0.5 / math.sqrt(self.value))

    def sin(self) -> Dual:
        return self._chain(math.sin(self.value), math.cos(self.value))

    def cos(self) -> Dual:
        return self._chain(math.cos(self.value), -math.sin(self.value))

    def tanh(self) -> Dual:
        return self._chain(math.tanh(self.value), 1 / math.cosh(self.value) ** 2)

    def like(self, value: Any) -> Dual:
        return dual(value)

    def record(self, function: str, *rest: Any) -> Dual:
        """The functions that NumPy lacks, each in pieces left and right of its kink."""
        x = self.value
        match function:
            case "sigmoid":
                return 1 / (1 + (-self).exp())
            case "softplus":
                return (1 + self.exp()).log()
            case "relu":
                return self if x > 0 else dual(0)
            case "leaky_relu":
                return self if x > 0 else self * rest[0]
            case "elu":
                return self if x > 0 else (self.exp() - 1) * rest[0]
            case "absolute":
                return self if x > 0 else -self
            case "maximum":
                return self if x >= dual(rest[0]).value else dual(rest[0])
            case "at_least":
                return dual(float(x >= dual(rest[0]).value))
            case "minimum":
                return self if x <= dual(rest[0]).value else dual(rest[0])
            case _:
                raise AssertionError(f"no dual form of {function}")


def dual(value: Any) -> Dual:
    alone = value.item() if isinstance(value, np.ndarray) else value
    return alone if isinstance(alone, Dual) else Dual(float(alone))


def duals(array: np.ndarray, rates: np.ndarray | float = 0.0) -> np.ndarray:
    made = np.frompyfunc(Dual, 2, 1)(array, np.broadcast_to(rates, np.shape(array)))
    if np.ndim(array):
        return np.asarray(made, dtype=object)
    alone = np.empty((), object)
    alone[()] = made
    return alone


def derivative(graph: Any, givens: dict[str, np.ndarray], name: str, index: Any) -> float:
    """How fast the output changes with one entry of one input."""
    point = {n: duals(value) for n, value in givens.items()}
    rates = np.zeros(np.shape(givens[name]))
    rates[index] = 1.0
    point[name] = duals(givens[name], rates)
    output = forward(graph, point)[graph.output]
    return float((output.item() if isinstance(output, np.ndarray) else output).rate)


def check(graph: Any, givens: dict[str, np.ndarray]) -> None:
    gradients = backward(graph, forward(graph, givens))
    for variable in graph.inputs:
        if variable.fixed:
            continue
        for index in np.ndindex(*variable.shape):
            expected = derivative(graph, givens, variable.name, index)
            found = float(np.asarray(gradients[variable.name])[index])
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-12), variable.name


@pytest.mark.parametrize(
    "text",
    [
        "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)",
        "(x*z + x)^2 / sqrt(z)",
        "sigmoid(x - z) * tanh(z) + cos(x*x)",
        "relu(x) + leaky_relu(-z, 0.1) + elu(-x, 2) + softplus(z) + abs(-x)",
        "max(x, z) * min(x*x, z) - x",
    ],
)
def test_gradients_of_expressions_agree_with_dual_numbers(text: str) -> None:
    graph = expressions.graph(grammar.statements(text), {"x": (), "z": ()})
    check(graph, {"x": np.array(1.7), "z": np.array(0.6)})


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS if a != "softmax"])
@pytest.mark.parametrize("loss", ["squared_error", "half_squared_error", "mean_squared_error"])
def test_gradients_of_networks_agree_with_dual_numbers(activation: str, loss: str) -> None:
    layers = (Layer(3, activation, 0.1), Layer(2, "tanh"))
    net = network.build(Architecture(2, layers, loss, examples=2, reduction="mean"))
    draw = np.random.default_rng(5)
    check(net.graph, {v.name: draw.normal(size=v.shape) for v in net.graph.inputs})
