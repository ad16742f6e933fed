"""The practice page: what is in the file."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode

import pytest

from gen.family import find
from gen.practice.deck import make_deck
from gen.practice.page import make

FAMILIES = ("softmax_values", "delta_shape", "weight_gradient")


@pytest.fixture(scope="module")
def text() -> str:
    return make(make_deck(map(find, FAMILIES), 7, 4)).decode()


def cards(text: str, name: str) -> list[dict]:
    packed = re.search(rf'id="cards-{name}">([^<]*)<', text)
    assert packed is not None
    return json.loads(zlib.decompress(b64decode(packed[1])))


def test_the_same_deck_gives_the_same_bytes():
    deck = make_deck([find("softmax_values")], 7, 2)
    assert make(deck) == make(deck)


def test_every_item_is_named_so_that_an_instructor_can_make_it_again(text: str):
    named = [card["name"] for name in FAMILIES for card in cards(text, name)]
    deck = make_deck(map(find, FAMILIES), 7, 4)
    assert named == [deck.name_of(item) for item in deck.items]
    assert "python -m gen show ITEM." in text


def test_a_notation_is_part_of_what_the_instructor_types():
    deck = make_deck([find("softmax_values")], 7, 1)
    assert b"gen show ITEM --notation cmu-gormley" in make(deck, notation="cmu-gormley")


def test_the_page_names_no_address_on_a_network(text: str):
    allowed = ("http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML")
    found = set(re.findall(r"https?://[^\s\"'<>)]+", text))
    assert found <= set(allowed)
    assert "default-src 'none'" in text


def test_skills_are_listed_by_topic_in_the_order_of_the_catalogue(text: str):
    index = json.loads(re.search(r'id="index">([^<]*)<', text)[1].replace("<\\/", "</"))
    assert [skill["topic"] for skill in index["skills"]] == ["Shapes", "Networks", "Softmax"]


def test_no_hint_and_no_solution_can_be_read_off_the_file_without_unpacking_it(text: str):
    (hint, *_) = cards(text, "weight_gradient")[0]["hints"]
    assert len(hint) > 40
    assert hint not in text


def test_ten_families_with_twenty_variants_each_stay_below_two_megabytes():
    names = [
        *("weight_gradient", "softmax_values", "graph_gradient", "delta_shape", "concept_check"),
        *("gradient_step", "symbolic_derivative", "perceptron_gate", "parameter_count"),
        "forward_pass",
    ]
    assert len(make(make_deck(map(find, names), 7, 20))) < 2_000_000
