"""A scalar engine in the style of micrograd: one object and one closure for every operation.

It stands for the small engines that students write (Karpathy's micrograd is the best known), so
that the solver can be compared with one in the same run.
"""

from __future__ import annotations

import math
from collections.abc import Callable


class Value:
    """A number that remembers what it was computed from, and how to send its gradient back."""

    __slots__ = ("back", "data", "grad", "parents")

    def __init__(self, data: float, parents: tuple[Value, ...] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.back: Callable[[], None] = _nothing

    def __add__(self, other: Value) -> Value:
        out = Value(self.data + other.data, (self, other))

        def back() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out.back = back
        return out

    def __mul__(self, other: Value) -> Value:
        out = Value(self.data * other.data, (self, other))

        def back() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.back = back
        return out

    def sigmoid(self) -> Value:
        out = Value(1.0 / (1.0 + math.exp(-self.data)), (self,))

        def back() -> None:
            self.grad += out.data * (1.0 - out.data) * out.grad

        out.back = back
        return out

    def backward(self) -> None:
        """Set the gradient of everything that this number was computed from."""
        order: list[Value] = []
        seen: set[Value] = set()

        def visit(value: Value) -> None:
            if value not in seen:
                seen.add(value)
                for parent in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            value.back()


def _nothing() -> None:
    pass


def small_net(
    x: list[float], weights: list[list[list[float]]], biases: list[list[float]], target: float
) -> list[float]:
    """The gradients of half the squared error by the first layer's weights, in a row."""
    layer = [Value(number) for number in x]
    first: list[Value] = []
    for rows, offsets in zip(weights, biases, strict=True):
        units = []
        for row, offset in zip(rows, offsets, strict=True):
            total = Value(offset)
            for weight, source in zip(row, layer, strict=True):
                leaf = Value(weight)
                if rows is weights[0]:
                    first.append(leaf)
                total = total + leaf * source
            units.append(total.sigmoid())
        layer = units
    residual = layer[0] + Value(-target)
    loss = residual * residual * Value(0.5)
    loss.backward()
    return [weight.grad for weight in first]
