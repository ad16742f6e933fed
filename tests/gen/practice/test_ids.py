"""The name of a practice item makes that very item again."""

from __future__ import annotations

import pytest

from gen.errors import InputError
from gen.family import find
from gen.practice.deck import make_deck
from gen.practice.ids import again, is_id, parse


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("family", ["weight_gradient", "logistic_regression", "concept_check"])
def test_every_item_of_a_deck_is_made_again_from_its_name(family: str, arithmetic: str):
    deck = make_deck([find(family)], 7, 9, arithmetic=arithmetic)
    names = [deck.name_of(item) for item in deck.items]
    assert len(set(names)) == len(names) >= 8
    for name, item in zip(names, deck.items, strict=True):
        assert is_id(name)
        assert str(parse(name)) == name
        assert again(parse(name)).fingerprint == item.fingerprint


def test_a_negative_seed_has_a_name_as_well():
    deck = make_deck([find("softmax_values")], -3, 1)
    (item,) = deck.items
    assert again(parse(deck.name_of(item))).params == item.params


def test_the_name_of_a_family_is_not_that_of_an_item():
    assert not is_id("weight_gradient")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("weight_gradient.x", "is not the name of an item, such as"),
        ("weight_gradient.1.medium.numeric.7", "is not the name of an item"),
        ("weight_gradient.1.harder.numeric.7.1", "there is no difficulty 'harder'"),
        ("weight_gradient.1.hard.essay.7.1", "there is no form 'essay'"),
        ("weight_gradient.1.hard.numeric.7.1.roman", "there is no arithmetic 'roman'"),
        ("weight_gradient.99.hard.numeric.7.1", "of version 99 of the family weight_gradient"),
        ("weight_gradiant.1.hard.numeric.7.1", "did you mean weight_gradient"),
        ("weight_gradient.1.hard.shape.7.1", "has no shape items"),
    ],
)
def test_a_name_that_makes_no_item_is_answered_with_one_sentence(text: str, complaint: str):
    text = text.replace(
        "weight_gradient.1.", f"weight_gradient.{find('weight_gradient').family.version}."
    )
    with pytest.raises(InputError, match=complaint):
        parse(text)
