from __future__ import annotations

import pytest

from templates.document import Document, Item, Options, PageBreak, Text, Unsupported
from templates.markup import parse
from templates.writers.text import write

SAMPLE = """\
Midterm 2
=========
Machine Learning

Name: Zoë Ångström Ελένη Чехов
ID: ______________________________


Question 1 (6 points)
---------------------

The network has _two_ inputs and *one* output, and its loss is ℓ = 1/2 (ŷ - y)².

    W = ⎡0.5  -0.5⎤,   y = 0.5
        ⎣  1  0.25⎦

1. Find ŷ with `np.tanh`.
2. Find ∂ℓ/∂W.

x     tanh x   Remark
---   ------   ------
0.5   0.4621   odd

[Figure: one unit with one outgoing edge]

( ) A  -0.17
( ) B  0.17
( ) C  0.94
( ) D  -1.18


Question 2 (2 points)
---------------------

[ ] A  yes
[ ] B  no


Solution 1
----------

Worked solution
---------------

Start at the loss:

    δ = ŷ - y = -0.0898 - 0.5 = -0.5898

• It is negative, so the output is too small.

Version K7
"""


def page(text: str, width: int = 88) -> list[str]:
    return write(Document("Quiz", parse(text)), width=width).splitlines()


def test_the_sample_reads_well(sample: Document) -> None:
    assert write(sample) == SAMPLE


def test_lines_keep_within_the_width() -> None:
    text = (
        "- " + "the gradient of the loss " * 12 + "\n\n  $$a = " + " + ".join(["0.123"] * 40) + "$$"
    )
    assert max(map(len, page(text, 50))) <= 50


def test_further_lines_of_an_entry_stand_under_the_first() -> None:
    assert page("- gradient gradient gradient", 20) == [
        "• gradient gradient",
        "  gradient",
    ]


def test_a_formula_in_the_line_does_not_break() -> None:
    assert page("so we see that $a = b + c$ here", 22) == ["so we see that", "a = b + c here"]


def test_a_long_chain_breaks_before_a_relation() -> None:
    assert page(r"$$a = b \cdot c \cdot d = e \cdot f \cdot g$$", 24) == [
        "    a = b · c · d",
        "      = e · f · g",
    ]


def test_a_wide_table_wraps_its_widest_column() -> None:
    lines = page("| a | b |\n|--|--|\n| 1 | the gradient of the loss |\n", 20)
    assert lines == [
        "a   b",
        "-   ----------------",
        "1   the gradient of",
        "    the loss",
    ]


def test_an_accent_of_its_own_takes_no_column() -> None:
    lines = page("| $\\hat z$ | b |\n|--|--|\n| 1 | 2 |\n")
    assert lines[1] == "-   -"


def test_a_display_in_an_option_stands_beside_its_letter() -> None:
    options = Options(("A",), (parse("$$x = 1$$"),))
    assert write(Document("Quiz", (options,))) == "( ) A  x = 1\n"


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("inner"),), ())])
def test_an_impossible_nesting_is_an_error(block: PageBreak | Item) -> None:
    with pytest.raises(Unsupported, match="text"):
        write(Document("Quiz", (Item((Text("outer"),), (block,)),)))


def test_an_option_without_a_letter_stands_right_behind_its_box():
    options = Options(("", ""), (parse("True"), parse("False")))
    assert write(Document("", (options,))) == "( ) True\n( ) False\n"
