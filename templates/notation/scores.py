"""How scores, probabilities and targets are written where there is no network around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from templates.notation.record import Notation, Style

_LETTER = re.compile(r"[A-Za-z]|\\hat\{[A-Za-z]\}")
_SPARE = "qrvkdnuw"


def scores(notation: Notation) -> dict[str, Style]:
    """The styles of scores, probabilities and targets, as `z`, `p` and `t`.

    They are as the notation has them for the output layer of a network, or are z, p and t where it
    has nothing that would do without a network, or has it for another.
    """
    probability = notation.prediction or notation.outputs.get("o") or notation.stems["o"]
    if notation.posterior is not None:
        # That the posterior has a form of its own leaves the letter to other things.
        score = notation.outputs.get("s") or notation.stems["s"]
        probability = notation.prediction or alike(score, "p")
    own = {
        "z": notation.outputs.get("s") or notation.stems["s"],
        "p": probability,
        "t": notation.stems["y"],
    }
    found: dict[str, Style] = {}
    for node, style in own.items():
        fits = _LETTER.fullmatch(style.letter) and _whole(style) not in map(_whole, found.values())
        found[node] = replace(style, layer=False) if fits else Style(node)
    return found


def _whole(style: Style) -> tuple[str, str, str]:
    return style.letter, style.above, style.below


def unlike(taken: Mapping[str, Style], letters: str) -> dict[str, str]:
    """For each letter itself, or one to spare where a style in `taken` has it already."""
    used = {style.letter for style in taken.values()}
    free = [letter for letter in _SPARE if letter not in used and letter not in letters]
    return {letter: free.pop(0) if letter in used else letter for letter in letters}


def alike(style: Style, letter: str) -> Style:
    """Another letter in the same style, bold for a vector if that one is."""
    vector = style.vector.replace(f"{{{style.letter}}}", f"{{{letter}}}")
    return Style(letter, vector=vector if vector != style.vector else "")
