"""Contact sheets: one page with sample items of a family, questions and answers, to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gen.family import LoadedFamily
from gen.items import make
from gen.presentation.answers import answer_text
from gen.presentation.context import Context
from gen.presentation.items import letter_of, parts_of, question
from gen.problem import Item, Key
from gen.vocabulary import Arithmetic
from templates.document import AnswerSpace, Block, Document, Heading, Paragraph, Strong, Text
from templates.document import Item as ItemBlock
from templates.writers import pdf

MOST = 9
"""Pages that are made smaller and fill one sheet together."""


def sheet(loaded: LoadedFamily, seed: int, arithmetic: Arithmetic = "decimal") -> bytes:
    """One item of every difficulty and form, on one sheet of A4 as PDF."""
    family = loaded.family
    kinds = [(difficulty, form) for difficulty in family.difficulties for form in family.forms]
    items = (
        make(
            loaded,
            Key(family.name, family.version, seed, slot),
            difficulty,
            form,
            arithmetic=arithmetic,
        )
        for slot, (difficulty, form) in enumerate(kinds)
    )
    title = f"{family.name}: {family.summary}"
    blocks: list[Block] = [Heading(1, (Text(title),)), *map(_sample, items)]
    return pdf.write(Document(title, tuple(blocks)), on_one_sheet=MOST)


def _sample(item: Item) -> ItemBlock:
    heading = (Text(f"{item.difficulty}, {item.form}: seed {item.key.seed}"),)
    asked = (_close(block) for block in question(item))
    return ItemBlock(heading, (*asked, *_answers(item)), breakable=True)


def _close(block: Block) -> Block:
    """Room to work is left out; boxes stay, as they show what is to be written where."""
    return replace(block, lines=0) if isinstance(block, AnswerSpace) else block


def _answers(item: Item) -> Iterator[Block]:
    context = Context(item)
    for position, (part, solved) in enumerate(parts_of(item)):
        name = f"Answer {letter_of(item, position)}".strip()
        yield Paragraph(
            (Strong((Text(f"{name}:"),)), Text(" "), *answer_text(part, solved, context))
        )
