"""Answer options: a shape to tick, a letter and the option, in as many columns as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from templates.boxes import Box, Circle, Path
from templates.document import Block, Display, Options, Paragraph
from templates.layout import formulas, lines
from templates.layout.frames import Frame, Laid, Row, beside, kept, stack
from templates.layout.style import (
    COLUMN_GAP,
    OPTION_GAP,
    OPTION_INDENT,
    PARAGRAPH_GAP,
    Setting,
)
from templates.layout.words import word

Sequencer = Callable[[Sequence[Block], Setting], tuple[Row, ...]]
"""How the blocks of an entry are set: `templates.layout.blocks.sequence`."""

RADIUS = 4.2
LETTER = 14.0
CONTENT = 29.0
"""Where the letter and the option begin, from the left edge of the shape."""


def rows(block: Options, setting: Setting, sequence: Sequencer) -> tuple[Row, ...]:
    """The options in reading order, A B over C D; no page break parts them."""
    room = setting.measure - OPTION_INDENT
    columns = _columns(block, setting, room)
    step = room / columns
    inner = setting.inside().narrowed(setting.measure - step + CONTENT + COLUMN_GAP / 2)
    cells = [
        _cell(label, entry, block.several, inner, sequence)
        for label, entry in zip(block.labels, block.entries, strict=True)
    ]
    found = []
    for start in range(0, len(cells), columns):
        line = [(index * step, cell) for index, cell in enumerate(cells[start : start + columns])]
        above = OPTION_GAP if start else PARAGRAPH_GAP + 1
        found.append(Row(beside(line, room), above, x=OPTION_INDENT))
    return kept(found)


def _columns(block: Options, setting: Setting, room: float) -> int:
    """The largest even arrangement whose columns hold the widest option on one line."""
    widest = max((_natural(entry, setting) for entry in block.entries), default=0.0)
    count = len(block.entries)
    for columns in dict.fromkeys((count if count <= 5 else 4, 4, 2)):
        even = count % columns == 0 or columns == 2
        if even and widest + CONTENT + COLUMN_GAP <= room / columns:
            return columns
    return 1


def _natural(entry: Sequence[Block], setting: Setting) -> float:
    match tuple(entry):
        case (Paragraph(content),):
            return lines.width(content, setting)
        case (Display(source),):
            return formulas.display_width(source, setting.size)
        case _:
            return setting.measure


def _cell(
    label: str, entry: Sequence[Block], several: bool, setting: Setting, sequence: Sequencer
) -> Frame:
    content = stack(sequence(entry, setting), setting.measure)
    middle = 0.33 * setting.size
    parts: list[tuple[float, Laid]] = [(0.0, _shape(several, middle))]
    if label:
        parts.append((LETTER, word(label, "regular", setting.size, " ")))
    start = CONTENT if label else LETTER
    return beside([*parts, (start, content)], CONTENT + setting.measure)


def _shape(several: bool, middle: float) -> Box:
    """A square where several may be ticked, a circle where one may."""
    r = RADIUS
    if several:
        corners = ((0.0, middle - r), (2 * r, middle - r), (2 * r, middle + r), (0.0, middle + r))
        return Box(2 * r, middle + r, r - middle, (Path(corners, closed=True, line_width=0.6),))
    circle = Circle(r, r, middle, line_width=0.6)
    return Box(2 * r, middle + r, r - middle, (circle,))
