"""Questions on the practice page, answered as a student would, in headless Chromium."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gen.practice.deck import Deck
from gen.presentation.context import Context
from gen.problem import Item
from tests.students import FAMILIES, Student, numeric, right


def test_a_right_answer_is_called_right_and_moves_the_skill_on(student: Student, deck: Deck):
    item = student.practise(deck, "softmax_values", numeric)
    for number in range(len(item.problem.parts)):
        student.fill(number, right(item, number))
        assert student.check(number).startswith("Right.")
    assert student.record()["standings"]["softmax_values"]["box"] == 2
    assert student.record()["answers"][-1]["result"] == "right"


def test_a_slip_is_named_and_a_second_try_that_is_right_counts_as_helped(
    student: Student, deck: Deck
):
    item = student.practise(
        deck, "softmax_values", lambda i: numeric(i) and i.solution.parts[0].answer.wrong
    )
    wrong = item.solution.parts[0].answer.wrong[0]
    student.fill(0, wrong.values)
    told = student.check()
    assert told.startswith("Not right.")
    assert len(told) > len("Not right.") + 20
    for number in range(len(item.problem.parts)):
        student.fill(number, right(item, number))
        student.check(number)
    answer = student.record()["answers"][-1]
    assert answer["result"] == "helped"
    assert set(wrong.slip.split("+")) <= set(answer["slips"])


def test_a_matrix_is_judged_cell_by_cell(student: Student, deck: Deck):
    def has_matrix(item: Item) -> bool:
        return numeric(item) and np.size(right(item, 0)[-1]) > 1

    item = student.practise(deck, "delta_recursion", has_matrix)
    values = [np.array(value, dtype=object) for value in right(item, 0)]
    place = next(n for n, value in enumerate(values) if np.size(value) > 1)
    values[place].flat[0] = float(values[place].flat[0]) + 1
    student.fill(0, values)
    assert student.check().startswith(("Partly right", "Not right"))
    cells = student.page.query_selector_all(f"[id^='cell-0-{place}-']")
    marks = ["fails" in (cell.get_attribute("class") or "") for cell in cells]
    assert marks == [True] + [False] * (len(marks) - 1)


def test_a_later_part_that_follows_from_an_earlier_mistake_is_right(student: Student, deck: Deck):
    """Gradients further back are linear in those before: of doubled ones, they are the doubles."""

    def begins_with_gradients(item: Item) -> bool:
        parts = item.problem.parts
        asked = {ask.of for part in parts for ask in part.asks}
        return numeric(item) and len(parts) > 1 and asked == {"gradient"}

    item = student.practise(deck, "delta_recursion", begins_with_gradients)
    student.fill(0, [2 * np.array(value, dtype=float) for value in right(item, 0)])
    assert not student.check(0).startswith("Right")
    student.fill(1, [2 * np.array(value, dtype=float) for value in right(item, 1)])
    assert student.check(1).startswith("Right, given your answer to (a).")


@pytest.mark.parametrize(
    "text", ["", "abc", "1/0", "1e", "(", "1e999", "ln(-1)", "--", "½½", "x" * 5000]
)
def test_an_answer_that_cannot_be_read_is_answered_with_a_sentence_and_counts_as_nothing(
    student: Student, deck: Deck, text: str
):
    student.practise(deck, "softmax_values", numeric)
    answers = len(student.record()["answers"])
    student.fill(0, [text])
    told = student.check()
    assert told
    assert not told.startswith(("Right", "Not right"))
    assert len(student.record()["answers"]) == answers
    assert student.page.get_attribute("#cell-0-0-0-0", "aria-invalid") == "true"


@pytest.mark.parametrize(
    "write",
    [
        lambda x: f"{x:.6f}".replace(".", ","),
        lambda x: f"{x * 1e3:.6f}e-3",
        lambda x: f"{x * 7:.9f}/7",
    ],
)
def test_decimal_commas_powers_of_ten_and_fractions_are_numbers(
    student: Student, deck: Deck, write: Any
):
    item = student.practise(
        deck, "softmax_values", lambda i: numeric(i) and np.size(right(i, 0)[0]) == 1
    )
    student.fill(0, [write(float(item.solution.parts[0].answer.values[0]))])
    assert student.check().startswith("Right.")


def test_a_shape_may_be_written_in_two_ways(student: Student, deck: Deck):
    item = student.practise(deck, "gradient_shape", lambda i: i.form == "shape")
    for template in ("{} x {}", "({}, {})"):
        for number, solved in enumerate(item.solution.parts):
            student.fill(number, [template.format(*entry) for entry in solved.written.entries])
            assert student.check(number).startswith("Right")


def test_an_expression_is_right_in_any_equal_form(student: Student, deck: Deck):
    item = student.practise(deck, "symbolic_derivative", lambda i: i.form == "symbolic")
    for number, solved in enumerate(item.solution.parts):
        typed = [Context(item).term(entry) for entry in solved.written.entries]
        student.fill(number, [f"2 ({each}) - ({each}) (sin(1)^2 + cos(1)^2)" for each in typed])
        assert student.check(number).startswith("Right")


def test_an_expression_of_a_known_mistake_is_told_what_went_wrong(student: Student, deck: Deck):
    item = student.practise(deck, "symbolic_derivative", lambda i: i.form == "symbolic")
    student.fill(0, [f"-({Context(item).term(item.solution.parts[0].written.entries[0])})"])
    told = student.check()
    assert told.startswith("Not right.")
    assert "sign" in told


def test_what_was_ticked_is_explained(student: Student, deck: Deck):
    item = student.practise(deck, "delta_shape", lambda i: i.form == "choose_all")
    for place, option in enumerate(item.solution.parts[0].options):
        if option.right:
            student.page.check(f"#option-0-{place}")
    told = student.check()
    assert told.startswith("Right.")
    assert len(told) > 40


def test_a_statement_is_true_or_false_and_the_reason_is_shown(student: Student, deck: Deck):
    item = student.practise(deck, "concept_check", lambda i: i.form == "true_false")
    truth = item.problem.parts[0].claims[0].true
    student.page.check(f"#option-0-{0 if truth else 1}")
    told = student.check()
    assert told.startswith("Right.")
    assert len(told) > 40


def test_hints_come_one_by_one_to_the_end_and_no_further(student: Student, deck: Deck):
    student.practise(deck, "gradient_step", numeric)
    seen = 0
    while not student.page.is_disabled("#hint"):
        student.page.click("#hint")
        seen += 1
        assert student.page.locator("#hints > li").count() == seen
    assert seen >= 3
    assert student.page.inner_text("#hint") == "No hint left"


def test_the_worked_solution_ends_the_question_as_not_solved(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    assert student.page.is_visible("#solution math")
    assert student.record()["answers"][-1]["result"] == "wrong"
    assert student.record()["standings"]["gradient_step"]["box"] == 1


def test_another_like_this_has_the_same_skill_and_other_numbers(student: Student, deck: Deck):
    student.practise(deck, "softmax_values")
    names = [student.name()]
    for _ in range(3):
        student.another()
        names.append(student.name())
    assert len(set(names)) == 4
    assert {name.split(".")[0] for name in names} == {"softmax_values"}


def test_what_is_passed_over_comes_after_everything_else(student: Student, deck: Deck):
    seen = []
    for _ in FAMILIES:
        seen.append(student.name().split(".")[0])
        before = student.name()
        student.page.click("#next")
        student.wait(lambda before=before: student.name() != before)
    assert sorted(seen) == sorted(FAMILIES)
    assert student.record()["answers"] == []
