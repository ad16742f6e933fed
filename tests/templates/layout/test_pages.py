from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from templates.document import (
    AnswerSpace,
    Block,
    Document,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Text,
)
from templates.layout.pages import Page, pages
from templates.layout.style import PAPERS

Reader = Callable[[Page], str]
Maker = Callable[[Sequence[str]], tuple[Block, ...]]
A4 = PAPERS["a4"]


def items(count: int, paragraphs: Maker, size: int = 12, breakable: bool = False) -> Document:
    texts = [f"line {number}" for number in range(size)]
    blocks = tuple(
        Item((Text(f"Question {number}."),), paragraphs(texts), breakable)
        for number in range(1, count + 1)
    )
    return Document("Quiz", blocks, "Version A")


def test_every_page_says_which_it_is_and_of_how_many(paragraphs: Maker, words: Reader) -> None:
    found = pages(items(12, paragraphs), A4)
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert words(page).endswith(f"Version APage {number} of {len(found)}")


def test_an_item_stands_on_one_page(paragraphs: Maker, words: Reader) -> None:
    for page in pages(items(12, paragraphs), A4):
        text = words(page)
        assert text.count("Question") == text.count("line 0") == text.count("line 11") > 0


def test_everything_is_within_the_margins(paragraphs: Maker) -> None:
    for page in pages(items(12, paragraphs), A4):
        body = page.parts[:-2]
        assert all(y + part.height <= A4.height - A4.margin + 0.01 for _, y, part in body)
        assert all(y - part.depth >= A4.margin - 0.01 for _, y, part in body)


def test_a_breakable_item_fills_its_page_and_goes_on(paragraphs: Maker, words: Reader) -> None:
    found = pages(items(1, paragraphs, size=120, breakable=True), A4)
    assert len(found) > 1
    assert words(found[0]).startswith("Question 1.")


def test_an_item_taller_than_a_page_is_an_error_that_names_it(paragraphs: Maker) -> None:
    with pytest.raises(ValueError, match=r"Question 1\. is \d+ points high and does not fit"):
        pages(items(1, paragraphs, size=120), A4)


def test_a_word_that_does_not_fit_names_its_item(paragraphs: Maker) -> None:
    wide = Item((Text("Question 7"),), paragraphs(["x" * 200]))
    with pytest.raises(ValueError, match=r"^Question 7: 'xxx"):
        pages(Document("Quiz", (wide,)), A4)


def test_a_heading_goes_with_its_item(paragraphs: Maker, words: Reader) -> None:
    document = items(4, paragraphs)
    blocks = tuple(part for item in document.blocks for part in (Heading(2, (Text("Part"),)), item))
    for page in pages(replace(document, blocks=blocks), A4):
        assert words(page).count("Part") == words(page).count("Question")


def test_page_breaks_end_a_page_and_make_no_empty_one(paragraphs: Maker, words: Reader) -> None:
    one, two = paragraphs(["one", "two"])
    blocks = (PageBreak(), one, PageBreak(), PageBreak(), two, PageBreak())
    found = pages(Document("Quiz", blocks), A4)
    assert [words(page) for page in found] == ["onePage 1 of 2", "twoPage 2 of 2"]


def test_a_document_without_blocks_is_one_page(words: Reader) -> None:
    assert [words(page) for page in pages(Document("Quiz", ()), A4)] == ["Page 1 of 1"]


def test_letter_paper_is_wider_and_shorter(paragraphs: Maker) -> None:
    letter = PAPERS["letter"]
    text = (Paragraph((Text("gradient " * 200),)),)
    on_a4, on_letter = (pages(Document("Quiz", text), paper)[0] for paper in (A4, letter))
    assert on_letter.parts[0][2].width - on_a4.parts[0][2].width == pytest.approx(16.724, abs=0.01)
    assert on_letter.parts[0][1] - on_a4.parts[0][1] == pytest.approx(-49.89, abs=0.01)


def test_the_sample_has_its_solutions_on_a_page_of_their_own(
    sample: Document, words: Reader
) -> None:
    paper, key = map(words, pages(sample, A4))
    assert "Question 2" in paper
    assert key.startswith("Solution 1")


def with_room(lines: Sequence[int]) -> Document:
    """Items that are nothing but room to work, of so many lines each."""
    heading = (Text("Question"),)
    return Document("Quiz", tuple(Item(heading, (AnswerSpace(lines=n),)) for n in lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((20, 20), 1),  # Both fit as they are.
        ((30, 30), 1),  # The second gives up a part of its room.
        ((40, 40), 2),  # It would have to give up too much.
    ],
)
def test_an_item_does_with_less_room_where_it_then_fits_on_the_page(
    lines: tuple[int, ...], expected: int
) -> None:
    assert len(pages(with_room(lines), PAPERS["a4"])) == expected
