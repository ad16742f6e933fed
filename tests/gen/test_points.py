"""Points are shared among parts without losing one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.family import find
from gen.items import make
from gen.points import in_words, shares
from gen.presentation.items import question
from gen.problem import Key, Part
from templates.document import Document
from templates.writers import text


def parts(*weights: int) -> list[Part]:
    return [Part("numeric", points=weight) for weight in weights]


@pytest.mark.parametrize(
    ("points", "weights", "expected"),
    [
        (6, (1, 2), (2, 4)),
        (4, (1, 2), (1, 3)),
        (8, (1, 1, 1), (3, 3, 2)),
        (5, (1, 9), (1, 4)),
        (7, (1,), (7,)),
        (2, (1, 1, 1), (Fraction(1, 2), Fraction(1, 2), 1)),
        (1, (1, 1, 1), (Fraction(1, 3),) * 3),
    ],
)
def test_a_part_gets_points_in_proportion_to_its_own(
    points: int, weights: tuple[int, ...], expected: tuple[Fraction | int, ...]
):
    assert sorted(shares(points, parts(*weights))) == sorted(expected)


@given(st.integers(1, 100), st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_no_point_is_lost_and_no_part_is_for_nothing(points: int, weights: list[int]):
    found = shares(points, parts(*weights))
    assert sum(found) == points
    assert min(found) > 0


@given(st.integers(1, 100), st.lists(st.integers(1, 9), min_size=2, max_size=12))
def test_a_heavier_part_is_never_worth_less(points: int, weights: list[int]):
    found = shares(points, parts(*weights))
    pairs = [(w, s) for w, s in zip(weights, found, strict=True)]
    assert all(s >= r for w, s in pairs for v, r in pairs if w > v)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (1, "1 point"),
        (2, "2 points"),
        (Fraction(3, 2), "1.5 points"),
        (Fraction(1, 3), "1/3 points"),
    ],
)
def test_points_are_read_as_words(points: Fraction, words: str):
    assert in_words(points) == words


def test_the_parts_of_a_question_say_what_they_are_worth():
    loaded = find("weight_gradient")
    items = (
        make(loaded, Key("weight_gradient", loaded.family.version, seed), "medium", "numeric")
        for seed in range(20)
    )
    item = next(item for item in items if len(item.problem.parts) == 2)
    page = text.write(Document("", tuple(question(item, 6))))
    assert "(a) (3 points) Find" in page
    assert "(b) (3 points) Find" in page
    assert "points" not in text.write(Document("", tuple(question(item))))
