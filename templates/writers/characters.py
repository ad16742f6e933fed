"""How wide a text is on a terminal, and lines of a width."""

from __future__ import annotations

import re
import unicodedata

NO_BREAK = "\u00a0"
_SPACES = re.compile(r"[ \t\n]+")


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes: combining accents take none."""
    if text.isascii():
        return len(text)
    return len(text) - sum(map(bool, map(unicodedata.combining, text)))


def padded(text: str, width: int) -> str:
    """The text with spaces behind it up to the width."""
    return text + " " * (width - columns_of(text))


def wrapped(text: str, width: int, first: str = "", further: str | None = None) -> list[str]:
    """The text broken at spaces into lines of at most `width` columns.

    `first` stands before the first line and `further` before all others (as before the first, by
    default). What has no space to break at may be wider.
    """
    further = first if further is None else further
    lines: list[str] = []
    line = ""
    for word in filter(None, _SPACES.split(text)):
        start = further if lines else first
        if line and columns_of(f"{start}{line} {word}") > width:
            lines.append(start + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, (further if lines else first) + line] if line else lines
