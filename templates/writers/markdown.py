r"""Markdown: a document as GitHub, Jupyter and Pandoc read it, mathematics between dollar signs.

GitHub takes backslashes, underscores and angle brackets inside mathematics for Markdown, so
formulas are written without what it would spoil: `\lbrace` for `\{`, each row of a display on a
line of its own. A figure is told by its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, assert_never

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
from templates.layout.tables import is_figures

_SPECIAL = re.compile(r"[\\`*_\[\]<>$|~]|&(?=#?\w+;)")
_TOKEN = re.compile(
    r"(?P<words>\\(?:text\w*|operatorname\*?)\s*\{[^}]*\})|\\[A-Za-z]+ ?|\\.|[|*<>\n]|\](?=\()"
    r"|(?<=[^\w\s])_(?=\S)",
    re.DOTALL,
)
_IN_MATHEMATICS: Final = {
    "\\,": "\\ ", "\\:": "\\ ", "\\>": "\\ ", "\\;": "\\ ", "\\!": "",
    "\\{": "\\lbrace ", "\\}": "\\rbrace ", "\\|": "\\Vert ", "|": "\\vert ",
    "*": "\\ast ", "<": " < ", ">": " > ", "]": "] ", "_": "_ ", "\n": " ",
}  # fmt: skip
"""What stands for a token that GitHub would take for Markdown or HTML. A backslash before a space
is no escape in Markdown, and an underscore before a space begins no emphasis."""

_BLANK = "\\_" * 8


def write(document: Document) -> str:
    """The document as Markdown, each paragraph on one line.

    Raises:
        Unsupported: an item or a page break stands inside another block.
    """
    top = 2 if any(map(_is_title, document.blocks)) else 1
    found = []
    for block in document.blocks:
        match block:
            case Item(heading, content):
                found += [f"{'#' * top} {_words(heading)}", *_blocks(content, top)]
            case PageBreak():
                found.append("***")
            case _:
                found.append(_block(block, 0))
    if document.running:
        found.append(_emphasised("*", _escaped(document.running)))
    return "\n\n".join(text for text in found if text) + "\n"


def _is_title(block: Block) -> bool:
    return isinstance(block, TitleBlock) or (isinstance(block, Heading) and block.level == 1)


def _blocks(blocks: Iterable[Block], top: int) -> list[str]:
    return [text for block in blocks if (text := _block(block, top))]


def _block(block: Block, top: int) -> str:
    """A block as lines; `top` is the level of the heading of its item, 0 outside of items."""
    match block:
        case Paragraph(content):
            return _unmarked(_words(content))
        case Heading(level, content):
            return f"{'#' * (top + max(1, level - 1) if top else level)} {_words(content)}"
        case Display(source):
            return f"$$\n{_mathematics(source, display=True)}\n$$"
        case Listing():
            return _listing(block, top)
        case Options():
            return _options(block, top)
        case Table():
            return _table(block)
        case Figure(_, description):
            return _emphasised("*", _escaped(f"Figure: {description}"))
        case AnswerSpace(label, inside=inside):
            blank = f"{_BLANK} {_words(inside)} {_BLANK}" if inside else _BLANK
            return f"{_words(label)} {blank}" if label else ""
        case TitleBlock():
            return _title(block)
        case Item() | PageBreak():
            raise Unsupported("Markdown", block)
        case _:
            assert_never(block)


def _unmarked(words: str) -> str:
    """A paragraph that begins like a list or a heading, so written that it is none."""
    return re.sub(r"^(\d{0,9})([-+#.)])(?=[\s#]|$)", r"\1\\\2", words)


def _words(content: Iterable[Inline]) -> str:
    return "".join(_inline(inline) for inline in content).replace("\n", " ")


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _escaped(text)
        case Emphasis(content):
            return _emphasised("*", _words(content))
        case Strong(content):
            return _emphasised("**", _words(content))
        case Code(text):
            return _code(text)
        case Math(source, large):
            style = "\\displaystyle " if large else ""
            return f"${style}{_mathematics(source, display=False)}$"
        case _:
            assert_never(inline)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _emphasised(mark: str, words: str) -> str:
    """Marks stand close to the words, with the spaces at the ends outside."""
    inner = words.strip(" ")
    before = words[: len(words) - len(words.lstrip(" "))]
    after = words[len(words.rstrip(" ")) :] if inner else ""
    return f"{before}{mark}{inner}{mark}{after}" if inner else words


def _code(text: str) -> str:
    """A code span, between more backquotes than it has in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if longest and (text.startswith("`") or text.endswith("`")) else ""
    return f"{fence}{room}{text}{room}{fence}"


def _mathematics(source: str, display: bool) -> str:
    def written(found: re.Match[str]) -> str:
        token = found.group()
        if token == "\\\\":
            return "\\\\\n" if display else "\\cr "
        if found["words"]:
            return token.replace("\\,", "\\ ").replace("\n", " ")
        return _IN_MATHEMATICS.get(token, token)

    lines = _TOKEN.sub(written, source.strip()).split("\n")
    # A sign and a space at the start of a line would begin a list.
    return "\n".join(re.sub(r"^([-+]) ", r"\1", re.sub(" +", " ", line.strip())) for line in lines)


def _listing(block: Listing, top: int) -> str:
    markers = [f"{i}. " if block.ordered else "- " for i in range(1, len(block.entries) + 1)]
    return _hung_all(markers, block.entries, top)


def _options(block: Options, top: int) -> str:
    shape = "- [ ] " if block.several else "- "
    markers = [shape + (f"**{_escaped(label)}.** " if label else "") for label in block.labels]
    return _hung_all(markers, block.entries, top)


def _hung_all(markers: Sequence[str], entries: Sequence[Sequence[Block]], top: int) -> str:
    """A list with empty lines between its entries as soon as one of them has several blocks."""
    texts = [_blocks(entry, top) for entry in entries]
    between = "\n\n" if any(len(blocks) > 1 for blocks in texts) else "\n"
    return between.join(map(_hung, markers, texts))


def _hung(marker: str, blocks: Sequence[str]) -> str:
    """The blocks of an entry behind its marker, further lines under the first."""
    indent = " " * (3 if marker[0].isdigit() else 2)
    text = "\n\n".join(blocks)
    if marker.endswith("** ") and text.startswith("$$"):
        marker, text = marker.rstrip(), f"\n\n{text}"
    return marker + re.sub(r"\n(?=.)", "\n" + indent, text)


def _table(block: Table) -> str:
    columns = list(zip(*block.rows, strict=True)) or [()] * len(block.header)
    header = block.header or ((),) * len(columns)
    rule = "|".join("---:" if is_figures(column) else "---" for column in columns)
    return "\n".join([_row(header), f"|{rule}|", *map(_row, block.rows)])


def _row(cells: Sequence[tuple[Inline, ...]]) -> str:
    return "| " + " | ".join(map(_words, cells)) + " |"


def _title(block: TitleBlock) -> str:
    known = dict(block.values)
    fields = [
        f"- {_escaped(label)}: {_escaped(known[label]) if label in known else _BLANK}"
        for label in block.fields
    ]
    lines = [f"# {_escaped(block.title)}", *map(_escaped, block.lines), "\n".join(fields)]
    return "\n\n".join(line for line in lines if line)
