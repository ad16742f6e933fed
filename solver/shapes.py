"""Shape rules: what linear algebra allows, and what NumPy would do where that differs.

A size is an integer or a symbol such as `n` or `d + 1` (`Size`); two sizes agree when they are
equal as written. Each rule takes the shapes of its arguments and returns the shape of the result
or raises `ShapeError`. `judge` walks a whole term under both readings.

Linear algebra here means: factors of an elementwise operation have equal shapes, or one of them
is a scalar; the inner sizes of a matrix product agree. NumPy also stretches axes of size 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from solver.term import Term


@dataclass(frozen=True, slots=True)
class Size:
    """A symbolic size, such as `n` or `d^{(l)} + 1`; never equal to an integer."""

    symbol: str
    plus: int = 0

    def __str__(self) -> str:
        return f"{self.symbol}+{self.plus}" if self.plus else self.symbol


Dimension = int | Size
Shape = tuple[Dimension, ...]


class ShapeError(ValueError):
    """Shapes that do not go together: the operation and the shapes that it was given.

    `term` is the subterm that broke, when a whole term was walked (`shape_of`).
    """

    term: Term | None = None

    def __init__(self, op: str, shapes: Sequence[Shape], why: str) -> None:
        self.op = op
        self.shapes = tuple(shapes)
        self.why = why
        super().__init__(f"{op} of {' and '.join(map(show, shapes))}: {why}")

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is otherwise made again from its message alone, in another process say.
        return type(self), (self.op, self.shapes, self.why), {"term": self.term}


def show(shape: Shape) -> str:
    """A shape as it is spoken of: `3x1`, or `scalar`."""
    return "x".join(map(str, shape)) if shape else "scalar"


ShapeRule = Callable[..., Shape]


def same(op: str, *shapes: Shape) -> Shape:
    """Elementwise, as linear algebra has it: equal shapes, or scalars beside one shape."""
    sized = [shape for shape in shapes if shape]
    if any(shape != sized[0] for shape in sized):
        raise ShapeError(op, shapes, "an elementwise operation needs equal shapes")
    return sized[0] if sized else ()


def broadcast(op: str, *shapes: Shape) -> Shape:
    """Elementwise, as NumPy has it: trailing axes are aligned and axes of size 1 stretched."""
    rank = max(map(len, shapes), default=0)
    padded = [(1,) * (rank - len(shape)) + shape for shape in shapes]
    return tuple(_stretched(op, shapes, sizes) for sizes in zip(*padded, strict=True))


def _stretched(op: str, shapes: Sequence[Shape], sizes: tuple[Dimension, ...]) -> Dimension:
    wide = {size for size in sizes if size != 1}
    if len(wide) > 1:
        listed = " and ".join(str(size) for size in dict.fromkeys(sizes) if size != 1)
        raise ShapeError(op, shapes, f"sizes {listed} do not agree")
    return wide.pop() if wide else 1


def matrix_product(op: str, left: Shape, right: Shape) -> Shape:
    """`left @ right`: the last axis of `left` meets the first of the last two of `right`."""
    if not left or not right:
        raise ShapeError(op, (left, right), "a matrix product needs two arrays")
    inner = right[-2] if len(right) > 1 else right[0]
    if left[-1] != inner:
        why = f"inner sizes {left[-1]} and {inner} do not agree"
        raise ShapeError(op, (left, right), why)
    return left[:-1] + (right[:-2] + right[-1:] if len(right) > 1 else ())


def transposed(op: str, shape: Shape) -> Shape:
    """The axes in reverse order."""
    return shape[::-1]


def reduced(op: str, shape: Shape, axis: int | None = None, keepdims: bool = False) -> Shape:
    """The shape after summing over `axis`, or over everything when it is None."""
    if axis is None:
        return ()
    if not -len(shape) <= axis < len(shape):
        raise ShapeError(op, (shape,), f"there is no axis {axis}")
    kept = (1,) if keepdims else ()
    position = axis % len(shape)
    return shape[:position] + kept + shape[position + 1 :]


def normalised(op: str, shape: Shape, axis: int | None = None) -> Shape:
    """The shape of shares of 1 along `axis`, or among all entries; there must be one at least."""
    reduced(op, shape, axis)
    if 0 in (shape if axis is None else (shape[axis],)):
        raise ShapeError(op, (shape,), "there are no entries among which to share 1")
    return shape


def averaged(op: str, shape: Shape) -> Shape:
    """The shape of the mean of all entries, of which there must be one at least."""
    if 0 in shape:
        raise ShapeError(op, (shape,), "there is no mean of no numbers")
    return ()


def picked(op: str, shape: Shape, index: tuple[int, ...]) -> Shape:
    """The shape of one entry, a scalar, counted from 0 along every axis."""
    inside = all(isinstance(n, Size) or 0 <= i < n for i, n in zip(index, shape, strict=False))
    if len(index) != len(shape) or not inside:
        raise ShapeError(op, (shape,), f"there is no entry {list(index)}")
    return ()


def with_one_on_top(shape: Shape) -> Shape:
    """The shape after a 1 is put on top of every column."""
    if len(shape) != 2:
        raise ShapeError("prepend_one", (shape,), "only columns can be given a first entry")
    rows = shape[0]
    taller = rows + 1 if isinstance(rows, int) else Size(rows.symbol, rows.plus + 1)
    return (taller, shape[1])


def two_by_two(op: str, shape: Shape) -> Shape:
    """The shape itself, which has to be that of a matrix with two rows and two columns."""
    if shape != (2, 2):
        raise ShapeError(op, (shape,), "only a 2 x 2 matrix will do")
    return shape


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an expression: `shape` in linear algebra, `numpy_shape` in NumPy.

    Either is None where the expression breaks; `error` then says where linear algebra stops.
    """

    shape: Shape | None
    numpy_shape: Shape | None
    error: ShapeError | None = None

    @property
    def broadcasts(self) -> bool:
        """Whether NumPy computes without a word what linear algebra does not define."""
        return self.shape is None and self.numpy_shape is not None


def judge(term: Term, shapes: Mapping[str, Shape]) -> Verdict:
    """The verdict on `term` when its names have the given shapes."""
    try:
        numpy_shape = shape_of(term, shapes, broadcast)
    except ShapeError:
        numpy_shape = None
    try:
        return Verdict(shape_of(term, shapes, same), numpy_shape)
    except ShapeError as error:
        return Verdict(None, numpy_shape, error)


def shape_of(term: Term, shapes: Mapping[str, Shape], elementwise: ShapeRule = same) -> Shape:
    """The shape of `term`, with `elementwise` deciding what elementwise operations allow.

    Raises ShapeError at the innermost operation that breaks, reading left to right.
    """
    if term.op == "number":
        return ()
    inner = [shape_of(a, shapes, elementwise) for a in term.args if isinstance(a, Term)]
    return operated(term, inner, elementwise) if inner else shapes[str(term.args[0])]


def operated(
    term: Term,
    inner: Sequence[Shape],
    elementwise: ShapeRule = same,
    rules: Mapping[str, ShapeRule] | None = None,
) -> Shape:
    """The shape of the operation that `term` is, given the shapes of its arguments.

    `rules` has the operations that are not elementwise (`RULES` by default). Raises ShapeError
    with the term, where the shapes do not go together.
    """
    own = (RULES if rules is None else rules).get(term.op)
    rule = own or elementwise
    takes_settings = term.op in _TAKES_SETTINGS
    settings = [a for a in term.args if not isinstance(a, Term)] if takes_settings else ()
    try:
        shape = rule(term.op, *inner, *settings)
    except ShapeError as error:
        error.term = term
        raise
    return () if own is None and term.op in TO_A_NUMBER else shape


def _spread(op: str, shape: Shape, wide: Shape, axis: int | None) -> Shape:
    return wide


def _placed(op: str, shape: Shape, wide: Shape, index: tuple[int, ...]) -> Shape:
    return wide


def outer_product(op: str, left: Shape, right: Shape) -> Shape:
    """A row for each entry of the left and a column for each of the right, as NumPy has it."""
    return (_entries(left), _entries(right))


def outer_of_vectors(op: str, left: Shape, right: Shape) -> Shape:
    """The same for two arrays of one axis, or two columns: what a gradient can be given back to."""
    vectors = all(shape[1:] in ((), (1,)) for shape in (left, right))
    if not vectors or not len(left) == len(right) > 0:
        raise ShapeError(op, (left, right), "an outer product needs two vectors, or two columns")
    return (left[0], right[0])


def diagonal(op: str, shape: Shape) -> Shape:
    """A square matrix of a vector, or the vector on the diagonal of a square matrix."""
    if len(shape) == 2 and shape[0] == shape[1]:
        return shape[:1]
    return diagonal_of_vector(op, shape)


def diagonal_of_vector(op: str, shape: Shape) -> Shape:
    """The shape of the square matrix that has a vector on its diagonal."""
    if len(shape) != 1:
        raise ShapeError(op, (shape,), "a diagonal is made of a vector")
    return (*shape, *shape)


def _entries(shape: Shape) -> Dimension:
    """The number of entries; `m*n` where it is a product of symbols."""
    wide = [size for size in shape if size != 1]
    if len(wide) == 1:
        return wide[0]
    if all(isinstance(size, int) for size in wide):
        return prod(size for size in wide if isinstance(size, int))
    return Size("*".join(f"({size})" if "+" in str(size) else str(size) for size in wide))


def _without_first(op: str, shape: Shape) -> Shape:
    rows = shape[0]
    return (rows - 1 if isinstance(rows, int) else Size(rows.symbol, rows.plus - 1), *shape[1:])


RULES: Mapping[str, ShapeRule] = {
    "matmul": matrix_product,
    "transpose": transposed,
    "sum": reduced,
    "mean": reduced,
    "entry": lambda op, shape, index: (),
    "prepend_one": lambda op, shape: with_one_on_top(shape),
    "drop_first": _without_first,
    "adjugate": two_by_two,
    "outer": outer_product,
    "diagonal": diagonal,
    "spread": _spread,
    "place": _placed,
}
"""The operations that are not elementwise; `softmax` keeps its argument's shape and so is."""

TO_A_NUMBER = frozenset(
    {
        "dot",
        "squared_error",
        "half_squared_error",
        "binary_cross_entropy",
        "binary_cross_entropy_of_scores",
        "cross_entropy",
        "cross_entropy_of_scores",
    }
)
"""The operations that compare two arrays entry by entry and make one number of them."""

_TAKES_SETTINGS = frozenset({"sum", "mean", "entry", "spread", "place"})
