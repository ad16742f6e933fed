from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from templates.document import Document, Item, PageBreak, Text, Unsupported
from templates.writers.pdf import write

ROOT = Path(__file__).parents[3]
PDFTOTEXT = shutil.which("pdftotext")

ELSEWHERE = """
import hashlib
from templates.document import Document
from templates.markup import parse
from templates.writers.pdf import write
blocks = parse({text!r})
print(hashlib.sha256(write(Document("Quiz", blocks, "A"))).hexdigest())
"""
TEXT = r"""
# Head

Words *and* **more** with `code`, $\ell = \tfrac12 (\hat y - y)^2$ and Ελένη Чехов.

$$W = \begin{bmatrix} 0.5 & -0.5 \\ 1 & 0.25 \end{bmatrix}$$
"""


def streams(pdf: bytes) -> bytes:
    """The contents of every stream; none is compressed."""
    assert b"FlateDecode" not in pdf
    found = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return b"\n".join(data.strip(b"\r\n") for data in found)


def extracted(pdf: bytes, path: Path) -> str:
    (path / "paper.pdf").write_bytes(pdf)
    command = [str(PDFTOTEXT), "-layout", str(path / "paper.pdf"), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_the_sample_is_a_pdf_of_two_pages(sample: Document) -> None:
    pdf = write(sample)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 2


def test_pages_may_stand_smaller_on_one_sheet_and_what_comes_after_is_left_out(
    sample: Document, tmp_path: Path
) -> None:
    pdf = write(sample, on_one_sheet=4)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
    scales = re.findall(rb"q (\S+) 0 0 (\S+) (\S+) (\S+) cm", streams(pdf))
    assert scales == [
        (b"0.5000", b"0.5000", b"0.00", b"420.94"),
        (b"0.5000", b"0.5000", b"297.64", b"420.94"),
    ]
    (whole,) = re.findall(rb"q (\S+) 0 0", streams(write(sample, on_one_sheet=2)))[:1]
    assert whole == b"0.5000"


@pytest.mark.parametrize(("paper", "size"), [("a4", b"595.276 841.89"), ("letter", b"612 792")])
def test_pages_have_the_size_of_their_paper(sample: Document, paper: str, size: bytes) -> None:
    pdf = write(sample, paper=paper)  # type: ignore[arg-type]
    assert set(re.findall(rb"/MediaBox \[ 0 0 (.*?) \]", pdf)) == {size}


def test_the_metadata_has_the_title_and_nothing_about_the_answers(sample: Document) -> None:
    pdf = write(replace(sample, title="A title"))
    assert b"/Title (A title)" in pdf
    assert b"/Lang (en)" in pdf
    assert b"/Keywords ()" in pdf
    assert b"/Subject ()" in pdf


def test_every_font_is_an_embedded_subset(sample: Document) -> None:
    pdf = write(sample)
    names = re.findall(rb"/BaseFont /(\S+)", pdf)
    assert names
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)
    assert len(re.findall(rb"/FontFile2", pdf)) == len(set(names))


def test_the_same_document_gives_the_same_bytes_in_every_process() -> None:
    from templates.markup import parse

    here = hashlib.sha256(write(Document("Quiz", parse(TEXT), "A"))).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE.format(text=TEXT)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        )
        assert done.stdout.strip() == here


def test_a_document_written_after_another_does_not_depend_on_it(sample: Document) -> None:
    first = write(sample)
    write(Document("Other", sample.blocks[:1]))
    assert write(sample) == first


def test_shapes_are_drawn_before_the_text_of_their_page(sample: Document) -> None:
    content = streams(write(sample))
    pages = [part for part in content.split(b"1 0 0 1 0 0 cm") if b"BT" in part]
    assert all(b" re f" not in page.split(b"BT", 1)[1] for page in pages)


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_words_and_mathematics_can_be_extracted_in_the_order_of_reading(
    sample: Document, tmp_path: Path
) -> None:
    text = unicodedata.normalize("NFC", extracted(write(sample), tmp_path))
    order = (
        "Midterm 2",
        "Zoë Ångström Ελένη Чехов",
        "Question 1 (6 points)",
        "The network has two inputs and one output",
        "with np.tanh",
        "Question 2",
        "Page 1 of 2",
        "Start at the loss",
        "= −0.0898 − 0.5 = −0.5898",
        "Page 2 of 2",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert text.count("Version K7") == 2


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("inner"),), ())])
def test_an_impossible_nesting_is_an_error(block: PageBreak | Item) -> None:
    with pytest.raises(Unsupported, match="PDF"):
        write(Document("Quiz", (Item((Text("outer"),), (block,)),)))


def test_reportlab_is_loaded_only_when_a_file_is_written() -> None:
    code = "import sys, templates.writers.pdf; print('reportlab' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "False"
