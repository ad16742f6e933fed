from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import term as t
from solver.shape_walk import Part, repairs, walk
from solver.shapes import Shape, Size
from solver.term import Term

W2, D2, O1, X = (t.name(name) for name in ("W2", "delta2", "o1", "x"))
GIVEN: dict[str, Shape] = {"W2": (3, 4), "delta2": (3, 1), "o1": (4, 1)}
M, N = Size("m"), Size("n")


def whole(term: Term, shapes: dict[str, Shape]) -> Part:
    return walk(term, shapes)[-1]


def test_every_part_is_visited_once_innermost_first() -> None:
    parts = walk(W2.T @ D2 * (1 - O1) * (1 - O1), GIVEN)
    assert [(part.text, part.shape, part.numpy_shape) for part in parts] == [
        ("W2.T", (4, 3), (4, 3)),
        ("W2.T @ delta2", (4, 1), (4, 1)),
        ("1 - o1", (4, 1), (4, 1)),
        ("W2.T @ delta2 * (1 - o1)", (4, 1), (4, 1)),
        ("W2.T @ delta2 * (1 - o1) * (1 - o1)", (4, 1), (4, 1)),
    ]


def test_a_single_name_is_its_own_part() -> None:
    assert [(part.text, part.shape) for part in walk(W2, GIVEN)] == [("W2", (3, 4))]


def test_the_part_that_breaks_has_the_error_and_those_around_it_have_none() -> None:
    parts = walk(W2 @ D2 @ W2, GIVEN)
    assert [part.text for part in parts if part.error is not None] == ["W2 @ delta2"]
    assert [(part.shape, part.numpy_shape) for part in parts] == [(None, None), (None, None)]


POLL = [
    (W2.T @ D2 * (1 - O1), (4, 1), (4, 1)),
    (W2.T @ D2 * (1 - O1.T), None, (4, 4)),
    (D2.T @ W2 * (1 - O1), None, (4, 4)),
    (D2.T @ W2 * (1 - O1.T), (1, 4), (1, 4)),
]


@pytest.mark.parametrize(("term", "shape", "in_numpy"), POLL)
def test_the_four_expressions_of_the_lecture_poll(
    term: Term, shape: Shape | None, in_numpy: Shape
) -> None:
    part = whole(term, GIVEN)
    assert (part.shape, part.numpy_shape) == (shape, in_numpy)


def test_symbolic_sizes_agree_when_they_are_written_alike() -> None:
    symbolic: dict[str, Shape] = {"W2": (M, N), "delta2": (M, 1), "o1": (N, 1)}
    assert whole(W2.T @ D2 * (1 - O1), symbolic).shape == (N, 1)
    assert whole(W2.T @ D2 * (1 - O1.T), symbolic).numpy_shape == (N, N)
    assert whole(W2 @ D2, symbolic).shape is None


VECTORS: list[tuple[Callable[..., Any], tuple[int, ...], Shape | None]] = [
    (lambda x: x @ x, (3,), None),
    (lambda x: x.T @ x, (3,), (1, 1)),
    (lambda x: x @ x.T, (3,), (3, 3)),
    (lambda x: x * (1 - x), (3,), (3, 1)),
    (lambda x: x.sum(), (3,), ()),
]


@pytest.mark.parametrize(("operation", "extent", "column"), VECTORS)
def test_one_axis_is_a_column_in_linear_algebra_and_stays_one_axis_in_numpy(
    operation: Callable[..., Any], extent: tuple[int, ...], column: Shape | None
) -> None:
    part = whole(operation(X), {"x": extent})
    assert part.shape == column
    assert part.numpy_shape == np.shape(operation(np.ones(extent)))


def test_a_column_and_one_axis_are_stretched_to_a_matrix_by_numpy_alone() -> None:
    parts = walk(D2 * X, {"delta2": (4, 1), "x": (4,)})
    assert (parts[-1].shape, parts[-1].numpy_shape) == ((4, 1), (4, 4))
    assert not parts[-1].agrees


@pytest.mark.parametrize(
    ("shape", "index", "expected", "in_numpy"),
    [
        ((3, 4), (1, 2), (), ()),
        ((3, 4), (1,), None, (4,)),
        ((3, 1), (2,), (), (1,)),
        ((3,), (2,), (), ()),
        ((3,), (3,), None, None),
        ((1, 3), (2,), (), None),
        ((3, 4), (1, 4), None, None),
    ],
)
def test_an_entry_needs_an_index_that_exists(
    shape: Shape, index: tuple[int, ...], expected: Shape | None, in_numpy: Shape | None
) -> None:
    part = whole(Term("entry", (X, index)), {"x": shape})
    assert (part.shape, part.numpy_shape) == (expected, in_numpy)


@pytest.mark.parametrize(
    ("op", "a", "b", "expected", "in_numpy"),
    [
        ("outer", (3, 1), (4, 1), (3, 4), (3, 4)),
        ("outer", (3,), (4,), (3, 4), (3, 4)),
        ("outer", (2, 3), (4, 1), None, (6, 4)),
        ("outer", (M, N), (2, 1), None, (Size("m*n"), 2)),
        ("dot", (3, 1), (3, 1), (), None),
        ("dot", (3,), (3,), (), ()),
        ("dot", (3, 1), (4, 1), None, None),
        ("squared_error", (3, 1), (3, 1), (), ()),
        ("squared_error", (3, 1), (1, 3), None, ()),
        ("maximum", (3, 1), (), (3, 1), (3, 1)),
    ],
)
def test_operations_on_two_vectors(
    op: str, a: Shape, b: Shape, expected: Shape | None, in_numpy: Shape | None
) -> None:
    part = whole(Term(op, (W2, O1)), {"W2": a, "o1": b})
    assert (part.shape, part.numpy_shape) == (expected, in_numpy)


names = st.sampled_from([t.name(name) for name in "abc"])
sides = st.sampled_from([1, 2, 3])
extents = st.one_of(st.just(()), st.tuples(sides), st.tuples(sides, sides))


def grown(children: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    operations = st.sampled_from(["add", "subtract", "multiply", "divide", "matmul"])
    return st.one_of(
        st.builds(lambda op, a, b: Term(op, (a, b)), operations, children, children),
        children.map(lambda inner: inner.T),
        children.map(lambda inner: Term("sum", (inner, None, False))),
        children.map(np.exp),
    )


@given(st.recursive(names, grown, max_leaves=8), st.tuples(extents, extents, extents))
def test_numpy_shapes_are_those_of_numpy(term: Term, shapes: tuple[Shape, ...]) -> None:
    given_shapes = dict(zip("abc", shapes, strict=True))
    arrays = {t.name(name): np.ones(shape) for name, shape in given_shapes.items()}
    part = whole(term, given_shapes)
    try:
        expected = np.shape(t.evaluate(term, arrays))
    except ValueError:
        expected = None
    assert part.numpy_shape == expected


@given(st.recursive(names, grown, max_leaves=8), st.tuples(extents, extents, extents))
def test_what_linear_algebra_allows_numpy_computes_for_matrices(
    term: Term, shapes: tuple[Shape, ...]
) -> None:
    given_shapes = {
        name: shape if len(shape) == 2 else () for name, shape in zip("abc", shapes, strict=True)
    }
    part = whole(term, given_shapes)
    if part.shape is not None:
        assert part.numpy_shape == part.shape


def fixes(term: Term, shapes: dict[str, Shape] | None = None) -> list[tuple[str, Shape]]:
    chosen = shapes or GIVEN
    return [(repair.text, repair.shape) for repair in repairs(walk(term, chosen), chosen)]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (W2 @ D2, [("W2.T @ delta2", (4, 1))]),
        (W2.T @ D2 * (1 - O1.T), [("W2.T @ delta2 * (1 - o1)", (4, 1))]),
        (D2.T @ W2 * (1 - O1), [("delta2.T @ W2 * (1 - o1.T)", (1, 4))]),
        (O1 @ W2, [("W2 @ o1", (3, 1))]),
        (O1 @ W2 @ X, [("W2 @ o1 @ x", (3, 2))]),
        (W2 * D2, [("W2.T @ delta2", (4, 1))]),
        (W2 * O1, [("W2 @ o1", (3, 1))]),
    ],
)
def test_the_smallest_change_that_makes_it_right_is_offered(
    term: Term, expected: list[tuple[str, Shape]]
) -> None:
    assert fixes(term, {**GIVEN, "x": (1, 2)})[:1] == expected


def test_several_equal_changes_are_offered_together() -> None:
    assert fixes(D2 @ D2) == [("delta2.T @ delta2", (1, 1)), ("delta2 @ delta2.T", (3, 3))]


def test_nothing_is_offered_where_nothing_is_wrong_or_no_small_change_helps() -> None:
    assert fixes(W2.T @ D2) == []
    assert fixes(W2 + t.name("x"), {**GIVEN, "x": (7, 7)}) == []


@given(st.recursive(names, grown, max_leaves=6), st.tuples(extents, extents, extents))
def test_every_repair_is_defined_and_has_the_shape_that_it_says(
    term: Term, shapes: tuple[Shape, ...]
) -> None:
    given_shapes = dict(zip("abc", shapes, strict=True))
    for repair in repairs(walk(term, given_shapes), given_shapes):
        assert whole(repair.term, given_shapes).shape == repair.shape
