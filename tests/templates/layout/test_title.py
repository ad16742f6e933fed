from __future__ import annotations

from collections.abc import Callable

import pytest

from templates.boxes import Path
from templates.document import TitleBlock
from templates.layout.frames import Laid
from templates.layout.style import Setting
from templates.layout.title import rows


def test_a_title_has_its_lines_a_rule_and_a_box_for_each_field(
    words: Callable[[Laid], str],
) -> None:
    found = rows(TitleBlock("Quiz 1", ("A line",), ("Name", "ID")), Setting(400))
    assert [words(row.frame) for row in found] == ["Quiz 1", "A line", "", "NameID"]
    boxes = [mark for mark in found[-1].frame.marks() if isinstance(mark, Path)]  # type: ignore[union-attr]
    widths = [box.points[1][0] - box.points[0][0] for box in boxes]
    assert widths[0] == pytest.approx(2 * widths[1])
    assert boxes[1].points[1][0] == pytest.approx(400)


def test_a_known_value_stands_in_its_box(words: Callable[[Laid], str]) -> None:
    name = "Ελένη Чехов Ångström"
    found = rows(TitleBlock("Quiz", (), ("Name",), (("Name", name),)), Setting(400))
    assert words(found[-1].frame) == "Name" + name


def test_a_value_wider_than_its_box_is_an_error_that_names_both() -> None:
    block = TitleBlock("Quiz", (), ("Name",), (("Name", "Anna " * 30),))
    with pytest.raises(ValueError, match=r"'Anna .* is wider than the Name box"):
        rows(block, Setting(400))


def test_a_title_without_fields_ends_with_its_rule() -> None:
    assert len(rows(TitleBlock("Quiz"), Setting(400))) == 2
