from __future__ import annotations

from templates.writers.characters import NO_BREAK, columns_of, padded, wrapped


def test_combining_accents_take_no_column() -> None:
    assert columns_of("u\u0307 = 1") == 5
    assert padded("s\u20d7", 3) == "s\u20d7  "


def test_lines_break_at_spaces_and_are_as_full_as_they_can_be() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("one  two\nthree", 80) == ["one two three"]
    assert wrapped("", 10) == []


def test_lines_have_what_stands_before_them() -> None:
    assert wrapped("one two three", 9, "- ", "  ") == ["- one two", "  three"]
    assert wrapped("one two", 6, "> ") == ["> one", "> two"]


def test_a_word_that_is_too_wide_stays_whole() -> None:
    assert wrapped(f"a b{NO_BREAK}c{NO_BREAK}d e", 3) == ["a", f"b{NO_BREAK}c{NO_BREAK}d", "e"]
    assert wrapped("well-known", 4) == ["well-known"]
