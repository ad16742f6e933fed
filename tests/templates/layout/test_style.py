from __future__ import annotations

import pytest

from templates.layout.style import LEADING, PAPERS, Setting


@pytest.mark.parametrize(
    ("name", "inches"), [("a4", (210 / 25.4, 297 / 25.4)), ("letter", (8.5, 11.0))]
)
def test_papers_have_their_standard_sizes(name: str, inches: tuple[float, float]) -> None:
    paper = PAPERS[name]  # type: ignore[index]
    size = (paper.width / 72, paper.height / 72)
    assert size == pytest.approx(inches, abs=1e-4)
    assert paper.measure + 2 * paper.margin == paper.width
    assert paper.body + 2 * paper.margin == paper.height


def test_the_leading_grows_with_the_type() -> None:
    assert Setting(400).leading == pytest.approx(LEADING)
    assert Setting(400, size=21).leading == pytest.approx(2 * LEADING)
    assert Setting(400).narrowed(30).measure == 370
