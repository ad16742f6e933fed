"""Answer spaces: room to work, and a framed box to put the answer in."""

from __future__ import annotations

from templates.boxes import Box, Path
from templates.document import AnswerSpace
from templates.layout import lines
from templates.layout.frames import Frame, Row
from templates.layout.style import ANSWER_GAP, Setting

WIDTH = 132.0
HEIGHT = 25.0
SHAPE = 96.0
"""The width of a box for rows and columns, which has a cross in its middle."""
ROW, COLUMN, EDGE = 14.0, 37.0, 12.0
"""What a handwritten number of a matrix takes up, and the white inside the frame."""

LABEL_GAP = 7.0


def rows(block: AnswerSpace, setting: Setting) -> tuple[Row, ...]:
    """One row: the room, and at its lower right corner the box, with its label before it."""
    room = block.lines * setting.leading
    if not block.label:
        return (Row(Frame(setting.measure, room, 0.0)),) if room else ()
    label = lines.one_line(block.label, setting)
    inside = lines.one_line(block.inside, setting) if block.inside else None
    width = max(WIDTH if inside is None else SHAPE, COLUMN * block.columns + EDGE)
    half = max(HEIGHT, ROW * block.rows + EDGE / 2, label.height + label.depth + 4) / 2
    axis = 0.25 * setting.size
    x = setting.measure - width
    parts = (
        (x - LABEL_GAP - label.width, 0.0, label),
        (x, 0.0, framed(width, axis + half, half - axis)),
        *(((x + (width - inside.width) / 2, 0.0, inside),) if inside is not None else ()),
    )
    return (Row(Frame(setting.measure, room + axis + half, half - axis, parts), ANSWER_GAP),)


def framed(width: float, height: float, depth: float) -> Box:
    """An empty frame to write in."""
    corners = ((0.0, -depth), (width, -depth), (width, height), (0.0, height))
    return Box(width, height, depth, (Path(corners, closed=True, line_width=0.6),))
