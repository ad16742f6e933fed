"""The skills of a session: in the order of their topics, made into items when they are asked."""

from __future__ import annotations

import pytest

from gen.errors import InputError
from gen.family import find
from gen.practice.deck import make_deck
from gen.practice.ids import id_of
from gen.practice.leitner import Standing
from gen.practice.progress import Answered, Progress
from gen.practice.terminal.choosing import Skill, skills, weak
from gen.practice.terminal.tally import Tally, summary
from templates.document import Document
from templates.writers import text

NOW = 1_800_000_000.0


def chosen(*families: str, **options) -> tuple[Skill, ...]:
    return skills(map(find, families), 7, 12, **options)


def test_skills_come_from_one_topic_after_the_other():
    found = chosen("concept_check", "softmax_values", "cross_entropy", "delta_shape")
    assert [each.name for each in found] == [
        "delta_shape",
        "cross_entropy",
        "concept_check",
        "softmax_values",
    ]


def test_the_variants_are_those_of_the_page():
    (skill,) = chosen("weight_gradient")
    made = [id_of(item, "decimal") for item in make_deck([find("weight_gradient")], 7, 12).items]
    assert [each for each in skill.variants if each in made] == made


def test_families_without_such_items_are_left_out_and_none_at_all_is_an_error():
    found = chosen("cross_entropy", "concept_check", difficulty="hard", arithmetic="exact")
    assert {each.difficulty for skill in found for each in skill.variants} == {"hard"}
    with pytest.raises(InputError, match="none of these families has items"):
        skills([], 7, 12)


def test_a_skill_in_a_high_box_is_asked_hard_and_the_variant_least_asked():
    (skill,) = chosen("softmax_values")
    first = skill.next(None, {})
    second = skill.next(None, {str(first): 1})
    assert (first.difficulty, second.difficulty) == ("easy", "easy")
    assert first != second
    assert skill.next(Standing(5, NOW), {}).difficulty == "hard"


def test_another_like_this_is_as_hard_and_not_the_same():
    (skill,) = chosen("softmax_values")
    first = skill.variants[2]
    other = skill.like(first, {})
    assert other != first
    assert other.difficulty == first.difficulty
    (single,) = skills([find("softmax_values")], 7, 1)
    assert single.like(single.variants[0], {}) == single.variants[0]


@pytest.mark.parametrize(
    ("box", "results", "expected"),
    [
        (3, ["right"], False),
        (1, ["right"], True),
        (3, ["right", "helped"], True),
        (4, ["wrong", "right", "right", "right"], False),
    ],
)
def test_a_skill_is_weak_that_is_in_the_first_box_or_was_missed_lately(
    box: int, results: list, expected: bool
):
    answers = tuple(Answered(f"cross_entropy.{n}", n, r) for n, r in enumerate(results))
    progress = Progress({"cross_entropy": Standing(box, NOW)}, {}, answers)
    found = chosen("cross_entropy", "softmax_values")
    if expected:
        assert [each.name for each in weak(found, progress)] == ["cross_entropy"]
    else:
        with pytest.raises(InputError, match="none of these skills is weak"):
            weak(found, progress)


def test_a_summary_counts_in_words_that_fit_the_numbers():
    found = text.write(Document("", tuple(summary(Tally(), chosen("cross_entropy")))))
    assert "No question was answered." in found
    one = Tally([Answered("cross_entropy.1", NOW, "helped", 1)])
    found = " ".join(text.write(Document("", tuple(summary(one, chosen("cross_entropy"))))).split())
    assert "1 question answered: 0 right at the first answer, 1 right in the end" in found
    assert "1 hint." in found
    assert "`--weak` practises what went wrong: Cross-entropy." in found
