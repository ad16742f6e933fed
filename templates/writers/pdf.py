"""PDF: a document on A4 or US Letter, with embedded fonts and selectable mathematics.

The same document gives the same bytes on every machine: the file carries no date and no identifier
of its own, and its streams are not compressed, since what zlib makes of them differs from one build
of zlib to another.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from templates.document import Document
from templates.layout.pages import pages
from templates.layout.style import PAPERS, Paper, PaperName
from templates.typefaces import MAIN
from templates.writers.pdf_fonts import Encoder, registered
from templates.writers.pdf_marks import operators


def write(document: Document, *, paper: PaperName = "a4") -> bytes:
    """The document as a PDF file.

    Raises:
        Unsupported: a block stands where a page cannot show it.
        DoesNotFit: an item does not fit on a page, or a word or formula on a line.
    """
    sheet = PAPERS[paper]
    laid = pages(document, sheet)
    buffer = BytesIO()
    canvas = _canvas(buffer, document, sheet)
    encoder = Encoder(canvas._doc)
    for page in laid:
        canvas._code.append(operators(page.frame(), encoder))
        canvas.showPage()
    # The operators are ASCII: ReportLab would look every character up in a table of its own.
    for written in canvas._doc.Pages.pages:
        written.stream = written.stream.encode("ascii")
    canvas.save()
    return buffer.getvalue()


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
