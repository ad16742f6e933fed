"""The browser that pages are tested in."""

from __future__ import annotations

from typing import Any

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.browser import _without


def test_a_page_runs_its_script(browser: Any):
    page = browser.new_page()
    page.set_content("<p id=p></p><script>p.textContent = [1, 2].includes(2)</script>")
    assert page.locator("#p").text_content() == "true"
    page.close()


@pytest.mark.parametrize(("wish", "outcome"), [("required", Failed), ("", Skipped)])
def test_without_a_browser_tests_are_left_out_unless_it_is_required(
    wish: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BACKPREP_BROWSER", wish)
    with pytest.raises(outcome, match="no browser here"):
        _without("no browser here")
