"""Tables: columns as wide as their contents, thin rules, and the widest columns wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from templates.boxes import Bar, Box
from templates.document import Inline, Math, Table, Text
from templates.layout import lines
from templates.layout.frames import Frame, Row, beside, stack
from templates.layout.style import TABLE_GAP, THICK_RULE, THIN_RULE, Setting

PADDING = 9.0
"""White between a column's contents and the edge of the column, on each side."""

RULE_GAP = 3.0
_NUMBER = re.compile(r"[-\u2212+]?\d[\d.,]*%?")

Cells = tuple[tuple[Inline, ...], ...]


def rows(block: Table, setting: Setting) -> tuple[Row, ...]:
    """The table, centred: bold header between rules, figures to the right, words to the left.

    A page may end within it, but not in its first or its last two rows.
    """
    cell = setting.inside()
    bold = replace(cell, face="bold")
    widths = _widths(block, cell, bold)
    right = [is_figures([row[index] for row in block.rows]) for index in range(len(widths))]
    total = sum(widths) + 2 * PADDING * len(widths)
    x = (setting.measure - total) / 2
    found = [_rule(total, THICK_RULE, TABLE_GAP)]
    if block.header:
        found += [_line(block.header, widths, right, bold), _rule(total, THIN_RULE, RULE_GAP)]
    head = len(found)
    found += [_line(row, widths, right, cell) for row in block.rows]
    found.append(_rule(total, THICK_RULE, RULE_GAP))
    return _tied([row.shifted(x) for row in found], head)


def _tied(found: list[Row], head: int) -> tuple[Row, ...]:
    """The rows, of which `head` come before the body, with breaks allowed inside the body alone."""
    first, last = head + 1, len(found) - 3
    return tuple(
        row.bound(not first <= place < last) if place + 1 < len(found) else row
        for place, row in enumerate(found)
    )


def _widths(block: Table, cell: Setting, bold: Setting) -> list[float]:
    header = [lines.width(content, bold) for content in block.header]
    body = [[lines.width(content, cell) for content in row] for row in block.rows]
    every = [header, *body] if header else body
    natural = [max(column) for column in zip(*every, strict=True)]
    return _fitted(natural, cell.measure - 2 * PADDING * len(natural))


def _fitted(natural: list[float], room: float) -> list[float]:
    """The widths, the widest of them cut down to one common width when they are too wide."""
    if sum(natural) <= room:
        return [width + 0.01 for width in natural]
    left, open_columns = room, len(natural)
    for width in sorted(natural):
        if width * open_columns > left:
            break
        left, open_columns = left - width, open_columns - 1
    return [min(width + 0.01, left / open_columns) for width in natural]


def is_figures(column: Sequence[tuple[Inline, ...]]) -> bool:
    """Whether a column has numbers alone, which are set to the right."""
    return bool(column) and all(_NUMBER.fullmatch(_plain(content)) for content in column)


def _plain(content: tuple[Inline, ...]) -> str:
    match content:
        case (Text(text),):
            return text.strip()
        case (Math(source),):
            return source.strip()
        case _:
            return ""


def _line(row: Cells, widths: list[float], right: list[bool], setting: Setting) -> Row:
    cells, x = [], PADDING
    for content, width, to_right in zip(row, widths, right, strict=True):
        frame = _cell(content, replace(setting, measure=width))
        cells.append((x + (width - frame.width if to_right else 0.0), frame))
        x += width + 2 * PADDING
    return Row(beside(cells, x - PADDING), RULE_GAP)


def _cell(content: tuple[Inline, ...], setting: Setting) -> Frame:
    column = lines.paragraph(content, setting)
    return stack(column, max((row.frame.width for row in column), default=0.0))


def _rule(width: float, thickness: float, above: float) -> Row:
    return Row(Box(width, thickness, 0.0, (Bar(width, thickness),)), above)
