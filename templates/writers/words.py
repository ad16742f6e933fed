"""Words: what the inlines of a line read like without any format, for writers that measure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from templates.document import Code, Emphasis, Inline, Math, Strong, Text
from templates.mathematics import plain


def plain_words(content: Iterable[Inline]) -> str:
    """The inlines as one line of text, formulas as in the terminal."""
    return "".join(_read(inline) for inline in content)


def _read(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Math(source):
            return plain(source)
        case Emphasis(content) | Strong(content):
            return plain_words(content)
        case _:
            assert_never(inline)
