"""The judge of the practice page, run in the browser that the page is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from templates.practice import JUDGE, script


class Judge:
    """Calls of what `templates/practice` defines, in a page of its own."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.set_content("<!doctype html><title>judge</title>")
        page.add_script_tag(content=script(JUDGE))

    def grade(self, key: Any, *texts: str | None) -> list[dict[str, Any]]:
        return self.grades([(key, [list(texts)])])[0][0]

    def grades(self, jobs: list[tuple[Any, list[list[str | None]]]]) -> list[Any]:
        """For each key, the grades of several answers to its item."""
        code = """text => JSON.stringify(JSON.parse(text).map(
            ([key, answers]) => answers.map(each => Judge.grade(key, each))))"""
        # As text, which Playwright passes on much faster than objects.
        return json.loads(self.page.evaluate(code, json.dumps(jobs)))

    def call(self, function: str, *arguments: Any) -> Any:
        """The result of a function such as `numbers.value`, or what it complains of as a text."""
        return self.calls(function, [list(arguments)])[0]

    def calls(self, function: str, every: list[list[Any]]) -> list[Any]:
        """The results for many lists of arguments."""
        code = """([path, every]) => {
            const found = path.split(".").reduce((object, name) => object[name], Judge);
            return every.map((given) => {
                try { return found(...given); }
                catch (error) {
                    if (!(error instanceof Judge.text.Complaint)) throw error;
                    return error.message;
                }
            });
        }"""
        return self.page.evaluate(code, [function, every])


@pytest.fixture(scope="session")
def judge(browser: Any) -> Iterator[Judge]:
    """The judge, for all tests of one process."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Judge(page)
    page.close()
    assert errors == []
