"""Reading a notation by its name, or a reader's own from its file."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from solver.errors import InputError
from solver.tables import entries_of
from templates.notation.building import built
from templates.notation.record import Notation
from templates.notation.shipped import extended, known, shipped

LARGEST_FILE = 100_000
"""In bytes."""


def load(name: str = "standard") -> Notation:
    """The notation of that name, or the one in a file, whose path ends in `.toml` or has a slash.

    Raises InputError: with near matches for an unknown name; with file and key for a file that
    cannot be read, lacks a key or has one too many, or says something that cannot be set.
    """
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return _own(Path(name))
    if name not in known():
        near = get_close_matches(name, known(), n=2, cutoff=0.6)
        meant = f"did you mean {' or '.join(near)}" if near else f"there are {', '.join(known())}"
        raise InputError(f"there is no notation '{name}'; {meant}")
    return shipped(name)


def _own(path: Path) -> Notation:
    table = _parsed(path)
    parent = table.get("extends", "standard")
    if parent not in known():
        raise InputError(f"{path}: 'extends' must be one of {', '.join(known())}, not {parent!r}")
    named = {"name": path.stem, "title": str(table.get("name", path.stem)), **table}
    notation: Notation = built(Notation, extended(named), str(path))
    # What the program brings is checked by its tests; only a reader's own file needs this.
    from templates.notation.checks import check

    check(notation, str(path))
    return notation


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise InputError(f"{path}: a notation has at most {LARGEST_FILE} bytes")
        text = content.decode("utf-8")
    except InputError:
        raise
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: a notation is text in UTF-8; this is not") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the notation {path} cannot be read: {reason}") from error
    try:
        return entries_of(text)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
