"""Chromium for the tests of pages: the machine's own, or the one that Playwright installs.

Without a browser the tests that need one are left out, which says so in one line. Where
BACKPREP_BROWSER is "required" they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, for all tests of one process; `browser.new_page()` opens a page."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _without("Playwright is not installed (pip install playwright)")
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=_path(), args=["--no-sandbox"])
        except Error as error:
            _without(f"no Chromium starts here: {str(error).strip().splitlines()[0]}")
        yield found
        found.close()


def _path() -> str | None:
    """The machine's own browser; None for that of Playwright."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _without(reason: str) -> None:
    if os.environ.get("BACKPREP_BROWSER") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
