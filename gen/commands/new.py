"""`python -m gen new NAME`: the two files of a family, which work as they are, to begin from."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.resources import files
from keyword import iskeyword
from pathlib import Path

from gen import shelves
from gen.errors import InputError
from gen.options import parser
from solver.shell import BadInput

ROOT = Path(__file__).parents[2]
"""The checkout, where the program runs from one."""
LONGEST = 40
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser("new", "Begin a family of problems: two files that work as they are.")
    found.add_argument("name", type=_name, metavar="NAME", help="such as hinge_loss")
    found.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="a folder for both files, to be used with --plugin (the program's own folders)",
    )
    return found.parse_args(arguments, given)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or iskeyword(text) or len(text) > LONGEST:
        raise ArgumentTypeError(
            f"expected a name of at most {LONGEST} small letters, digits and underscores, "
            f"not {text[:LONGEST]!r}"
        )
    return text


def run(given: Namespace) -> int:
    """Write the files and say what to do next. Raises InputError if one is there already."""
    if shelves.place(given.name) is not None:
        raise BadInput(f"there is a family {given.name} already; choose another name")
    paths = _paths(given.name, given.out)
    for path in paths:
        if path.exists():
            raise BadInput(f"{path} is there already, and is left as it is")
    _write(zip(paths, ("family.py.j2", "family.md.j2"), strict=True), given.name)
    print(*(_short(path) for path in paths), sep="\n")
    plugin = f" --plugin {given.out}" if given.out else ""
    print(f"see it:   python -m gen show {given.name} --seed 1{plugin}")
    print(f"audit it: python -m gen audit {given.name} --seeds 200{plugin}")
    return 0


def _paths(name: str, folder: Path | None) -> tuple[Path, Path]:
    words = f"{name}{shelves.SUFFIX}"
    if folder is not None:
        return folder / f"{name}.py", folder / words
    if not (ROOT / "pyproject.toml").is_file():
        raise BadInput("say where the files go, such as --out families: this is no checkout")
    return ROOT / "gen" / "families" / f"{name}.py", ROOT / "templates" / "families" / words


def _write(pairs: Iterable[tuple[Path, str]], name: str) -> None:
    """Both files or none."""
    written: list[Path] = []
    try:
        for path, starter in pairs:
            source = files("templates").joinpath("starter", starter).read_text(encoding="utf-8")
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            path.write_text(source.replace("NAME", name), encoding="utf-8")
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def _short(path: Path) -> str:
    """The path from the current folder, where that is shorter."""
    with suppress(ValueError):
        return min(str(path), os.path.relpath(path), key=len)
    return str(path)
