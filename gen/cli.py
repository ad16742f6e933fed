"""The command `python -m gen`: a quiz, its key and its record from a seed.

Exit codes: 0, done; 1, an oracle disagrees with an answer, and nothing is written; 2, the input
cannot be followed, which one sentence explains; 130, interrupted.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from gen.arguments import parse, settings
from gen.errors import InputError
from solver.shell import follow

if TYPE_CHECKING:
    from gen.output import Written
    from gen.quiz.settings import Settings
    from gen.quiz.versions import Quiz


def main(arguments: Sequence[str] | None = None) -> int:
    """Follow a command line (the process's own by default) and return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    return follow(lambda: _run(parse(given)), _exit_code)


def _exit_code(error: Exception) -> int | None:
    """The exit code for an error that the user can understand; None for a fault of the program."""
    if isinstance(error, InputError):
        return 2
    from gen.verification import Mismatch
    from templates.rendering import TemplateError

    if isinstance(error, Mismatch):
        return 1
    return 2 if isinstance(error, TemplateError) else None


def _run(given: Namespace) -> int:
    from gen import shelves

    if getattr(given, "plugin", ()):
        shelves.use(given.plugin)
    if given.command == "make":
        _make(given)
        return 0
    code: int = import_module(f"gen.commands.{given.command}").run(given)
    return code


def _make(given: Namespace) -> None:
    started = perf_counter()
    quiz_settings = settings(given)
    written = _check(given, quiz_settings) if given.check else _write(given, quiz_settings)
    if not given.quiet:
        _report_files(given.out, written)
        print(f"done in {perf_counter() - started:.2f} s")


def _check(given: Namespace, quiz_settings: Settings) -> tuple[Written, ...]:
    from gen.progress import progress
    from gen.quiz.versions import build

    with progress(quiz_settings.versions, sys.stderr, given.quiet) as advance:
        quiz = build(quiz_settings, advance)
    if not given.quiet:
        _report_items(quiz)
        numbers = sum(v.numbers for p in quiz.versions for i in p.items for v in i.verifications)
        items = sum(len(paper.items) for paper in quiz.versions)
        print(f"verified {items} items, {numbers} numbers recomputed; nothing was written")
    return ()


def _write(given: Namespace, quiz_settings: Settings) -> tuple[Written, ...]:
    from gen import output
    from gen.progress import progress
    from gen.quiz.files import files
    from gen.quiz.versions import build

    output.check(given.out)
    # Each version is a step when its items are made, and another when its pages are set.
    with progress(2 * quiz_settings.versions, sys.stderr, given.quiet) as advance:
        quiz = build(quiz_settings, advance)
        written = output.publish(given.out, files(quiz, given.jobs, advance))
    if not given.quiet:
        _report_items(quiz)
    return written


def _report_items(quiz: Quiz) -> None:
    width = max(len(slot.family) for slot in quiz.slots)
    row = f"{{:>3}}  {{:{width}}}  {{:10}}  {{:10}}  {{:>6}}"
    print(row.format("#", "family", "difficulty", "form", "points"))
    for slot in quiz.slots:
        points = quiz.settings.points_for(slot.difficulty)
        print(row.format(slot.index, slot.family, slot.difficulty, slot.form, points))


def _report_files(folder: Path, written: tuple[Written, ...]) -> None:
    for file in written:
        size = max(1, round(file.size / 1024))
        print(f"{folder / file.name}  {size} KiB")
