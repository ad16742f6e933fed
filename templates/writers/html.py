"""HTML: a document as one file that needs nothing else, with mathematics as MathML.

The page has no script and asks the network for nothing. It follows the reader's choice of a light
or dark screen, is readable on a telephone, and prints. It is well-formed as XML too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol, assert_never
from xml.sax.saxutils import escape

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
from templates.elements import element, empty, leaf
from templates.layout.style import BODY
from templates.layout.tables import is_figures
from templates.mathematics import parse
from templates.writers import html_formulas
from templates.writers.svg import Drawing
from templates.writers.words import plain_words

_LETTER, _CHARACTER, _WHOLE_LINE = 2.6, 0.52, 40.0
"""How wide an option's letter, a character of its words and a whole line are, in ems."""

_CLOSING = ".,;:!?)\u2019\u201d"
"""Punctuation that belongs to what stands before it."""

_PLAIN_PAPER = "background: #ffffff; color: #000000"


def write(document: Document) -> str:
    """The document as a page of HTML.

    Raises:
        Unsupported: an item or a page break stands inside another block.
    """
    page = _Page(Drawing(set(), themed=True), _top(document.blocks))
    main = element("main", page.whole(document.blocks), {"class": "backprep"})
    footer = leaf("footer", document.running) + "\n" if document.running else ""
    head = (
        empty("meta", {"charset": "utf-8"}),
        empty("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        empty("meta", {"name": "color-scheme", "content": "light dark"}),
        leaf("title", document.title),
        element("style", "\n" + style_sheet()),
    )
    whole = element("head", "\n" + "\n".join(head) + "\n") + "\n"
    body = element("body", f"\n{main}\n{footer}")
    shell = element("html", f"\n{whole}{body}\n", {"lang": document.language})
    return f"<!DOCTYPE html>\n{shell}\n"


def fragment(
    blocks: Sequence[Block],
    drawing: Drawing | None = None,
    formulas: Formulas = html_formulas,
) -> str:
    """The blocks without a page around them, for a notebook or a page of its own.

    Figures are drawn by the page's own `drawing`; without it they keep their white paper. Formulas
    are MathML, or what else `formulas` makes of them.

    Raises:
        Unsupported: an item or a page break stands inside another block.
    """
    page = _Page(drawing or Drawing(set()), _top(blocks), formulas)
    return element("div", page.whole(blocks), {"class": "backprep"}) + "\n"


@cache
def style_sheet() -> str:
    """The style sheet of every page."""
    return block_styles() + _text("page.css")


@cache
def block_styles() -> str:
    """The part of the style sheet that is about blocks: colours and the page are for others.

    It asks for the colours `--soft`, `--rule` and `--ground`.
    """
    return _text("blocks.css")


def _text(name: str) -> str:
    return (files("templates") / "writers" / name).read_text(encoding="utf-8")


def _top(blocks: Sequence[Block]) -> int:
    """The level of an item's heading: that of the page, unless something else is the title."""
    titled = any(
        isinstance(block, TitleBlock) or (isinstance(block, Heading) and block.level == 1)
        for block in blocks
    )
    return 2 if titled else 1


class Formulas(Protocol):
    """How a page writes formulas: `html_formulas`, or `mathjax_formulas`."""

    def inline(self, source: str, large: bool, after: str) -> str:
        """A formula in the line, with the punctuation `after` it."""

    def display(self, source: str) -> str:
        """A formula on a line of its own."""


class _Page:
    """Writes the blocks of one page; `top` is the level of the headings of its items."""

    def __init__(self, drawing: Drawing, top: int, formulas: Formulas = html_formulas) -> None:
        self._drawing, self._top, self._formulas = drawing, top, formulas
        self._inside = False

    def whole(self, blocks: Sequence[Block]) -> str:
        """All blocks of the page, items and page breaks among them."""
        found = []
        for block in blocks:
            match block:
                case Item(heading, content):
                    found.append(self._item(heading, content))
                case PageBreak():
                    found.append(empty("hr", {"class": "page-break"}))
                case _:
                    found.append(self._block(block))
        return "\n" + "\n".join(found) + "\n"

    def _item(self, heading: Sequence[Inline], content: Sequence[Block]) -> str:
        self._inside = True
        head = element(f"h{self._top}", self._inlines(heading))
        section = element("section", f"\n{head}\n{self._blocks(content)}\n")
        self._inside = False
        return section

    def _inlines(self, content: Sequence[Inline]) -> str:
        return inlines(content, self._formulas)

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(content):
                return element("p", self._inlines(content))
            case Heading(level, content):
                return element(f"h{self._level(level)}", self._inlines(content))
            case Display(source):
                return self._formulas.display(source)
            case Listing(entries, ordered):
                lines = "\n".join(element("li", self._entry(entry)) for entry in entries)
                return element("ol" if ordered else "ul", f"\n{lines}\n")
            case Options():
                return self._options(block)
            case Table():
                return _table(block, self._formulas)
            case Figure():
                return self._figure(block)
            case AnswerSpace():
                return _answer(block, self._formulas)
            case TitleBlock():
                return _title(block)
            case Item() | PageBreak():
                raise Unsupported("HTML", block)
            case _:
                assert_never(block)

    def _level(self, level: int) -> int:
        """Inside an item, headings begin one level below the item's own."""
        return self._top + max(1, level - 1) if self._inside else level

    def _entry(self, blocks: Sequence[Block]) -> str:
        """A lone paragraph of an entry needs no element of its own."""
        match tuple(blocks):
            case (Paragraph(content),):
                return self._inlines(content)
            case _:
                return self._blocks(blocks)

    def _options(self, block: Options) -> str:
        entries = []
        for label, entry in zip(block.labels, block.entries, strict=True):
            letter = leaf("span", label, {"class": "letter"}) + " " if label else ""
            entries.append(element("li", letter + element("div", self._entry(entry))))
        own = {"class": "options several" if block.several else "options"}
        own["style"] = f"list-style: none; --option: {_option_width(block):.1f}em"
        return element("ol", "\n" + "\n".join(entries) + "\n", own)

    def _figure(self, block: Figure) -> str:
        """The drawing as wide as its letters are high in the text; it may shrink, but not fade."""
        ems = block.box.width / BODY
        look = f"width: {ems:.2f}em; max-width: 100%; min-width: {0.75 * ems:.2f}em; height: auto"
        if not self._drawing.themed:
            look += f"; {_PLAIN_PAPER}"
        return element("figure", self._drawing.svg(block.box, block.description, {"style": look}))


def inlines(content: Sequence[Inline], formulas: Formulas = html_formulas) -> str:
    """Words, code and formulas of a line; no line begins with the punctuation after a formula."""
    found: list[str] = []
    taken = 0
    for place, inline in enumerate(content):
        if isinstance(inline, Math):
            after = _punctuation(content[place + 1 : place + 2])
            found.append(formulas.inline(inline.source, inline.large, after))
            taken = len(after)
        else:
            found.append(_inline(inline, taken, formulas))
            taken = 0
    return "".join(found)


def _punctuation(following: Sequence[Inline]) -> str:
    match following:
        case (Text(text),):
            return text[: len(text) - len(text.lstrip(_CLOSING))]
        case _:
            return ""


def _inline(inline: Text | Emphasis | Strong | Code, taken: int, formulas: Formulas) -> str:
    """Words without the first `taken` characters, which are on the page already."""
    match inline:
        case Text(text):
            return escape(text[taken:])
        case Emphasis(content):
            return element("em", inlines(content, formulas))
        case Strong(content):
            return element("strong", inlines(content, formulas))
        case Code(text):
            return leaf("code", text)
        case _:
            assert_never(inline)


def _option_width(block: Options) -> float:
    """The width of the widest option with its letter, in ems."""
    return _LETTER + max((_width(entry) for entry in block.entries), default=0.0)


def _width(entry: Sequence[Block]) -> float:
    match tuple(entry):
        case (Paragraph(content),):
            return _CHARACTER * len(plain_words(content))
        case (Display(source),):
            return html_formulas.width(parse(source), True)
        case _:
            return _WHOLE_LINE


def _table(block: Table, formulas: Formulas) -> str:
    columns = list(zip(*block.rows, strict=True)) or [()] * len(block.header)
    figures = [is_figures(column) for column in columns]
    cells = [
        element("th", inlines(cell, formulas), _cell(right) | {"scope": "col"})
        for cell, right in zip(block.header, figures, strict=False)
    ]
    head = element("thead", element("tr", "".join(cells))) + "\n" if cells else ""
    lines = "\n".join(_row(row, figures, formulas) for row in block.rows)
    table = element("table", f"\n{head}{element('tbody', f'{chr(10)}{lines}{chr(10)}')}\n")
    return element("div", table, {"class": "table"})


def _row(row: Sequence[tuple[Inline, ...]], figures: Sequence[bool], formulas: Formulas) -> str:
    """The first cell names the row, unless it is a number among numbers."""
    cells = []
    for place, (cell, right) in enumerate(zip(row, figures, strict=True)):
        names = place == 0 and len(row) > 1 and not right
        own = _cell(right) | ({"scope": "row"} if names else {})
        cells.append(element("th" if names else "td", inlines(cell, formulas), own))
    return element("tr", "".join(cells))


def _cell(right: bool) -> dict[str, str]:
    return {"class": "figures"} if right else {}


def _answer(block: AnswerSpace, formulas: Formulas) -> str:
    box = element("span", inlines(block.inside, formulas), {"class": "box"})
    label = f"{inlines(block.label, formulas)} {box}" if block.label else ""
    return element("div", label, {"class": "answer", "style": f"--lines: {block.lines}"})


def _title(block: TitleBlock) -> str:
    known = dict(block.values)
    lines = "".join(leaf("p", line) for line in block.lines)
    fields = "".join(
        element("div", leaf("dt", label) + leaf("dd", known.get(label, "")))
        for label in block.fields
    )
    form = element("dl", fields, {"class": "fields"}) if fields else ""
    return element("header", leaf("h1", block.title) + lines + form)
