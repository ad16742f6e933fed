"""Putting a run's files in their folder: all of them or none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gen.errors import InputError

RECORD = "quiz.json"

_OURS = re.compile(r"(quiz|key)(-[A-Z]+)?\.pdf|quiz\.json")
# File managers leave these behind on their own; they hold nothing of the user's.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


class OutputError(InputError):
    """The output folder cannot be written, or must not be replaced."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and its size in bytes."""

    name: str
    size: int


def check(folder: Path) -> None:
    """Raise OutputError, saying why, unless the folder is new, empty or one of our own.

    A folder is our own when it holds a `quiz.json` and nothing that this program does not write.
    """
    with _reported(folder):
        _check_above(folder)
        if not folder.is_dir():
            return
        if folder.resolve() in (Path.cwd(), *Path.cwd().parents):
            raise OutputError(f"{folder} is in use as the current folder; name another")
        present = {entry.name for entry in folder.iterdir()} - _LITTER
    foreign = sorted(name for name in present if not _OURS.fullmatch(name))
    if foreign or (present and RECORD not in present):
        name = foreign[0] if foreign else min(present)
        raise OutputError(
            f"{folder} holds {name}, which this program did not put there; "
            "name another folder or move the file away"
        )


def _check_above(folder: Path) -> None:
    above = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not above.is_dir():
        raise OutputError(f"{above} is a file; name a folder for the output instead")
    if not os.access(above, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {folder}: there is no permission to write in {above}")


def publish(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    """Write the named files as the whole content of a folder, replacing what this program wrote.

    The files go to a new folder beside it, which takes its name when all are there. When anything
    fails, in writing or in making the files, the old folder is as it was and the new one is gone.
    Raises OutputError with one sentence when the folder cannot be written or is not ours.
    """
    check(folder)
    target = folder.resolve()
    fresh = _sibling(target, "new")
    with _reported(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
    try:
        written = tuple(_write(folder, fresh / name, content) for name, content in files)
        with _reported(folder):
            _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return written


def place(path: Path, content: bytes) -> None:
    """Write one file, replacing one of that name: whole, or not at all.

    Raises OutputError with one sentence when it cannot be written.
    """
    fresh = _sibling(path, "new")
    with _reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(content)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def _sibling(folder: Path, role: str) -> Path:
    return folder.with_name(f".{folder.name}.{os.getpid()}.{role}")


def _write(folder: Path, path: Path, content: bytes) -> Written:
    with _reported(folder):
        path.write_bytes(content)
    return Written(path.name, len(content))


def _swap(fresh: Path, folder: Path) -> None:
    # Windows cannot rename onto a folder that is there, not even an empty one.
    if not folder.exists():
        fresh.rename(folder)
        return
    old = _sibling(folder, "old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        with suppress(OSError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror or error}") from error
