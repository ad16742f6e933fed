from __future__ import annotations

import pytest

from templates.document import (
    Code,
    Display,
    Emphasis,
    Heading,
    Listing,
    Math,
    Paragraph,
    Strong,
    Table,
    Text,
)
from templates.markup import parse, parse_inline
from templates.places import MarkupError


def test_a_paragraph_has_words_emphasis_code_and_mathematics() -> None:
    assert parse("Row *i* of\n$W$ is **not** `x`.") == (
        Paragraph(
            (
                Text("Row "),
                Emphasis((Text("i"),)),
                Text(" of "),
                Math("W"),
                Text(" is "),
                Strong((Text("not"),)),
                Text(" "),
                Code("x"),
                Text("."),
            )
        ),
    )


def test_emphasis_nests() -> None:
    assert parse_inline("*a **b $x$***") == (
        Emphasis((Text("a "), Strong((Text("b "), Math("x"))))),
    )


def test_headings_keep_their_level() -> None:
    assert parse("# A\n\n### B") == (Heading(1, (Text("A"),)), Heading(3, (Text("B"),)))


def test_a_display_is_a_block() -> None:
    assert parse("So\n$$ a = b $$") == (Paragraph((Text("So"),)), Display("a = b"))


def test_lists_hold_blocks_and_lists() -> None:
    inner = Listing(((Paragraph((Text("b"),)),),))
    assert parse("1. a\n   - b\n2. c") == (
        Listing(((Paragraph((Text("a"),)), inner), (Paragraph((Text("c"),)),)), ordered=True),
    )


def test_a_table_has_a_header_and_rows() -> None:
    assert parse("| $x$ | y |\n|--|--|\n| 1 | |\n") == (
        Table(((Math("x"),), (Text("y"),)), (((Text("1"),), ()),)),
    )


def test_a_table_without_words_in_its_header_has_none() -> None:
    assert parse("| | |\n|--|--|\n| 1 | 2 |\n") == (Table((), (((Text("1"),), (Text("2"),)),)),)


def test_indented_text_is_a_paragraph() -> None:
    assert parse("      words") == (Paragraph((Text("words"),)),)


def test_quotation_marks_see_through_formulas_and_emphasis() -> None:
    assert parse_inline('$x$\'s *"y"* "`z`"') == (
        Math("x"),
        Text("’s "),
        Emphasis((Text("“y”"),)),
        Text(" “"),
        Code("z"),
        Text("”"),
    )


def test_dashes_stay_as_typed_in_code_and_mathematics() -> None:
    assert parse_inline("`a--b` $a--b$ a--b") == (
        Code("a--b"),
        Text(" "),
        Math("a--b"),
        Text(" a–b"),
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[a](b)", "a link"),
        ("![a](b)", "an image"),
        ("> a", "a block quote"),
        ("```\na\n```", "a code block"),
        ("a <b>c</b>", "HTML"),
        ("<div>\na\n</div>", "HTML"),
        ("a  \nb", "a forced line break"),
        ("***", "a horizontal rule"),
        ("#### a", "level 4"),
        ("3. a", "start at 1"),
    ],
)
def test_what_the_document_tree_cannot_hold_is_an_error_that_names_it(text: str, name: str) -> None:
    with pytest.raises(MarkupError, match=name):
        parse(text)


def test_bad_mathematics_is_an_error_that_shows_it() -> None:
    with pytest.raises(MarkupError, match=r"in the formula \$a \\unheard b\$") as caught:
        parse(r"so $a \unheard b$")
    assert caught.value.place is None


def test_inlines_are_one_paragraph() -> None:
    assert parse_inline("") == ()
    with pytest.raises(MarkupError, match="on one line"):
        parse_inline("a\n\nb")
