"""What a session shows and reads: documents as text, in colour where there is colour."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from gen.practice.terminal.emphasis import marked, styled
from templates.document import Block, Document
from templates.rendering import render
from templates.writers import text

WORDS = "practice/terminal.md.j2"
NARROWEST, WIDEST = 40, 100
BAR = 20
"""The columns of a bar."""


class Screen:
    """A terminal, or any two streams: without a terminal the text is plain."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        from rich.console import Console

        self._source = source
        self._console = Console(file=target, highlight=False, markup=False, emoji=False)
        _read_anything(source)

    @property
    def width(self) -> int:
        """The columns that are written on; they follow the window."""
        return min(max(self._console.width, NARROWEST), WIDEST)

    def show(self, blocks: Iterable[Block], style: str = "") -> None:
        """Blocks as lines, and an empty line after them."""
        found = marked(blocks) if self._has_styles else tuple(blocks)
        lines = text.write(Document("", found), width=self.width)
        self._console.print(styled(lines, style), soft_wrap=True)

    @property
    def _has_styles(self) -> bool:
        return self._console.is_terminal and not self._console.is_dumb_terminal

    def say(self, block: str, /, style: str = "", **values: object) -> None:
        """A block of the session's own words."""
        self.show(words(block, **values), style)

    def write(self, lines: str, style: str = "") -> None:
        """Lines as they are."""
        from rich.text import Text

        self._console.print(Text(lines, style=style), soft_wrap=True)

    def rule(self) -> None:
        """A line across, which keeps one question from the next."""
        self.write("\u2500" * self.width, "dim")

    def bar(self, label: str, share: float, columns: int = 0) -> None:
        """How far something has come, from 0 to 1, behind its label of so many columns."""
        full = round(share * BAR)
        drawn = "\u2588" * full + "\u2591" * (BAR - full)
        self.write(f"{label:{columns}}  {drawn} {share:4.0%}", "cyan")

    def ask(self, prompt: str) -> str:
        """A line that is typed. Raises EOFError at the end of the input."""
        if self._source.isatty():
            with suppress(ImportError):
                # With it, the keys that edit a line and bring earlier ones back do so.
                import readline  # noqa: F401

            return _clean(input(prompt))
        line = self._source.readline()
        if not line:
            raise EOFError
        self.write(f"{prompt}{_clean(line)}")
        return _clean(line)


def words(block: str, /, **values: object) -> tuple[Block, ...]:
    """A block of the session's own words."""
    return render(WORDS, block, **values)


def _clean(line: str) -> str:
    """What was typed, without anything that a terminal would follow as a command."""
    return "".join(c if c.isprintable() else " " for c in line).strip()


def _read_anything(source: TextIO) -> None:
    reconfigure = getattr(source, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
