"""Typography of words: curly quotation marks, dashes and the ellipsis, from what keyboards have."""

from __future__ import annotations

_CURLY = {'"': ("\u201c", "\u201d"), "'": ("\u2018", "\u2019")}
_OPENERS = "([{\u2013\u2014\u201c\u2018"


def refined(text: str, before: str = "") -> str:
    """The words as they should be printed; `before` is the character in front of them, if any.

    A quotation mark opens after a space, an opening bracket or a dash, and closes elsewhere, so
    an apostrophe is a closing one. Two hyphens are an en dash and three an em dash.
    """
    if "--" in text:
        text = text.replace("---", "\u2014").replace("--", "\u2013")
    if "..." in text:
        text = text.replace("...", "\u2026")
    if '"' in text or "'" in text:
        text = _curled(text, before)
    return text


def _curled(text: str, before: str) -> str:
    # One character at a time, since an opening mark decides about the mark behind it.
    found = before[-1:]
    for character in text:
        if character in _CURLY:
            opening = not found or found[-1].isspace() or found[-1] in _OPENERS
            found += _CURLY[character][0 if opening else 1]
        else:
            found += character
    return found[len(before[-1:]) :]
