"""Make `docs/practice.png`: the practice page after an answer with a slip, and after a hint.

    python docs/practice_picture.py

Needs Playwright and Chromium, as the tests of the page do.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from gen.family import find
from gen.practice.deck import make_deck
from gen.practice.page import make

TARGET = Path(__file__).with_name("practice.png")
FAMILIES = ("single_unit", "weight_gradient", "softmax_gradient")
NAMES = ("chromium", "chromium-browser", "google-chrome")


def picture() -> None:
    """Write the picture."""
    deck = make_deck(map(find, FAMILIES), 7, 6)
    item = deck.skills[0].items[0]
    answer = item.solution.parts[0].answer
    assert answer is not None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "practice.html"
        path.write_bytes(make(deck))
        own = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 820, "height": 700}, device_scale_factor=1.5)
        page.goto(path.as_uri())
        page.wait_for_selector("form.part")
        for place, value in enumerate(answer.wrong[0].values):
            for (row, column), entry in np.ndenumerate(np.atleast_2d(value)):
                page.fill(f"#cell-0-{place}-{row}-{column}", f"{entry:.4f}")
        page.click(".check >> nth=0")
        page.click("#hint")
        page.screenshot(path=TARGET, full_page=True)
        browser.close()


if __name__ == "__main__":
    picture()
