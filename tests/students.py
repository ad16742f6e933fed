"""A student in front of the practice page, in headless Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gen.family import find
from gen.practice.deck import Deck, make_deck
from gen.practice.page import make
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
