"""The head of a paper: its title, the lines under it, and boxes for the student's particulars."""

from __future__ import annotations

from dataclasses import replace

from templates.boxes import Bar, Box
from templates.document import Text, TitleBlock
from templates.layout import lines
from templates.layout.answers import framed
from templates.layout.frames import Frame, Laid, Row, beside, kept, spaced
from templates.layout.style import COLUMN_GAP, SMALL, THICK_RULE, TITLE, Setting
from templates.layout.words import word

FIELD_HEIGHT = 30.0
AFTER = 8.0
"""White under the fields."""

_LABEL_DROP = 9.5
_VALUE_BASE = 7.5


def rows(block: TitleBlock, setting: Setting) -> tuple[Row, ...]:
    """Title, lines, a rule, then the fields side by side, the first twice as wide as the others."""
    plain = replace(setting, justified=False)
    large = replace(plain, size=TITLE, face="bold")
    found = list(lines.paragraph((Text(block.title),), large))
    for line in block.lines:
        found.extend(spaced(lines.paragraph((Text(line),), plain), 1.0))
    found.append(Row(Box(setting.measure, THICK_RULE, 0.0, (_rule(setting.measure),)), 6.0))
    if block.fields:
        found.append(_fields(block, setting))
    return kept(found)


def _rule(width: float) -> Bar:
    return Bar(width, THICK_RULE)


def _fields(block: TitleBlock, setting: Setting) -> Row:
    known = dict(block.values)
    shares = [2, *[1] * (len(block.fields) - 1)] if len(block.fields) > 1 else [1]
    unit = (setting.measure - COLUMN_GAP * (len(shares) - 1)) / sum(shares)
    cells, x = [], 0.0
    for label, share in zip(block.fields, shares, strict=True):
        cells.append((x, _field(label, known.get(label, ""), unit * share, setting)))
        x += unit * share + COLUMN_GAP
    fields = beside(cells, setting.measure)
    return Row(Frame(setting.measure, FIELD_HEIGHT, AFTER, ((0.0, 0.0, fields),)), 10.0)


def _field(label: str, value: str, width: float, setting: Setting) -> Frame:
    parts: list[tuple[float, float, Laid]] = [
        (0.0, 0.0, framed(width, FIELD_HEIGHT, 0.0)),
        (5.0, FIELD_HEIGHT - _LABEL_DROP, word(label, "regular", SMALL)),
    ]
    if value:
        inner = replace(setting, measure=width - 12.0)
        name = lines.one_line((Text(value),), inner)
        if name.width > inner.measure:
            raise ValueError(f"{value!r} is wider than the {label} box")
        parts.append((6.0, _VALUE_BASE, name))
    return Frame(width, FIELD_HEIGHT, 0.0, tuple(parts))
