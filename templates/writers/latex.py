r"""LaTeX: a document as a file that pdflatex compiles with amsmath, amssymb and geometry alone.

Figures are drawn by the engines that write PDF themselves, and told in words by any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

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
from templates.mathematics import parse, typeset_tree
from templates.typefaces import MissingGlyphError
from templates.writers import latex_figures
from templates.writers.latex_text import formula, words
from templates.writers.words import plain_words

_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath,amssymb}
\usepackage[margin=22mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\setlength{\emergencystretch}{3em}
\setlength{\lineskiplimit}{2pt}
\setlength{\lineskip}{3pt}
\setcounter{MaxMatrixCols}{64}
\allowdisplaybreaks
\pagestyle{plain}
"""
_SECTIONS = {1: "section*", 2: "subsection*", 3: "subsubsection*"}
_LINE = 42.0
"""The length of a line, in ems."""

_QUOTED = 37.0
"""The length of a line that stands in on both sides, in ems."""

_WHOLE_CLAUSES = "\\relpenalty=10000 \\binoppenalty=10000"
_BRACKET_OR_GAP = re.compile(
    r"(?P<opening>\{|\\begin\b|\\left\b)|(?P<closing>\}|\\end\b|\\right\b)"
    r"|(?P<gap>,\s*\\q?quad(?![A-Za-z]))|\\."
)

_CHARACTER, _BETWEEN_COLUMNS, _NARROWEST = 0.5, 1.1, 6.0
"""How wide a character of a table, the white between two columns, and a column at least are."""

_FIELD, _ANSWER = "5cm", "4.5cm"


def write(document: Document) -> str:
    """The document as a LaTeX file.

    Raises:
        Unsupported: an item or a page break stands inside another block.
        InputError: the text has a character that LaTeX has no command for.
    """
    found = []
    for block in document.blocks:
        match block:
            case Item(heading, content):
                found += [_heading(1, heading), *(_block(part, True) for part in content)]
            case PageBreak():
                found.append("\\newpage")
            case _:
                found.append(_block(block, False))
    body = "\n\n".join(text for text in found if text)
    foot = _foot(document.running) if document.running else ""
    macros = latex_figures.preamble(body)
    return f"{_PREAMBLE}{foot}{macros}\n\\begin{{document}}\n\n{body}\n\n\\end{{document}}\n"


def _foot(running: str) -> str:
    line = f"{words(running)}\\hfil\\thepage"
    return f"\\makeatletter\n\\renewcommand{{\\@oddfoot}}{{{line}}}\n\\makeatother\n"


def _block(block: Block, inside: bool) -> str:
    match block:
        case Paragraph((Math(_, True), *_) as content):
            # A line that is mostly one formula has nothing to stretch: it is not justified.
            return f"{{\\raggedright {_inlines(content)}\\par}}"
        case Paragraph(content):
            return _inlines(content)
        case Heading(level, content):
            return _heading(max(2, level) if inside else level, content)
        case Display(source):
            return _display(source)
        case Listing():
            return _listing(block, inside)
        case Options():
            return _options(block, inside)
        case Table():
            return _table(block)
        case Figure(box, description):
            return _environment("center", latex_figures.figure(box, description))
        case AnswerSpace():
            return _answer(block)
        case TitleBlock():
            return _title(block)
        case Item() | PageBreak():
            raise Unsupported("LaTeX", block)
        case _:
            assert_never(block)


def _environment(name: str, content: str) -> str:
    return f"\\begin{{{name}}}\n{content}\n\\end{{{name}}}"


def _heading(level: int, content: Sequence[Inline]) -> str:
    return f"\\{_SECTIONS[level]}{{{_inlines(content)}}}"


def _inlines(content: Iterable[Inline]) -> str:
    return "".join(_inline(inline) for inline in content)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return words(text)
        case Emphasis(content):
            return f"\\emph{{{_inlines(content)}}}"
        case Strong(content):
            return f"\\textbf{{{_inlines(content)}}}"
        case Code(text):
            return f"\\texttt{{{words(text).replace('--', '-{}-')}}}"
        case Math(source, large):
            style = "\\displaystyle " if large else ""
            return f"${style}{formula(source)}$"
        case _:
            assert_never(inline)


def _display(source: str) -> str:
    """A formula wider than the line is set as running text, which LaTeX divides by itself:
    between clauses, and inside a clause only when one of them is too wide.
    """
    if _width(source) <= _LINE:
        return f"\\[\n{formula(source)}\n\\]"
    clauses = list(_clauses(source))
    whole = all(_width(clause) <= _QUOTED for clause in clauses)
    look = "\\raggedright" + (_WHOLE_CLAUSES if whole else "")
    lines = "\\quad\n".join(f"$\\displaystyle {formula(clause)}$" for clause in clauses)
    return _environment("quote", f"{look}\n{lines}")


def _clauses(source: str) -> Iterator[str]:
    """The parts of a formula between the commas with a quad that stand in no bracket."""
    start = depth = 0
    for found in _BRACKET_OR_GAP.finditer(source):
        if found["gap"] and not depth:
            yield source[start : found.start()].strip() + ","
            start = found.end()
        depth += bool(found["opening"]) - bool(found["closing"])
    yield source[start:].strip()


def _width(source: str) -> float:
    try:
        return typeset_tree(parse(source), 1.0, True).width
    except MissingGlyphError:
        return 0.0


def _listing(block: Listing, inside: bool) -> str:
    items = [f"\\item {_entry(entry, inside)}" for entry in block.entries]
    return _environment("enumerate" if block.ordered else "itemize", "\n".join(items))


def _entry(blocks: Sequence[Block], inside: bool) -> str:
    """A square bracket at the start would be read as a label of the item."""
    text = "\n\n".join(found for block in blocks if (found := _block(block, inside)))
    return f"{{}}{text}" if text.startswith("[") else text


def _options(block: Options, inside: bool) -> str:
    shape = "$\\square$" if block.several else "$\\bigcirc$"
    items = [
        f"\\item[{f'{shape} {words(label)}'.strip()}] {_entry(entry, inside)}"
        for label, entry in zip(block.labels, block.entries, strict=True)
    ]
    return _environment("enumerate", "\n".join(items))


def _table(block: Table) -> str:
    rows = [block.header, *block.rows] if block.header else list(block.rows)
    lines = [" & ".join(map(_inlines, row)) + r" \\" for row in rows]
    if block.header:
        bold = (f"\\textbf{{{_inlines(cell)}}}" if cell else "" for cell in block.header)
        lines[:1] = [" & ".join(bold) + r" \\", "\\hline"]
    body = "\n".join(["\\hline", *lines, "\\hline"])
    columns = _columns(rows, len(rows) - len(block.rows))
    tabular = f"\\begin{{tabular}}{{{columns}}}\n{body}\n\\end{{tabular}}"
    return _environment("center", f"\\renewcommand{{\\arraystretch}}{{1.3}}\n{tabular}")


def _columns(rows: Sequence[Sequence[tuple[Inline, ...]]], head: int) -> str:
    """The columns of a table: numbers to the right, and the widest wrapped if there is no room.

    The first `head` rows are headers.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(_CHARACTER * len(plain_words(cell)) for cell in column) for column in columns]
    room = _LINE - _BETWEEN_COLUMNS * len(widths)
    kinds = ["r" if is_figures(column[head:]) else "l" for column in columns]
    over = sum(widths) - room
    if over > 0:
        widest = widths.index(max(widths))
        kinds[widest] = f"p{{{max(widths[widest] - over, _NARROWEST):.1f}em}}"
    return "".join(kinds)


def _answer(block: AnswerSpace) -> str:
    room = f"\\vspace*{{{block.lines}\\baselineskip}}\n" if block.lines else ""
    if not block.label:
        return room.strip()
    height = max(8, 6 * block.rows)
    strut = f"\\rule[-{height / 3:.1f}mm]{{0pt}}{{{height}mm}}"
    box = f"\\framebox[{_ANSWER}]{{{_inlines(block.inside)}{strut}}}"
    return f"{room}\\hfill {_inlines(block.label)} {box}"


def _title(block: TitleBlock) -> str:
    known = dict(block.values)
    lines = [f"{{\\LARGE\\bfseries {words(block.title)}\\par}}"]
    lines += [f"{words(line)}\\par" for line in block.lines]
    fields = [
        f"{words(label)}: \\underline{{\\makebox[{_FIELD}][l]{{{words(known.get(label, ''))}}}}}"
        for label in block.fields
    ]
    form = ["\\bigskip", "\\quad\n".join(fields)] if fields else []
    return "\n".join([*lines, *form])
