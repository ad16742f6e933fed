"""Text: a document as a page for a terminal, mathematics in Unicode on one line.

Strong words stand between asterisks, emphasis between underscores and code between backquotes.
Answer spaces are left out, since nobody writes on a screen; a figure is told by its description.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from textwrap import wrap
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
from templates.layout.division import at_clauses, at_relations, at_signs
from templates.mathematics import parse, plain, plain_tree
from templates.mathematics.tree import Row as Formula

_UNDERLINES = {1: "=", 2: "-", 3: "~"}
_NO_BREAK = "\u00a0"
_INDENT = "    "
_COLUMN_GAP = "   "


def write(document: Document, *, width: int = 88) -> str:
    """The document as lines of at most `width` characters, ending with a newline.

    A formula in the line, or a word, that is wider than the line is not cut: its line is longer.

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
    return "\n".join(line.rstrip() for line in text.replace(_NO_BREAK, " ").split("\n"))


def _blocks(blocks: Sequence[Block], width: int) -> list[list[str]]:
    return [lines for block in blocks if (lines := _block(block, width))]


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(content):
            return _wrapped(_words(content), width)
        case Heading(level, content):
            return _underlined(_words(content), _UNDERLINES[level])
        case Display(source):
            return _wrapped(_chain(source, width - len(_INDENT)), width, _INDENT, 2 * _INDENT)
        case Listing():
            return _listing(block, width)
        case Options():
            return _options(block, width)
        case Table():
            return _table(block, width)
        case Figure(_, description):
            return _wrapped(f"[Figure: {description}]", width)
        case AnswerSpace():
            return []
        case TitleBlock():
            return _title(block, width)
        case Item() | PageBreak():
            raise Unsupported("text", block)
        case _:
            assert_never(block)


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
            return plain(source).replace(" ", _NO_BREAK)
        case _:
            assert_never(inline)


def _chain(source: str, width: int) -> str:
    """A formula that breaks between clauses, a long clause at relations, a long link at signs."""
    found: list[str] = []
    for clause in at_clauses(parse(source)):
        found += _divided(clause, width, (at_relations, at_signs))
    return " ".join(found)


def _divided(
    tree: Formula, width: int, ways: Sequence[Callable[[Formula], tuple[Formula, ...]]]
) -> list[str]:
    """The formula whole where it fits or nothing divides it, else its parts."""
    whole = plain_tree(tree)
    if not ways or _columns(whole) <= width:
        return [whole.replace(" ", _NO_BREAK)]
    return [line for part in ways[0](tree) for line in _divided(part, width, ways[1:])]


def _wrapped(text: str, width: int, first: str = "", further: str | None = None) -> list[str]:
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underlined(text: str, mark: str) -> list[str]:
    return [text, mark * _columns(text)]


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes: combining accents take none."""
    return sum(not unicodedata.combining(character) for character in text)


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
        for line in _hung(f"{shape} {label}  ", entry, width)
    ]


def _table(block: Table, width: int) -> list[str]:
    header = [[_words(cell) for cell in block.header]] if block.header else []
    body = [[_words(cell) for cell in row] for row in block.rows]
    widths = [max(map(_columns, column)) for column in zip(*header, *body, strict=True)]
    widths = _fitted(widths, width - len(_COLUMN_GAP) * (len(widths) - 1))
    rule = [_COLUMN_GAP.join("-" * column for column in widths)] if header else []
    lines = [line for row in header for line in _table_row(row, widths)]
    return [*lines, *rule, *(line for row in body for line in _table_row(row, widths))]


def _fitted(natural: Sequence[int], room: int) -> list[int]:
    """The widths, the widest of them cut to what makes the table fit."""
    limit = max(natural)
    while limit > 1 and sum(min(width, limit) for width in natural) > room:
        limit -= 1
    return [min(width, limit) for width in natural]


def _table_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    return [_table_line(line, widths) for line in zip_longest(*cells, fillvalue="")]


def _table_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _COLUMN_GAP.join(
        cell + " " * (width - _columns(cell)) for cell, width in zip(cells, widths, strict=True)
    )


def _title(block: TitleBlock, width: int) -> list[str]:
    known = dict(block.values)
    fields = [f"{label}: {known.get(label, '_' * 30)}" for label in block.fields]
    lines = [line for text in block.lines for line in _wrapped(text, width)]
    return [*_underlined(block.title, "="), *lines, *([""] if fields else []), *fields]
