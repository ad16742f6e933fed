"""Formulas on the page: mathematics in the line, and displays with what becomes of long ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from templates.boxes import Box, DoesNotFit
from templates.layout import division
from templates.layout.frames import Frame, Row, beside, kept, spaced
from templates.layout.style import (
    DISPLAY_GAP,
    DISPLAY_INDENT,
    LINE_SKIP,
    STRUT_DEPTH,
    STRUT_HEIGHT,
    THICK_SPACE,
    Setting,
)
from templates.mathematics import parse, typeset, typeset_tree
from templates.mathematics.tree import Row as Formula

WIDE = 0.25
"""The share of the line beyond which a formula in the line may be divided."""

SHORT = 150.0
"""Formulas up to this width are never divided, however narrow the line."""

PUNCTUATION = 0.4
"""The room, in ems, that a formula in the line leaves for a comma or a period behind it."""

LONG_HEAD = 0.4
"""The share of the line beyond which the left side of a chain gets a line of its own."""

SMALLEST = 0.5
"""How far a display that cannot be divided is reduced before it is refused."""

CHAIN_GAP = 3.0
"""White between the lines of a divided display."""

CONTINUATION = 2.5
"""How far the further lines of a divided sum stand in, in ems."""


@lru_cache(maxsize=1024)
def inline(source: str, size: float, measure: float, large: bool = False) -> tuple[Box, ...]:
    """The formula as boxes between which a line may break: one, unless it is wide.

    A wide formula is divided after its relations, as TeX does, and after the commas between
    its clauses; what is wider than the line even so, before its signs.
    """
    parts = _parts(source, size, measure, large) if len(source) * size > measure else ()
    undivided = min(measure, max(WIDE * measure, SHORT))
    # The whole is as wide as its parts together and more: it need not be set if they are wide.
    if sum(box.width for box in parts) <= undivided:
        whole = typeset(source, size, large)
        if whole.width <= undivided:
            return (whole,)
    return parts or _parts(source, size, measure, large)


def _parts(source: str, size: float, measure: float, large: bool) -> tuple[Box, ...]:
    found: list[Box] = []
    measure -= PUNCTUATION * size
    for part, whole in _links_in_line(source, size, large):
        if whole.width <= measure:
            found.append(whole)
        else:
            terms = division.at_signs(part)
            found.extend(box for term in terms for box in _term(term, size, measure, large))
    return tuple(found)


def _term(term: Formula, size: float, measure: float, large: bool) -> Iterator[Box]:
    """A term as boxes: one, set smaller if need be; or those that a sum in brackets makes."""
    fits = typeset_tree(term, size, large).width * SMALLEST <= measure
    parts = (term,) if fits else division.at_inner_signs(term)
    return (_reduced(part, size, measure, large) for part in parts)


@lru_cache(maxsize=1024)
def _links_in_line(source: str, size: float, large: bool) -> tuple[tuple[Formula, Box], ...]:
    """The parts between relations with their boxes: cells are measured, then set on a line."""
    parts = division.relation_last(division.at_relations(parse(source)))
    return tuple((part, typeset_tree(part, size, large)) for part in parts)


@lru_cache(maxsize=256)
def display(source: str, setting: Setting) -> tuple[Row, ...]:
    """A displayed formula. One that is wider than its line goes on in further lines: after the
    comma between its clauses, else before a relation, else before a plus or a minus.

    Raises:
        ValueError: no division makes it fit.
    """
    indent = _indent(setting)
    room = setting.measure - indent
    whole = typeset(source, setting.size, display=True)
    if whole.width <= room:
        x = (setting.measure - whole.width) / 2 if setting.centred else indent
        return spaced(_lines([(0.0, whole)], x, setting), DISPLAY_GAP)
    found: list[Row] = []
    for line in _filled(division.at_clauses(parse(source)), setting.size, room):
        box = _set(line, setting.size)
        if box.width <= room:
            found.extend(_lines([(0.0, box)], indent, setting))
        else:
            found.extend(_chain(line, setting, room))
    return kept(spaced(found, DISPLAY_GAP))


def display_width(source: str, size: float) -> float:
    """The width of a displayed formula that is not divided."""
    return typeset(source, size, display=True).width


def _indent(setting: Setting) -> float:
    """Displays stand in, except in the narrow columns of options and tables."""
    return DISPLAY_INDENT if setting.measure > 10 * DISPLAY_INDENT else 0.0


def _set(tree: Formula, size: float) -> Box:
    return typeset_tree(tree, size, display=True)


def _filled(parts: tuple[Formula, ...], size: float, room: float) -> list[Formula]:
    """Lines of as many whole clauses as fit, a quad apart."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = division.joined(lines[-1], division.QUAD_SPACE, part)
        if _set(longer, size).width <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _chain(tree: Formula, setting: Setting, room: float) -> list[Row]:
    """Lines that begin with a relation, one under another at the first relation's place."""
    indent = _indent(setting)
    head, *rest = division.at_relations(tree)
    start = _set(division.trimmed(head), setting.size)
    hang = start.width + THICK_SPACE * setting.size
    if not rest:
        return _lines(_sum(head, setting, room), indent, setting)
    if hang > LONG_HEAD * room:
        opening = _lines(_sum(head, setting, room), indent, setting)
        hang = CONTINUATION * setting.size
        return [*opening, *_links(rest, setting, room - hang, indent + hang)]
    first, *others = _links(rest, setting, room - hang, indent + hang)
    line = beside(((0.0, start), (hang, first.frame)), hang + first.frame.width)
    return [Row(line, x=indent), *others]


def _links(rest: list[Formula], setting: Setting, room: float, x: float) -> list[Row]:
    """The further links of a chain, several on one line where they fit."""
    lines: list[Formula] = []
    for part in rest:
        longer = division.joined(lines[-1], part) if lines else part
        if lines and _set(longer, setting.size).width <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return _lines([part for line in lines for part in _sum(line, setting, room)], x, setting)


def _lines(boxes: list[tuple[float, Box]], x: float, setting: Setting) -> list[Row]:
    """Lines of displayed mathematics, never closer than lines of text."""
    height, depth = STRUT_HEIGHT * setting.leading, STRUT_DEPTH * setting.leading
    half, rows = LINE_SKIP / 2, []
    for dx, box in boxes:
        tall, deep = max(box.height + half, height), max(box.depth + half, depth)
        frame = Frame(box.width, tall, deep, ((0.0, 0.0, box),))
        rows.append(Row(frame, CHAIN_GAP, x=x + dx))
    return rows


def _sum(tree: Formula, setting: Setting, room: float) -> list[tuple[float, Box]]:
    """One link as lines, each with its place: a sum too wide goes on before a plus or a minus."""
    whole = _set(division.trimmed(tree), setting.size)
    if whole.width <= room:
        return [(0.0, whole)]
    hang = CONTINUATION * setting.size
    lines: list[Formula] = []
    for part in division.at_signs(tree):
        longer = division.joined(lines[-1], part) if lines else part
        width = _set(longer, setting.size).width + (hang if len(lines) > 1 else 0.0)
        if lines and width <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return [
        (hang if index else 0.0, _reduced(line, setting.size, room - (hang if index else 0.0)))
        for index, line in enumerate(lines)
    ]


def _reduced(tree: Formula, size: float, room: float, large: bool = True) -> Box:
    """The formula, set smaller where it is wider than the room."""
    box = typeset_tree(tree, size, large)
    factor = min(1.0, room / box.width)
    if factor < SMALLEST:
        raise DoesNotFit(
            f"a formula is {box.width:.0f} points wide, can nowhere be divided, and does not fit "
            f"on a line of {room:.0f}"
        )
    return box if factor == 1.0 else typeset_tree(tree, size * factor, large)
