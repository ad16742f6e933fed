from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from templates.dollars import dollars
from templates.places import MarkupError


def tokens(text: str) -> list[tuple[str, str]]:
    parsed = MarkdownIt("commonmark").use(dollars).parse(text)
    flat = [inner for token in parsed for inner in (token.children or [token])]
    return [(token.type, token.content) for token in flat if token.content]


def test_nothing_between_dollars_is_markdown() -> None:
    assert tokens("a $x_1 * y * z_2$ b") == [
        ("text", "a "),
        ("math_inline", "x_1 * y * z_2"),
        ("text", " b"),
    ]


def test_an_escaped_dollar_is_a_dollar() -> None:
    assert tokens(r"costs \$5 or \$6") == [("text", "costs $5 or $6")]


def test_an_escaped_dollar_does_not_end_a_formula() -> None:
    assert tokens(r"$a \$ b$") == [("math_inline", r"a \$ b")]


def test_a_display_may_take_several_lines_and_end_a_paragraph() -> None:
    assert tokens("so\n$$\na\n= b\n$$\nthus") == [
        ("text", "so"),
        ("math_block", "\na\n= b\n"),
        ("text", "thus"),
    ]


def test_a_display_may_stand_in_a_list() -> None:
    assert ("math_block", "a = b") in tokens("- so\n\n  $$a = b$$\n")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("only $5", "no closing"),
        ("in the $$x$$ line", "lines of its own"),
        ("$$x\n\nmore", "no closing"),
        ("$$x$$ more", "no closing"),
    ],
)
def test_a_dollar_without_a_partner_is_an_error(text: str, complaint: str) -> None:
    with pytest.raises(MarkupError, match=complaint):
        tokens(text)
