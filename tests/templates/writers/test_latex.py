"""LaTeX: what is written, and that pdflatex compiles it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from templates.boxes import Bar, Box
from templates.document import (
    AnswerSpace,
    Block,
    Display,
    Document,
    Figure,
    Heading,
    Item,
    Listing,
    Math,
    Options,
    PageBreak,
    Paragraph,
    Table,
    Text,
    TitleBlock,
    Unsupported,
)
from templates.markup import parse
from templates.writers.latex import write

PDFLATEX, PDFTOTEXT = shutil.which("pdflatex"), shutil.which("pdftotext")
EXPRESSIONS = Path(__file__).parents[1] / "mathematics" / "expressions.txt"

compiled = pytest.mark.skipif(PDFLATEX is None, reason="pdflatex is not installed")


def body(*blocks: Block) -> str:
    text = write(Document("Quiz", blocks))
    return text.partition("\\begin{document}\n\n")[2].partition("\n\n\\end{document}")[0]


def latin(sample: Document) -> Document:
    """The sample with a name that LaTeX can write."""
    title, *others = sample.blocks
    assert isinstance(title, TitleBlock)
    return replace(sample, blocks=(replace(title, values=(("Name", "Zoë Ångström"),)), *others))


def log(document: Document, path: Path) -> str:
    """What pdflatex says of the document; an error of pdflatex is an error of the test."""
    (path / "page.tex").write_text(write(document), encoding="ascii")
    command = [str(PDFLATEX), "-halt-on-error", "-interaction=nonstopmode", "page.tex"]
    done = subprocess.run(command, cwd=path, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-1500:]
    return done.stdout


def test_only_packages_that_every_installation_has_are_used(sample: Document) -> None:
    packages = re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", write(latin(sample)))
    assert set(",".join(packages).split(",")) == {"amsmath", "amssymb", "geometry"}


def test_headings_go_down_from_that_of_the_item() -> None:
    inner = (Heading(1, (Text("a"),)), Heading(2, (Text("b"),)), Heading(3, (Text("c"),)))
    assert re.findall(r"\\\w+\*", body(Item((Text("Item"),), inner))) == [
        "\\section*", "\\subsection*", "\\subsection*", "\\subsubsection*",
    ]  # fmt: skip
    assert body(*inner[:1]) == "\\section*{a}"


def test_words_and_formulas_of_a_line() -> None:
    text = r"Words *in italics*, **in bold** and `a_b` with $\frac{1}{2}$."
    assert body(*parse(text)) == (
        r"Words \emph{in italics}, \textbf{in bold} and \texttt{a\_b} with $\frac{1}{2}$."
    )


def test_a_formula_of_a_solution_line_is_as_large_as_a_display() -> None:
    line = body(Paragraph((Math("x", large=True),)))
    assert line == "{\\raggedright $\\displaystyle x$\\par}"


def test_a_display_wider_than_the_line_is_divided_by_latex() -> None:
    assert body(Display("x = 1")) == "\\[\nx = 1\n\\]"
    long = body(Display(" + ".join(["0.123 x"] * 20)))
    assert long.startswith("\\begin{quote}\n\\raggedright\n$\\displaystyle 0.123 x +")


def test_a_wide_row_of_clauses_is_divided_between_them() -> None:
    clause = r"W = \begin{bmatrix} 0.1,\quad & 0.2 \end{bmatrix}"
    lines = body(Display(r",\quad ".join([clause] * 5))).splitlines()[2:-1]
    assert lines == [f"$\\displaystyle {clause},$\\quad"] * 4 + [f"$\\displaystyle {clause}$"]


def test_options_have_their_letters_and_shapes() -> None:
    options = Options(("A", "B"), (parse("yes"), parse("$$x$$")))
    one = body(options)
    assert "\\item[$\\bigcirc$ A] yes" in one
    assert "\\item[$\\square$ A] yes" in body(replace(options, several=True))


def test_an_entry_that_begins_with_a_bracket_is_no_label() -> None:
    listing = Listing(((Paragraph((Text("[1, 2] is a vector"),)),),))
    assert "\\item {}[1, 2]" in body(listing)


def test_numbers_of_a_table_stand_to_the_right_under_a_bold_header() -> None:
    (table,) = parse("| node | value |\n|--|--|\n| $a$ | -0.5 |\n| $b$ | 2 |\n")
    assert body(table).splitlines()[2:-1] == [
        "\\begin{tabular}{lr}", "\\hline", "\\textbf{node} & \\textbf{value} \\\\", "\\hline",
        "$a$ & -0.5 \\\\", "$b$ & 2 \\\\", "\\hline", "\\end{tabular}",
    ]  # fmt: skip


def test_the_widest_column_of_a_wide_table_is_wrapped() -> None:
    cells = ((Text("a"),), (Text("the gradient of the loss " * 8),))
    assert re.search(r"\{tabular\}\{lp\{\d\d\.\dem\}\}", body(Table((), (cells,))))


def test_room_and_box_of_an_answer() -> None:
    text = body(AnswerSpace((Math("x ="),), 3, rows=2))
    assert "\\vspace*{3\\baselineskip}" in text
    assert "\\hfill $x =$ \\framebox" in text


def test_the_box_for_a_shape_has_its_cross() -> None:
    text = body(AnswerSpace((Math("x ="),), inside=(Math(r"\times"),)))
    assert "{$\\times$\\rule" in text


def test_a_figure_is_drawn_and_says_its_description() -> None:
    figure = Figure(Box(9, 9, 0, (Bar(1, 1),)), "one unit, o⁽¹⁾")
    text = body(figure)
    assert text.startswith("\\begin{center}\n\\drawing{9.00}{9.00}{0.00}")
    assert text.endswith("{one unit, o$^{(1)}$}\n\\end{center}")


@compiled
def test_the_sample_compiles_and_reads_in_order(sample: Document, tmp_path: Path) -> None:
    said = log(latin(sample), tmp_path)
    assert "Overfull" not in said
    if PDFTOTEXT is None:
        return
    command = [PDFTOTEXT, "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    order = (
        "Midterm 2", "Name", "Question 1 (6 points)", "The network has two inputs", "np.tanh",
        "Remark", "0.4621", "1.18", "Question 2", "Worked solution",
        "It is negative", "Version K7",
    )  # fmt: skip
    places = [text.index(part) for part in order if part != "Version K7"]
    assert places == sorted(places)
    assert text.count("Version K7") == 2


@compiled
def test_every_expression_compiles(tmp_path: Path) -> None:
    sources = EXPRESSIONS.read_text(encoding="utf-8").splitlines()
    lines = (block for source in sources for block in (Display(source), Paragraph((Math(source),))))
    log(Document("Expressions", tuple(lines)), tmp_path)


@compiled
def test_awkward_words_compile(tmp_path: Path) -> None:
    words = "50% of $5 & more_#1 {x} a\\b ~ c^d < > | “so” Zoë Łódź ø δ∂ℓ o⁽¹⁾₂ ŷ Wᵀ √2 a–b—c…"
    content = (Text(words), Math(r"\text{a_1 \& é δ}"))
    blocks = (Heading(1, (Text(words),)), Paragraph(content), Table((), ((content, content),)))
    log(Document(words, (*blocks, *parse("`a--b $ % _ \\ ~ ^`")), running=words), tmp_path)


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("inner"),), ())])
def test_an_impossible_nesting_is_an_error(block: PageBreak | Item) -> None:
    with pytest.raises(Unsupported, match="LaTeX"):
        body(Item((Text("outer"),), (block,)))


def test_an_option_without_a_letter_has_its_shape_alone() -> None:
    assert "\\item[$\\bigcirc$] True" in body(Options(("",), (parse("True"),)))
