"""Checking judgements about shapes on the arrays of a small net, without `solver.shapes`.

NumPy itself says what NumPy does; matrices that
refuse to be stretched say what linear algebra allows; derivatives of the net's loss, by complex
steps, say what delta is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from gen.problem import Option, Problem, Solution, Verification
from gen.topics.shapes.nets import PRIMES, Net, concrete, net
from gen.topics.shapes.settings import Setting
from gen.verification import ALLOWED, Mismatch
from solver import term as t
from solver.shapes import Shape, Size
from solver.term import Term

Array = NDArray[Any]
Numbers = Mapping[str, int]


class Undefined(ValueError):  # noqa: N818 - says what the expression is; nobody has erred
    """Linear algebra does not define this operation on matrices of these shapes."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix that NumPy's operations cannot stretch."""

    entries: Array

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any) -> Matrix:
        shapes = [a.entries.shape for a in inputs if isinstance(a, Matrix)]
        product = ufunc is np.matmul
        if (shapes[0][1] != shapes[1][0]) if product else len(set(shapes)) > 1:
            raise Undefined(f"{ufunc.__name__} of shapes {shapes}")
        return Matrix(ufunc(*(a.entries if isinstance(a, Matrix) else a for a in inputs)))

    def transpose(self, axes: None = None) -> Matrix:
        """The matrix with rows and columns exchanged, as `numpy.transpose` asks for it."""
        return Matrix(self.entries.T)


def numpy_result(term: Term, arrays: Mapping[Term, Array]) -> Array | None:
    """What NumPy makes of an expression; None where it raises an error."""
    try:
        return np.asarray(t.evaluate(term, arrays))
    except ValueError:
        return None


def strict_result(term: Term, matrices: Mapping[Term, Matrix]) -> Array | None:
    """What linear algebra makes of an expression; None where it is not defined."""
    try:
        result: Array = t.evaluate(term, matrices).entries
    except Undefined:
        return None
    return result


def check(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Judge every option again; `full` does so for three choices of numbers for the symbols.

    Raises Mismatch where the stated shape of an array or of delta is not that of a real net, where
    a judgement is not what NumPy or linear algebra says, and where delta's formula is wrong.
    """
    setting = cast(Setting, problem.words["setting"])
    options = solution.parts[0].options
    worst = 0.0
    for primes in PRIMES[: None if full else 1]:
        chosen, numbers = concrete(setting, primes)
        found = net(chosen)
        _check_statement(problem, found, numbers)
        _check_number_right(problem, options)
        worst = max(worst, *(_check_option(problem, each, found, numbers) for each in options))
    judged = len(options) * (len(PRIMES) if full else 1)
    return (
        Verification("NumPy", judged, 0.0),
        Verification("linear algebra, never stretched", judged, 0.0),
        Verification("complex step", judged, worst),
    )


def _check_statement(problem: Problem, found: Net, numbers: Numbers) -> None:
    """What the stem states: the shapes of the arrays and of delta."""
    stated = cast(Mapping[str, Shape], problem.words["shapes"])
    for name, shape in stated.items():
        _same_shape(f"the array {name}", shape, found.arrays[name], numbers)
    _same_shape("delta", cast(Shape, problem.words["shape"]), found.delta, numbers)
    truth = cast(Term, problem.words["truth"])
    if not _is_delta(t.evaluate(truth, found.leaves), found):
        raise Mismatch(f"{truth} is not delta, by complex steps")


def _check_number_right(problem: Problem, options: tuple[Option, ...]) -> None:
    right, form = sum(option.right for option in options), problem.parts[0].form
    allowed = right == 1 if form == "choice" else 0 < right < len(options)
    if not allowed:
        raise Mismatch(f"{right} of {len(options)} options are right, in a {form} part")


def _check_option(problem: Problem, option: Option, found: Net, numbers: Numbers) -> float:
    """Check everything that is said of an option; the deviation from delta if it is delta."""
    assert option.candidate is not None
    term, verdict = option.candidate.expression, option.candidate.verdict
    by_numpy = numpy_result(term, found.leaves)
    strict = strict_result(term, {leaf: Matrix(array) for leaf, array in found.leaves.items()})
    _same_shape(f"{term} in NumPy", verdict.numpy_shape, by_numpy, numbers)
    _same_shape(f"{term} in linear algebra", verdict.shape, strict, numbers)
    fits = strict is not None and strict.shape == found.delta.shape
    if option.right != fits:
        raise Mismatch(f"{term} {'has' if fits else 'does not have'} the shape of delta")
    noted = cast(Mapping[Term, Any], problem.words["notes"])[term].is_delta
    if noted != (fits and _is_delta(strict, found)):
        raise Mismatch(f"{term} is {'not ' if noted else ''}delta, by complex steps")
    return float(np.max(np.abs(strict - found.delta))) if noted and strict is not None else 0.0


def _same_shape(what: str, stated: Shape | None, found: Array | None, numbers: Numbers) -> None:
    claimed = None if stated is None else tuple(_number(size, numbers) for size in stated)
    actual = None if found is None else found.shape
    if claimed != actual:
        raise Mismatch(f"{what} has the shape {actual}, not {claimed}")


def _number(size: int | Size, numbers: Numbers) -> int:
    return size if isinstance(size, int) else numbers[size.symbol] + size.plus


def _is_delta(values: Array | None, found: Net) -> bool:
    return values is not None and bool(np.all(np.abs(values - found.delta) <= ALLOWED))
