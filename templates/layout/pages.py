"""Pages: rows into pages, with the running line and "Page x of y" at the foot of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from templates.boxes import DoesNotFit
from templates.document import AnswerSpace, Block, Document, Heading, Item, PageBreak, Text
from templates.layout import lines
from templates.layout.blocks import leads, rows, sequence
from templates.layout.frames import Frame, Laid, Row, kept, spaced, tied
from templates.layout.style import AFTER_HEADING_GAP, ITEM_GAP, SMALL, Paper, Setting

FOOT = 34.0
"""The baseline of the foot, above the edge of the paper."""
LEAST_ROOM = 0.4
"""The share of its room to work that an item keeps where it can then stand on the same page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One finished page: its parts at their places from the lower left corner of the paper."""

    paper: Paper
    parts: tuple[tuple[float, float, Laid], ...]

    def frame(self) -> Frame:
        """The page as one frame, for a writer to draw."""
        return Frame(self.paper.width, self.paper.height, 0.0, self.parts)


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that stay on one page, and what to call them when they cannot.

    They may be those of one `item`, which can do with less room to work.
    """

    rows: tuple[Row, ...]
    name: str
    item: Item | None = None

    @property
    def extent(self) -> float:
        """The height of the group, without the white above it."""
        return sum(row.extent for row in self.rows) + sum(row.above for row in self.rows[1:])


def pages(document: Document, paper: Paper) -> tuple[Page, ...]:
    """The document laid out on the paper.

    Raises:
        ValueError: an item that must stay together is taller than a page, or something is
            wider than its line; the message names the item.
    """
    setting = Setting(paper.measure)
    bodies = _filled(_groups(document, setting, paper), setting, paper)
    total = len(bodies)
    return tuple(
        Page(paper, (*body, *_foot(document.running, number, total, paper)))
        for number, body in enumerate(bodies, start=1)
    )


def _filled(
    groups: Iterator[_Group | None], setting: Setting, paper: Paper
) -> list[list[tuple[float, float, Laid]]]:
    top = paper.height - paper.margin
    found: list[list[tuple[float, float, Laid]]] = [[]]
    y = top
    for group in groups:
        if group is None:
            found, y = ([*found, []], top) if found[-1] else (found, top)
            continue
        above = group.rows[0].above if found[-1] else 0.0
        if found[-1]:
            group = _tighter(group, y - above - paper.margin, setting)
        if y - above - group.extent < paper.margin - 1e-6:
            _refuse_tall(group, paper)
            found, y, above = [*found, []], top, 0.0
        for row in (group.rows[0].under(above), *group.rows[1:]):
            y -= row.above + row.frame.height
            found[-1].append((paper.margin + row.x, y, row.frame))
            y -= row.frame.depth
    return found if found[-1] or len(found) == 1 else found[:-1]


def _tighter(group: _Group, height: float, setting: Setting) -> _Group:
    """The group, with less room to work where that is what it takes to fit into the height."""
    excess = group.extent - height
    if group.item is None or excess <= 0 or excess > (1 - LEAST_ROOM) * _room(group.item, setting):
        return group
    return replace(group, rows=_fitted(group.item, setting, height))


def _room(item: Item, setting: Setting) -> float:
    """The height of an item's room to work."""
    return setting.leading * sum(b.lines for b in item.blocks if isinstance(b, AnswerSpace))


def _refuse_tall(group: _Group, paper: Paper) -> None:
    if group.extent > paper.body:
        raise DoesNotFit(
            f"{group.name} is {group.extent:.0f} points high and does not fit on one page, "
            f"which holds {paper.body:.0f}"
        )


def _groups(document: Document, setting: Setting, paper: Paper) -> Iterator[_Group | None]:
    """Runs of rows tied together, and None where a page must end."""
    tied_rows: list[Row] = []
    name = document.title
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, PageBreak):
            yield from (_Group(tuple(tied_rows), name),) if tied_rows else ()
            tied_rows = []
            yield None
            continue
        name = _name(block)
        column = _named_rows(block, setting, paper, name)
        for row in tied(column) if following and leads(block, following) else column:
            tied_rows.append(row)
            if not row.keep:
                alone = len(tied_rows) == len(column)
                item = block if isinstance(block, Item) and alone else None
                yield _Group(tuple(tied_rows), name, item)
                tied_rows = []
    if tied_rows:
        yield _Group(tuple(tied_rows), name)


def _named_rows(block: Block, setting: Setting, paper: Paper, name: str) -> tuple[Row, ...]:
    try:
        if isinstance(block, Item):
            return _fitted(block, setting, paper.body)
        return rows(block, setting)
    except DoesNotFit as error:
        raise DoesNotFit(f"{name}: {error}") from error
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _fitted(item: Item, setting: Setting, height: float) -> tuple[Row, ...]:
    """An item's rows; one that is too tall gives up room to work in, and then tall boxes."""
    column = _item(item, setting)
    excess = _Group(column, "").extent - height
    if item.breakable or excess <= 0 or not any(isinstance(b, AnswerSpace) for b in item.blocks):
        return column
    room = _room(item, setting)
    share = 1 - excess / room if excess < room else 0.0
    blocks = tuple(
        replace(block, lines=int(block.lines * share), rows=block.rows if share else 1)
        if isinstance(block, AnswerSpace)
        else block
        for block in item.blocks
    )
    return _item(replace(item, blocks=blocks), setting)


def _item(item: Item, setting: Setting) -> tuple[Row, ...]:
    heading = lines.paragraph(item.heading, replace(setting, face="bold", justified=False))
    head = tied(kept(spaced(heading, ITEM_GAP)))
    body = sequence(item.blocks, replace(setting, centred=not item.breakable))
    if body:
        body = spaced(body, max(AFTER_HEADING_GAP, body[0].above - AFTER_HEADING_GAP))
    column = (*head, *body)
    return column if item.breakable and body else kept(column)


def _name(block: Block) -> str:
    if isinstance(block, Item | Heading):
        content = block.heading if isinstance(block, Item) else block.content
        return "".join(part.text for part in content if isinstance(part, Text)).strip()
    return f"a {type(block).__name__}"


def _foot(
    running: str, number: int, total: int, paper: Paper
) -> tuple[tuple[float, float, Laid], ...]:
    small = Setting(paper.measure, size=SMALL)
    page = lines.one_line((Text(f"Page {number} of {total}"),), small)
    right = (paper.width - paper.margin - page.width, FOOT, page)
    if not running:
        return (right,)
    return ((paper.margin, FOOT, lines.one_line((Text(running),), small)), right)
