"""A deck for Anki: notes that stay themselves, formulas and figures that every client shows."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from gen.family import find
from gen.practice import anki
from gen.practice.deck import Deck, make_deck
from templates.notation import load

FAMILIES = ("weight_gradient", "delta_shape", "concept_check")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return make_deck([find(name) for name in FAMILIES], 7, 3)


@pytest.fixture(scope="module")
def package(deck: Deck) -> bytes:
    return anki.make(deck)


def rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    with ZipFile(BytesIO(package)) as archive, closing(sqlite3.connect(":memory:")) as found:
        found.deserialize(archive.read("collection.anki2"))
        return found.execute(query).fetchall()


def notes(package: bytes) -> dict[str, tuple[str, str, str]]:
    """Question, answer and solution by the name of the item."""
    split = (flds.split("\x1f") for (flds,) in rows(package, "select flds from notes"))
    return {name: (question, answer, solution) for name, question, answer, solution in split}


def collection(package: bytes, what: str) -> Mapping[str, Any]:
    ((text,),) = rows(package, f"select {what} from col")
    found: Mapping[str, Any] = json.loads(text)
    return found


def test_there_is_a_note_and_a_card_for_each_item(deck: Deck, package: bytes):
    assert set(notes(package)) == {deck.name_of(item) for item in deck.items}
    assert rows(package, "select count(*) from cards") == [(9,)]


def test_each_topic_has_a_deck_below_that_of_all(package: bytes):
    names = {each["name"] for each in collection(package, "decks").values()}
    assert {f"Backpropagation::{topic}" for topic in ("shapes", "networks", "concepts")} <= names


def test_a_note_keeps_its_name_for_anki_whatever_else_is_in_the_deck(package: bytes):
    query = "select flds, guid from notes"
    known = {flds.split("\x1f")[0]: guid for flds, guid in rows(package, query)}
    alone = rows(anki.make(make_deck([find("weight_gradient")], 7, 5)), query)
    common = [(flds.split("\x1f")[0], guid) for flds, guid in alone]
    assert sum(known.get(name) == guid for name, guid in common) == 3
    assert len({guid for _, guid in common} | set(known.values())) == 9 + 2


def test_another_notation_makes_other_notes(deck: Deck, package: bytes):
    other = make_deck([find("weight_gradient")], 7, 3, notation=load("cmu-gormley"))
    guids = [set(rows(each, "select guid from notes")) for each in (package, anki.make(other))]
    assert not guids[0] & guids[1]


def test_the_same_deck_gives_the_same_bytes(deck: Deck, package: bytes):
    assert anki.make(deck) == package


def test_a_later_version_of_the_program_makes_later_notes(
    deck: Deck, package: bytes, monkeypatch: pytest.MonkeyPatch
):
    times = []
    for version in ("0.1.0", "0.1.1", "0.2.0", "1.0.0rc1"):
        monkeypatch.setattr(anki, "__version__", version)
        times += rows(anki.make(deck), "select distinct mod from notes")
    assert times == sorted(times)
    assert len(set(times)) == 4


def test_the_answer_is_behind_and_not_in_front(deck: Deck, package: bytes):
    item = next(each for each in deck.items if each.key.family == "concept_check")
    question, answer, _ = notes(package)[deck.name_of(item)]
    right = re.sub("<[^>]+>", "", answer).strip()
    assert right
    assert f"<strong>{right}</strong>" not in question


def test_fields_are_well_formed_and_hold_no_mathml_and_no_script(package: bytes):
    for sides in notes(package).values():
        for side in sides:
            ElementTree.fromstring(side)
            assert not re.search(r"<math|<script|\$", side)
    assert any(r"\(" in question for question, _, _ in notes(package).values())


def test_figures_are_in_the_text_and_in_the_colour_of_the_text(package: bytes):
    questions = [question for question, _, _ in notes(package).values() if "<svg" in question]
    assert questions
    assert all("currentColor" in each and "#000000" not in each for each in questions)


def test_colours_change_at_night_on_every_client(package: bytes):
    (kind,) = collection(package, "models").values()
    for name in (".card.nightMode", ".card.night_mode"):
        assert name in kind["css"]
    inks = set(re.findall(r"var\((--ink-\w+)", "".join(map("".join, notes(package).values()))))
    assert inks
    assert all(f"{ink}:" in kind["css"] for ink in inks)


def test_tags_say_topic_family_difficulty_and_lecture(deck: Deck, package: bytes):
    tags = rows(package, "select tags from notes where flds like 'weight_gradient%easy%'")
    family = find("weight_gradient").family
    assert set(tags[0][0].split()) == {
        "family::weight_gradient",
        "difficulty::easy",
        *(f"topic::{topic}" for topic in family.topics),
        *(f"lecture::{lecture}" for lecture in family.lectures),
    }


def test_anki_itself_takes_the_deck_once(package: bytes, deck: Deck, tmp_path: Path):
    pytest.importorskip("anki.collection", reason="the package anki is not installed")
    from anki.collection import Collection, ImportAnkiPackageRequest

    path = tmp_path / "deck.apkg"
    path.write_bytes(package)
    found = Collection(str(tmp_path / "collection.anki2"))
    logs = [
        found.import_anki_package(ImportAnkiPackageRequest(package_path=str(path))).log
        for _ in range(2)
    ]
    assert [(len(log.new), len(log.duplicate)) for log in logs] == [(9, 0), (0, 9)]
    assert found.note_count() == found.card_count() == 9
    found.close()
