"""Expressions for delta as program text, and what becomes of each in a setting.

An expression is written over the names of `gen.topics.shapes.settings`, for example
`W_next.T @ delta_next * (1 - o)`: `@` is the matrix product, `*` the product entry by entry.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

import numpy as np

from gen.topics.shapes.grammar import expressions, leaf, truths
from gen.topics.shapes.settings import Setting, required, shapes
from gen.vocabulary import Difficulty
from solver import term as t
from solver.shapes import Shape, ShapeError, Verdict, broadcast, judge
from solver.term import Term

Kind = Literal["right", "other", "broadcast", "broken"]
KINDS: tuple[Kind, ...] = ("other", "broadcast", "broken")
"""Ways to be wrong: another shape, a shape in NumPy alone, no shape at all."""

_OPERATIONS = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.MatMult: np.matmul}


@cache
def expression(text: str) -> Term:
    """The term that program text stands for.

    Raises ValueError for anything but names, whole numbers, `.T` and the operations + - * @.
    """
    return _read(ast.parse(text, mode="eval").body, text)


def _read(node: ast.expr, text: str) -> Term:
    match node:
        case ast.Name(id=name):
            return leaf(name)
        case ast.Constant(value=int() as value):
            return t.number(value)
        case ast.Attribute(value=inner, attr="T"):
            return _read(inner, text).T
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            term: Term = _OPERATIONS[type(op)](_read(left, text), _read(right, text))
            return term
        case _:
            raise ValueError(f"{text!r} is not made of names, whole numbers, .T and + - * @ alone")


def stretched(error: ShapeError) -> Shape | None:
    """The shape that NumPy gives to an operation that linear algebra does not define, if any."""
    if error.op == "matmul":
        return None
    try:
        return broadcast(error.op, *error.shapes)
    except ShapeError:
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """Expressions that differ in the order of the factors of `*` alone; `width` is how long."""

    texts: tuple[str, ...]
    kind: Kind
    width: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Every expression of a setting that may be offered: those of the right shape, and others.

    The wrong ones stand in order of width, and `widths` has these widths.
    """

    right: tuple[Group, ...]
    wrong: tuple[Group, ...]
    widths: tuple[int, ...]


def pool(setting: Setting, difficulty: Difficulty) -> Pool:
    """The expressions for a setting. Sizes count only as far as they are equal or different."""
    square = setting.units == setting.neighbour
    return _pool(_typical(setting, square), difficulty)


def _typical(setting: Setting, square: bool) -> Setting:
    return replace(setting, layer="l", units=5, neighbour=5 if square else 11, batch=17)


@lru_cache(maxsize=256)
def _pool(setting: Setting, difficulty: Difficulty) -> Pool:
    sizes, wanted = shapes(setting), required(setting)
    holds_one_by_one = _one_by_one_finder(sizes)
    groups = []
    for alike in dict.fromkeys(expressions(setting, difficulty)):
        kind = _kind(judge(alike[0], sizes), wanted)
        if kind is not None and not holds_one_by_one(alike[0]):
            groups.append(Group(tuple(map(t.plain, alike)), kind, width(alike[0])))
    right = tuple(group for group in groups if group.kind == "right")
    others = (group for group in groups if group.kind != "right")
    wrong = tuple(sorted(others, key=lambda group: group.width))
    return Pool(right, wrong, tuple(group.width for group in wrong))


def _kind(verdict: Verdict, wanted: Shape) -> Kind | None:
    """What an expression is as an option; None if NumPy gives it the right shape by accident."""
    if verdict.shape is not None:
        return "right" if verdict.shape == wanted else "other"
    if verdict.numpy_shape == wanted:
        return None
    return "broken" if verdict.numpy_shape is None else "broadcast"


def _one_by_one_finder(sizes: dict[str, Shape]) -> Callable[[Term], bool]:
    """Tells whether something is done to a 1 x 1 matrix, which many would take for a number."""

    @cache
    def is_one_by_one(term: Term) -> bool:
        return judge(term, sizes).shape == (1, 1)

    @cache
    def finds(term: Term) -> bool:
        if t.is_leaf(term) or term.op == "number":
            return False
        return any(is_one_by_one(argument) or finds(argument) for argument in term.args)

    return finds


def width(term: Term) -> int:
    """About how wide the printed expression is, in letters."""
    if t.is_leaf(term):
        return _WIDTHS.get(str(term.args[0]), 3)
    if term.op == "number":
        return 1
    inner = sum(width(argument) + 2 * _bracketed(term, argument) for argument in term.args)
    return inner + (1 if term.op == "transpose" else 3 * (term.op != "matmul"))


_WIDTHS = {"W_next": 4, "W_bar": 4, "slope": 5, "y": 1}


def _bracketed(outer: Term, inner: Term) -> bool:
    if outer.op in ("multiply", "matmul") and inner.op in ("add", "subtract"):
        return True
    return (outer.op, inner.op) == ("matmul", "multiply") or (
        outer.op == "transpose" and not t.is_leaf(inner)
    )


def is_delta(term: Term, setting: Setting) -> bool:
    """Whether the expression is delta itself, up to transposes and the order of factors of `*`."""
    return _normal(term) in map(_normal, truths(setting))


@lru_cache(maxsize=4096)
def _normal(term: Term) -> Term:
    return _sorted(_pushed(term, flip=False))


def _sorted(term: Term) -> Term:
    """The term with the factors of every product entry by entry side by side, in one order."""
    if t.is_leaf(term) or term.op == "number":
        return term
    if term.op == "multiply":
        factors = map(_sorted, _factors(term))
        return Term("multiply", tuple(sorted(factors, key=repr)))
    return Term(term.op, tuple(map(_sorted, term.args)))


def _factors(term: Term) -> Iterator[Term]:
    if term.op != "multiply":
        yield term
    else:
        for argument in term.args:
            yield from _factors(argument)


def _pushed(term: Term, flip: bool) -> Term:
    """The term, or its transpose if `flip`, with nothing but names transposed."""
    if term.op == "transpose":
        return _pushed(term.args[0], not flip)
    if t.is_leaf(term) or term.op == "number":
        return term.T if flip and term.op != "number" else term
    args = [_pushed(argument, flip) for argument in term.args]
    return Term(term.op, tuple(args[::-1] if flip and term.op == "matmul" else args))
