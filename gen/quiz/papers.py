"""The paper and the key of one version of a quiz, as documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from gen.exact_solving import TOLERANCE
from gen.family import find
from gen.points import as_number, in_words, shares
from gen.presentation.answers import answer_text
from gen.presentation.context import Context
from gen.presentation.items import PAGES, letter_of, parts_of, question, solution
from gen.problem import Item
from gen.quiz.versions import QuizVersion
from gen.vocabulary import Form
from templates.document import (
    Block,
    Document,
    Heading,
    Inline,
    PageBreak,
    Table,
    Text,
    TitleBlock,
)
from templates.document import Item as ItemBlock
from templates.numerals import decimal
from templates.rendering import render


def paper(version: QuizVersion) -> Document:
    """The paper that students get. It says nothing from which the key could be made."""
    settings = version.settings
    instructions = render(
        PAGES,
        "instructions",
        count=len(version.items),
        points=sum(version.points),
        places=settings.places,
        notation=version.notation,
        exact=settings.arithmetic == "exact",
        numbers=have_numbers(version.items),
        forms=forms_of(version.items),
    )
    fields = ("Name", "Student ID") if settings.date else ("Name", "Student ID", "Date")
    items = [
        ItemBlock(_heading(number, points), tuple(question(item, points)))
        for number, item, points in _numbered(version)
    ]
    title = TitleBlock(settings.title, _lines(version), fields)
    return Document(settings.title, (title, *instructions, *items), _running(version))


def key(version: QuizVersion) -> Document:
    """The key: a page with every answer, then each item's worked solution."""
    settings = version.settings
    title = f"Key: {settings.title}"
    numbers = {
        "places": settings.places,
        "exact": settings.arithmetic == "exact",
        "tolerance": decimal(TOLERANCE),
    }
    on_answers, on_solutions = (
        render(PAGES, block, **numbers) if have_numbers(version.items) else ()
        for block in ("key_answers", "key_solutions")
    )
    blocks: list[Block] = [
        TitleBlock(title, (*_lines(version), f"Seed {settings.seed}")),
        *on_answers,
        *(render(PAGES, "key_expressions") if ask_expressions(version.items) else ()),
        _answer_table(version),
        PageBreak(),
        Heading(1, (Text("Worked solutions"),)),
        *on_solutions,
    ]
    for number, item, points in _numbered(version):
        heading = (*_heading(number, points), Text(f": {find(item.key.family).family.title}"))
        blocks.append(ItemBlock(heading, tuple(solution(item)), breakable=True))
    return Document(title, tuple(blocks), f"Key, {_running(version)}")


def _numbered(version: QuizVersion) -> Iterator[tuple[int, Item, int]]:
    """The items with their numbers on the paper and their points."""
    yield from zip(count(1), version.items, version.points, strict=False)


def have_numbers(items: Iterable[Item]) -> bool:
    """Whether any of the items is worked out in numbers."""
    return any(item.solution.steps for item in items)


def ask_expressions(items: Iterable[Item]) -> bool:
    """Whether any of the items asks for an answer in symbols."""
    return "symbolic" in forms_of(items)


def forms_of(items: Iterable[Item]) -> set[Form]:
    """The forms of all parts of the items."""
    return {part.form for item in items for part in item.problem.parts}


def _lines(version: QuizVersion) -> tuple[str, ...]:
    settings = version.settings
    mark = f"Version {version.mark}" if settings.versions > 1 else ""
    return tuple(text for text in (settings.course, settings.date, mark) if text)


def _running(version: QuizVersion) -> str:
    title = version.settings.title
    return f"{title}, version {version.mark}" if version.settings.versions > 1 else title


def _heading(number: int, points: int) -> tuple[Inline, ...]:
    return (Text(f"Question {number} ({in_words(points)})"),)


def _answer_table(version: QuizVersion) -> Table:
    """A row for each part, with its points."""
    rows = []
    for number, item, points in _numbered(version):
        worth = shares(points, item.problem.parts)
        for position, (part, solved) in enumerate(parts_of(item)):
            name = f"{number} {letter_of(item, position)}".strip()
            answer = answer_text(part, solved, Context(item))
            rows.append(((Text(name),), answer, (Text(as_number(worth[position])),)))
    header = ((Text("Question"),), (Text("Answer"),), (Text("Points"),))
    return Table(header, tuple(rows))
