"""Blocks: every kind of block of the document tree as rows of a column.

A new kind of block is a case in `rows` and, when it needs more than a few lines, a file of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from templates.boxes import Box
from templates.document import (
    AnswerSpace,
    Block,
    Display,
    Figure,
    Heading,
    Item,
    Listing,
    Options,
    PageBreak,
    Paragraph,
    Table,
    Text,
    TitleBlock,
    Unsupported,
)
from templates.layout import answers, formulas, lines, options, tables, title
from templates.layout.frames import Row, beside, kept, scaled, spaced, tied
from templates.layout.style import (
    ENTRY_GAP,
    FIGURE_GAP,
    HEADING_GAP,
    HEADINGS,
    LIST_INDENT,
    PARAGRAPH_GAP,
    Setting,
)
from templates.layout.words import NO_BREAK_SPACE, word


def rows(block: Block, setting: Setting) -> tuple[Row, ...]:
    """The block as rows, with the white that it wants above its first row.

    Raises:
        Unsupported: an item or a page break stands inside another block.
        ValueError: something is wider than its line.
    """
    match block:
        case Paragraph(content):
            return spaced(lines.paragraph(content, setting), PARAGRAPH_GAP)
        case Heading():
            return _heading(block, setting)
        case Display(source):
            return formulas.display(source, setting)
        case Listing():
            return _listing(block, setting)
        case Options():
            return options.rows(block, setting, sequence)
        case Table():
            return tables.rows(block, setting)
        case Figure():
            return _figure(block, setting)
        case AnswerSpace():
            return answers.rows(block, setting)
        case TitleBlock():
            return title.rows(block, setting)
        case Item() | PageBreak():
            raise Unsupported("PDF", block)
        case _:
            assert_never(block)


def sequence(blocks: Sequence[Block], setting: Setting) -> tuple[Row, ...]:
    """The blocks one under another; words that lead to a display or a list stay with it."""
    found: list[Row] = []
    for index, block in enumerate(blocks):
        column = rows(block, setting)
        if index + 1 < len(blocks) and leads(block, blocks[index + 1]):
            column = tied(column)
        found.extend(column)
    return tuple(found)


def leads(block: Block, following: Block) -> bool:
    """Whether no page break may fall between two blocks, the one introducing the other."""
    led = isinstance(following, Display | Listing | Options | Table | AnswerSpace)
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and (led or block.leads))


def _heading(block: Heading, setting: Setting) -> tuple[Row, ...]:
    large = replace(setting, size=HEADINGS[block.level], face="bold", justified=False)
    return tied(kept(spaced(lines.paragraph(block.content, large), HEADING_GAP)))


def _listing(block: Listing, setting: Setting) -> tuple[Row, ...]:
    """The entries one under another; the last one never stands alone on a page."""
    inner = setting.narrowed(LIST_INDENT)
    found: list[Row] = []
    for number, entry in enumerate(block.entries, start=1):
        column = sequence(entry, inner) or lines.paragraph((Text(NO_BREAK_SPACE),), inner)
        column = spaced(column, ENTRY_GAP if number > 1 else PARAGRAPH_GAP)
        marker = word(f"{number}." if block.ordered else "\u2022", "regular", setting.size, " ")
        marked = _marked(column, marker)
        found.extend(tied(marked) if number == len(block.entries) - 1 else marked)
    return tuple(found)


def _marked(column: tuple[Row, ...], marker: Box) -> list[Row]:
    """The column indented, with the marker hanging in front of its first row."""
    first, *others = column
    x = LIST_INDENT - marker.width - 0.5 * LIST_INDENT / 2
    frame = beside(((x, marker), (LIST_INDENT + first.x, first.frame)), first.frame.width)
    return [first._replace(frame=frame, x=0.0), *(row.shifted(LIST_INDENT) for row in others)]


def _figure(block: Figure, setting: Setting) -> tuple[Row, ...]:
    box = block.box
    if box.width > setting.measure:
        box = scaled(box, setting.measure / box.width)
    return (Row(box, FIGURE_GAP, x=(setting.measure - box.width) / 2),)
