"""Unicode's raised, lowered and lettered forms, for mathematics without layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from templates.mathematics.tree import Variant

_RAISED: Final = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤βγδϕφχθ′",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀᵝᵞᵟᵠᵠᵡᶿ′",
)
_LOWERED: Final = str.maketrans(
    "0123456789+-=()aehijklmnoprstuvxβγρϕφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ",
)
# Letters that Unicode had before it added the mathematical alphabets.
_BLACKBOARD: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_CALLIGRAPHIC: Final = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_BLACKBOARD_A: Final = 0x1D538
_CALLIGRAPHIC_A: Final = 0x1D49C

COMBINING: Final[Mapping[str, str]] = {
    "ˆ": "\u0302", "˜": "\u0303", "ˉ": "\u0304", "⃗": "\u20d7", "˙": "\u0307", "¨": "\u0308",
    "ˇ": "\u030c",
}  # fmt: skip
ACCENT_NAMES: Final[Mapping[str, str]] = {
    "ˆ": "hat", "˜": "tilde", "ˉ": "bar", "⃗": "vec", "˙": "dot", "¨": "ddot", "ˇ": "check",
}  # fmt: skip


# Words are hard to read in small letters: e to the power log u.
_WORD: Final = re.compile("[a-z]{3}")


def raised(text: str) -> str:
    """`text` as a superscript: Unicode's where every character has one, else `^(text)`."""
    return _scripted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """`text` as a subscript: Unicode's where every character has one, else `_(text)`."""
    return _scripted(text, _LOWERED, "_")


def _scripted(text: str, table: Mapping[int, int], mark: str) -> str:
    text = text.replace(", ", ",")
    close = text.replace(" ", "")
    if all(ord(character) in table for character in close) and not _WORD.search(text):
        return close.translate(table)
    bare = len(text) == 1 or (text.isascii() and text.isalnum())
    return f"{mark}{text}" if bare else f"{mark}({text})"


_BOLD_ZERO = 0x1D7CE


def lettered(text: str, variant: Variant) -> str:
    """`text` in the alphabets that Unicode has and terminals show; others stay plain."""
    match variant:
        case Variant.BLACKBOARD:
            return "".join(_capital(c, _BLACKBOARD, _BLACKBOARD_A) for c in text)
        case Variant.CALLIGRAPHIC:
            return "".join(_capital(c, _CALLIGRAPHIC, _CALLIGRAPHIC_A) for c in text)
        case Variant.BOLD if text.isdecimal() and text.isascii():
            return "".join(chr(_BOLD_ZERO + int(digit)) for digit in text)
        case _:
            return text


def _capital(letter: str, older: Mapping[str, str], first: int) -> str:
    return older.get(letter) or chr(first + ord(letter) - ord("A"))
