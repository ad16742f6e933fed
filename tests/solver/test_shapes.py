from __future__ import annotations

import pickle
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import shapes
from solver import term as t
from solver.shapes import ShapeError, Size, judge

M, N = Size("m"), Size("n")
sides = st.lists(st.integers(1, 3), max_size=3).map(tuple)


def numpy_shape(operation: Any, *extents: tuple[int, ...]) -> tuple[int, ...] | None:
    try:
        return tuple(operation(*map(np.ones, extents)).shape)
    except ValueError:
        return None


def ours(rule: Any, *arguments: Any) -> Any:
    try:
        return rule("op", *arguments)
    except ShapeError:
        return None


@given(sides, sides)
def test_broadcasting_is_that_of_numpy(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    assert ours(shapes.broadcast, a, b) == numpy_shape(np.add, a, b)


@given(st.lists(st.integers(1, 3), max_size=2), st.lists(st.integers(1, 3), max_size=2))
def test_a_matrix_product_is_that_of_numpy(a: list[int], b: list[int]) -> None:
    expected = numpy_shape(np.matmul, tuple(a), tuple(b))
    assert ours(shapes.matrix_product, tuple(a), tuple(b)) == expected


@given(sides.filter(bool), st.integers(-3, 3), st.booleans())
def test_a_sum_along_an_axis_is_that_of_numpy(
    a: tuple[int, ...], axis: int, keepdims: bool
) -> None:
    expected = numpy_shape(lambda x: np.sum(x, axis=axis, keepdims=keepdims), a)
    assert ours(shapes.reduced, a, axis, keepdims) == expected


@given(sides)
def test_a_transpose_is_that_of_numpy(a: tuple[int, ...]) -> None:
    assert shapes.transposed("transpose", a) == np.ones(a).T.shape


@pytest.mark.parametrize(
    ("extents", "expected"),
    [
        (((3, 1), (3, 1)), (3, 1)),
        (((), (3, 1), ()), (3, 1)),
        (((), ()), ()),
        (((3, 1), (1, 3)), None),
        (((3, 1), (3,)), None),
        (((3, 3), (3, 1)), None),
    ],
)
def test_elementwise_operations_of_linear_algebra_need_equal_shapes(
    extents: tuple[tuple[int, ...], ...], expected: tuple[int, ...] | None
) -> None:
    assert ours(shapes.same, *extents) == expected


def test_symbolic_sizes_agree_when_they_are_written_alike() -> None:
    assert shapes.matrix_product("@", (M, N), (Size("n"), 1)) == (M, 1)
    assert shapes.broadcast("+", (M, 1), (M, N)) == (M, N)
    with pytest.raises(ShapeError, match="inner sizes n and m do not agree"):
        shapes.matrix_product("@", (M, N), (M, 1))
    with pytest.raises(ShapeError, match="sizes n and 2 do not agree"):
        shapes.broadcast("+", (N,), (2,))


def test_a_one_on_top_makes_a_size_larger_by_one() -> None:
    assert shapes.with_one_on_top((2, 4)) == (3, 4)
    assert [str(size) for size in shapes.with_one_on_top((N, M))] == ["n+1", "m"]
    taller = shapes.with_one_on_top((N, 1))
    term = t.Term("drop_first", (t.name("x"),))
    assert shapes.shape_of(term, {"x": taller}) == (N, 1)


@pytest.mark.parametrize(
    ("shape", "spoken"),
    [((), "scalar"), ((3,), "3"), ((3, 1), "3x1"), ((Size("d", 1), N), "d+1xn")],
)
def test_shapes_are_spoken_of_with_an_x(shape: Any, spoken: str) -> None:
    assert shapes.show(shape) == spoken


def test_an_error_names_the_operation_both_shapes_and_the_reason() -> None:
    with pytest.raises(ShapeError) as caught:
        shapes.matrix_product("matmul", (2, 3), (4, 1))
    assert str(caught.value) == "matmul of 2x3 and 4x1: inner sizes 3 and 4 do not agree"
    assert (caught.value.op, caught.value.shapes) == ("matmul", ((2, 3), (4, 1)))


COLUMN, ROW, SQUARE = t.name("u"), t.name("v"), t.name("W")
EXTENTS = {"u": (3, 1), "v": (1, 3), "W": (3, 3)}


@pytest.mark.parametrize(
    ("term", "shape", "in_numpy"),
    [
        (SQUARE @ COLUMN, (3, 1), (3, 1)),
        (SQUARE.T @ COLUMN * COLUMN, (3, 1), (3, 1)),
        (COLUMN @ ROW, (3, 3), (3, 3)),
        (ROW @ COLUMN, (1, 1), (1, 1)),
        (COLUMN * ROW, None, (3, 3)),
        (SQUARE * COLUMN, None, (3, 3)),
        (COLUMN @ COLUMN, None, None),
        (2 * COLUMN - 1, (3, 1), (3, 1)),
        (np.tanh(COLUMN), (3, 1), (3, 1)),
        (COLUMN.sum(), (), ()),
        (SQUARE.sum(axis=0, keepdims=True), (1, 3), (1, 3)),
    ],
)
def test_an_expression_is_judged_by_linear_algebra_and_by_numpy(
    term: t.Term, shape: Any, in_numpy: Any
) -> None:
    verdict = shapes.judge(term, EXTENTS)
    arrays = {t.name(name): np.ones(extent) for name, extent in EXTENTS.items()}
    assert (verdict.shape, verdict.numpy_shape) == (shape, in_numpy)
    assert verdict.broadcasts is (shape is None and in_numpy is not None)
    assert (verdict.error is None) is (shape is not None)
    if in_numpy is not None:
        assert np.shape(t.evaluate(term, arrays)) == in_numpy


def test_the_innermost_operation_that_breaks_is_named() -> None:
    broken = COLUMN @ COLUMN
    verdict = shapes.judge(SQUARE @ (broken + ROW), EXTENTS)
    assert verdict.error is not None
    assert verdict.error.op == "matmul"
    assert verdict.error.shapes == ((3, 1), (3, 1))
    assert verdict.error.term == broken


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shapes.reduced("sum", (2,), 1), "sum of 2: there is no axis 1"),
        (lambda: shapes.picked("entry", (2, 3), (2, 0)), "there is no entry [2, 0]"),
        (lambda: shapes.picked("entry", (2, 3), (1,)), "there is no entry [1]"),
        (lambda: shapes.with_one_on_top((3,)), "only columns can be given a first entry"),
        (lambda: shapes.matrix_product("matmul", (), (2,)), "a matrix product needs two arrays"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(call: Any, message: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(message)):
        call()


def test_an_error_is_the_same_after_it_was_sent_to_another_process() -> None:
    product = t.name("a") @ t.name("b")
    error = judge(product, {"a": (2, 3), "b": (2, 3)}).error
    assert error is not None
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.op, again.shapes) == (str(error), "matmul", ((2, 3), (2, 3)))
    assert again.term == product
