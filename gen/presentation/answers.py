"""Answers and options as inline text: what the key's table and the lettered lists print."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from string import ascii_uppercase
from typing import Any

import numpy as np

from gen.presentation.context import Context, in_words
from gen.problem import Answer, Ask, Option, Part, PartSolution, Value
from solver.rounding import is_exact, round_half_up
from solver.steps import entry
from templates.document import Inline, Math, Strong, Text
from templates.explain import result
from templates.markup import parse_inline
from templates.numerals import array

MOST_DIAGNOSES = 5
_TOO = {
    "sign_reversed": "sign_reversed_too",
    "order_swapped": "order_swapped_too",
    "rows_and_columns": "rows_and_columns_too",
}
"""What is said of a rearrangement that comes on top of another slip."""


def letters(count: int) -> tuple[str, ...]:
    """The first `count` capital letters."""
    return tuple(ascii_uppercase[:count])


def answer_text(part: Part, solved: PartSolution, context: Context) -> tuple[Inline, ...]:
    """The answer to a part: letters of options, or each quantity with its value and tolerance."""
    if solved.options:
        right = [
            x for x, o in zip(letters(len(solved.options)), solved.options, strict=True) if o.right
        ]
        return (Strong((Text(in_words(right)),)),)
    assert solved.answer is not None
    return tuple(_joined(list(_values(part, solved.answer, context))))


def _values(part: Part, answer: Answer, context: Context) -> Iterator[Math]:
    for ask, shown, tolerance in zip(part.asks, answer.shown, answer.tolerances, strict=True):
        number = _as_worked(ask, context) if part.places is None else array(shown)
        yield Math(rf"{context.quantity(ask)} = {number} \pm {array(tolerance)}")


def _as_worked(ask: Ask, context: Context) -> str:
    """An answer as the worked solution prints it: read off the step that computes it."""
    step = next(
        s
        for s in context.item.solution.steps
        if s.leaf == ask.leaf and s.index in (None, ask.index)
    )
    return result(step if step.index == ask.index or ask.index is None else entry(step, ask.index))


def _joined(entries: Sequence[Inline]) -> Iterator[Inline]:
    for position, inline in enumerate(entries):
        if position:
            yield Text(", ")
        yield inline


def option_text(option: Option, options: Sequence[Option], context: Context) -> tuple[Inline, ...]:
    """An option; all numbers of a list have as many decimals, so that none stands out."""
    if option.candidate is not None:
        return (Math(context.term(option.candidate.expression)),)
    every = [value for each in options for value in each.values]
    return (Math(values_text(option.values, _decimals(every, context.problem.places))),)


def values_text(values: Sequence[Value], places: int) -> str:
    """Numbers in LaTeX with `places` decimals; several together in square brackets."""
    return _together([array(value, places) for value in values])


def _together(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else r"\left[" + r",\; ".join(texts) + r"\right]"


def _as_calculated(value: Value, places: int) -> str:
    """A value with all its decimals where rounding takes nothing away, else with `places`."""
    exact = bool(np.all(is_exact(value, places)))
    return array(round_half_up(value, places), None if exact else places)


def _decimals(values: Sequence[Value], places: int) -> int:
    """The fewest decimals that show every number in full, at most `places`."""
    numbers = np.concatenate([np.ravel(value) for value in values])
    return next((p for p in range(places) if np.all(is_exact(numbers, p))), places)


def diagnosis(slip: str) -> tuple[Inline, ...]:
    """What the slip is, as sentences; of two slips together (joined by +), both."""
    first, *others = slip.split("+")
    names = (first, *(_TOO.get(name, name) for name in others))
    return parse_inline(" ".join(map(_sentence, names)))


def _sentence(name: str) -> str:
    known = _sentences()
    if name not in known:
        raise KeyError(f"templates/slips.toml has no sentence for the slip '{name}'")
    return str(known[name])


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(files("templates").joinpath("slips.toml").read_text(encoding="utf-8"))


def diagnoses(part: Part, answer: Answer, context: Context) -> list[tuple[Inline, ...]]:
    """The wrong answers that tell most, each with what leads to it."""
    found = []
    for wrong in answer.wrong[:MOST_DIAGNOSES]:
        numbers = [_as_calculated(value, context.problem.places) for value in wrong.values]
        found.append((Math(_together(numbers)), Text(": "), *diagnosis(wrong.slip)))
    return found


def choice_diagnoses(options: Sequence[Option], context: Context) -> list[tuple[Inline, ...]]:
    """For every wrong option its letter and what leads to it."""
    return [
        (Strong((Text(f"{letter}."),)), Text(" "), *diagnosis(option.slip))
        for letter, option in zip(letters(len(options)), options, strict=True)
        if not option.right
    ]
