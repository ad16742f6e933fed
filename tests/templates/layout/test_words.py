from __future__ import annotations

import pytest

from templates.boxes import Glyphs
from templates.document import Emphasis, Strong, Text
from templates.layout.words import NO_BREAK_SPACE, natural_width, units, word
from templates.markup import parse_inline
from templates.typefaces import advance


def fonts(box_marks: object) -> list[tuple[str, str]]:
    return [(mark.font, mark.text) for mark in box_marks if isinstance(mark, Glyphs)]  # type: ignore[attr-defined]


def test_a_word_is_as_wide_as_its_characters() -> None:
    assert word("gradient", "regular", 10).width == advance("gradient", "KaTeX_Main-Regular", 10)


def test_a_space_after_a_word_is_in_its_text_but_not_its_width() -> None:
    spaced, bare = word("so", "regular", 10, " "), word("so", "regular", 10)
    assert spaced.width == bare.width
    assert fonts(spaced.marks) == [("KaTeX_Main-Regular", "so ")]


def test_letters_that_the_face_lacks_come_from_the_fallback() -> None:
    assert fonts(word("Zoë", "regular", 10).marks) == [
        ("KaTeX_Main-Regular", "Zo"),
        ("cmunrm", "ë"),
    ]


def test_emphasis_inside_strong_is_bold_italic() -> None:
    content = (Strong((Text("a"), Emphasis((Text("b"),)))),)
    (unit,) = units(content, "regular", 10, 400)
    assert [fonts(part.marks)[0][0] for _, part in unit.parts] == [  # type: ignore[union-attr]
        "KaTeX_Main-Bold",
        "KaTeX_Main-BoldItalic",
    ]


def test_punctuation_stays_with_its_formula() -> None:
    found = units(parse_inline("see ($x$), then"), "regular", 10, 400)
    assert [len(unit.parts) for unit in found] == [1, 3, 1]


def test_a_line_may_break_after_a_hyphen_without_a_space() -> None:
    found = units((Text("a pre-activation-like"),), "regular", 10, 400)
    assert [unit.gap > 0 for unit in found[1:]] == [True, False, False]


def test_a_hard_space_does_not_break() -> None:
    assert len(units((Text(f"Question{NO_BREAK_SPACE}3"),), "regular", 10, 400)) == 1


def test_spaces_around_emphasis_count_once() -> None:
    content = (Text("a "), Emphasis((Text(" b"),)), Text(" c"))
    found = units(content, "regular", 12, 400)
    assert [unit.gap for unit in found[1:]] == pytest.approx([4.0, 4.0])
    letters = sum(unit.width for unit in found)
    assert natural_width(found) == pytest.approx(letters + 8.0)


def test_a_negative_number_in_words_has_a_minus_sign_and_a_range_a_hyphen() -> None:
    found = units((Text("-1.5 (-2) 3-5 x-1"),), "regular", 10, 400)
    assert [text for unit in found for _, part in unit.parts for _, text in fonts(part.marks)] == [
        "\u22121.5 ",
        "(\u22122) ",
        "3-5 ",
        "x-1",
    ]


def test_code_keeps_its_hyphens() -> None:
    (unit,) = units(parse_inline("`-1`"), "regular", 10, 400)
    assert fonts(unit.parts[0][1].marks) == [("KaTeX_Typewriter-Regular", "-1")]
