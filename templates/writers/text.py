"""Text: a document as a page for a terminal, mathematics in Unicode.

A formula in running text is on one line; matrices in a display and in worked lines have their rows
under one another.

Strong words stand between asterisks, emphasis between underscores and code between backquotes.
Answer spaces are left out, since nobody writes on a screen; a figure is told by its description.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import assert_never

from templates.document import (
    AnswerSpace,
    Block,
    Code,
    Display,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    Listing,
    Math,
    Options,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
    TitleBlock,
    Unsupported,
)
from templates.mathematics import plain
from templates.writers.characters import NO_BREAK, columns_of, padded, wrapped
from templates.writers.text_formulas import displayed, in_line

_UNDERLINES = {1: "=", 2: "-", 3: "~"}
_INDENT = "    "
_COLUMN_GAP = "   "
_LONGEST_UNBROKEN, _LONGEST_PART = 60, 40
"""Columns that a formula in the line may take before it breaks, and that each part then aims at."""


def write(document: Document, *, width: int = 88) -> str:
    """The document as lines of at most `width` characters, ending with a newline.

    A long formula in the line breaks where a display would. A word or a part of a formula that is
    wider than the line is not cut: its line is longer.

    Raises:
        Unsupported: an item or a page break stands inside another block.
    """
    found: list[list[str]] = []
    for block in document.blocks:
        if isinstance(block, Item):
            # One empty line more than between the blocks of an item.
            heading = _underlined(_words(block.heading), "-")
            found += [["", *heading] if found else heading, *_blocks(block.blocks, width)]
        elif not isinstance(block, PageBreak):
            found.append(_block(block, width))
    if document.running:
        found.append([document.running])
    return unicodedata.normalize("NFC", _joined(found)) + "\n"


def _joined(blocks: Iterable[Sequence[str]]) -> str:
    text = "\n\n".join("\n".join(lines) for lines in blocks if lines)
    return "\n".join(line.rstrip() for line in text.replace(NO_BREAK, " ").split("\n"))


def _blocks(blocks: Sequence[Block], width: int) -> list[list[str]]:
    return [lines for block in blocks if (lines := _block(block, width))]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(content):
            return _paragraph(content, width)
        case Heading(level, content):
            return _underlined(_words(content), _UNDERLINES[level])
        case Display(source):
            return [_INDENT + line for line in displayed(source, width - len(_INDENT))]
        case Listing():
            return _listing(block, width)
        case Options():
            return _options(block, width)
        case Table():
            return _table(block, width)
        case Figure(_, description):
            return wrapped(f"[Figure: {description}]", width)
        case AnswerSpace():
            return []
        case TitleBlock():
            return _title(block, width)
        case Item() | PageBreak():
            raise Unsupported("text", block)
        case _:
            assert_never(block)


def _paragraph(content: Sequence[Inline], width: int) -> list[str]:
    """Running text; a worked line that needs several lines has the reason under it."""
    match content:
        case (Math(source, True), *rest):
            lines = displayed(source, width)
            if len(lines) == 1:
                return wrapped(_words(content), width, "", _INDENT)
            reason = _words(rest).removeprefix(".")
            return [*lines, *wrapped(reason, width, _INDENT)]
        case _:
            return wrapped(_words(content), width)


def _words(content: Sequence[Inline]) -> str:
    """Inlines as text; the spaces of a formula do not break."""
    return "".join(_inline(inline) for inline in content)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(content):
            return f"_{_words(content)}_"
        case Strong(content):
            return f"*{_words(content)}*"
        case Code(text):
            return f"`{text}`"
        case Math(source):
            whole = plain(source).replace(" ", NO_BREAK)
            short = columns_of(whole) <= _LONGEST_UNBROKEN
            return whole if short else in_line(source, _LONGEST_PART)
        case _:
            assert_never(inline)


def _underlined(text: str, mark: str) -> list[str]:
    return [text, mark * columns_of(text)]


def _hung(marker: str, blocks: Sequence[Block], width: int) -> list[str]:
    """The blocks behind a marker, further lines under the first."""
    indent = " " * len(marker)
    lines = [line for part in _blocks(blocks, width - len(marker)) for line in part] or [""]
    return [marker + lines[0].lstrip(), *(indent + line for line in lines[1:])]


def _listing(block: Listing, width: int) -> list[str]:
    return [
        line
        for number, entry in enumerate(block.entries, start=1)
        for line in _hung(f"{number}. " if block.ordered else "\u2022 ", entry, width)
    ]


def _options(block: Options, width: int) -> list[str]:
    shape = "[ ]" if block.several else "( )"
    return [
        line
        for label, entry in zip(block.labels, block.entries, strict=True)
        for line in _hung(f"{shape} {label}  " if label else f"{shape} ", entry, width)
    ]


def _table(block: Table, width: int) -> list[str]:
    rows = [block.header, *block.rows] if block.header else list(block.rows)
    columns = list(zip(*rows, strict=True))
    widths = [max(columns_of(_words(cell)) for cell in column) for column in columns]
    widths = _fitted(widths, width - len(_COLUMN_GAP) * (len(widths) - 1))
    lines = [line for row in rows for line in _table_row(row, widths)]
    if not block.header:
        return lines
    top = len(_table_row(block.header, widths))
    return [*lines[:top], _COLUMN_GAP.join("-" * column for column in widths), *lines[top:]]


def _fitted(natural: Sequence[int], room: int) -> list[int]:
    """The widths, the widest of them cut to what makes the table fit."""
    limit = max(natural)
    while limit > 1 and sum(min(width, limit) for width in natural) > room:
        limit -= 1
    return [min(width, limit) for width in natural]


def _table_row(row: Sequence[Sequence[Inline]], widths: Sequence[int]) -> list[str]:
    cells = [wrapped(_cell(cell, width), width) for cell, width in zip(row, widths, strict=True)]
    return [_table_line(line, widths) for line in zip_longest(*cells, fillvalue="")]


def _cell(content: Sequence[Inline], width: int) -> str:
    """A cell as text; a formula that is wider than the column may break."""
    match content:
        case (Math(source),) if columns_of(_words(content)) > width:
            return in_line(source, width)
        case _:
            return _words(content)


def _table_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _COLUMN_GAP.join(map(padded, cells, widths))


def _title(block: TitleBlock, width: int) -> list[str]:
    known = dict(block.values)
    fields = [f"{label}: {known.get(label, '_' * 30)}" for label in block.fields]
    lines = [line for text in block.lines for line in wrapped(text, width)]
    return [*_underlined(block.title, "="), *lines, *([""] if fields else []), *fields]
