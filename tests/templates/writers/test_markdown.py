"""Markdown: the sample as written by hand, and text that comes back through a parser."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from templates.document import (
    Block,
    Code,
    Display,
    Document,
    Item,
    Listing,
    Math,
    Options,
    PageBreak,
    Paragraph,
    Table,
    Text,
    Unsupported,
)
from templates.markup import parse
from templates.writers.markdown import write

SAMPLE = r"""
# Midterm 2

Machine Learning

- Name: Zoë Ångström Ελένη Чехов
- ID: \_\_\_\_\_\_\_\_

## Question 1 (6 points)

The network has *two* inputs and **one** output, and its loss is $\ell = \tfrac12\ (\hat y - y)^2$.

$$
W = \begin{bmatrix} 0.5 & -0.5 \\
1 & 0.25 \end{bmatrix},\quad y = 0.5
$$

1. Find $\hat y$ with `np.tanh`.
2. Find $\partial \ell / \partial W$.

| $x$ | $\tanh x$ | Remark |
|---:|---:|---|
| 0.5 | 0.4621 | odd |

*Figure: one unit with one outgoing edge*

- **A.** $-0.17$
- **B.** $0.17$
- **C.** $0.94$
- **D.** $-1.18$

$\delta =$ \_\_\_\_\_\_\_\_

## Question 2 (2 points)

- [ ] **A.** yes
- [ ] **B.** no

***

## Solution 1

### Worked solution

Start at the loss:

$$
\delta = \hat y - y = -0.0898 - 0.5 = -0.5898
$$

- It is negative, so the output is too small.

*Version K7*
""".lstrip()


def written(*blocks: Block) -> str:
    return write(Document("Quiz", blocks))


def mathematics(source: str) -> str:
    return written(Paragraph((Math(source),))).strip("$\n")


def test_the_sample_is_as_written_by_hand(sample: Document) -> None:
    assert write(sample) == SAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "stars *a* and _b_, `c`, [d](e), <b>f</b>, ~~g~~, \\h, $5, i|j, &amp; and & alone",
        "# no heading", "## nor this", "- no list", "+ nor this", "1. nor this", "12) nor this",
        "1.5 is a number", "-0.5 is one too", "***",
    ],
)  # fmt: skip
def test_words_come_back_from_a_markdown_parser(text: str) -> None:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    (_, inline, _) = parser.parse(written(Paragraph((Text(text),))))
    assert inline.children is not None
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children) == text


@pytest.mark.parametrize("text", ["np.tanh", "a`b", "``", "`x"])
def test_code_comes_back_whatever_backquotes_it_has(text: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark").parse(written(Paragraph((Code(text),))))
    assert [(child.type, child.content) for child in inline.children or ()] == [
        ("code_inline", text)
    ]


BLOCKS = r"""
## Heading with $x$

Words *in italics* and **in bold**, with $\frac{1}{2}$ and `code`.

$$
a = b
$$

1. One
2. Two

   $$
   c = d
   $$

- Three
- Four $\hat y$

| a | b |
|---|---:|
| $x$ | 1 |
"""


def test_blocks_come_back_from_our_own_parser() -> None:
    assert parse(written(*parse(BLOCKS))) == parse(BLOCKS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\left\{ a \right\}", r"\left\lbrace a \right\rbrace"),
        (r"\|x\| + |y|", r"\Vert x\Vert + \vert y\vert"),
        (r"a<b>c", "a < b > c"),
        (r"a\,b\;c\!d", r"a\ b\ cd"),
        (r"2*3", r"2\ast 3"),
        (r"W^{(1)}_{12} x_1", r"W^{(1)}_ {12} x_1"),
        (r"[a](b)", r"[a] (b)"),
        (r"\operatorname{arg\,min} f", r"\operatorname{arg\ min} f"),
        (r"\text{a|b} \%", r"\text{a|b} \%"),
        (r"\begin{pmatrix} 1 \\ - 2 \end{pmatrix}", r"\begin{pmatrix} 1 \cr - 2 \end{pmatrix}"),
    ],
)
def test_formulas_hold_nothing_that_github_would_spoil(source: str, expected: str) -> None:
    assert mathematics(source) == expected


def test_rows_of_a_display_stand_on_lines_that_begin_no_list() -> None:
    source = r"\begin{pmatrix} 1 \\ - a \\ + b \end{pmatrix}"
    assert written(Display(source)) == (
        "$$\n\\begin{pmatrix} 1 \\\\\n-a \\\\\n+b \\end{pmatrix}\n$$\n"
    )


def test_a_formula_of_a_solution_line_is_as_large_as_a_display() -> None:
    assert written(Paragraph((Math(r"\frac12", large=True),))) == "$\\displaystyle \\frac12$\n"


def test_no_bar_of_a_formula_ends_a_cell() -> None:
    table = Table(((Text("norm"),),), (((Math("|x|"),),), ((Text("a|b"),),)))
    lines = written(table).splitlines()
    assert lines == ["| norm |", "|---|", r"| $\vert x\vert$ |", r"| a\|b |"]


def test_a_table_without_header_has_an_empty_one() -> None:
    lines = written(Table((), (((Text("a"),), (Text("1"),)),))).splitlines()
    assert lines == ["|  |  |", "|---|---:|", "| a | 1 |"]


def test_entries_of_several_blocks_are_indented_and_parted() -> None:
    listing = Listing((parse("one\n\n$$a$$"), parse("two")), ordered=True)
    assert written(listing) == "1. one\n\n   $$\n   a\n   $$\n\n2. two\n"


def test_a_display_in_an_option_stands_below_its_letter() -> None:
    options = Options(("A",), (parse("$$x$$"),))
    assert written(options) == "- **A.**\n\n  $$\n  x\n  $$\n"


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("inner"),), ())])
def test_an_impossible_nesting_is_an_error(block: PageBreak | Item) -> None:
    with pytest.raises(Unsupported, match="Markdown"):
        written(Item((Text("outer"),), (block,)))


def test_an_option_without_a_letter_is_an_entry_of_the_list():
    options = Options(("", ""), (parse("True"), parse("False")))
    assert write(Document("", (options,))) == "- True\n- False\n"
