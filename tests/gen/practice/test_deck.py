"""A deck has many variants of each skill, no two alike, from easy to hard."""

from __future__ import annotations

from collections import Counter

import pytest

from gen.errors import InputError
from gen.family import find
from gen.practice.deck import make_deck, mixed, shortened


def test_a_deck_has_so_many_variants_of_each_family_and_no_two_alike():
    deck = make_deck([find("softmax_values"), find("delta_shape")], 7, 12)
    assert [(skill.name, len(skill.items)) for skill in deck.skills] == [
        ("softmax_values", 12),
        ("delta_shape", 12),
    ]
    assert len({item.fingerprint for item in deck.items}) == 24


def test_variants_come_in_every_difficulty_and_form_of_their_family_equally_often():
    loaded = find("weight_gradient")
    (skill,) = make_deck([loaded], 7, 12).skills
    kinds = Counter((item.difficulty, item.form) for item in skill.items)
    assert set(kinds) == {
        (difficulty, form)
        for difficulty in loaded.family.difficulties
        for form in loaded.family.forms
    }
    assert max(kinds.values()) == min(kinds.values())


def test_the_same_seed_makes_the_same_deck_and_another_seed_another():
    decks = [make_deck([find("cross_entropy")], seed, 6) for seed in (1, 1, 2)]
    first, again, other = ([item.fingerprint for item in deck.items] for deck in decks)
    assert first == again != other


def test_of_one_difficulty_all_variants_have_it():
    deck = make_deck([find("forward_pass")], 7, 5, difficulty="hard")
    assert {item.difficulty for item in deck.items} == {"hard"}


def test_a_deck_without_any_family_is_an_error_and_not_an_empty_page():
    with pytest.raises(InputError, match="none of these families"):
        make_deck([], 7, 5)


def test_skills_are_grouped_by_topic_in_the_order_that_families_are_listed_in():
    names = ("weight_gradient", "softmax_values", "delta_shape", "forward_pass")
    found = make_deck([find(name) for name in names], 7, 1).by_topic()
    assert [(topic, [skill.name for skill in skills]) for topic, skills in found] == [
        ("shapes", ["delta_shape"]),
        ("networks", ["weight_gradient", "forward_pass"]),
        ("softmax", ["softmax_values"]),
    ]


def test_a_shortened_deck_has_one_variant_of_each_difficulty():
    skills = shortened(make_deck([find("weight_gradient"), find("delta_shape")], 7, 7)).skills
    assert [[item.difficulty for item in skill.items] for skill in skills] == [
        ["easy", "medium", "hard"],
        ["easy", "medium", "hard"],
    ]


def test_new_skills_come_from_one_topic_after_the_other_by_turns():
    names = ["softmax_values", "weight_gradient", "delta_shape", "forward_pass", "gradient_shape"]
    deck = make_deck(map(find, names), 7, 1)
    topics = [skill.topic for skill in mixed(deck.skills)]
    assert topics == ["shapes", "networks", "softmax", "shapes", "networks"]
    assert {skill.name for skill in mixed(deck.skills)} == set(names)
