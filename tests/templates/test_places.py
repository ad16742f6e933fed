from __future__ import annotations

from templates.places import MarkupError, last_place, mark, unmarked


def test_marks_are_invisible_in_the_text() -> None:
    assert unmarked(f"${mark('a.j2', 3)}x$ and y") == "$x$ and y"


def test_the_last_mark_before_a_position_of_the_visible_text_names_its_place() -> None:
    text = f"{mark('a.j2', 3)}ab\n{mark('a.j2', 4)}cd"
    assert last_place(text, 1) == "a.j2, line 3"
    assert last_place(text, 3) == "a.j2, line 4"
    assert last_place(text) == "a.j2, line 4"


def test_text_without_marks_has_no_place() -> None:
    assert last_place("plain") is None


def test_an_error_begins_with_its_place() -> None:
    assert str(MarkupError("wrong", "a.j2, line 3")) == "a.j2, line 3: wrong"
    assert str(MarkupError("wrong")) == "wrong"
