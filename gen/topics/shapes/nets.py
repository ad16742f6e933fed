"""Small nets with numbers: the arrays of a setting, and what its delta really is.

Delta comes from the definition, as the derivative of the loss by complex steps; no formula for a
gradient is used. Symbols for sizes stand for prime numbers here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gen.topics.shapes.settings import Setting
from solver import term as t
from solver.term import Term

Array = NDArray[Any]
Loss = Callable[[Array], Array]
"""From pre-activations, a column for each example, to the loss of each example."""

PRIMES = ((5, 11, 17), (13, 7, 3), (3, 19, 29))
"""Numbers for units, neighbour and batch; none of them is another one plus 1."""

_STEP = 1e-30


@dataclass(frozen=True, slots=True)
class Net:
    """The arrays of a net by name, also under the terms that name them, and its delta."""

    arrays: Mapping[str, Array]
    delta: Array
    leaves: Mapping[Term, Array]


def concrete(setting: Setting, primes: tuple[int, ...]) -> tuple[Setting, dict[str, int]]:
    """The setting with a number for each symbol, and which number stands for which symbol."""
    given = (setting.units, setting.neighbour, setting.batch)
    numbers = {g: prime for g, prime in zip(given, primes, strict=True) if isinstance(g, str)}
    units, neighbour, batch = (g if isinstance(g, int) else numbers[g] for g in given)
    return replace(setting, units=units, neighbour=neighbour, batch=batch), numbers


@lru_cache(maxsize=1024)
def net(setting: Setting) -> Net:
    """A net for a setting whose sizes are numbers."""
    units, other = int(setting.units), int(setting.neighbour)
    batch = 1 if setting.examples == "one" else int(setting.batch)
    s = _numbers(units, batch, 1.0)
    s[0] = np.abs(s[0])  # else all units of a ReLU layer could be dead
    build = _output_layer if setting.place == "output" else _hidden_layer
    arrays, loss = build(setting, s, other)
    delta = np.array([np.imag(loss(_moved(s, row))) / _STEP for row in range(units)])
    if setting.bias == "kept":
        # The entry 1 of the outputs depends on no pre-activation.
        delta = np.concatenate([np.zeros((1, batch)), delta])
    laid = {name: _laid(setting, name, array) for name, array in arrays.items()}
    leaves = {t.name(name): array for name, array in laid.items()}
    return Net(laid, _laid(setting, "delta", delta), leaves)


def _output_layer(setting: Setting, s: Array, inputs: int) -> tuple[dict[str, Array], Loss]:
    f = _FUNCTIONS[setting.activation]
    y = _numbers(len(s), s.shape[1], 2.0)
    arrays = {"W": _numbers(len(s), inputs, 3.0), "y": y, "o": f(s), "slope": _slope(f, s)}
    return arrays, lambda z: 0.5 * np.sum((f(z) - y) ** 2, axis=0)


def _hidden_layer(setting: Setting, s: Array, following: int) -> tuple[dict[str, Array], Loss]:
    """The loss is half the squared distance of the next pre-activations from some numbers."""
    f = _FUNCTIONS[setting.activation]
    weights, biases = _numbers(following, len(s), 3.0), _numbers(following, 1, 4.0)
    aims = _numbers(following, s.shape[1], 5.0)
    after = weights @ f(s) + biases
    arrays = {"W_next": weights, "o": f(s), "delta_next": after - aims, "o_next": f(after)}
    if setting.bias != "apart":
        arrays["W_next"] = np.concatenate([biases, weights], axis=1)
        arrays["o"] = np.concatenate([np.ones((1, s.shape[1])), f(s)])
    if setting.bias == "dropped":
        arrays |= {"W_bar": weights, "o_bar": f(s)}
    if setting.bias != "kept":
        arrays["slope"] = _slope(f, s)
    return arrays, lambda z: 0.5 * np.sum((weights @ f(z) + biases - aims) ** 2, axis=0)


def _moved(s: Array, row: int) -> Array:
    moved = s.astype(complex)
    moved[row] += 1j * _STEP
    return moved


def _slope(f: Callable[[Array], Array], x: Array) -> Array:
    """The derivative by a complex step, which loses no digits."""
    return np.asarray(np.imag(f(x + 1j * _STEP)) / _STEP)


def _numbers(rows: int, columns: int, phase: float) -> Array:
    """Numbers between -1 and 1 without a pattern, the same every time."""
    places = np.arange(1, rows * columns + 1)
    return np.asarray(np.cos(phase + 7.3 * places**1.5)).reshape(rows, columns)


def _laid(setting: Setting, name: str, array: Array) -> Array:
    """An array with one column per example, or one row per unit, as the setting has it."""
    if name in ("W", "W_next", "W_bar"):
        return array if setting.weights == "out x in" else array.T
    return array.T if setting.examples == "rows" else array


_FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(np.real(z) > 0, z, 0),
}
