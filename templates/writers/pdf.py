"""PDF: a document on A4 or US Letter, with embedded fonts and selectable mathematics.

The same document gives the same bytes on every machine: the file carries no date and no identifier
of its own, and its streams are not compressed, since what zlib makes of them differs from one build
of zlib to another.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil, sqrt
from typing import Any

from templates.document import Document
from templates.layout.pages import pages
from templates.layout.style import PAPERS, Paper, PaperName
from templates.typefaces import MAIN
from templates.writers.pdf_fonts import Encoder, registered
from templates.writers.pdf_marks import operators


def write(document: Document, *, paper: PaperName = "a4", on_one_sheet: int = 1) -> bytes:
    """The document as a PDF file.

    With `on_one_sheet`, at most so many of its pages, made smaller, stand on a single sheet; what
    comes after them is left out.

    Raises:
        Unsupported: a block stands where a page cannot show it.
        DoesNotFit: an item does not fit on a page, or a word or formula on a line.
    """
    sheet = PAPERS[paper]
    laid = pages(document, sheet)
    buffer = BytesIO()
    canvas = _canvas(buffer, document, sheet)
    encoder = Encoder(canvas._doc)
    shown = [operators(page.frame(), encoder) for page in laid]
    for content in shown if on_one_sheet == 1 else [_together(shown[:on_one_sheet], sheet)]:
        canvas._code.append(content)
        canvas.showPage()
    # The operators are ASCII: ReportLab would look every character up in a table of its own.
    for written in canvas._doc.Pages.pages:
        written.stream = written.stream.encode("ascii")
    canvas.save()
    return buffer.getvalue()


def _together(shown: list[str], sheet: Paper) -> str:
    """The contents of pages side by side and below each other, each as small as is needed."""
    across = ceil(sqrt(len(shown)))
    size = 1 / across
    return "\n".join(
        f"q {size:.4f} 0 0 {size:.4f} "
        f"{place % across * size * sheet.width:.2f} "
        f"{(1 - size * (place // across + 1)) * sheet.height:.2f} cm\n{content}\nQ"
        for place, content in enumerate(shown)
    )


def _canvas(buffer: BytesIO, document: Document, sheet: Paper) -> Any:
    # Imported here because a program that writes no PDF need not wait for it.
    from reportlab.pdfgen.canvas import Canvas

    registered(MAIN)
    canvas = Canvas(
        buffer,
        pagesize=(sheet.width, sheet.height),
        invariant=1,
        pageCompression=0,
        lang=document.language,
        initialFontName=MAIN,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor("backprep")
    canvas.setCreator("backprep")
    canvas.setSubject("")
    return canvas
