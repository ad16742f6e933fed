"""An independent account of the primitives, written from the textbook and sharing no rule.

Everything is computed entry by entry with the scalar functions of a module that is passed in:
`math` for a quick check, `mpmath.mp` for fifty digits, `sympy` for expressions. Nothing here
imports `solver.rules` or `solver.functions`, and nothing here differentiates: derivatives come from
central differences or from SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.graph import Graph

Entries = NDArray[Any]
Scalars = Any
"""A module with exp, log, sqrt, sin, cos and tanh for one number."""


def evaluate(graph: Graph, givens: Mapping[str, Any], scalars: Scalars) -> dict[str, Entries]:
    """Every node's value as an object array, by name."""
    operations = _operations(scalars)
    values = {name: _given(value) for name, value in {**graph.constants, **givens}.items()}
    for target, op, inputs, settings in _instructions(graph):
        arguments = [values[name] for name in inputs]
        values[target] = _entries(operations[op](*arguments, **settings))
    return values


@lru_cache(maxsize=1024)
def _instructions(graph: Graph) -> tuple[tuple[str, str, tuple[str, ...], dict[str, Any]], ...]:
    """The equations with their settings by name."""
    return tuple((e.target, e.op, e.inputs, dict(e.settings)) for e in graph.equations)


def _given(value: Any) -> Entries:
    """An object array, with Python floats in place of NumPy's: SymPy and mpmath ask for those."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.astype(object)
    array = _entries(value)
    return _each(_native)(array) if array.ndim else _entries(_native(array[()]))


def _native(x: Any) -> Any:
    return float(x) if isinstance(x, np.floating) else x


def _entries(value: Any) -> Entries:
    if isinstance(value, np.ndarray):
        return value
    single = np.empty((), object)
    single[()] = value
    return single


def _each(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` of single numbers applied to every entry, scalars alongside arrays."""

    def apply(*arrays: Any, **settings: Any) -> Any:
        return np.frompyfunc(partial(function, **settings), len(arrays), 1)(*arrays)

    return apply


def _row_by_column(a: Entries, b: Entries) -> Entries:
    columns = b.T.tolist()
    products = [[sum(map(mul, row, column)) for column in columns] for row in a.tolist()]
    return np.array(products, object)


def _matrix_product(a: Entries, b: Entries) -> Entries:
    left = a if a.ndim == 2 else a[None, :]
    right = b if b.ndim == 2 else b[:, None]
    product = _row_by_column(left, right)
    return product.reshape(a.shape[:-1] + b.shape[1:])


def _total(x: Entries, axis: int | None = None) -> Any:
    # Of a single number, what comes here is that number and no array.
    return sum(np.ravel(x).tolist()) if axis is None else np.add.reduce(x, axis=axis)


def _outer(a: Entries, b: Entries) -> Entries:
    return _row_by_column(a[:, None], b[None, :])


def _diagonal(x: Entries) -> Entries:
    result = np.full((len(x), len(x)), 0, object)
    for i, entry in enumerate(x):
        result[i, i] = entry
    return result


def _adjugate(x: Entries) -> Entries:
    """The transposed matrix of cofactors, of a 2 x 2 matrix."""
    cofactors = [[(-1) ** (i + j) * x[1 - i, 1 - j] for i in range(2)] for j in range(2)]
    return np.array(cofactors, object)


def _lines(x: Entries, axis: int | None) -> list[tuple[Any, ...]]:
    """The indices of `x` in groups: those that are normalised together."""
    if axis is None or x.ndim < 2:
        return [tuple(np.indices(x.shape))]
    return [
        (slice(None), k) if axis % x.ndim == 0 else (k, slice(None))
        for k in range(x.shape[1 - axis % 2])
    ]


def _normalised(exp: Callable[[Any], Any], x: Entries, axis: int | None) -> Entries:
    result = np.empty(x.shape, object)
    for where in _lines(x, axis):
        powers = [exp(entry) for entry in np.ravel(x[where])]
        whole = sum(powers)
        result[where] = np.array([p / whole for p in powers], object).reshape(np.shape(x[where]))
    return result


@cache
def _operations(m: Scalars) -> Mapping[str, Callable[..., Any]]:
    """The table: each primitive's textbook definition."""

    def softmax(x: Entries, axis: int | None = None) -> Entries:
        return _normalised(m.exp, x, axis)

    def log_of(probability: Any, weight: Any) -> Any:
        return weight * m.log(probability) if weight != 0 else 0

    def log_loss(p: Entries, t: Entries) -> Any:
        return -_total(_each(log_of)(p, t))

    def binary_log_loss(p: Entries, t: Entries) -> Any:
        return log_loss(p, t) + log_loss(1 - p, 1 - t)

    sigmoid = _each(lambda z: 1 / (1 + m.exp(-z)))
    return {
        "add": lambda a, b: a + b,
        "subtract": lambda a, b: a - b,
        "multiply": lambda a, b: a * b,
        "divide": lambda a, b: a / b,
        "negative": lambda x: -x,
        "general_power": _each(lambda base, exponent: base**exponent),
        "power": _each(lambda x, exponent: x**exponent),
        "maximum": _each(lambda a, b: a if a >= b else b),
        "minimum": _each(lambda a, b: a if a <= b else b),
        "at_least": _each(lambda a, b: 1 if a >= b else 0),
        "exp": _each(m.exp),
        "log": _each(m.log),
        "sqrt": _each(m.sqrt),
        "sin": _each(m.sin),
        "cos": _each(m.cos),
        "tanh": _each(m.tanh),
        "sigmoid": sigmoid,
        "relu": _each(lambda z: z if z > 0 else 0 * z),
        "leaky_relu": _each(lambda z, alpha: z if z > 0 else alpha * z),
        "elu": _each(lambda z, alpha: z if z > 0 else alpha * (m.exp(z) - 1)),
        "softplus": _each(lambda z: m.log(1 + m.exp(z))),
        "absolute": _each(abs),
        "matmul": _matrix_product,
        "dot": lambda a, b: _total(a * b),
        "transpose": lambda x: x.T,
        "prepend_one": lambda x: np.vstack([np.full((1, x.shape[1]), 1, object), x]),
        "adjugate": _adjugate,
        "outer": _outer,
        "diagonal": _diagonal,
        "sum": _total,
        "mean": lambda x: _total(x) / x.size,
        "entry": lambda x, index: x[index],
        "softmax": softmax,
        "log_softmax": lambda x, axis=None: _each(m.log)(softmax(x, axis)),
        "squared_error": lambda p, t: _total((p - t) * (p - t)),
        "half_squared_error": lambda p, t: _total((p - t) * (p - t)) / 2,
        "binary_cross_entropy": binary_log_loss,
        "binary_cross_entropy_of_scores": lambda s, t: binary_log_loss(sigmoid(s), t),
        "cross_entropy": log_loss,
        "cross_entropy_of_scores": lambda s, t, axis=None: log_loss(softmax(s, axis), t),
    }
