"""The practice page as a student uses it, in headless Chromium."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gen.family import find
from gen.practice.deck import Deck, make_deck
from gen.practice.page import make
from gen.presentation.context import Context
from gen.problem import Item

FAMILIES = (
    "softmax_values",
    "gradient_step",
    "delta_recursion",
    "delta_shape",
    "gradient_shape",
    "symbolic_derivative",
    "concept_check",
)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return make_deck(map(find, FAMILIES), 7, 12)


@pytest.fixture(scope="module")
def address(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "practice.html"
    path.write_bytes(make(deck))
    return path.as_uri()


class Student:
    """A browser window with the page; `asked` notes every request, `said` every complaint."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.context = browser.new_context(accept_downloads=True, **context)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_selector("form.part")

    def name(self) -> str:
        return self.page.inner_text(".meta code")

    def until(self, wanted: Any) -> Item:
        """Go on until the question is one that is wanted."""
        for _ in range(200):
            item = self.item()
            if wanted(item):
                return item
            self.another() if item.key.family == self.family else self.choose(self.family)
        raise AssertionError("no such question comes")

    def practise(self, deck: Deck, family: str, wanted: Any = lambda item: True) -> Item:
        """Practise a skill until a variant comes that is wanted."""
        self.items = {deck.name_of(item): item for item in deck.items}
        self.family = family
        return self.until(lambda item: item.key.family == family and wanted(item))

    def item(self) -> Item:
        return self.items[self.name()]

    def choose(self, family: str) -> None:
        title = find(family).family.title
        if self.page.is_hidden("#topics"):
            self.page.click("#show-topics")
        self.page.click(f"#topic-list button:text-is('{title}')")
        self.wait(lambda: self.name().startswith(f"{family}."))

    def another(self) -> None:
        before = self.name()
        self.page.click("#another")
        self.wait(lambda: self.name() != before)

    def fill(self, number: int, values: Any) -> None:
        """Write the values of a part, one for each ask, cell by cell."""
        for place, value in enumerate(values):
            rows = np.atleast_2d(np.asarray(value, dtype=object))
            for (row, column), entry in np.ndenumerate(rows):
                self.page.fill(f"#cell-{number}-{place}-{row}-{column}", str(entry))

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. The page's own rules forbid to ask in it again and again."""
        for _ in range(500):
            if holds():
                return
            self.page.wait_for_timeout(10)
        raise AssertionError("this never came to hold")

    def check(self, number: int = 0) -> str:
        self.page.click(f"form.part >> nth={number} >> button.check")
        return self.page.inner_text(f"#feedback-{number}")

    def record(self) -> dict[str, Any]:
        return json.loads(self.page.evaluate("localStorage.getItem('backprep-progress')"))


@pytest.fixture
def student(browser: Any, address: str) -> Iterator[Student]:
    student = Student(browser, address)
    yield student
    complaints, asked = student.said, student.asked
    student.context.close()
    assert not complaints
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]


def numeric(item: Item) -> bool:
    return item.form == "numeric" and all(not part.claims for part in item.problem.parts)


def right(item: Item, number: int) -> tuple[Any, ...]:
    answer = item.solution.parts[number].answer
    assert answer is not None
    return tuple(answer.shown)


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


def test_on_paper_there_is_the_question_and_nothing_to_click(student: Student, deck: Deck):
    student.practise(deck, "gradient_step")
    student.page.emulate_media(media="print")
    assert student.page.is_visible(".stem")
    assert not student.page.is_visible("nav")
    assert not student.page.is_visible("#next")
    assert student.page.pdf()[:5] == b"%PDF-"


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
    # Generous, as the machine may have other work: the page takes a fifth of that on an idle one.
    assert opened < 2500
    assert spent < 400
