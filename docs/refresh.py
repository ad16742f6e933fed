"""Renew what the documents quote: the output of every command in their console blocks.

python docs/refresh.py            writes the documents anew
python docs/refresh.py --check    exits 1 if that would change one of them

A console block starts with a line `$ python -m ...`, which a backslash may carry on; the rest of it
is what that prints. A line of three dots stands for lines that are left out: what follows it begins
with the same line as before, and ends with the same one or at the end of a paragraph. What differs
from machine to machine is not compared: times, file sizes, and the last digits of long numbers.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
DOCUMENTS = tuple(ROOT / name for name in ("README.md", "docs/solver.md", "docs/solver-json.md"))
LEFT_OUT = "..."

_BLOCK = re.compile(r"```console\n\$ python ((?:.*\\\n)*.*)\n((?:.*\n)*?)```")
_VARIES = re.compile(r"[\d.]+ s$|\d+ KiB$", re.MULTILINE)
_LONG = re.compile(r"-?\d+\.\d{12,}(?:e-?\d+)?")


class Outdated(Exception):  # noqa: N818 - what it says of a document
    """An excerpt whose lines the command no longer prints."""


def commands(text: str) -> tuple[str, ...]:
    """The arguments of every command that a text quotes."""
    return tuple(block[1] for block in _BLOCK.finditer(text))


def refreshed(text: str) -> str:
    """The text with every console block as its command prints it now.

    Raises Outdated where an excerpt cannot be found again.
    """
    with ThreadPoolExecutor(2) as pool:
        outputs = iter(tuple(pool.map(printed, commands(text))))
    return _BLOCK.sub(lambda block: _block(block[1], block[2], next(outputs)), text)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in times, sizes and the last digits of long numbers at most."""
    return _lasting(one) == _lasting(other)


def _lasting(text: str) -> str:
    return _LONG.sub(lambda number: f"{float(number[0]):.9g}", _VARIES.sub("", text))


def excerpt(shown: str, output: str) -> str:
    """The output without the lines that `shown` leaves out.

    Raises Outdated where the first line of a piece is no longer printed.
    """
    found: list[str] = []
    lines, place = output.splitlines(), 0
    *pieces, last = _pieces(shown)
    for number, piece in enumerate([*pieces, last]):
        if number:
            found.append(LEFT_OUT)
        if not piece:
            continue
        start = _found(piece[0], lines, place) if number else 0
        end = len(lines) - 1 if piece is last else _end(piece, lines, start)
        found += lines[start : end + 1]
        place = end + 1
    return "".join(f"{line}\n" for line in found)


def _pieces(shown: str) -> Iterator[list[str]]:
    """The lines between those of three dots."""
    piece: list[str] = []
    for line in shown.splitlines():
        if line == LEFT_OUT:
            yield piece
            piece = []
        else:
            piece.append(line)
    yield piece


def _end(piece: list[str], lines: list[str], start: int) -> int:
    """Where a piece ends: at its last line or, if there is none, with the paragraph."""
    end = min(start + len(piece), len(lines)) - 1
    if same(lines[end], piece[-1]):
        return end
    last = _place(piece[-1], lines, start)
    if last is not None:
        return last
    while end + 1 < len(lines) and lines[end + 1]:
        end += 1
    return end


def _found(line: str, lines: list[str], start: int) -> int:
    place = _place(line, lines, start)
    if place is None:
        raise Outdated(f"this line is no longer printed there: {line}")
    return place


def _place(line: str, lines: list[str], start: int) -> int | None:
    """Where a line stands, as far as it is the same on every machine; None if nowhere."""
    return next((i for i in range(start, len(lines)) if same(lines[i], line)), None)


def _block(arguments: str, shown: str, output: str) -> str:
    try:
        return f"```console\n$ python {arguments}\n{excerpt(shown, output)}```"
    except Outdated as error:
        raise Outdated(f"python {arguments}\n{error}") from None


def printed(arguments: str) -> str:
    """What the command prints, run in a folder of its own beside the examples."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "examples", Path(folder) / "docs" / "examples")
        done = subprocess.run(
            [sys.executable, *shlex.split(arguments.replace("\\\n", " "))],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
        )
    mistake = done.returncode == 2 and done.stdout.startswith("backprep: ")
    if done.returncode and not mistake:
        raise Outdated(f"python {arguments}\n{done.stdout}")
    return done.stdout


def main() -> int:
    """Write the documents anew, or only say which of them are not up to date."""
    outdated = False
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        try:
            fresh = refreshed(text)
        except Outdated as error:
            print(f"{document.name}: {error}", file=sys.stderr)
            return 1
        if same(text, fresh):
            continue
        outdated = True
        if "--check" not in sys.argv[1:]:
            document.write_text(fresh, encoding="utf-8")
        else:
            quoted = f"{document.name} quotes an older output: run python docs/refresh.py"
            print(quoted, file=sys.stderr)
    return int(outdated and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
