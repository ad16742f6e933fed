"""A practice sheet has questions with room, then every answer, and says what it is made from."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gen.family import find
from gen.practice.deck import Deck, make_deck, shortened
from gen.practice.paper import make, sheet
from gen.quiz.files import PageError
from templates.document import AnswerSpace, Block, Document, Item, PageBreak, Table
from templates.writers import text

FAMILIES = ("weight_gradient", "delta_shape", "concept_check", "symbolic_derivative")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return make_deck([find(name) for name in FAMILIES], 7, 6)


def items(blocks: Iterable[Block]) -> list[Item]:
    return [block for block in blocks if isinstance(block, Item)]


def heading(item: Item) -> str:
    return text.write(Document("", (item,))).split("(")[0].split("\n")[0].strip()


def test_each_question_has_its_solution_under_the_same_number_after_the_page_break(deck: Deck):
    blocks = sheet(shortened(deck, 2)).blocks
    (at,) = (place for place, block in enumerate(blocks) if isinstance(block, PageBreak))
    asked, solved = ([heading(item) for item in items(half)] for half in (blocks[:at], blocks[at:]))
    assert asked == solved
    assert [line.split(":")[0] for line in asked] == [f"Question {n}" for n in range(1, 25)]


def test_every_question_has_room_or_options_and_its_name_below(deck: Deck):
    short = shortened(deck)
    names = {short.name_of(item) for item in short.items}
    for question in items(sheet(short).blocks)[: len(names)]:
        assert any(isinstance(b, AnswerSpace) for b in question.blocks) or "choice" in str(question)
        names.remove(question.blocks[-1].content[0].text)
    assert not names


def test_contents_go_by_topic_and_count_the_questions(deck: Deck):
    table = next(block for block in sheet(shortened(deck)).blocks if isinstance(block, Table))
    rows = [tuple(cell[0].text for cell in row) for row in table.rows]
    assert [row[0] for row in rows] == ["Shapes", "Networks", "Computation graphs", "Concepts"]
    assert [row[2] for row in rows] == ["1 to 3", "4 to 6", "7 to 9", "10 to 12"]


def test_the_sheet_prints_its_seed_and_speaks_of_no_points(deck: Deck):
    words = text.write(sheet(shortened(deck)))
    assert "Seed 7" in words
    assert "point)" not in words
    assert "points)" not in words


def test_the_same_deck_gives_the_same_bytes_and_letter_is_another_paper(deck: Deck):
    short = shortened(make_deck([find("delta_shape")], 7, 3))
    first, again, letter = make(short), make(short), make(short, "letter")
    assert first == again
    assert b"595.2" in first
    assert b"612 792" in letter


def test_a_seed_that_is_wider_than_the_page_is_one_sentence():
    with pytest.raises(PageError, match="the practice sheet cannot be set"):
        make(make_deck([find("delta_shape")], 10**400, 1))
