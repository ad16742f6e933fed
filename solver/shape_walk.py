"""Walking through an expression: the shape of every part, and small changes that make it right.

Two readings stand side by side (`solver.shapes`). Linear algebra takes an array of one axis for a
column and keeps it one; a sum along the columns or rows of a matrix leaves a matrix with a single
row or column. NumPy knows arrays of one axis, and stretches axes of size 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from solver.program_text import program_text
from solver.shapes import (
    RULES,
    Shape,
    ShapeError,
    ShapeRule,
    Size,
    broadcast,
    matrix_product,
    operated,
    outer_product,
    reduced,
    same,
)
from solver.term import Term, is_leaf, rewrite

_NUMBERS: tuple[Shape, ...] = ((), (1, 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """Which shape a name has, and what each operation makes of shapes."""

    of_name: Callable[[Shape], Shape]
    elementwise: ShapeRule
    rules: Mapping[str, ShapeRule]


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one part of an expression in both readings.

    A shape is None where the part is not defined. The error is then set if it is this part's own
    operation that breaks, and None if something inside it does.
    """

    term: Term
    shape: Shape | None
    numpy_shape: Shape | None
    error: ShapeError | None = None
    numpy_error: ShapeError | None = None

    @property
    def text(self) -> str:
        """The part as program text."""
        return program_text(self.term)

    @property
    def agrees(self) -> bool:
        """Whether NumPy gives what linear algebra does; columns may lack their second axis."""
        if self.shape is None or self.numpy_shape is None:
            return self.shape is None and self.numpy_shape is None
        numbers = self.shape in _NUMBERS and self.numpy_shape in _NUMBERS
        return numbers or self.shape == as_column(self.numpy_shape)

    @property
    def takes_single_for_number(self) -> bool:
        """Whether it breaks only because a matrix with a single entry stands for a number."""
        return (
            self.error is not None
            and self.numpy_shape is not None
            and self.term.op not in LINEAR_ALGEBRA.rules
            and (1, 1) in self.error.shapes
        )


@dataclass(frozen=True, slots=True)
class Repair:
    """An expression that is defined, one small change away from one that is not."""

    term: Term
    shape: Shape

    @property
    def text(self) -> str:
        """The expression as program text."""
        return program_text(self.term)


def walk(term: Term, shapes: Mapping[str, Shape]) -> tuple[Part, ...]:
    """Every part of `term` that is an operation, innermost first and each once; `term` last.

    An expression that is a single name or number is its own only part. `shapes` has the shape of
    every name in the expression, with at most two axes.
    """
    found: dict[Term, Part] = {}
    _visit(term, shapes, found)
    operations = [part for part in found.values() if not _is_atom(part.term)]
    return tuple(operations) or (found[term],)


def _visit(term: Term, shapes: Mapping[str, Shape], found: dict[Term, Part]) -> Part:
    if term not in found:
        inner = [_visit(a, shapes, found) for a in term.args if isinstance(a, Term)]
        given = shapes[str(term.args[0])] if is_leaf(term) else ()
        shape, error = _read(term, given, [p.shape for p in inner], LINEAR_ALGEBRA)
        numpy_shape, numpy_error = _read(term, given, [p.numpy_shape for p in inner], NUMPY)
        found[term] = Part(term, shape, numpy_shape, error, numpy_error)
    return found[term]


def _read(
    term: Term, given: Shape, inner: list[Shape | None], reading: Reading
) -> tuple[Shape | None, ShapeError | None]:
    if _is_atom(term):
        return reading.of_name(given), None
    known = [shape for shape in inner if shape is not None]
    if len(known) < len(inner):
        return None, None
    try:
        return operated(term, known, reading.elementwise, reading.rules), None
    except ShapeError as error:
        return None, error


def _is_atom(term: Term) -> bool:
    return is_leaf(term) or term.op == "number"


def as_column(shape: Shape) -> Shape:
    """The shape as linear algebra reads it: an array of one axis is a column."""
    return (*shape, 1) if len(shape) == 1 else shape


def _summed(op: str, shape: Shape, axis: int | None = None, keepdims: bool = False) -> Shape:
    return reduced(op, shape, axis, keepdims=True)


def _column_entry(op: str, shape: Shape, index: tuple[int, ...]) -> Shape:
    """An entry: both numbers, or one number in a row or column."""
    if len(index) == 1 and len(shape) == 2 and 1 in shape:
        place = index[0]
        index = (place, 0) if shape[1] == 1 else (0, place)
    return _checked(op, shape, index, "an entry of a matrix needs the row and the column")


def _numpy_entry(op: str, shape: Shape, index: tuple[int, ...]) -> Shape:
    """NumPy takes a whole row where only the first number is given."""
    if len(index) > len(shape):
        raise ShapeError(op, (shape,), "there are more numbers in the index than axes")
    _checked(op, shape[: len(index)], index, "")
    return shape[len(index) :]


def _checked(op: str, shape: Shape, index: tuple[int, ...], uneven: str) -> Shape:
    if len(index) != len(shape):
        raise ShapeError(op, (shape,), uneven)
    for place, size in zip(index, shape, strict=True):
        if not isinstance(size, Size) and place >= size:
            raise ShapeError(op, (shape,), f"there is no entry {place + 1} among {size}")
    return ()


def _outer_of_vectors(op: str, left: Shape, right: Shape) -> Shape:
    if any(len(shape) == 2 and 1 not in shape for shape in (left, right)):
        raise ShapeError(op, (left, right), "an outer product is one of two vectors")
    return outer_product(op, left, right)


def _numpy_dot(op: str, left: Shape, right: Shape) -> Shape:
    """`numpy.dot`: a matrix product, or a multiple where one of the two is a number."""
    return matrix_product(op, left, right) if left and right else left + right


LINEAR_ALGEBRA = Reading(
    as_column,
    same,
    MappingProxyType(
        {
            **RULES,
            "sum": _summed,
            "mean": _summed,
            "entry": _column_entry,
            "outer": _outer_of_vectors,
        }
    ),
)
NUMPY = Reading(
    lambda shape: shape,
    broadcast,
    MappingProxyType({**RULES, "entry": _numpy_entry, "dot": _numpy_dot}),
)

Change = tuple[int, Term]
"""How far-fetched a change is, 0 the least, and the term that it leads to."""

_LARGEST, _LARGEST_FOR_TWO, _MOST = 60, 12, 3
"""Repairs are looked for in what has at most so many parts (two changes at once: so many), and at
most so many are given."""


def repairs(parts: tuple[Part, ...], shapes: Mapping[str, Shape]) -> tuple[Repair, ...]:
    """The likeliest small changes that make an expression defined in linear algebra.

    `parts` is what `walk` found. One change is made where the expression breaks, or inside: a
    transpose put in or taken away, else the factors of a matrix product swapped, else one kind of
    product taken for the other. Where none is enough, one of these and a transpose together.
    """
    whole, stop = parts[-1].term, next((part for part in parts if part.error is not None), None)
    if stop is None or stop.takes_single_for_number or len(parts) > _LARGEST:
        return ()
    found = _repaired(whole, stop.term, _changes(stop.term), shapes)
    if not found and len(parts) <= _LARGEST_FOR_TWO:
        found = _repaired(whole, stop.term, _two_changes(stop.term), shapes)
    return found


def _repaired(
    whole: Term, broken: Term, changes: Iterator[Change], shapes: Mapping[str, Shape]
) -> tuple[Repair, ...]:
    """Those of the least far-fetched changes that make `whole` defined, the shortest first."""
    found: dict[int, dict[str, Repair]] = {}
    for rank, changed in changes:
        term = _replaced(whole, broken, changed)
        shape = walk(term, shapes)[-1].shape
        if shape is not None:
            found.setdefault(rank, {}).setdefault(program_text(term), Repair(term, shape))
    likely = found[min(found)].values() if found else ()
    return tuple(sorted(likely, key=lambda repair: len(repair.text))[:_MOST])


def _replaced(whole: Term, old: Term, new: Term) -> Term:
    return rewrite(whole, lambda term: new if term == old else None)


def _changes(term: Term) -> Iterator[Change]:
    """The term with one thing changed, in its own operation or inside."""
    yield from _own_changes(term)
    if term.op == "transpose" and _is_atom(term.args[0]):
        return
    for position, argument in enumerate(term.args):
        if isinstance(argument, Term):
            for rank, changed in _changes(argument):
                args = (*term.args[:position], changed, *term.args[position + 1 :])
                yield rank, Term(term.op, args, term.shape)


def _own_changes(term: Term) -> Iterator[Change]:
    match term.op:
        case "name":
            yield 0, term.T
        case "transpose":
            yield 0, term.args[0]
        case "matmul":
            yield 1, Term("matmul", term.args[::-1])
            yield 2, Term("multiply", term.args)
        case "multiply":
            yield 2, Term("matmul", term.args)
    if term.op not in ("name", "number", "transpose"):
        yield 3, term.T


def _two_changes(term: Term) -> Iterator[Change]:
    for rank, changed in _changes(term):
        if rank in (1, 2):
            yield from ((rank, again) for more, again in _changes(changed) if more == 0)
