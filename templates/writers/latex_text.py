"""Words and formulas as LaTeX in ASCII, so that every engine and every encoding reads the same.

Only what LaTeX itself, amsmath and amssymb offer is used: accents are commands, and Greek letters
and signs in running text are mathematics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Final

from solver.errors import InputError
from templates.mathematics.symbols import LEAVES
from templates.mathematics.tree import Operator, Symbol

_SPECIAL: Final[Mapping[str, str]] = {
    **{character: f"\\{character}" for character in "{}$&#_%"},
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "$<$", ">": "$>$", "|": "$|$", '"': "''",
    "‘": "`", "’": "'", "“": "``", "”": "''", "–": "--", "—": "---", "…": "\\ldots{}",
    "\u00a0": "~", "\u2009": "\\,", "\u2003": "\\quad{}", "•": "\\textbullet{}",
    "ß": "\\ss{}", "æ": "\\ae{}", "Æ": "\\AE{}", "œ": "\\oe{}", "Œ": "\\OE{}", "ø": "\\o{}",
    "Ø": "\\O{}", "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}", "§": "\\S{}", "°": "$^\\circ$",
    "·": "$\\cdot$", "″": "$''$", "‴": "$'''$", "√": "$\\surd$", "½": "$\\frac12$", "¡": "!`",
    "¿": "?`",
}  # fmt: skip
_ACCENTS: Final[Mapping[str, str]] = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0305": "=",
    "\u0306": "u", "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v",
    "\u0323": "d", "\u0327": "c", "\u0331": "b", "\u0332": "b",
}  # fmt: skip
_DOTLESS: Final = {"i": "\\i", "j": "\\j"}
_SCRIPTS: Final = {"<super>": "^", "<sub>": "_"}
_WORDS = re.compile(r"(\\text\w*\s*\{)([^}]*)\}|([^\x00-\x7f])", re.DOTALL)
_BARE = re.compile(r"(?<!\\)[_#%&]")
_LETTER = re.compile(r"(.)([\u0300-\u036f]*)", re.DOTALL)


def words(text: str) -> str:
    """Running text as LaTeX.

    Raises InputError for a character that plain LaTeX has no command for.
    """
    runs = groupby(text, _script)
    return "".join(_scripted(mark, "".join(run)) for mark, run in runs)


def formula(source: str) -> str:
    """A formula of the LaTeX subset with commands for the characters that LaTeX does not know."""

    def written(found: re.Match[str]) -> str:
        opening, text, character = found.groups()
        if character:
            return _command(character)
        kept = "".join(letter if letter.isascii() else words(letter) for letter in text)
        return opening + _BARE.sub(r"\\\g<0>", kept) + "}"

    return _WORDS.sub(written, source)


def _script(character: str) -> str:
    """The mark of a raised or lowered character, empty for any other."""
    return _SCRIPTS.get(unicodedata.decomposition(character).partition(" ")[0], "")


def _scripted(mark: str, run: str) -> str:
    if not mark:
        letters = _LETTER.findall(unicodedata.normalize("NFD", run))
        return "".join(_letter(base, marks) for base, marks in letters)
    inner = unicodedata.normalize("NFKC", run).replace("\u2212", "-")
    return f"${mark}{{{formula(inner)}}}$"


def _letter(base: str, marks: str) -> str:
    """A character and the accents over it."""
    if not marks:
        return _plain(base)
    found = _DOTLESS.get(base) or _plain(base)
    for mark in marks:
        if mark not in _ACCENTS:
            raise _unknown(mark)
        found = f"\\{_ACCENTS[mark]}{{{found}}}"
    return found


def _plain(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character
    if character in _commands():
        return f"${_commands()[character]}$"
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    if kind == "<font>":
        return _plain(chr(int(code, 16)))
    raise _unknown(character)


def _command(character: str) -> str:
    if character not in _commands():
        raise _unknown(character)
    return f"{_commands()[character]} "


@cache
def _commands() -> Mapping[str, str]:
    """The command of each sign that mathematics knows, by the sign."""
    found: dict[str, str] = {}
    for command, node in LEAVES.items():
        if command[:1] == "\\" and isinstance(node, Symbol | Operator) and not node.text.isascii():
            found.setdefault(node.text, command)
    return {**found, "−": "-", "∗": "*", "′": "\\prime"}


def _unknown(character: str) -> InputError:
    name = unicodedata.name(character, "unnamed")
    return InputError(
        f"LaTeX has no command for {character!r} (U+{ord(character):04X}, {name}) without further "
        "packages; leave it out, or write HTML or PDF"
    )
