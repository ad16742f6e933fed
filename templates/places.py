"""Place marks: where in a template a piece of text stands, carried invisibly inside the text.

A template is rendered before it is parsed, and loops and inserted values move its lines. So the
loader puts a mark behind every dollar sign, and the parser reads it when something is wrong.
Marks are private-use characters around the place; nobody sees them, for the parser removes them.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE = "\ue000", "\ue001"
MARK = f"{_OPEN}[^{_CLOSE}]*{_CLOSE}"
"""A regular expression for one mark."""

_MARK = re.compile(MARK)


class MarkupError(ValueError):
    """Text that the document tree cannot hold; `place` says where it stands, when that is known."""

    def __init__(self, message: str, place: str | None = None) -> None:
        super().__init__(message if place is None else f"{place}: {message}")
        self.message = message
        self.place = place


def mark(template: str, line: int) -> str:
    """The mark for a line (counted from 1) of a template."""
    return f"{_OPEN}{template}, line {line}{_CLOSE}"


def unmarked(text: str) -> str:
    """The text as it is read."""
    return _MARK.sub("", text) if _OPEN in text else text


def last_place(text: str, position: int | None = None) -> str | None:
    """The place named by the last mark before `position` of the text without its marks."""
    place, removed = None, 0
    for found in _MARK.finditer(text):
        if position is not None and found.start() - removed > position:
            break
        place = found.group()[1:-1]
        removed += len(found.group())
    return place
