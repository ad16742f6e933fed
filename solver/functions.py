"""The vocabulary that rules are written in: NumPy's functions and the few that it lacks.

NumPy applies `exp` or `tanh` to any kind of number: to float64 and complex128 at once, to the
entries of an object array through their own methods, to a `Term` through the array protocol. The
functions here do the same for what NumPy has no name for. Each has a numerically safe form for
machine numbers and is recorded, or spelled out as in a textbook, for every other kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np

_LARGEST_EXPONENT = 709.0


def _is_machine(x: Any) -> bool:
    """Whether `x` holds machine numbers, for which the numerically safe forms are meant."""
    kind = type(x)
    if kind is np.ndarray:
        return not x.dtype.hasobject
    return kind in (np.float64, float, int, complex, np.complex128)


def _elementwise(name: str, numeric: Callable[..., Any]) -> Callable[..., Any]:
    """`numeric` for machine numbers; for others, the entry's own `record(name, ...)`."""

    def function(x: Any, *settings: Any) -> Any:
        if _is_machine(x):
            return numeric(x, *settings)
        if type(x) is np.ndarray:
            return np.frompyfunc(lambda e: function(e, *settings), 1, 1)(x)
        return x.record(name, *settings)

    function.__name__ = name
    return function


def _sigmoid(x: Any) -> Any:
    return np.reciprocal(1.0 + np.exp(np.minimum(-x, _LARGEST_EXPONENT)))


def _softplus(x: Any) -> Any:
    positive = np.maximum(x, 0.0)
    return positive + np.log1p(np.exp(x - 2.0 * positive))


def _step(x: Any, below: float = 0.0) -> Any:
    return np.where(np.real(x) > 0, 1.0, below)


def _sign(x: Any) -> Any:
    return np.sign(np.real(x))


def _leaky_relu(x: Any, alpha: float) -> Any:
    return np.where(np.real(x) > 0, x, alpha * x)


def _elu(x: Any, alpha: float) -> Any:
    return np.where(np.real(x) > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


sigmoid = _elementwise("sigmoid", _sigmoid)
softplus = _elementwise("softplus", _softplus)
relu = _elementwise("relu", lambda x: np.maximum(x, 0.0))
leaky_relu = _elementwise("leaky_relu", _leaky_relu)
elu = _elementwise("elu", _elu)
step = _elementwise("step", _step)
sign = _elementwise("sign", _sign)
absolute = _elementwise("absolute", lambda x: x * _sign(x))


def _pairwise(name: str, numeric: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A function of two arguments, lifted as `_elementwise` lifts those of one."""

    def function(a: Any, b: Any) -> Any:
        if _is_machine(a) and _is_machine(b):
            return numeric(a, b)
        if type(a) is np.ndarray or type(b) is np.ndarray:
            return np.frompyfunc(function, 2, 1)(a, b)
        return a.record(name, b) if hasattr(a, "record") else b.like(a).record(name, b)

    function.__name__ = name
    return function


maximum = _pairwise("maximum", np.maximum)
minimum = _pairwise("minimum", np.minimum)
at_least = _pairwise("at_least", lambda a, b: np.where(np.real(a) >= np.real(b), 1.0, 0.0))


def _shifted(x: Any, axis: int | None) -> Any:
    return x - np.max(np.real(x), axis=axis, keepdims=axis is not None)


def softmax(x: Any, axis: int | None = None) -> Any:
    """`exp(x_k) / sum_j exp(x_j)` along `axis`; machine numbers are shifted by their maximum."""
    if not _is_machine(x) and type(x) is not np.ndarray:
        return x.record("softmax", axis)
    powers = np.exp(_shifted(x, axis) if _is_machine(x) else x)
    return powers / np.sum(powers, axis=axis, keepdims=axis is not None)


def log_softmax(x: Any, axis: int | None = None) -> Any:
    """The logarithm of `softmax`, without forming it for machine numbers."""
    if not _is_machine(x):
        return np.log(softmax(x, axis))
    shifted = _shifted(x, axis)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=axis is not None))


def log_sigmoid(x: Any) -> Any:
    """The logarithm of `sigmoid`, without forming it for machine numbers."""
    return -_softplus(-x) if _is_machine(x) else np.log(sigmoid(x))


def log_one_minus_sigmoid(x: Any) -> Any:
    """The logarithm of `1 - sigmoid(x)`, without forming it for machine numbers."""
    return -_softplus(x) if _is_machine(x) else np.log(1 - sigmoid(x))


def xlogy(x: Any, y: Any) -> Any:
    """`x log y`, which is 0 where x is 0, whatever y; infinite where y alone is 0.

    Not a number where y is negative and x is not 0.
    """
    if not (_is_machine(x) and _is_machine(y)):
        return x * np.log(y)
    with np.errstate(divide="ignore", invalid="ignore"):
        return x * np.log(np.where(x == 0, 1.0, y))


def ratio(x: Any, y: Any) -> Any:
    """`x / y`, which is 0 where x is 0, whatever y; infinite where y alone is 0."""
    if not (_is_machine(x) and _is_machine(y)):
        return x / y
    with np.errstate(divide="ignore"):
        return x / np.where(x == 0, 1.0, y)


def log_loss_slope(p: Any, t: Any) -> Any:
    """`(p - t) / (p (1 - p))`: the derivative of the binary cross-entropy of `p` against `t`.

    Its limits where `p` is certain: 1 at p = t = 0, -1 at p = t = 1, infinite at a target missed.
    """
    if not (_is_machine(p) and _is_machine(t)):
        return (p - t) / (p * (1 - p))
    return ratio(1 - t, 1 - p) - ratio(t, p)


def total(x: Any) -> Any:
    """The sum of all entries of an array of any kind, or the number itself."""
    if type(x) is np.float64:
        return x
    # NumPy's own method takes half the time of `numpy.sum`, which comes to it in the end.
    return x.sum() if type(x) is np.ndarray else np.sum(x)


def count(x: Any) -> int:
    """The number of entries of an array of any kind."""
    return prod(x.shape)


def outer(a: Any, b: Any) -> Any:
    """The matrix of products `a_i b_j` of two vectors."""
    return np.outer(a, b) if isinstance(a, np.ndarray) else a.record("outer", b)


def diagonal(x: Any) -> Any:
    """The square matrix with the vector `x` on its diagonal; of a matrix, its diagonal."""
    return np.diag(x) if isinstance(x, np.ndarray) else x.record("diagonal")


def spread(g: Any, shape: tuple[int, ...], axis: int | None = None) -> Any:
    """`g` copied along the axis (or all axes) of `shape` that a sum had removed."""
    if shape == ():
        return g
    if hasattr(g, "record") and not isinstance(g, np.ndarray):
        return g.record("spread", shape, axis)
    return _copied(g, shape, axis)


def _copied(g: Any, shape: tuple[int, ...], axis: int | None = None) -> Any:
    return np.broadcast_to(g if axis is None else np.expand_dims(g, axis), shape)


def entry(x: Any, index: tuple[int, ...]) -> Any:
    """The entry of `x` at `index`, counted from 0."""
    return x[index] if isinstance(x, np.ndarray) else x.record("entry", index)


def place(g: Any, shape: tuple[int, ...], index: tuple[int, ...]) -> Any:
    """An array of zeros with `g` at `index`."""
    if not _is_machine(g) and hasattr(g, "record"):
        return g.record("place", shape, index)
    return _placed(g, shape, index)


def _placed(g: Any, shape: tuple[int, ...], index: tuple[int, ...]) -> Any:
    array = np.zeros(shape, np.asarray(g).dtype)
    array[index] = g
    return array


def prepend_one(x: Any) -> Any:
    """The columns of `x` with a 1 put on top of each: the input of a bias that is folded in."""
    if not isinstance(x, np.ndarray):
        return x.record("prepend_one")
    return np.concatenate([np.ones((1, x.shape[1])), x])


def drop_first(x: Any) -> Any:
    """The columns of `x` without their first entry."""
    return x[1:] if isinstance(x, np.ndarray) else x.record("drop_first")


def adjugate(x: Any) -> Any:
    """The 2 x 2 matrix that is the inverse of `x` once it is divided by its determinant."""
    if not isinstance(x, np.ndarray):
        return x.record("adjugate")
    result = -x
    result[0, 0], result[1, 1] = x[1, 1], x[0, 0]
    return result


def _sum(x: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return np.sum(x, axis=axis, keepdims=keepdims)


FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        **{
            f.__name__: f
            for f in (
                np.add,
                np.subtract,
                np.multiply,
                np.divide,
                np.negative,
                np.power,
                np.matmul,
                np.transpose,
                np.exp,
                np.log,
                np.sqrt,
                np.sin,
                np.cos,
                np.tanh,
                sigmoid,
                softplus,
                relu,
                leaky_relu,
                elu,
                step,
                sign,
                absolute,
                maximum,
                minimum,
                at_least,
                softmax,
                log_softmax,
                log_sigmoid,
                log_one_minus_sigmoid,
                xlogy,
                ratio,
                outer,
                diagonal,
                entry,
                prepend_one,
                drop_first,
                adjugate,
            )
        },
        "sum": _sum,
        "mean": np.mean,
        # A replay has entries, so it makes the array even where each entry is a term.
        "spread": _copied,
        "place": _placed,
    }
)
"""Every operation that a `Term` can record, by name, for replaying it."""
