"""Letters, numbers and operators of MathML.

MathML Core has no alphabets of its own: a bold x is the character U+1D431, and a single letter
in `mi` is italic by itself. Every operator carries the space beside it, so that browsers follow
TeX's rules instead of their dictionaries of operators.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from templates.elements import leaf
from templates.mathematics.mathml.elements import length
from templates.mathematics.raised import lettered
from templates.mathematics.tree import AtomClass, Delimiter, Function, Operator, Text, Variant

_NAMES: Final[Mapping[Variant, str]] = {
    Variant.ITALIC: "ITALIC",
    Variant.TEXT_ITALIC: "ITALIC",
    Variant.BOLD: "BOLD",
    Variant.BOLD_ITALIC: "BOLD ITALIC",
    Variant.TYPEWRITER: "MONOSPACE",
}
_FURTHER_WORDS: Final = ("ITALIC", "SCRIPT", "FRAKTUR", "SANS-SERIF")
_ALPHABETS: Final = range(0x1D400, 0x1D800)
_PLANCK: Final = {"h": "ℎ"}
"""The italic h, which Unicode had before its mathematical alphabets."""

_BOLDS: Final = (Variant.BOLD, Variant.BOLD_ITALIC)
_PRIMES: Final = ("", "′", "″", "‴")
_FIXED: Final = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉←→↔⇐⇒⇔↦⟵⟶↑↓")
"""What browsers would stretch unless they are told not to."""

_WORDS: Final[Mapping[Variant, str]] = {
    Variant.BOLD: "font-weight: bold",
    Variant.TEXT_ITALIC: "font-style: italic",
    Variant.TYPEWRITER: "font-family: monospace",
}


@cache
def alphabet(variant: Variant) -> Mapping[str, str]:
    """The mathematical alphabet of a variant: from letters and digits to their characters."""
    prefix = f"MATHEMATICAL {_NAMES[variant]} "
    found = dict(_PLANCK) if _NAMES[variant] == "ITALIC" else {}
    for character in map(chr, _ALPHABETS):
        name = unicodedata.name(character, "")
        if name.startswith(prefix) and not name.removeprefix(prefix).startswith(_FURTHER_WORDS):
            found[chr(int(unicodedata.decomposition(character).split()[1], 16))] = character
    return found


def symbol(text: str, variant: Variant) -> str:
    """A letter or a name; the primes of a derivative are operators."""
    if text == "′":
        return primes(1)
    if variant is Variant.ITALIC or text == "∂":
        return leaf("mi", text)
    if variant is Variant.UPRIGHT:
        slanted = len(text) == 1 and text in alphabet(Variant.ITALIC)
        return leaf("mi", text, {"mathvariant": "normal"} if slanted else None)
    return leaf("mi", *_drawn(text, variant))


def number(text: str, variant: Variant) -> str:
    """A number, its digits in the alphabet of the variant."""
    return leaf("mn", text) if variant is Variant.UPRIGHT else leaf("mn", *_drawn(text, variant))


def _drawn(text: str, variant: Variant) -> tuple[str, Mapping[str, str] | None]:
    """The characters of the variant, and a style where Unicode has none that are bold."""
    if variant in (Variant.BLACKBOARD, Variant.CALLIGRAPHIC):
        return lettered(text, variant), None
    letters = alphabet(variant)
    plain = any(character not in letters for character in text)
    style = {"style": "font-weight: bold"} if plain and variant in _BOLDS else None
    return "".join(letters.get(character, character) for character in text), style


def primes(count: int) -> str:
    """One operator for a run of primes: up to three are one character."""
    return operator_text(_PRIMES[count] if count < len(_PRIMES) else count * "′")


def words(node: Text) -> str:
    """Words, whose spaces at the ends would otherwise be lost."""
    inner = node.text.strip(" ")
    start = len(node.text) - len(node.text.lstrip(" "))
    end = len(node.text) - len(inner) - start if inner else 0
    style = _WORDS.get(node.variant)
    kept = "\u00a0" * start + inner + "\u00a0" * end
    return leaf("mtext", kept, {"style": style} if style else None)


def function(node: Function) -> str:
    """A named operator; one that takes limits is an operator to MathML too."""
    if not node.limits:
        return leaf("mi", node.name, {"mathvariant": "normal"} if len(node.name) == 1 else None)
    return operator_text(node.name, {"movablelimits": "false"})


def operator(
    node: Operator | Delimiter, left: float = 0.0, right: float = 0.0, sign: bool = False
) -> str:
    """An operator with the space on both its sides, in em; a `sign` belongs to what follows."""
    own: dict[str, str] = {"form": "prefix"} if sign else {}
    if isinstance(node, Delimiter):
        tall = length(0.6 * (node.step + 1))
        own |= {"stretchy": "true", "symmetric": "true", "minsize": tall, "maxsize": tall}
    else:
        if node.kind is AtomClass.OP:
            own["movablelimits"] = "false"
        if node.text in _FIXED:
            own["stretchy"] = "false"
        if node.variant is Variant.BOLD:
            own["style"] = "font-weight: bold"
    return operator_text(node.text, own, left, right)


def operator_text(
    text: str, own: Mapping[str, str] | None = None, left: float = 0.0, right: float = 0.0
) -> str:
    """An operator by its character, with attributes of its own."""
    return leaf("mo", text, {**(own or {}), "lspace": length(left), "rspace": length(right)})


def delimiter(text: str, form: str, tall: bool) -> str:
    """A delimiter, which grows with what it encloses if it is `tall`; none for no text."""
    own = {"form": form, "stretchy": "true" if tall else "false"}
    return operator_text(text, own) if text else ""
