"""What is said in a session: how to answer, what an answer was, how a question ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

import numpy as np

from gen.grading.expressions import symbols
from gen.grading.grades import mistakes
from gen.practice.terminal.screen import words
from gen.practice.terminal.sitting import Judged, Sitting
from gen.presentation import items
from gen.presentation.answers import answer_text
from templates.context import in_words
from templates.document import Block, Inline, Math, Paragraph, Text
from templates.spelling import typed

_INDEX = re.compile(r"_[0-9][0-9,]*")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def part(sitting: Sitting, number: int) -> Iterator[Block]:
    """What a part asks for, and its options."""
    item, context = sitting.item, sitting.context
    yield from items.words(item, number, context, sitting.mark(number))
    asked, solved = item.problem.parts[number], item.solution.parts[number]
    if solved.options:
        yield from items.offered(asked, solved, context)


def how(sitting: Sitting, number: int) -> tuple[Block, ...]:
    """What to type as the answer to a part."""
    asked, solved = sitting.item.problem.parts[number], sitting.item.solution.parts[number]
    shown = solved.answer.shown if solved.answer else ()
    symbolic = asked.form == "symbolic"
    return words(
        "how",
        part=asked,
        quantities=sitting.context.quantities(asked),
        sizes=[_size(np.shape(value)) for value in shown],
        exact=sitting.item.problem.arithmetic == "exact",
        symbols=_kinds(map(typed, symbols(sitting.item).values())) if symbolic else [],
    )


def _kinds(spellings: Iterable[str]) -> list[str]:
    """The first symbol of each letter and layer, of which the others differ in the index."""
    kinds: dict[str, str] = {}
    for spelling in spellings:
        kinds.setdefault(_INDEX.sub("_", spelling), spelling)
    return list(kinds.values())


def _size(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns; a column of numbers is typed as a row."""
    rows, columns = (1, 1, *shape)[-2:]
    return (1, rows) if columns == 1 else (rows, columns)


def judgement(sitting: Sitting, number: int, judged: Judged) -> tuple[Block, ...]:
    """Whether an answer to a part is right, and which mistake a wrong one is."""
    grade = judged.grade
    if judged.right:
        given = in_words([f"({ascii_lowercase[part]})" for part in grade.given])
        return words("right", given=given)
    asked = (
        0
        if sitting.item.solution.parts[number].options
        else len(sitting.item.problem.parts[number].asks)
    )
    right = grade.earned / grade.worth * asked
    partly = grade.verdict == "partly"
    told = [*_inlines(words("wrong", partly=partly, right=right, asked=asked))]
    for mistake in mistakes(grade.slips):
        told += [Text(" "), *sitting.context.diagnosis(mistake)]
    return (Paragraph(tuple(told)), *judged.why)


def complaint(error: Exception) -> tuple[Block, ...]:
    """Why an answer cannot be read, as a sentence."""
    message = str(error)
    return (Paragraph((Text(f"{message[:1].upper()}{message[1:]}."),)),)


def hint(sitting: Sitting, number: int) -> tuple[Block, ...]:
    """The next hint to a part; the answer where there are no more, which gives the part up."""
    found = sitting.hint(number)
    if found is not None:
        first, *others = found
        label = words("hint", number=sitting.hints_used)
        if isinstance(first, Paragraph) and not _is_line(first):
            return (Paragraph((*_inlines(label), Text(" "), *first.content)), *others)
        return (*label, *found)
    sitting.given_up = True
    sitting.done.add(number)
    return (Paragraph((*_inlines(words("no_more_hints")), Text(" "), *_answer(sitting, number))),)


def _is_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with mathematics that may take several lines."""
    first = paragraph.content[0]
    return isinstance(first, Math) and first.large


def _answer(sitting: Sitting, number: int) -> tuple[Inline, ...]:
    asked, solved = sitting.item.problem.parts[number], sitting.item.solution.parts[number]
    return (*answer_text(asked, solved, sitting.context), Text("."))


def solution(sitting: Sitting) -> Iterator[Block]:
    """The answers and the worked solution."""
    for number in range(sitting.parts):
        mark = f"{sitting.mark(number)} " if sitting.mark(number) else ""
        yield Paragraph((Text(mark), *_answer(sitting, number)))
    yield from items.solution(sitting.item)


def wait(seconds: float) -> str:
    """A time until something is due, in its largest unit."""
    for name, length in _UNITS:
        count = round(seconds / length)
        if count:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "a moment"


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.content
