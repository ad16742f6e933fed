"""The names of nodes, taken apart and set: `W1` is stem and layer, `alpha` a Greek letter."""

from __future__ import annotations

import re
from functools import cache

from templates.mathematics.symbols import LEAVES
from templates.mathematics.tree import Symbol as Letter
from templates.notation.symbol import Symbol

_NODE = re.compile(r"([^\W\d_]+?)_?(\d*)")
_NAME = re.compile(r"_*([^\W\d_]+)_?(\w*?)_*('*)")
_GREEK = {
    name: command
    for command, leaf in LEAVES.items()
    if isinstance(leaf, Letter) and command.startswith("\\") and "Α" <= leaf.text <= "ϵ"
    for name in (command[1:], leaf.text)
}
"""The command of each Greek letter, by its name and by the letter itself."""
_ACCENTED = re.compile(r"([^\W\d_])(hat|bar)")
"""A letter with the name of its accent, as `yhat` is typed."""
_GREEK["lam"] = r"\lambda"  # as it is called in Python, where lambda is no name


@cache
def split(node: str) -> tuple[str, str]:
    """A node's stem and the number at its end, if it has both."""
    match = _NODE.fullmatch(node)
    return (match[1], match[2]) if match else (node, "")


def plain(node: str, below: str) -> Symbol:
    """The symbol of a node that is written by its name: letter, index, primes."""
    match = _NAME.fullmatch(node)
    if match is None:
        return Symbol("v", "", ",".join(filter(None, (node.strip("_"), below))))
    stem, tail, primes = match.groups()
    if len(stem) == 1 and tail in ("hat", "bar"):
        stem, tail = stem + tail, ""
    if tail and not tail.isdigit():
        tail = rf"\text{{{tail.replace('_', ' ')}}}"
    above = r"\prime" * len(primes)
    return Symbol(_letters(stem), above, ",".join(part for part in (tail, below) if part))


def _letters(stem: str) -> str:
    if stem in _GREEK:
        return _GREEK[stem]
    accented = _ACCENTED.fullmatch(stem)
    if accented is not None:
        return rf"\{accented[2]}{{{_letters(accented[1])}}}"
    return stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
