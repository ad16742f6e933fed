"""Families are chosen by name, lecture and topic, and a choice that misses says what there is."""

from __future__ import annotations

import pytest

from gen.errors import InputError
from gen.family import load_families, names
from gen.selection import selected
from gen.vocabulary import LECTURES, TOPICS


def test_nothing_asked_for_leaves_all():
    assert tuple(selected()) == names()


@pytest.mark.parametrize("lecture", LECTURES)
def test_every_lecture_has_families_and_they_name_it(lecture: str):
    found = selected(lectures=[lecture])
    assert len(found) >= 5
    assert all(lecture in each.family.lectures for each in found.values())


@pytest.mark.parametrize("family", load_families())
def test_every_family_of_the_program_belongs_to_a_known_topic_and_lecture(family: str):
    found = load_families()[family].family
    assert set(found.topics) <= set(TOPICS)
    assert found.topics
    assert set(found.lectures) <= set(LECTURES)
    assert found.lectures


def test_a_lecture_and_a_topic_leave_what_belongs_to_both():
    found = selected(lectures=["000"], topics=["shapes"])
    assert "delta_shape" in found
    assert "parameter_count" not in found


def test_families_by_name_keep_their_order():
    assert list(selected(["weight_gradient", "delta_shape"])) == ["weight_gradient", "delta_shape"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"lectures": ["0000"]}, r"lecture '0000'; did you mean 000\?"),
        ({"topics": ["softmx"]}, r"topic 'softmx'; did you mean softmax\?"),
        ({"topics": ["poetry"]}, r"topic 'poetry'; there are .*shapes"),
        ({"lectures": ["003"], "families": ["delta_shape"]}, "lecture '003'; did you mean 000"),
        ({"families": ["delta_shap"]}, r"did you mean delta_shape"),
    ],
)
def test_a_choice_that_misses_says_what_there_is(choice: dict[str, list[str]], message: str):
    with pytest.raises(InputError, match=message):
        selected(**choice)
