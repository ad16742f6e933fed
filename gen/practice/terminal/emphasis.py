"""Strong words, emphasis and code in the styles of a terminal, instead of marks around them.

A document is written as text with private characters around such words, each as wide as the marks
that plain text has; the characters become styles when the lines are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from templates.document import (
    Block,
    Code,
    Emphasis,
    Heading,
    Inline,
    Listing,
    Options,
    Paragraph,
    Strong,
    Table,
    Text,
)

if TYPE_CHECKING:
    from rich.text import Text as Styled

_STYLES = ("bold", "italic", "bold cyan")
_MARKS = [(chr(0xE000 + 2 * n), chr(0xE001 + 2 * n)) for n in range(len(_STYLES))]
_MARK = re.compile("[\ue000-\ue005]")


def marked(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with private characters around what is set apart."""
    return tuple(map(_block, blocks))


def styled(lines: str, style: str = "") -> Styled:
    """Lines of a marked document in a style, and what is set apart in its own."""
    from rich.text import Text as Styled

    found, start, own = Styled(style=style), 0, ""
    for match in _MARK.finditer(lines):
        found.append(lines[start : match.start()], own)
        start = match.end()
        kind, closes = divmod(ord(match[0]) - 0xE000, 2)
        own = "" if closes else _STYLES[kind]
    found.append(lines[start:], own)
    return found


def _block(block: Block) -> Block:
    match block:
        case Paragraph(content) | Heading(_, content):
            return replace(block, content=_inlines(content))
        case Listing(entries) | Options(_, entries):
            return replace(block, entries=tuple(map(marked, entries)))
        case Table(header, rows):
            return replace(
                block,
                header=tuple(map(_inlines, header)),
                rows=tuple(tuple(map(_inlines, row)) for row in rows),
            )
        case _:
            return block


def _inlines(content: Iterable[Inline]) -> tuple[Inline, ...]:
    return tuple(each for inline in content for each in _inline(inline))


def _inline(inline: Inline) -> Iterator[Inline]:
    match inline:
        case Strong(content):
            yield from _between(0, _inlines(content))
        case Emphasis(content):
            yield from _between(1, _inlines(content))
        case Code(text):
            yield from _between(2, (Text(text),))
        case _:
            yield inline


def _between(kind: int, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    opening, closing = _MARKS[kind]
    return (Text(opening), *content, Text(closing))
