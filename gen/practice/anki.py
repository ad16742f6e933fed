r"""A deck for Anki: a note for each item, the question in front, answer and solution behind.

Formulas are LaTeX between `\( \)` and `\[ \]`, which every Anki client shows with the MathJax that
it brings, and figures are drawings in the line, whose lines follow the night mode.

Numbers that name things stay the same. A note is known by the item's name and the notation, a deck
by its name, so a deck that is imported again changes the cards that are there, and the times at
which they are due stay. Anki takes over only what is newer, so the time of a change is made of the
program's version. The file depends on the deck, the version and SQLite's version alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gen import __version__
from gen.family import find
from gen.practice.deck import Deck
from gen.presentation.items import answers, question, solution
from gen.problem import Item
from templates.document import AnswerSpace, Block
from templates.writers import mathjax_formulas
from templates.writers.html import block_styles, fragment
from templates.writers.svg import Drawing

TITLE = "Backpropagation"
NOTE_TYPE = "backprep"
MODEL = 1_764_288_000
"""Names the type of the notes for good; Anki takes another number for another type."""
FIELDS = ("Name", "Question", "Answer", "Solution")
_FIRST_DAY, _MINUTE = 1_764_288_000, 60
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def make(deck: Deck) -> bytes:
    """The deck as the content of an `.apkg` file, with a deck of its own for each topic."""
    import genanki

    model = _model()
    decks, place = [], count()
    for topic, skills in deck.by_topic():
        name = f"{TITLE}::{topic}"
        own = genanki.Deck(_number(name), name)
        for skill in skills:
            for item in skill.items:
                own.add_note(_note(model, item, deck, next(place)))
        decks.append(own)
    return _packed(_database(genanki.Package(decks)))


def _model() -> Any:
    import genanki

    card = {"name": "Card", "qfmt": _text("card_front.html.j2"), "afmt": _text("card_back.html.j2")}
    return genanki.Model(
        MODEL,
        NOTE_TYPE,
        fields=[{"name": field} for field in FIELDS],
        templates=[card],
        css=block_styles() + _text("card.css"),
    )


def _note(model: Any, item: Item, deck: Deck, place: int) -> Any:
    import genanki

    name = deck.name_of(item)
    asked = (block for block in question(item) if not isinstance(block, AnswerSpace))
    sides = (asked, answers(item), solution(item))
    return genanki.Note(
        model,
        [name, *map(_html, sides)],
        tags=list(_tags(item)),
        guid=_digest(f"{name} {deck.notation.name}", 10).hex(),
        due=place,
    )


def _html(blocks: Iterable[Block]) -> str:
    return fragment(tuple(blocks), Drawing(set(), themed=True), mathjax_formulas)


def _tags(item: Item) -> Iterator[str]:
    """Tags in a tree: Anki lists what follows `::` below what stands before it."""
    family = find(item.key.family).family
    kinds = {"topic": family.topics, "lecture": family.lectures}
    kinds |= {"family": (family.name,), "difficulty": (item.difficulty,)}
    for kind, values in kinds.items():
        yield from (f"{kind}::{'_'.join(value.split())}" for value in values)


@cache
def _text(name: str) -> str:
    return (files("templates") / "practice" / name).read_text(encoding="utf-8")


def _digest(text: str, size: int) -> bytes:
    return blake2b(text.encode(), digest_size=size).digest()


def _number(name: str) -> int:
    """A number for a deck, in the range that genanki asks for."""
    return (1 << 30) + int.from_bytes(_digest(name, 4)) % (1 << 30)


def _time() -> int:
    """When everything was changed last, in seconds since 1970: later for a later version."""
    major, minor, patch = (int(part) for part in re.findall(r"\d+", __version__)[:3])
    return _FIRST_DAY + _MINUTE * (patch + 100 * (minor + 100 * major))


def _database(package: Any) -> bytes:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        time = _time()
        package.write_to_db(connection.cursor(), time, count(1000 * time))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _packed(database: bytes) -> bytes:
    """The database, and the list of media, which is empty, in an archive without dates."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in (("collection.anki2", database), ("media", b"{}")):
            archive.writestr(ZipInfo(name, _ZIP_DAY), content, ZIP_DEFLATED)
    return buffer.getvalue()
