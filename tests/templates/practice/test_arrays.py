"""The arrays of the page, against results that are worked out by hand and against NumPy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from solver.functions import FUNCTIONS
from tests.judging import Judge


def array(value: Any) -> dict[str, Any]:
    found = np.asarray(value, dtype=float)
    return {"shape": list(found.shape), "data": found.ravel().tolist()}


A, B = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[1.0, -1.0], [0.0, 2.0], [3.0, 0.5]]


@pytest.mark.parametrize(
    ("operation", "arguments", "result"),
    [
        ("matmul", (A, B), [[10, 4.5], [22, 9]]),
        ("matmul", ([1, 2], A), [9, 12, 15]),
        ("matmul", (A, [1, 0, -1]), [-2, -2]),
        ("matmul", ([1, 2, 3], [4, 5, 6]), 32),
        ("transpose", (A,), [[1, 4], [2, 5], [3, 6]]),
        ("transpose", ([1, 2],), [1, 2]),
        ("add", (A, [[10], [20]]), [[11, 12, 13], [24, 25, 26]]),
        ("add", (A, [10, 20, 30]), [[11, 22, 33], [14, 25, 36]]),
        ("subtract", (1, A), [[0, -1, -2], [-3, -4, -5]]),
        ("power", ([2, 3], 2), [4, 9]),
        ("outer", ([1, 2], [3, 4, 5]), [[3, 4, 5], [6, 8, 10]]),
        ("diagonal", ([1, 2],), [[1, 0], [0, 2]]),
        ("diagonal", (A,), [1, 5]),
        ("adjugate", ([[1, 2], [3, 4]],), [[4, -2], [-3, 1]]),
        ("prepend_one", (A,), [[1, 1, 1], [1, 2, 3], [4, 5, 6]]),
        ("drop_first", (A,), [[4, 5, 6]]),
        ("mean", (A,), 3.5),
        ("relu", ([-1, 0, 2],), [0, 0, 2]),
        ("step", ([-1, 0, 2],), [0, 0, 1]),
        ("sign", ([-3, 0, 2],), [-1, 0, 1]),
        ("absolute", ([-3, 0, 2],), [3, 0, 2]),
        ("at_least", ([1, 2, 3], 2), [0, 1, 1]),
        ("maximum", ([1, 5], [3, 2]), [3, 5]),
        ("minimum", ([1, 5], [3, 2]), [1, 2]),
        ("xlogy", ([0, 2], [0, 1]), [0, 0]),
        ("ratio", ([0, 2], [0, 4]), [0, 0.5]),
        ("softmax", ([0, math.log(3)],), [0.25, 0.75]),
        ("log_softmax", ([1000, 1000],), [-math.log(2)] * 2),
        ("sigmoid", ([0, math.log(3), -800],), [0.5, 0.75, 0]),
        ("softplus", ([0, 1000, -1000],), [math.log(2), 1000, 0]),
        ("log_sigmoid", ([-1000, 0],), [-1000, -math.log(2)]),
        ("log_one_minus_sigmoid", ([1000, 0],), [-1000, -math.log(2)]),
    ],
)
def test_operations_by_hand(judge: Judge, operation: str, arguments: Any, result: Any):
    found = judge.call(f"arrays.operations.{operation}", *map(array, arguments))
    expected = array(result)
    assert found["shape"] == expected["shape"]
    assert found["data"] == pytest.approx(expected["data"], rel=1e-14, abs=1e-300)


@pytest.mark.parametrize(
    ("operation", "settings", "result"),
    [
        ("sum", (), 21),
        ("sum", (None, False), 21),
        ("sum", (0, False), [5, 7, 9]),
        ("sum", (1, True), [[6], [15]]),
        ("sum", (-1, False), [6, 15]),
        ("sum", (None, True), [[21]]),
        ("entry", ([1, 2],), 6),
        ("leaky_relu", (0.1,), A),
        ("elu", (0.1,), A),
    ],
)
def test_operations_with_settings(judge: Judge, operation: str, settings: Any, result: Any):
    found = judge.call(f"arrays.operations.{operation}", array(A), *settings)
    assert found == array(result)


def test_a_copy_along_an_axis_and_a_place_in_zeros(judge: Judge):
    operations = "arrays.operations"
    assert judge.call(f"{operations}.spread", array([1, 2]), [2, 3], 1) == array(
        [[1, 1, 1], [2, 2, 2]]
    )
    assert judge.call(f"{operations}.spread", array([1, 2]), [3, 2], 0) == array([[1, 2]] * 3)
    assert judge.call(f"{operations}.spread", array(5), [2, 2]) == array([[5, 5], [5, 5]])
    assert judge.call(f"{operations}.place", array(5), [2, 2], [1, 0]) == array([[0, 0], [5, 0]])


def test_every_operation_that_a_formula_can_have_is_there(judge: Judge):
    found = judge.page.evaluate("Object.keys(Judge.arrays.operations).sort()")
    assert found == sorted(FUNCTIONS)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
@pytest.mark.parametrize(
    "name",
    [
        "exp",
        "log",
        "sqrt",
        "sin",
        "cos",
        "tanh",
        "negative",
        "sigmoid",
        "softplus",
        "relu",
        "step",
        "sign",
        "absolute",
        "softmax",
        "log_softmax",
        "log_sigmoid",
        "log_one_minus_sigmoid",
        "mean",
        "sum",
    ],
)
def test_functions_agree_with_numpy(judge: Judge, name: str, shape: tuple[int, ...]):
    values = np.linspace(-2.3, 4.1, max(1, math.prod(shape))).reshape(shape)
    values = np.abs(values) if name in ("log", "sqrt") else values
    found = judge.call(f"arrays.operations.{name}", array(values))
    expected = array(FUNCTIONS[name](values))
    assert found["shape"] == expected["shape"]
    assert found["data"] == pytest.approx(expected["data"], rel=1e-14)
