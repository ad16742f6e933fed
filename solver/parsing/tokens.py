"""Text cut into numbers, names and signs, each with the place where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from solver.errors import InputError

LONGEST = 10_000
"""The characters that a text may have."""
LONGEST_NUMBER, LONGEST_NAME = 40, 40

Kind = Literal["number", "name", "sign", "break", "end"]

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(
    {
        **dict(zip(_RAISED + "₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2, strict=True)),
        **dict.fromkeys("·×⋅∘⊙∗", "*"),
        **dict.fromkeys("−⁻", "-"),
        "÷": "/",
        "ˆ": "^",
    }
)
"""What characters of good typing are in a plain text; each is one character long."""

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<raised>⁻?[{_RAISED}]+)"
    rf"|(?P<name>(?![{_RAISED}_])[^\W\d](?:(?![{_RAISED}])\w)*'*)"
    r"|(?P<sign>\*\*|[-+*/^@()\[\],.=])"
    r"|(?P<break>[;\n])"
    r"|(?P<space>[^\S\n]+|\#[^\n]*)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text; `start` counts its characters from 1.

    `typed` is what stands in the text, where a `Lexicon` reads it as something else.
    """

    kind: Kind
    text: str
    start: int
    typed: str = ""

    @property
    def said(self) -> str:
        """The piece as whoever wrote it knows it."""
        return self.typed or self.text

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of some signs."""
        return self.kind == "sign" and self.text in signs


Entry = tuple[re.Pattern[str], Kind | Literal["space"], str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Further spellings, tried before all others: what a piece of text means, by its pattern.

    What stands in the place of a match is a token of that kind and text; spaces are left out.
    """

    entries: tuple[Entry, ...]

    def read(self, text: str, place: int) -> tuple[Kind | Literal["space"], str, int] | None:
        """The kind and the text of the longest match at a place, and where it ends."""
        found = [
            (match.end(), kind, token)
            for pattern, kind, token in self.entries
            if (match := pattern.match(text, place)) is not None
        ]
        if not found:
            return None
        end, kind, token = max(found, key=lambda each: each[0])
        return kind, token, end


def tokens(text: str, lexicon: Lexicon | None = None) -> list[Token]:
    """The pieces of `text`, the last of kind `end`.

    Spaces, comments (from # to the end of the line) and ends of lines inside parentheses are left
    out. Signs of good typing are read as what they stand for: `x² · y₁` is `x^2 * y1`. Raises
    InputError for a character that means nothing here, and for a text that is too long.
    """
    if len(text) > LONGEST:
        raise InputError(f"the text has {len(text)} characters; give at most {LONGEST}")
    composed = unicodedata.normalize("NFC", text)
    return [*_outside_parentheses(_pieces(composed, lexicon)), Token("end", "", len(composed) + 1)]


def _pieces(text: str, lexicon: Lexicon | None) -> Iterator[Token]:
    # Raised digits are cut off before they become plain ones: x² is a power, x2 is a name.
    kept = {ord(c): c for c in f"{_RAISED}⁻"}
    plain = text.translate(_PLAIN | kept)
    place = 0
    while place < len(plain):
        known = None if lexicon is None else lexicon.read(plain, place)
        if known is not None:
            kind, token, end = known
            if kind != "space":
                yield Token(kind, token, place + 1, text[place:end])
            place = end
            continue
        match = _TOKEN.match(plain, place)
        if match is None:
            raise InputError(
                f"{text[place]!r} at character {place + 1} means nothing in an expression"
            )
        yield from _read(str(match.lastgroup), match.group(), place + 1)
        place = match.end()


def _read(kind: str, piece: str, start: int) -> Iterator[Token]:
    match kind:
        case "space":
            return
        case "raised":
            yield Token("sign", "^", start)
            if piece.startswith("⁻"):
                yield Token("sign", "-", start)
            yield _checked(Token("number", piece.lstrip("⁻").translate(_PLAIN), start))
        case "name" | "number" | "sign" | "break":
            yield _checked(Token(kind, piece, start))


def _checked(token: Token) -> Token:
    longest = {"number": LONGEST_NUMBER, "name": LONGEST_NAME}.get(token.kind)
    if longest is not None and len(token.text) > longest:
        raise InputError(
            f"the {token.kind} at character {token.start} has {len(token.text)} characters;"
            f" give at most {longest}"
        )
    return token


def _outside_parentheses(pieces: Iterator[Token]) -> Iterator[Token]:
    """The pieces without the ends of lines inside parentheses and brackets."""
    depth = 0
    for token in pieces:
        depth += token.is_sign("(", "[") - token.is_sign(")", "]")
        if depth <= 0 or token.text != "\n":
            yield token
