"""The practice page for everybody: by keyboard, in the dark, on a telephone, on paper."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gen.practice.deck import Deck
from tests.students import FAMILIES, Student, numeric, right


def test_on_paper_there_is_the_question_and_nothing_to_click(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    student.page.emulate_media(media="print")
    assert student.page.is_visible(".stem")
    assert not student.page.is_visible("nav")
    assert not student.page.is_visible("#next")
    assert student.page.pdf()[:5] == b"%PDF-"


def test_a_whole_question_can_be_answered_with_the_keyboard_alone(student: Student, deck: Deck):
    item = student.practise(
        deck, "softmax_values", lambda i: numeric(i) and len(i.problem.parts) == 1
    )
    keyboard = student.page.keyboard
    for value in right(item, 0):
        for entry in np.ravel(np.asarray(value, dtype=object)):
            keyboard.press("Tab")
            keyboard.type(str(entry))
    keyboard.press("Enter")
    assert student.page.inner_text("#feedback-0").startswith("Right.")
    keyboard.press("Tab")
    before = student.name()
    keyboard.press("n")
    student.wait(lambda: student.name() != before)
    assert student.page.evaluate("document.activeElement.id") == "question-title"
    keyboard.press("h")
    assert student.page.locator("#hints > li").count() == 1


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    # A head of a row that is a formula is no empty one: axe does not take MathML for words.
    options = {"rules": {"empty-table-header": {"enabled": False}}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_people_out(
    browser: Any, address: str, deck: Deck, scheme: str
):
    student = Student(browser, address, color_scheme=scheme)
    for family in FAMILIES:
        student.practise(deck, family)
        student.page.click("#hint")
        student.page.click("form.part >> nth=0 >> button.check")
        assert not violations(student.page), family
        student.page.click("#reveal")
        assert not violations(student.page), family
    student.page.click("#show-progress")
    student.page.click("#show-summary")
    assert not violations(student.page)
    student.context.close()


def test_in_the_dark_the_page_is_dark_and_the_theme_can_be_chosen(browser: Any, address: str):
    student = Student(browser, address, color_scheme="dark")

    def paper() -> float:
        colour = student.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return math.fsum(map(float, colour.strip("rgb()").split(",")[:3]))

    assert paper() < 150
    student.page.click("#theme")
    assert student.page.inner_text("#theme") == "Theme: light"
    assert paper() > 600
    student.context.close()


@pytest.mark.parametrize("width", [360, 1000])
def test_nothing_is_wider_than_the_screen(browser: Any, address: str, deck: Deck, width: int):
    student = Student(browser, address, viewport={"width": width, "height": 740})
    for family in FAMILIES:
        student.practise(deck, family)
        student.page.click("#reveal")
        wide = student.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, family
    student.context.close()


def test_the_font_for_mathematics_is_the_pages_own(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    assert student.page.evaluate("document.fonts.check('16px \"Backprep Math\"', 'x')")
    loaded = student.page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Backprep Math" in family for family in loaded)


def test_the_page_opens_in_less_than_a_second_and_typing_never_waits(
    browser: Any, address: str, deck: Deck
):
    student = Student(browser, address)
    opened = student.page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    student.practise(deck, "delta_recursion", numeric)
    spent = student.page.evaluate(
        """() => {
          const cell = document.querySelector('.cell'), began = performance.now();
          for (let n = 0; n < 100; n += 1) {
            cell.value += '1';
            cell.dispatchEvent(new Event('input'));
          }
          return performance.now() - began;
        }"""
    )
    student.context.close()
    # Generous, as the machine may have other work.
    assert opened < 2500
    assert spent < 400
