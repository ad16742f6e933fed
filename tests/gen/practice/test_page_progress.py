"""What the practice page remembers, and what it says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gen.practice.deck import Deck
from tests.students import Student, numeric


def test_reloading_keeps_the_progress(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    before = student.record()
    student.page.reload()
    student.page.wait_for_selector("form.part")
    after = student.record()
    assert after["answers"] == before["answers"]
    assert after["standings"] == before["standings"]


def test_two_windows_keep_the_answers_of_both(student: Student, deck: Deck, address: str):
    other = student.context.new_page()
    other.goto(address)
    other.wait_for_selector("form.part")
    other.click("#reveal")
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    skills = {answer["item"].split(".")[0] for answer in student.record()["answers"]}
    assert "gradient_step" in skills
    assert len(skills) == 2


def test_forgetting_is_asked_about_and_leaves_nothing(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    student.page.on("dialog", lambda dialog: dialog.accept())
    student.page.click("#show-progress")
    student.page.click("#forget")
    assert student.record()["answers"] == []
    assert student.record()["standings"] == {}


def test_progress_goes_to_another_browser_by_a_file(
    browser: Any, address: str, student: Student, deck: Deck, tmp_path: Path
):
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    student.page.click("#show-progress")
    with student.page.expect_download() as download:
        student.page.click("#export")
    path = tmp_path / "progress.json"
    download.value.save_as(path)
    other = Student(browser, address)
    other.page.click("#show-progress")
    other.page.set_input_files("#import", str(path))
    other.page.wait_for_selector("#notice:not([hidden])")
    assert other.page.inner_text("#notice") == "Imported: one answer."
    assert other.record()["answers"] == student.record()["answers"]
    assert other.record()["standings"] == student.record()["standings"]
    other.context.close()


@pytest.mark.parametrize(
    "content", ["", "[1]", '{"format": "other"}', '{"format": "backprep-progress", "version": 9}']
)
def test_a_file_that_holds_no_progress_changes_nothing(
    student: Student, deck: Deck, tmp_path: Path, content: str
):
    student.practise(deck, "gradient_step")
    student.page.click("#reveal")
    before = student.record()
    path = tmp_path / "other.json"
    path.write_text(content)
    student.page.click("#show-progress")
    student.page.set_input_files("#import", str(path))
    student.page.wait_for_selector("#notice:not([hidden])")
    assert "record" in student.page.inner_text("#notice")
    assert student.record()["answers"] == before["answers"]


def test_the_summary_says_what_was_asked_and_which_mistakes_came_up(student: Student, deck: Deck):
    item = student.practise(
        deck, "softmax_values", lambda i: numeric(i) and i.solution.parts[0].answer.wrong
    )
    student.fill(0, item.solution.parts[0].answer.wrong[0].values)
    student.check()
    student.page.click("#show-summary")
    text = student.page.inner_text("#summary")
    assert "One question was asked: 0 right at once" in text
    assert "Mistakes that came up" in text
    student.page.click("#weak")
    student.page.wait_for_selector("form.part")
    assert student.name().startswith("softmax_values.")
