"""Reading answers as students write them: numbers, matrices, shapes, letters, true and false.

Every reader raises InputError, with one sentence, for what it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from gen.errors import InputError
from gen.presentation.answers import letters
from gen.problem import Ask, Entry, Part, PartSolution, Problem
from solver.parsing import values
from solver.shapes import Shape, show

Numbers = NDArray[np.float64]

_SEMICOLON_INSIDE = re.compile(r"\[[^\]]*;")
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


class AnswerError(InputError):
    """An answer that cannot be read; the message says what was expected."""


def numbers(text: str, part: Part, solved: PartSolution) -> tuple[Numbers, ...]:
    """One array for each quantity that a part asks for; several are separated by semicolons.

    Arrays are written as `[[1, 2], [3, 4]]`; a vector may be a row or a column. Where one number is
    asked for, a comma may stand for the decimal point.
    """
    assert solved.answer is not None
    texts = parted(text, len(part.asks))
    return tuple(
        _array(each, np.shape(value))
        for each, value in zip(texts, solved.answer.values, strict=True)
    )


def cut(text: str) -> str:
    """The beginning of a text on one line, for a message."""
    return " ".join(text.split())[:60]


def parted(text: str, count: int) -> list[str]:
    """The answers in a text, with semicolons between. Raises AnswerError for another number."""
    texts = [each.strip() for each in text.split(";")]
    if len(texts) != count or not all(texts):
        wanted = "one answer" if count == 1 else f"{count} answers with semicolons between"
        # A column on one line is printed as [1; 2].
        wanted += ", and commas inside brackets" if _SEMICOLON_INSIDE.search(text) else ""
        raise AnswerError(f"expected {wanted}, not '{cut(text)}'")
    return texts


def _array(text: str, shape: tuple[int, ...]) -> Numbers:
    # A list of numbers has commas of its own.
    single = all(size == 1 for size in shape)
    found = np.asarray(values.value(_COMMA.sub(".", text) if single else text), dtype=float)
    if not np.all(np.isfinite(found)):
        raise AnswerError(f"'{cut(text)}' is not a finite number")
    if _long(found.shape) != _long(shape):
        wanted = f"an array of shape {show(shape)}" if _long(shape) else "one number"
        raise AnswerError(f"expected {wanted}, not '{cut(text)}'")
    return found.reshape(shape)


def _long(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape if size != 1)


def shapes(text: str, part: Part) -> tuple[Shape, ...]:
    """One shape, such as `3x4`, for each that a part asks for."""
    return tuple(map(values.shape, parted(text, len(part.asks))))


def spelled(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """Shapes as texts that are equal where the shapes are."""
    return tuple(values.spelled(cast(Shape, entry)) for entry in entries)


def ticks(text: str, solved: PartSolution) -> frozenset[int]:
    """The positions of the options whose letters are named, as in `A, C`."""
    known = letters(len(solved.options))
    named = re.findall(r"[^\s,;]+", text.upper())
    for letter in named:
        if letter not in known:
            raise AnswerError(
                f"there is no option '{letter[:20]}'; there are {known[0]} to {known[-1]}"
            )
    if not named:
        raise AnswerError("expected the letter of an option")
    return frozenset(map(known.index, named))


def verdict(text: str) -> bool:
    """True or false, or the first letter of it."""
    return values.truth(text)


def unsigned(problem: Problem, ask: Ask, array: Numbers) -> Numbers:
    """What a student writes of a gradient, as the graph has it: without a course's minus sign or
    transpose."""
    return np.asarray(problem.stated(ask, array), dtype=float)
