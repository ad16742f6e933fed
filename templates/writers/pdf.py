"""PDF: a document on A4 or US Letter, with embedded fonts and selectable mathematics.

The same document gives the same bytes in every process: the file carries no date and no
identifier of its own.
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
        ValueError: an item does not fit on a page, or a word or formula on a line.
    """
    sheet = PAPERS[paper]
    laid = pages(document, sheet)
    buffer = BytesIO()
    canvas = _canvas(buffer, document, sheet)
    encoder = Encoder(canvas._doc)
    for page in laid:
        canvas._code.append(operators(page.frame(), encoder))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _canvas(buffer: BytesIO, document: Document, sheet: Paper) -> Any:
    # Imported here because a program that writes no PDF need not wait for it.
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Base 85 would make every stream a quarter longer, to suit mail programs of the 1990s.
    rl_config.useA85 = 0
    registered(MAIN)
    canvas = Canvas(
        buffer,
        pagesize=(sheet.width, sheet.height),
        invariant=1,
        pageCompression=1,
        lang=document.language,
        initialFontName=MAIN,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor("backprep")
    canvas.setCreator("backprep")
    canvas.setSubject("")
    return canvas
