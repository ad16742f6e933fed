"""Writing a report in the format that was asked for: to the terminal, or to a file as a whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from solver.arguments import FORMATS, Format
from solver.commands.command import Report
from solver.errors import InputError

SUFFIXES: Mapping[str, Format] = {
    ".txt": "text",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".tex": "latex",
    ".json": "json",
}
_WRITERS: Mapping[str, str] = {"text": "text", "md": "markdown", "html": "html", "latex": "latex"}

assert get_args(Format) == FORMATS


def format_of(asked: Format | None, file: Path | None) -> Format:
    """The format that was asked for, else the one that the file's name says, else text."""
    if asked is not None:
        return asked
    if file is None:
        return "text"
    if file.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(
            f"{file} does not say its format; end it in one of {known}, or add --format"
        )
    return SUFFIXES[file.suffix.lower()]


def deliver(report: Report, form: Format, file: Path | None) -> None:
    """Print the report, or write it to the file.

    Raises InputError when the file cannot be written, or when a PDF would go to a terminal.
    """
    if form == "pdf":
        _deliver_pdf(report, file)
        return
    text = _text(report, form)
    if file is None:
        sys.stdout.write(text)
    else:
        _replace(file, lambda path: path.write_text(text, encoding="utf-8", newline="\n"))


def _text(report: Report, form: Format) -> str:
    if form == "json":
        return json.dumps(report.record(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    writer = import_module(f"templates.writers.{_WRITERS[form]}")
    page = report.terminal if form == "text" and report.terminal else report.document
    return str(writer.write(page()))


def _deliver_pdf(report: Report, file: Path | None) -> None:
    from templates.boxes import DoesNotFit
    from templates.writers import pdf

    if file is None and sys.stdout.isatty():
        raise InputError("a PDF cannot be shown in a terminal; add -o solution.pdf")
    try:
        content = pdf.write(report.document())
    except DoesNotFit as error:
        raise InputError(f"no PDF can be made: {error}; ask for another format") from None
    if file is None:
        sys.stdout.buffer.write(content)
    else:
        _replace(file, lambda path: path.write_bytes(content))


def _replace(file: Path, write: Callable[[Path], Any]) -> None:
    """Write beside the file and rename, so that it is there as a whole or as it was before."""
    fresh = file.parent / f".{file.name}.{os.getpid()}.new"
    try:
        # Renaming would put a file in the place of a device such as /dev/null.
        if not file.name or (file.exists() and not file.is_file()):
            raise ValueError("it is no file")
        write(fresh)
        fresh.replace(file)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            fresh.unlink()
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot write {file}: {reason}") from error
