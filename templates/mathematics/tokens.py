"""Splitting LaTeX source into tokens: commands, numbers and single characters."""

from __future__ import annotations

import re
from typing import Final

END: Final = ""

# A full stop belongs to a number only between digits, and `1e-3` is one number.
_TOKEN: Final = re.compile(
    r"\\operatorname\*|\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?|\S", re.DOTALL
)


def tokenise(source: str) -> tuple[list[str], list[int]]:
    """The tokens of `source` and where each starts; the last token is END.

    White space parts tokens and is otherwise dropped, as in TeX's mathematics mode.
    """
    texts: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(source):
        texts.append(match[0])
        starts.append(match.start())
    texts.append(END)
    starts.append(len(source))
    return texts, starts
