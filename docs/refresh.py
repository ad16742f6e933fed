"""Renew what the documents quote: the output of every command in the README's console blocks.

python docs/refresh.py            writes the README anew
python docs/refresh.py --check    exits 1 if that would change it

A console block starts with a line `$ python -m gen ...`; the rest of it is what that prints. Times
and file sizes, which differ from machine to machine, are not compared.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_BLOCK = re.compile(r"```console\n\$ python (.*)\n((?:.*\n)*?)```")
_VARIES = re.compile(r"[\d.]+ s$|\d+ KiB$", re.MULTILINE)


def refreshed(text: str) -> str:
    """The text with every console block as its command prints it now."""
    return _BLOCK.sub(lambda block: _block(block[1]), text)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in times and sizes at most."""
    return _VARIES.sub("", one) == _VARIES.sub("", other)


def _block(arguments: str) -> str:
    return f"```console\n$ python {arguments}\n{_printed(arguments)}```"


def _printed(arguments: str) -> str:
    """What the command prints, run in a folder of its own."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, *arguments.split()],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
    return done.stdout


def main() -> int:
    """Write the README anew, or only say whether it is up to date."""
    text = README.read_text(encoding="utf-8")
    fresh = refreshed(text)
    if same(text, fresh):
        return 0
    if "--check" in sys.argv[1:]:
        print("README.md quotes an older output: run python docs/refresh.py", file=sys.stderr)
        return 1
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
