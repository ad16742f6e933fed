"""Leitner's boxes: what is missed comes back soon, what is known comes back late."""

from __future__ import annotations

from gen.practice.leitner import DAY, Standing, after, following, is_weak, like, mastery, variant

NOW = 1_800_000_000.0


def test_five_right_answers_bring_a_skill_to_the_last_box_and_it_stays_there():
    standing, boxes = None, []
    for _ in range(5):
        standing = after(standing, "right", NOW)
        boxes.append(standing.box)
    assert boxes == [2, 3, 4, 5, 5]


def test_a_wrong_answer_brings_a_skill_back_to_the_first_box_from_anywhere():
    assert after(Standing(4, NOW), "wrong", NOW).box == 1


def test_an_answer_that_needed_help_leaves_the_box_and_is_asked_again_later():
    standing = after(Standing(3, NOW), "helped", NOW)
    assert standing == Standing(3, NOW + DAY)


def test_each_box_waits_longer_than_the_one_before():
    waits = [after(Standing(box, NOW), "helped", NOW).due - NOW for box in range(1, 6)]
    assert waits == sorted(set(waits))
    assert waits[0] == 60
    assert waits[-1] == 7 * DAY


def test_what_was_missed_and_is_due_comes_before_what_is_new():
    standings = {"a": Standing(2, NOW - 10), "b": Standing(1, NOW - 5), "c": Standing(1, NOW - 6)}
    assert following(["a", "b", "c", "d"], standings, "", NOW) == "c"


def test_what_is_new_comes_before_what_is_not_due_yet():
    assert following(["a", "b"], {"a": Standing(1, NOW + 1)}, "", NOW) == "b"


def test_where_all_wait_the_one_that_is_due_first_comes():
    standings = {"a": Standing(1, NOW + 9), "b": Standing(5, NOW + 8)}
    assert following(["a", "b"], standings, "", NOW) == "b"


def test_no_skill_comes_twice_running_unless_it_is_the_only_one():
    standings = {"a": Standing(1, NOW - 9), "b": Standing(5, NOW + 8)}
    assert following(["a", "b"], standings, "a", NOW) == "b"
    assert following(["a"], standings, "a", NOW) == "a"


def test_questions_get_harder_from_box_to_box_and_none_is_repeated_before_all_were_asked():
    levels = ["easy", "medium", "hard", "easy"]
    assert variant(levels, [0, 0, 0, 0], None) == 0
    assert variant(levels, [1, 0, 0, 0], None) == 3
    assert variant(levels, [0, 0, 0, 0], Standing(3, NOW)) == 1
    assert variant(levels, [0, 0, 7, 0], Standing(5, NOW)) == 2


def test_a_level_that_a_skill_lacks_is_replaced_by_the_nearest():
    assert variant(["easy", "medium"], [0, 0], Standing(5, NOW)) == 1


def test_another_like_it_is_as_hard_and_new_before_it_is_of_the_same_form():
    levels, forms = ["easy", "easy", "easy", "hard"], ["numeric", "choice", "numeric", "numeric"]
    assert like(levels, forms, [1, 0, 0, 0], 0) == 2
    assert like(levels, forms, [1, 0, 1, 0], 0) == 1
    assert like(levels, forms, [1, 1, 1, 0], 0) == 2
    assert like(["easy"], ["numeric"], [1], 0) == 0


def test_weak_is_what_is_in_the_first_box_or_was_missed_in_the_last_three_answers():
    assert is_weak(Standing(1, NOW), [])
    assert is_weak(Standing(4, NOW), [True, False, False])
    assert not is_weak(Standing(4, NOW), [True, False, False, False])
    assert not is_weak(None, [])


def test_mastery_is_the_mean_way_to_the_last_box():
    standings = {"a": Standing(5, NOW), "b": Standing(3, NOW)}
    assert mastery(["a"], standings) == 1.0
    assert mastery(["a", "b"], standings) == 0.75
    assert mastery(["a", "b", "c", "d"], standings) == 0.375
