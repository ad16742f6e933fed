r"""Markup: Markdown with `$...$` and `$$...$$` mathematics, as blocks of the document tree.

What the document tree can hold is what may be written: paragraphs, headings of three levels,
emphasis, strong, code spans, lists, tables and mathematics. Anything else is an error that names
it. A dollar sign itself is written `\$`. Straight quotation marks become curly ones, `--` and
`---` become dashes and `...` an ellipsis, outside code and mathematics.

Text may carry place marks (`templates.places`), which only errors show.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from templates.document import (
    Block,
    Code,
    Display,
    Emphasis,
    Heading,
    Inline,
    Listing,
    Math,
    Paragraph,
    Strong,
    Table,
    Text,
)
from templates.dollars import dollars
from templates.mathematics import MathematicsError
from templates.mathematics import parse as parse_mathematics
from templates.places import MarkupError, last_place, unmarked
from templates.typography import refined

_REFUSED = {
    "blockquote_open": "a block quote",
    "code_block": "a code block",
    "fence": "a code block",
    "hardbreak": "a forced line break",
    "hr": "a horizontal rule",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "an image",
    "link_open": "a link",
}
_AFTER_FORMULA = "x"
"""What a formula or a code span looks like to the quotation mark behind it: a letter."""


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    Raises:
        MarkupError: the text has something that the document tree cannot hold, or mathematics
            that cannot be parsed.
    """
    try:
        return _blocks(iter(_parser().parse(text)), "")
    except MarkupError as error:
        place = error.place or last_place(text)
        raise MarkupError(error.message, place) from error.__cause__


def parse_inline(text: str) -> tuple[Inline, ...]:
    """The inlines of a text that is one paragraph, such as a label or a table cell.

    Raises:
        MarkupError: the text is more than one paragraph, or `parse` refuses it.
    """
    match parse(text):
        case ():
            return ()
        case (Paragraph(content),):
            return content
        case _:
            raise MarkupError(f"expected words and formulas on one line, not {unmarked(text)!r}")


@cache
def _parser() -> MarkdownIt:
    # HTML is recognised so that it can be refused; indented text is no code, because templates
    # indent what stands inside a condition or a loop.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollars)
    return parser.disable(["code", "reference", "lheading"])


def _blocks(tokens: Iterator[Token], closing: str) -> tuple[Block, ...]:
    """The blocks up to the token of type `closing`, which is consumed."""
    found: list[Block] = []
    for token in tokens:
        if token.type == closing:
            break
        found.append(_block(token, tokens))
    return tuple(found)


def _block(token: Token, tokens: Iterator[Token]) -> Block:
    match token.type:
        case "paragraph_open":
            return Paragraph(_contents(tokens))
        case "heading_open":
            return _heading(int(token.tag[1:]), tokens)
        case "math_block":
            return Display(_mathematics(token.content))
        case "bullet_list_open":
            return Listing(_entries(tokens, "bullet_list_close"))
        case "ordered_list_open":
            if token.attrs.get("start", 1) != 1:
                raise MarkupError("an ordered list must start at 1")
            return Listing(_entries(tokens, "ordered_list_close"), ordered=True)
        case "table_open":
            return _table(tokens)
        case _:
            raise _refusal(token)


def _refusal(token: Token) -> MarkupError:
    name = _REFUSED.get(token.type, token.type)
    return MarkupError(f"{name} cannot be shown; write paragraphs, headings, lists and tables")


def _heading(level: int, tokens: Iterator[Token]) -> Heading:
    if level > 3:
        raise MarkupError(f"a heading of level {level} cannot be shown; the smallest is level 3")
    return Heading(level, _contents(tokens))


def _contents(tokens: Iterator[Token]) -> tuple[Inline, ...]:
    """The inlines of the token at hand, and the closing token consumed."""
    inline = next(tokens)
    next(tokens)
    return _inlines(inline)


def _entries(tokens: Iterator[Token], closing: str) -> tuple[tuple[Block, ...], ...]:
    found = []
    for token in tokens:
        if token.type == closing:
            break
        found.append(_blocks(tokens, "list_item_close"))
    return tuple(found)


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[tuple[Inline, ...]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inlines(token))
    header, *body = (tuple(row) for row in rows)
    return Table(header if any(header) else (), tuple(body))


def _inlines(inline: Token) -> tuple[Inline, ...]:
    stack: list[list[Inline]] = [[]]
    before = ""
    for token in inline.children or ():
        match token.type:
            case "text" | "softbreak":
                written = " " if token.type == "softbreak" else unmarked(token.content)
                text = refined(written, before)
                before = text[-1:] or before
                _append_text(stack[-1], text)
                continue
            case "em_open" | "strong_open":
                stack.append([])
                continue
            case "em_close":
                content = tuple(stack.pop())
                stack[-1].append(Emphasis(content))
            case "strong_close":
                content = tuple(stack.pop())
                stack[-1].append(Strong(content))
            case "code_inline":
                stack[-1].append(Code(unmarked(token.content)))
            case "math_inline":
                stack[-1].append(Math(_mathematics(token.content)))
            case _:
                raise _refusal(token)
        before = _AFTER_FORMULA
    return tuple(stack[0])


def _append_text(found: list[Inline], text: str) -> None:
    """Add words, joined to words just before them."""
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text + text)
    elif text:
        found.append(Text(text))


def _mathematics(marked: str) -> str:
    """The formula without marks, once it is known to be one that can be set."""
    source = unmarked(marked).strip()
    try:
        parse_mathematics(source)
    except MathematicsError as error:
        lead = len(unmarked(marked)) - len(unmarked(marked).lstrip())
        place = last_place(marked, error.position + lead)
        raise MarkupError(f"in the formula {_shortened(source)}: {error}", place) from error
    return source


def _shortened(source: str) -> str:
    line = " ".join(source.split())
    return f"${line}$" if len(line) <= 60 else f"${line[:57]}...$"
