from __future__ import annotations

from collections.abc import Callable

import pytest

from templates.boxes import Bar, Box
from templates.document import Figure, Item, PageBreak, Text, Unsupported
from templates.layout.blocks import rows, sequence
from templates.layout.frames import Laid
from templates.layout.style import LIST_INDENT, Setting
from templates.markup import parse


def test_list_entries_hang_behind_their_markers(words: Callable[[Laid], str]) -> None:
    (listing,) = parse("1. " + "gradient " * 30 + "\n2. b")
    found = rows(listing, Setting(300))
    assert words(found[0].frame).startswith("1. gradient")
    assert {row.x for row in found[1:-1]} == {LIST_INDENT}
    assert words(found[-1].frame) == "2. b"


def test_an_empty_entry_keeps_its_marker(words: Callable[[Laid], str]) -> None:
    (listing,) = parse("- \n- b")
    assert [words(row.frame).strip() for row in rows(listing, Setting(300))] == ["•", "• b"]


def test_a_heading_and_words_before_a_display_stay_with_what_follows() -> None:
    found = sequence(parse("# A\n\nwords\n\n$$x$$\n\nwords\n\nwords"), Setting(300))
    assert [row.keep for row in found] == [True, True, False, False, False]


@pytest.mark.parametrize(("width", "drawn"), [(100.0, 100.0), (600.0, 300.0)])
def test_a_figure_is_centred_and_made_to_fit(width: float, drawn: float) -> None:
    figure = Figure(Box(width, 60, 0, (Bar(width, 1),)), "a line")
    (row,) = rows(figure, Setting(300))
    assert (row.frame.width, row.x) == (drawn, (300 - drawn) / 2)
    assert row.frame.marks[0].width == drawn  # type: ignore[index,union-attr]


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("Question"),), ())])
def test_what_cannot_stand_in_a_column_is_an_error(block: Item | PageBreak) -> None:
    with pytest.raises(Unsupported, match=f"cannot show a {type(block).__name__}"):
        rows(block, Setting(300))


@pytest.mark.parametrize(("source", "ties"), [("- a\n- b\n- c", [0, 1, 0]), ("- a", [0])])
def test_the_last_entry_of_a_list_stays_with_the_one_before(source: str, ties: list[int]) -> None:
    (listing,) = parse(source)
    assert [row.keep for row in rows(listing, Setting(300))] == [bool(tie) for tie in ties]
