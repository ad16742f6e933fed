"""The bank of statements: complete, balanced, and worded so that nothing gives the truth away."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from gen.topics.concepts import bank
from gen.topics.concepts.bank import LECTURES, THEMES, points, statements
from gen.topics.concepts.sampling import LEVELS, SIZES, pool

FIXED = [each for each in statements().values() if not each.computed]
COMPUTED = [each for each in statements().values() if each.computed]
HEDGES = ("may", "can", "some", "often", "usually", "tend")
ABSOLUTES = ("all", "every", "any", "each", "exactly", "alone", "whatever")


def plain(text: str) -> str:
    """A text with its symbols taken out, of about the length that it is read with."""
    return re.sub(r"<<.*?>>", "loss", text).replace("\\frac", "")


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


@pytest.mark.parametrize("lecture", LECTURES)
def test_every_key_point_of_a_lecture_has_a_statement_in_its_file(lecture: str) -> None:
    covered = {each.point for each in statements().values() if each.lecture == lecture}
    assert covered == set(points(lecture))


def test_there_are_statements_enough_in_every_lecture_and_on_every_theme() -> None:
    assert len(statements()) >= 150
    lectures = Counter(each.lecture for each in statements().values())
    assert all(lectures[lecture] >= 20 for lecture in LECTURES)
    assert set(THEMES) == {each.theme for each in statements().values()}


@pytest.mark.parametrize("theme", THEMES)
def test_an_item_of_every_kind_can_be_drawn_on_a_theme_in_several_ways(theme: str) -> None:
    for difficulties in SIZES.values():
        for difficulty, (worded, computed) in difficulties.items():
            for with_numbers, count in ((False, worded), (True, computed)):
                some = pool(theme, difficulty, with_numbers)
                assert len({each.point for each in some}) > count, (theme, difficulty)
                assert {each.level for each in some} <= set(LEVELS[difficulty])


def test_true_and_false_wordings_are_of_the_same_length() -> None:
    lengths = [[len(plain(each.texts[key])) for each in FIXED] for key in ("true", "false")]
    truth = np.repeat([1.0, 0.0], len(FIXED))
    correlation = np.corrcoef(np.concatenate(lengths), truth)[0, 1]
    assert abs(correlation) < 0.05
    for each, true, false in zip(FIXED, *lengths, strict=True):
        assert abs(true - false) <= 0.25 * max(true, false), each.name


def test_the_two_wordings_share_most_of_their_words() -> None:
    for each in FIXED:
        true, false = words(each.texts["true"]), words(each.texts["false"])
        assert len(true & false) >= 0.4 * min(len(true), len(false)), each.name


@pytest.mark.parametrize("telling", [HEDGES, ABSOLUTES])
def test_hedges_and_absolute_words_are_as_frequent_in_true_wordings_as_in_false(
    telling: tuple[str, ...],
) -> None:
    counts = [
        sum(len(words(each.texts[key]) & set(telling)) for each in FIXED)
        for key in ("true", "false")
    ]
    assert abs(counts[0] - counts[1]) <= 0.2 * max(counts)


def test_negations_are_single_and_as_frequent_in_true_wordings_as_in_false() -> None:
    negations = {"not", "no", "never", "none", "neither", "nor", "without", "cannot"}
    counts = {"true": 0, "false": 0}
    for each in FIXED:
        for key in counts:
            found = re.findall(r"[a-z]+", each.texts[key].lower())
            number = sum(word in negations for word in found)
            counts[key] += number
            assert number <= 2, each.name
    assert abs(counts["true"] - counts["false"]) <= 0.25 * max(counts.values())


def test_no_statement_says_always_never_or_only() -> None:
    for each in statements().values():
        for key in ("true", "false", "says"):
            assert not words(each.texts.get(key, "")) & {"always", "never", "only"} or (
                "the only output unit" in each.texts[key]
            ), each.name


def test_statements_are_whole_sentences_without_decimals() -> None:
    for each in statements().values():
        for text in each.texts.values():
            assert text[0].isupper() or text[0] in "$<", (each.name, text)
            assert text.endswith("."), (each.name, text)
            assert not re.search(r"\d\.\d|\n|  ", text), (each.name, text)


def test_no_two_statements_are_worded_alike() -> None:
    texts = [t for s in statements().values() for k, t in s.texts.items() if k != "why"]
    assert len(set(texts)) == len(texts)


def test_a_statement_with_numbers_says_what_is_claimed_and_its_reason_what_is_right() -> None:
    for each in COMPUTED:
        assert "the.claimed" in each.texts["says"]
        assert "the.right" not in each.texts["says"]
        assert "the.right" in each.texts["why"]
        assert "the.claimed" not in each.texts["why"]


@pytest.mark.parametrize(
    "change",
    [
        {"theme": "weather"},
        {"level": "trivial"},
        {"point": "unheard_of"},
        {"says": "Something."},
        {"truth": "yes"},
    ],
)
def test_a_table_with_an_unknown_entry_is_refused_by_name(change: dict[str, str]) -> None:
    known = {"point": "recipe", "theme": "training", "level": "easy"}
    table = known | {"true": "A.", "false": "B.", "why": "C.", "instead": "D."} | change
    with pytest.raises(ValueError, match="statement odd of lecture 004"):
        bank._statement("odd", "004", table)
