"""Versions of a quiz fill the same slots with different items in different orders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gen.family import FamilyError
from gen.quiz.settings import Settings, SettingsError
from gen.quiz.versions import QuizError, build, mark

Use = Callable[..., None]
Source = Callable[..., str]


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")],
)
def test_marks_count_as_spreadsheet_columns_do(number: int, letters: str):
    assert mark(number) == letters


@pytest.mark.usefixtures("products")
def test_no_question_is_asked_twice_in_a_quiz():
    quiz = build(Settings(7, items=12, versions=9))
    items = [item for version in quiz.versions for item in version.items]
    assert len({item.fingerprint for item in items}) == len(items) == 108


@pytest.mark.usefixtures("products")
def test_every_version_fills_every_slot_as_it_says():
    quiz = build(Settings(7, versions=5))
    wanted = {(slot.index, slot.family, slot.difficulty, slot.form) for slot in quiz.slots}
    for version in quiz.versions:
        assert {
            (item.key.slot, item.key.family, item.difficulty, item.form) for item in version.items
        } == wanted
        assert {item.key.version for item in version.items} == {version.number}


@pytest.mark.usefixtures("products")
def test_the_first_version_keeps_the_order_of_the_slots_and_others_do_not():
    orders = [
        [item.key.slot for item in version.items]
        for version in build(Settings(7, versions=4)).versions
    ]
    assert orders[0] == list(range(1, 11))
    assert len({tuple(order) for order in orders}) == 4


@pytest.mark.usefixtures("products")
def test_more_versions_leave_the_first_ones_as_they_are():
    few, many = build(Settings(7, versions=2)), build(Settings(7, versions=4))
    for one, other in zip(few.versions, many.versions, strict=False):
        assert [item.fingerprint for item in one.items] == [
            item.fingerprint for item in other.items
        ]


@pytest.mark.usefixtures("products")
def test_points_are_listed_in_printed_order():
    version = build(Settings(7, versions=2)).versions[1]
    worth = {"easy": 4, "medium": 6, "hard": 8}
    assert version.points == tuple(worth[item.difficulty] for item in version.items)
    assert version.mark == "B"


@pytest.mark.usefixtures("products")
def test_only_the_families_named_are_used():
    quiz = build(Settings(7, families=("both", "ticks")))
    assert {slot.family for slot in quiz.slots} == {"both", "ticks"}


def test_families_without_the_difficulty_are_left_out_unless_they_are_named(
    use_families: Use, product_source: Source
):
    narrow = product_source("narrow").replace("forms=", "difficulties=('easy',), forms=")
    use_families(both=product_source("both"), narrow=narrow)
    quiz = build(Settings(7, difficulty="hard"))
    assert {slot.family for slot in quiz.slots} == {"both"}
    with pytest.raises(SettingsError, match="narrow has no hard items"):
        build(Settings(7, difficulty="hard", families=("narrow",)))


@pytest.mark.usefixtures("products")
def test_an_unknown_family_is_an_error_before_anything_is_made():
    calls: list[None] = []
    with pytest.raises(FamilyError, match="no family 'numbrs'; did you mean numbers"):
        build(Settings(7, families=("numbrs",)), lambda: calls.append(None))
    assert not calls


@pytest.mark.usefixtures("products")
def test_progress_is_told_after_each_version():
    calls: list[None] = []
    build(Settings(7, items=2, versions=3), lambda: calls.append(None))
    assert len(calls) == 3


def test_a_slot_that_cannot_give_so_many_different_items_is_named(
    use_families: Use, product_source: Source
):
    # Two different factors out of 2, 3 and 4 make six products.
    use_families(few=product_source("few").replace("HIGH = 40", "HIGH = 4"))
    settings = Settings(7, items=2, families=("few",), versions=3, difficulty="easy")
    assert len(build(settings).versions) == 3
    with pytest.raises(QuizError, match=r"slot 1 cannot be filled 30 times: the family few"):
        build(Settings(7, items=2, families=("few",), versions=30, difficulty="easy"))
