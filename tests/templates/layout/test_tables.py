from __future__ import annotations

from collections.abc import Callable

import pytest

from templates.boxes import Bar
from templates.document import Table
from templates.layout.frames import Laid
from templates.layout.style import Setting
from templates.layout.tables import rows
from templates.markup import parse


def table(text: str) -> Table:
    (block,) = parse(text)
    assert isinstance(block, Table)
    return block


NUMBERS = table("| a | number |\n|---|---|\n| word | $-1.5$ |\n| other | $10.25$ |\n")
WIDE = table("| a | b |\n|---|---|\n| 1 | " + "the gradient of the loss " * 9 + " |\n")


def test_a_table_has_three_rules_and_a_row_for_each_row() -> None:
    found = rows(NUMBERS, Setting(400))
    rules = [row for row in found if isinstance(row.frame.marks, tuple)]
    assert (len(found), len(rules)) == (6, 3)
    assert all(isinstance(mark, Bar) for row in rules for mark in row.frame.marks)  # type: ignore[union-attr]


def test_a_short_table_is_centred_and_stays_on_one_page() -> None:
    found = rows(NUMBERS, Setting(400))
    assert {round(2 * row.x + row.frame.width, 6) for row in found} == {400}
    assert [row.keep for row in found] == [*[True] * 5, False]


def test_numbers_end_at_one_edge_and_words_begin_at_one() -> None:
    found = rows(NUMBERS, Setting(400))
    cells = [row.frame.parts for row in found[3:5]]  # type: ignore[union-attr]
    assert len({x for ((x, _, _), _) in cells}) == 1
    assert len({round(x + cell.width, 6) for (_, (x, _, cell)) in cells}) == 1


def test_a_wide_table_wraps_its_widest_column(words: Callable[[Laid], str]) -> None:
    found = rows(WIDE, Setting(300))
    assert max(row.frame.width for row in found) == pytest.approx(300, abs=0.02)
    assert found[3].extent > 3 * found[1].extent
    assert words(found[3].frame).split()[:3] == ["1the", "gradient", "of"]


def test_a_table_without_header_has_two_rules() -> None:
    bare = Table((), NUMBERS.rows)
    assert len(rows(bare, Setting(400))) == 4


def test_a_page_may_end_in_the_middle_of_a_table_but_not_next_to_its_head_or_foot() -> None:
    long = Table(NUMBERS.header, NUMBERS.rows * 3)
    found = rows(long, Setting(400))
    head, foot = [True] * 4, [True, True, False]
    assert [row.keep for row in found] == [*head, False, False, False, *foot]
