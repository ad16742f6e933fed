"""Answers and options as inline text: what the key's table and the lettered lists print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

import numpy as np

from gen.exact_numbers import is_exact as are_exact
from gen.presentation.context import Context
from gen.problem import (
    Answer,
    Ask,
    Entry,
    Option,
    Part,
    PartSolution,
    Value,
    Written,
    Wrong,
    WrongEntries,
)
from solver.rounding import is_exact, round_half_up
from solver.steps import entry as step_entry
from solver.term import Term
from templates import numerals
from templates.context import in_words
from templates.document import Inline, Math, Strong, Text
from templates.explain import read, result

MOST_DIAGNOSES = 5


def letters(count: int) -> tuple[str, ...]:
    """The first `count` capital letters."""
    return tuple(ascii_uppercase[:count])


def answer_text(part: Part, solved: PartSolution, context: Context) -> tuple[Inline, ...]:
    """The answer to a part: letters of options, or each quantity with its value and tolerance."""
    if part.form == "true_false":
        return (Strong((Text("True" if part.claims[0].true else "False"),)),)
    if solved.options:
        right = [
            x for x, o in zip(letters(len(solved.options)), solved.options, strict=True) if o.right
        ]
        return (Strong((Text(in_words(right)),)),)
    if solved.written is not None:
        pairs = zip(part.asks, solved.written.entries, strict=True)
        return tuple(_joined([Math(_stated(ask, entry, context)) for ask, entry in pairs]))
    assert solved.answer is not None
    return tuple(_joined(list(_values(part, solved.answer, context))))


def _stated(ask: Ask, entry: Entry, context: Context) -> str:
    sign = "=" if isinstance(entry, Term) else r"\colon\;"
    return f"{context.quantity(ask)} {sign} {entry_text(entry, context)}"


def entry_text(entry: Entry, context: Context) -> str:
    """A shape as `3 \\times 4`, or an expression, in LaTeX."""
    if isinstance(entry, Term):
        return context.term(entry)
    return r" \times ".join(f"({size})" if "+" in str(size) else str(size) for size in entry)


def _values(part: Part, answer: Answer, context: Context) -> Iterator[Math]:
    for ask, shown, tolerance in zip(part.asks, answer.shown, answer.tolerances, strict=True):
        number = _as_worked(ask, context) if part.places is None else context.value(shown)
        within = "" if are_exact(shown) or not tolerance else rf" \pm {context.value(tolerance)}"
        yield Math(f"{context.quantity(ask)} = {number}{within}")


def _as_worked(ask: Ask, context: Context) -> str:
    """An answer as the worked solution prints it: read off the step that computes it."""
    step = next(
        s
        for s in context.item.solution.steps
        if s.leaf == ask.leaf and s.index in (None, ask.index)
    )
    if step.index != ask.index and ask.index is not None:
        step = step_entry(step, ask.index)
    return result(read(step, context.symbols), context.symbols)


def _joined(entries: Sequence[Inline]) -> Iterator[Inline]:
    for position, inline in enumerate(entries):
        if position:
            yield Text(", ")
        yield inline


def option_text(option: Option, options: Sequence[Option], context: Context) -> tuple[Inline, ...]:
    """An option; all decimals of a list have as many places, so that none stands out."""
    if option.says is not None:
        return (Text("True" if option.says else "False"),)
    if option.claim is not None:
        return context.claim(option.claim)
    if option.candidate is not None:
        return (Math(context.term(option.candidate.expression)),)
    if option.entries:
        return (Math(_listed([entry_text(entry, context) for entry in option.entries])),)
    every = [value for each in options for value in each.values]
    if are_exact(every[0]):
        return (Math(_together([context.value(value) for value in option.values])),)
    places = _decimals(every, context.problem.places)
    return (Math(_together([context.value(value, places) for value in option.values])),)


def _together(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else r"\left[" + r",\; ".join(texts) + r"\right]"


def _listed(texts: Sequence[str]) -> str:
    """Shapes and expressions side by side, which brackets would turn into a matrix."""
    return r",\quad ".join(texts)


def _as_calculated(value: Value, context: Context) -> str:
    """A value whose entries are in full where rounding takes nothing away, else with its places."""
    if are_exact(value):
        return context.value(value)
    places = context.problem.places
    entries = ((x, round_half_up(x, places)) for x in np.ravel(value))
    texts = [numerals.number(r, None if is_exact(x, places) else places) for x, r in entries]
    return numerals.in_shape(texts, np.shape(value))


def _decimals(values: Sequence[Value], places: int) -> int:
    """The fewest decimals that show every number in full, at most `places`."""
    numbers = np.concatenate([np.ravel(value) for value in values])
    return next((p for p in range(places) if np.all(is_exact(numbers, p))), places)


def diagnoses(answer: Answer | Written, context: Context) -> list[tuple[Inline, ...]]:
    """The wrong answers that tell most, each with what leads to it."""
    return [
        (Math(_wrong(wrong, context)), Text(": "), *context.diagnosis(wrong.slip))
        for wrong in answer.wrong[:MOST_DIAGNOSES]
    ]


def _wrong(wrong: Wrong | WrongEntries, context: Context) -> str:
    if isinstance(wrong, WrongEntries):
        return _listed([entry_text(entry, context) for entry in wrong.entries])
    return _together([_as_calculated(value, context) for value in wrong.values])


def choice_diagnoses(options: Sequence[Option], context: Context) -> list[tuple[Inline, ...]]:
    """For every wrong option its letter and what leads to it."""
    return [
        (Strong((Text(f"{letter}."),)), Text(" "), *context.diagnosis(option.slip))
        for letter, option in zip(letters(len(options)), options, strict=True)
        if not option.right
    ]
