"""A practice sheet: questions with room to work, their answers and worked solutions at the end.

The pages are those of a quiz. Unlike an exam, a practice sheet prints what it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from gen.exact_solving import TOLERANCE
from gen.practice.deck import Deck, Skill
from gen.presentation.items import PAGES, answers, question, solution
from gen.problem import Item
from gen.quiz.files import on_pages
from gen.quiz.papers import ask_expressions, forms_of, have_numbers
from gen.vocabulary import Paper
from templates.document import (
    Block,
    Code,
    Document,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Table,
    Text,
    TitleBlock,
)
from templates.document import Item as ItemBlock
from templates.numerals import decimal
from templates.rendering import render

TITLE = "Backpropagation: practice"
SHEET = "practice/sheet.md.j2"

Numbered = tuple[int, Item]
Topics = Sequence[tuple[str, Sequence[tuple[Skill, Sequence[Numbered]]]]]


def make(deck: Deck, paper: Paper = "a4") -> bytes:
    """The sheet with all items of a deck as a PDF file.

    Raises `gen.quiz.files.PageError` when it cannot be set.
    """
    return on_pages(sheet(deck), paper, "the practice sheet")


def sheet(deck: Deck) -> Document:
    """The sheet as a document: contents, questions and solutions, topic by topic."""
    numbered = _numbered(deck)
    items = [item for _, skills in numbered for _, some in skills for _, item in some]
    blocks = (
        TitleBlock(TITLE, (f"Seed {deck.seed}",)),
        *render(SHEET, "opening", count=len(items), skills=len(deck.skills)),
        *_rules(deck, items),
        _contents(numbered),
        *_questions(deck, numbered),
        PageBreak(),
        Heading(1, (Text("Answers and worked solutions"),)),
        *_on_solutions(deck, items),
        *_solutions(numbered),
    )
    return Document(TITLE, blocks, TITLE)


def _numbered(deck: Deck) -> Topics:
    """The skills by topic, their items with the numbers of the questions."""
    numbers = count(1)
    return [
        (topic, [(skill, [(next(numbers), item) for item in skill.items]) for skill in skills])
        for topic, skills in deck.by_topic()
    ]


def _rules(deck: Deck, items: Sequence[Item]) -> tuple[Block, ...]:
    return render(
        PAGES,
        "rules",
        places=items[0].problem.places,
        notation=deck.notation,
        exact=deck.arithmetic == "exact",
        numbers=have_numbers(items),
        forms=forms_of(items),
    )


def _contents(numbered: Topics) -> Table:
    header = tuple((Text(word),) for word in ("Topic", "Skill", "Questions"))
    rows = tuple(
        ((Text(_capital(topic) if place == 0 else ""),), (Text(skill.title),), (_span(items),))
        for topic, skills in numbered
        for place, (skill, items) in enumerate(skills)
    )
    return Table(header, rows)


def _span(items: Sequence[Numbered]) -> Text:
    first, last = items[0][0], items[-1][0]
    return Text(f"{first}" if first == last else f"{first} to {last}")


def _capital(topic: str) -> str:
    return topic[:1].upper() + topic[1:]


def _questions(deck: Deck, numbered: Topics) -> Iterator[Block]:
    for topic, skills in numbered:
        yield Heading(1, (Text(_capital(topic)),))
        for skill, items in skills:
            for number, item in items:
                heading = _heading(number, skill, f" ({item.difficulty})")
                yield ItemBlock(heading, (*question(item), Paragraph((Code(deck.name_of(item)),))))


def _solutions(numbered: Topics) -> Iterator[Block]:
    for _, skills in numbered:
        for skill, items in skills:
            for number, item in items:
                blocks = (*answers(item), *solution(item))
                yield ItemBlock(_heading(number, skill), blocks, breakable=True)


def _on_solutions(deck: Deck, items: Sequence[Item]) -> Iterator[Block]:
    facts = {
        "places": items[0].problem.places,
        "exact": deck.arithmetic == "exact",
        "tolerance": decimal(TOLERANCE),
    }
    if have_numbers(items):
        yield from render(PAGES, "key_answers", **facts)
        yield from render(PAGES, "key_solutions", **facts)
    if ask_expressions(items):
        yield from render(PAGES, "key_expressions")


def _heading(number: int, skill: Skill, more: str = "") -> tuple[Inline, ...]:
    return (Text(f"Question {number}: {skill.title}{more}"),)
