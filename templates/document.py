"""The document tree: what a page says, without saying how any format shows it.

Templates are parsed into this tree and every writer is a function from it to bytes or text.
Blocks and inlines are two closed vocabularies, so an impossible nesting cannot be written.
A writer that cannot show a block raises `Unsupported`, naming both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from templates.boxes import Box


class Unsupported(TypeError):  # noqa: N818 - says what happened
    """A format was asked for a block that it cannot show."""

    def __init__(self, writer: str, block: object) -> None:
        super().__init__(f"the {writer} writer cannot show a {type(block).__name__}")


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as they are read."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart, in italics where there are italics."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that must be seen, in bold where there is bold."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Program text, set in a fixed-width face."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """Mathematics in the line, as the LaTeX that `templates.mathematics` accepts.

    With `large`, fractions and sums are as large as in a display.
    """

    source: str
    large: bool = False


Inline = Text | Emphasis | Strong | Code | Math


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with mathematics in the line; one that `leads` stays with what follows it."""

    content: tuple[Inline, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of its own line; level 1 is the largest, 3 the smallest."""

    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """Mathematics on a line of its own."""

    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted or (when `ordered`) numbered list; each entry is a run of blocks."""

    entries: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """Lettered answers to choose from; `several` when all that apply are to be ticked.

    `labels` has one letter an entry, or "" where there is none to be named; writers decide on the
    number of columns from the widths.
    """

    labels: tuple[str, ...]
    entries: tuple[tuple[Block, ...], ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of inline cells; `header` may be empty. All rows have the same number of cells."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, laid out already, and the words that say the same to who cannot see it."""

    box: Box
    description: str


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """Room to work (`lines` lines of text high) and, when `label` is not empty, a box to answer in.

    The label is what the box is for, such as `$\\delta^{(1)} =$`. The answer that the box must hold
    has so many `rows` and `columns` of numbers; what is `inside` stands in its middle already, such
    as the cross between the rows and the columns of a shape.
    """

    label: tuple[Inline, ...] = ()
    lines: int = 0
    rows: int = 1
    columns: int = 1
    inside: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its heading line and its blocks, which no page break may part on a paper.

    `breakable` is for worked solutions, which may be longer than a page; breaks then fall
    between blocks, never after a heading.
    """

    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    breakable: bool = False


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The head of a paper: title, the lines under it, and the boxes to be filled in.

    `fields` are the labels of those boxes, such as Name and Student ID; a value already known
    (a student's name) is given in `values` under its label.
    """

    title: str
    lines: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = (
    Paragraph
    | Heading
    | Display
    | Listing
    | Options
    | Table
    | Figure
    | AnswerSpace
    | Item
    | TitleBlock
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper, key or page of solutions.

    `title` also goes into the file's metadata; `running` is the short line at the foot of every
    page, beside "page x of y".
    """

    title: str
    blocks: tuple[Block, ...]
    running: str = ""
    language: str = field(default="en")
