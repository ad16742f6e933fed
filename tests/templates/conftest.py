from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from templates.boxes import Box, Circle, Glyphs, Path
from templates.document import (
    AnswerSpace,
    Block,
    Document,
    Figure,
    Item,
    Options,
    PageBreak,
    Paragraph,
    Text,
    TitleBlock,
)
from templates.layout.frames import Laid
from templates.layout.pages import Page
from templates.markup import parse, parse_inline

STEM = r"""
The network has *two* inputs and **one** output, and its loss is $\ell = \tfrac12\,(\hat y - y)^2$.

$$W = \begin{bmatrix} 0.5 & -0.5 \\ 1 & 0.25 \end{bmatrix},\quad y = 0.5$$

1. Find $\hat y$ with `np.tanh`.
2. Find $\partial \ell / \partial W$.

| $x$ | $\tanh x$ | Remark |
|-----|-----------|--------|
| 0.5 | 0.4621    | odd    |
"""
KEY = r"""
## Worked solution

Start at the loss:

$$\delta = \hat y - y = -0.0898 - 0.5 = -0.5898$$

- It is negative, so the output is too small.
"""
NAME = "Zoë Ångström Ελένη Чехов"


def options(*sources: str, several: bool = False) -> Options:
    return Options(tuple("ABCDE"[: len(sources)]), tuple(map(parse, sources)), several)


@pytest.fixture(scope="session")
def sample() -> Document:
    """A document with every kind of block and every kind of inline."""
    drawing = Box(90, 30, 5, (Circle(10, 12, 12), Path(((24, 12), (80, 12)), dashed=True)))
    title = TitleBlock("Midterm 2", ("Machine Learning",), ("Name", "ID"), (("Name", NAME),))
    blocks: tuple[Block, ...] = (
        *parse(STEM),
        Figure(drawing, "one unit with one outgoing edge"),
        options("$-0.17$", "$0.17$", "$0.94$", "$-1.18$"),
        AnswerSpace(parse_inline(r"$\delta =$"), 3),
    )
    return Document(
        "Midterm 2",
        (
            title,
            Item((Text("Question 1 (6 points)"),), blocks),
            Item((Text("Question 2 (2 points)"),), (options("yes", "no", several=True),)),
            PageBreak(),
            Item((Text("Solution 1"),), parse(KEY), breakable=True),
        ),
        running="Version K7",
    )


@pytest.fixture(scope="session")
def words() -> Callable[[Laid | Page], str]:
    """All the text of a frame or page, in the order in which it is drawn."""

    def read(laid: Laid | Page) -> str:
        frame = laid.frame() if isinstance(laid, Page) else laid
        marks = frame.marks if isinstance(frame, Box) else tuple(frame.marks())
        return "".join(mark.text for mark in marks if isinstance(mark, Glyphs))

    return read


@pytest.fixture(scope="session")
def paragraphs() -> Callable[[Sequence[str]], tuple[Block, ...]]:
    """A paragraph of plain words for each text."""
    return lambda texts: tuple(Paragraph((Text(text),)) for text in texts)
