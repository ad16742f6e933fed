"""Lines: a paragraph broken into lines and its lines into rows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from templates.boxes import Box, DoesNotFit
from templates.document import Inline
from templates.layout.frames import Frame, Row
from templates.layout.style import (
    LINE_SKIP,
    SHORTEST_END,
    STRUT_DEPTH,
    STRUT_HEIGHT,
    WORD_SHRINK,
    WORD_STRETCH,
    Setting,
)
from templates.layout.words import Unit, natural_width, units


@lru_cache(maxsize=512)
def paragraph(content: tuple[Inline, ...], setting: Setting) -> tuple[Row, ...]:
    """The rows of a paragraph, without white above; never one line alone on a page.

    Raises:
        ValueError: a word or an undividable formula is wider than the line.
    """
    found = units(content, setting.face, setting.size, setting.measure)
    lines = _broken(found, setting)
    rows = [
        Row(_line(line, setting, last=index + 1 == len(lines))) for index, line in enumerate(lines)
    ]
    return _without_orphans(rows)


@lru_cache(maxsize=512)
def one_line(content: tuple[Inline, ...], setting: Setting) -> Frame:
    """The content on a single line of its natural width."""
    found = units(content, setting.face, setting.size, 1e6)
    return _line(found, replace(setting, measure=natural_width(found)), last=True)


def width(content: tuple[Inline, ...], setting: Setting) -> float:
    """The width of the content on one endless line."""
    return natural_width(units(content, setting.face, setting.size, 1e6))


def _broken(found: list[Unit], setting: Setting) -> list[list[Unit]]:
    """First fit. A justified line may be filled by narrowing its spaces a little."""
    lines: list[list[Unit]] = []
    used, slack = 0.0, WORD_SHRINK * setting.size if setting.justified else 0.0
    for unit in found:
        if unit.width > setting.measure + 1e-6:
            raise DoesNotFit(f"{_words(unit)[:60]!r} is wider than its line")
        longer = used + unit.gap + unit.width
        if lines and longer <= setting.measure + slack * len(lines[-1]) + 1e-6:
            lines[-1].append(unit)
            used = longer
        else:
            lines.append([unit])
            used = unit.width
    _lengthen_end(lines, setting)
    return lines


def _lengthen_end(lines: list[list[Unit]], setting: Setting) -> None:
    """Give a last line of one short word another word from the line before."""
    if len(lines) < 2 or len(lines[-2]) < 2:
        return
    longer = [lines[-2][-1], *lines[-1]]
    short = natural_width(lines[-1]) < SHORTEST_END * setting.size
    if short and natural_width(longer) <= setting.measure:
        lines[-2:] = [lines[-2][:-1], longer]


def _words(unit: Unit) -> str:
    marks = (mark for _, part in unit.parts for mark in Frame(0, 0, 0, ((0, 0, part),)).marks())
    return "".join(getattr(mark, "text", "") for mark in marks).strip()


def _stretch(line: list[Unit], setting: Setting, last: bool) -> float:
    """How much each space of the line grows (or shrinks, when negative)."""
    spaces = sum([unit.gap > 0 for unit in line[1:]])
    if not (setting.justified and spaces):
        return 0.0
    extra = (setting.measure - natural_width(line)) / spaces
    if extra > WORD_STRETCH * setting.size or (last and extra > 0):
        return 0.0
    return extra


def _line(line: list[Unit], setting: Setting, *, last: bool) -> Frame:
    extra = _stretch(line, setting, last)
    parts: list[tuple[float, float, Box]] = []
    x = height = depth = 0.0
    for index, (gap, width, boxes) in enumerate(line):
        if index and gap:
            x += gap + extra
        for dx, box in boxes:
            parts.append((x + dx, 0.0, box))
            if box.height > height:
                height = box.height
            if box.depth > depth:
                depth = box.depth
        x += width
    leading = setting.leading
    height = max(STRUT_HEIGHT * leading, height + LINE_SKIP)
    depth = max(STRUT_DEPTH * leading, depth + LINE_SKIP)
    return Frame(x, height, depth, tuple(parts))


def _without_orphans(rows: list[Row]) -> tuple[Row, ...]:
    """Tie the first two lines together, and the last two."""
    ties = {0, len(rows) - 2} if len(rows) > 1 else set()
    return tuple(row.bound(row.keep or index in ties) for index, row in enumerate(rows))
