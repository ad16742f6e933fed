"""The files of a quiz: papers and keys as PDF, and the whole record as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat

from gen import collector, shelves
from gen.errors import InputError
from gen.output import RECORD
from gen.quiz import papers
from gen.quiz.record import record
from gen.quiz.settings import Settings
from gen.quiz.versions import Quiz, QuizVersion
from gen.vocabulary import Paper
from templates.document import Document
from templates.writers import pdf

Pages = tuple[bytes, bytes]


class PageError(InputError):
    """A document that cannot be set on pages, such as a title that does not fit on a line."""


def files(
    quiz: Quiz, jobs: int = 1, progress: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file, in the order of the versions.

    A quiz of one version is `quiz.pdf` and `key.pdf`; of several, `quiz-A.pdf`, `key-A.pdf` and so
    on. `quiz.json` is the last. `jobs` processes set the pages; the bytes do not depend on them.
    `progress` is called after each version. Raises `templates.rendering.TemplateError` and
    PageError when a document cannot be made or set.
    """
    alone = len(quiz.versions) == 1
    with collector.paused():
        for version, (paper, key) in zip(quiz.versions, _all_pages(quiz, jobs), strict=True):
            suffix = "" if alone else f"-{version.mark}"
            yield f"quiz{suffix}.pdf", paper
            yield f"key{suffix}.pdf", key
            progress()
            if version.number % collector.SWEEP_EVERY == 0:
                collector.sweep()
        yield RECORD, record(quiz).encode()


def _all_pages(quiz: Quiz, jobs: int) -> Iterator[Pages]:
    workers = min(jobs, len(quiz.versions))
    if workers == 1:
        yield from map(partial(_pages, quiz.settings), quiz.versions)
        return
    # Imported here because most runs use one process, and need not wait for it.
    from concurrent.futures import ProcessPoolExecutor

    plugins = quiz.settings.plugins
    with ProcessPoolExecutor(workers, initializer=shelves.use, initargs=(plugins,)) as pool:
        yield from pool.map(_pages, repeat(quiz.settings), quiz.versions)


def _pages(settings: Settings, version: QuizVersion) -> Pages:
    return (
        on_pages(papers.paper(version), settings.paper, f"paper {version.mark}"),
        on_pages(papers.key(version), settings.paper, f"key {version.mark}"),
    )


def on_pages(document: Document, paper: Paper, name: str) -> bytes:
    """The document as a PDF file. Raises PageError, with its `name`, when it cannot be set."""
    try:
        return pdf.write(document, paper=paper)
    except ValueError as error:
        raise PageError(f"{name} cannot be set: {error}") from error
