"""Checking the shapes of derivatives: the array of all partial derivatives of a real function.

Columns are arrays of one axis here and numbers of none, and the functions are written out once more
in NumPy. A derivative has an index for every axis of the top and then of the bottom; how many it
needs, and how its two axes lie in a layout, is read off that array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gen.topics.shapes.derivatives import Layout, Pair

Array = NDArray[Any]
Point = Mapping[str, Array]

SIZES = (5, 3)
"""The numbers that m and n stand for."""

_STEP = 1e-30
_TEXTBOOK: Mapping[str, Callable[[Point], Any]] = {
    "square": lambda at: at["t"] * at["t"],
    "length": lambda at: np.dot(at["u"], at["u"]),
    "scaled length": lambda at: at["t"] * np.dot(at["v"], at["v"]),
    "bilinear": lambda at: np.dot(at["v"], np.dot(at["M"], at["u"])),
    "product": lambda at: np.dot(at["M"], at["u"]),
    "layer": lambda at: np.tanh(np.dot(at["M"], at["u"])),
    "turned product": lambda at: np.dot(at["v"], at["M"]),
    "scaled column": lambda at: at["t"] * at["v"],
    "scaled matrix": lambda at: at["t"] * at["M"],
    "outer product": lambda at: np.multiply.outer(at["v"], at["u"]),
}


@cache
def partials(pair: Pair) -> Array:
    """The array of all partial derivatives: the axes of the top, then those of the bottom."""
    function, bottom = pair
    m, n = SIZES
    point = {
        "t": np.array(0.7),
        "u": np.linspace(-1.0, 0.5, n),
        "v": np.linspace(0.3, 1.1, m),
        "M": np.linspace(-0.8, 0.9, m * n).reshape(m, n),
    }
    columns = [_moved(function, point, bottom, i) for i in np.ndindex(*point[bottom].shape)]
    top = columns[0].shape
    return np.moveaxis(np.array(columns), 0, -1).reshape(top + point[bottom].shape)


def _moved(function: str, point: Point, bottom: str, index: tuple[int, ...]) -> Array:
    """The derivative by one entry of the bottom, by a complex step."""
    array = point[bottom].astype(complex)
    array[index] += _STEP * 1j
    return np.asarray(np.imag(_TEXTBOOK[function]({**point, bottom: array})) / _STEP)


def laid_out(pair: Pair, layout: Layout) -> tuple[int, int]:
    """Rows and columns of the derivative in a layout; it must have at most two axes."""
    found = partials(pair)
    of_top = found.ndim - {"t": 0, "u": 1, "v": 1, "M": 2}[pair[1]]
    # As it lies in numerator layout: the top's axes go down first, the bottom's across first.
    if of_top == 0:
        rows, columns = np.atleast_2d(found).shape if found.ndim < 2 else found.T.shape
    else:
        rows, columns = (*found.shape, 1)[:2]
    return (rows, columns) if layout == "numerator" else (columns, rows)
