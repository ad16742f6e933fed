"""Slots share a quiz out fairly among families, difficulties and forms."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from gen.family import Family
from gen.quiz.settings import Settings, SettingsError
from gen.quiz.slots import slots
from gen.vocabulary import DIFFICULTIES


def family(name: str, **fields: object) -> Family:
    return Family(name, 1, name, name, (), (), **fields)


FAMILIES = [family(name) for name in "abcd"] + [family("e", forms=("choice", "choose_all"))]


def test_each_family_comes_equally_often_and_never_twice_running():
    for seed in range(20):
        chosen = [slot.family for slot in slots(Settings(seed, items=13), FAMILIES)]
        counts = Counter(chosen)
        assert set(counts) == set("abcde")
        assert max(counts.values()) - min(counts.values()) <= 1
        assert all(one != other for one, other in pairwise(chosen))


def test_every_family_leads_about_equally_often_over_seeds():
    leads = Counter(slots(Settings(seed, items=1), FAMILIES)[0].family for seed in range(1000))
    # Five standard deviations (12.6) about 200.
    assert all(137 <= leads[name] <= 263 for name in "abcde")


def test_difficulty_rises_through_the_paper():
    for items in (1, 2, 3, 10, 40):
        levels = [slot.difficulty for slot in slots(Settings(7, items=items), FAMILIES)]
        ranks = [DIFFICULTIES.index(level) for level in levels]
        assert ranks == sorted(ranks)
        assert set(ranks) == set(range(min(items, 3)))


def test_one_difficulty_is_kept_throughout():
    made = slots(Settings(7, difficulty="hard"), FAMILIES)
    assert {slot.difficulty for slot in made} == {"hard"}


def test_a_family_without_the_difficulty_of_its_place_gives_its_nearest():
    made = slots(Settings(7, items=9), [family("a", difficulties=("easy", "medium"))])
    assert [slot.difficulty for slot in made] == ["easy"] * 3 + ["medium"] * 6


def test_a_family_without_the_difficulty_asked_for_is_named():
    with pytest.raises(SettingsError, match="family a has no hard items, only easy and medium"):
        slots(Settings(7, difficulty="hard"), [family("a", difficulties=("easy", "medium"))])


def test_no_family_at_all_is_refused():
    with pytest.raises(SettingsError, match="no family has hard items"):
        slots(Settings(7, difficulty="hard"), [])


@pytest.mark.parametrize("items", [5, 10, 35])
def test_two_items_in_five_offer_a_choice(items: int):
    for seed in range(20):
        made = slots(Settings(seed, items=items), FAMILIES)
        assert sum(slot.form != "numeric" for slot in made) == items * 2 // 5


def test_forms_are_those_that_the_families_have():
    only_choices = [family("e", forms=("choose_all",)), family("f", forms=("choice",))]
    made = slots(Settings(7), only_choices)
    assert {(slot.family, slot.form) for slot in made} == {("e", "choose_all"), ("f", "choice")}
    numbers = slots(Settings(7), [family("n", forms=("numeric",))])
    assert {slot.form for slot in numbers} == {"numeric"}


def test_slots_are_counted_from_one_and_follow_from_the_settings_alone():
    made = slots(Settings(7), FAMILIES)
    assert [slot.index for slot in made] == list(range(1, 11))
    assert made == slots(Settings(7, title="Another", versions=9, verify="full"), FAMILIES)
    assert made != slots(Settings(8), FAMILIES)
