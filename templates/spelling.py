r"""How symbols are typed: `beta_1`, `alpha_12`, `h_1^(1)`, `yhat`, `y*`.

A symbol may be typed

- with its letter as LaTeX has it, by name or as a letter: `\beta`, `beta`, `β`; `\hat{y}`, `yhat`,
  `y_hat`, `ŷ`;
- with its index behind an underscore or directly: `z_1`, `z1`, `alpha_12`, `alpha_{1,2}`, `z₁`;
- with the number of its layer in parentheses, before or behind the index: `h_1^(1)`, `h^{(1)}_1`;
  or without it, as `h_1`, where no other layer has that letter with that index;
- with a star as `y^*` or `y_*`, or as `y*` where a closing parenthesis, + or -, / or the end
  follows: `y*(1 - y)` is a product.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations

from solver.parsing.tokens import Lexicon
from templates.mathematics.symbols import LEAVES
from templates.mathematics.tree import Symbol as Letter
from templates.notation import Symbol

_ACCENT = re.compile(r"\\(hat|bar|tilde)\{(.+)\}")
_MARKS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
_FACE = re.compile(r"\\(?:mathbf|boldsymbol|mathrm|vec|mathit)\{([^{}]*)\}")
_LAYER = re.compile(r"\((\w+)\)")
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


def lexicon(symbols: Mapping[str, Symbol]) -> Lexicon:
    """What reads every spelling of the symbols as the name that each has here."""
    others = "|".join(patterns(symbols).values())
    found = patterns(symbols, others).items()
    return Lexicon(tuple((re.compile(each), "name", name) for name, each in found))


def patterns(symbols: Mapping[str, Symbol], others: str = "") -> dict[str, str]:
    """The regular expression of each symbol's spellings, by name.

    The layer may be left out where that leaves no doubt.
    """
    layers = _by_short_form(symbols.values())
    return {
        name: pattern(symbol, others, len(layers[_short_form(symbol)]) == 1)
        for name, symbol in symbols.items()
    }


def unclear(symbols: Mapping[str, Symbol]) -> dict[str, tuple[str, ...]]:
    """Regular expressions of what could be one of several symbols, without its layer, and these."""
    found = {}
    for each in _by_short_form(symbols.values()).values():
        layered = all(_scripts(symbol)[0] and _scripts(symbol)[2] for symbol in each)
        if len(each) > 1 and layered:
            found[pattern(replace(each[0], above=""))] = tuple(map(typed, each))
    return found


def _by_short_form(symbols: Iterable[Symbol]) -> dict[tuple[str, bool, str], list[Symbol]]:
    """The symbols that are typed alike without their layers."""
    found: dict[tuple[str, bool, str], list[Symbol]] = {}
    for symbol in symbols:
        found.setdefault(_short_form(symbol), []).append(symbol)
    return found


def _short_form(symbol: Symbol) -> tuple[str, bool, str]:
    _, starred, index = _scripts(symbol)
    return _plain(symbol.base), starred, index.replace(",", "")


def typed(symbol: Symbol) -> str:
    """The plainest way to type a symbol."""
    layer, starred, index = _scripts(symbol)
    below = f"_{index}" if index else ""
    star = "^*" if starred else ""
    return _plain(symbol.base) + below + (f"^({layer})" if layer else "") + star


def pattern(symbol: Symbol, others: str = "", short: bool = False) -> str:
    """The regular expression of a symbol's spellings; with `short`, its layer may be left out.

    A bare letter is a whole word, unless it is a single one and one of `others` follows: `yz_1`.
    """
    layer, starred, index = _scripts(symbol)
    scripts = [_layered(layer)] if layer else []
    scripts += [_indexed(index)] if index else []
    scripts += [_STAR] if starred else []
    orders = "|".join("".join(order) for order in permutations(scripts))
    if short and layer and index:
        orders += "".join(f"|{''.join(order)}{_NO_LAYER}" for order in permutations(scripts[1:]))
    head = "|".join(sorted(_heads(symbol.base), key=len, reverse=True))
    end = r"(?!\d)" if layer or index else "" if starred else _WHOLE
    if end == _WHOLE and others and len(_plain(symbol.base)) == 1:
        end = rf"(?:{end}|(?={others}))"
    return f"(?:{head})(?:{orders}){end}" if scripts else f"(?:{head}){end}"


_WHOLE = r"(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹])"
"""No letter, digit or underscore follows; a raised digit is an exponent."""
_NO_LAYER = r"(?!\s*(?:\^\{?\(|⁽))"
"""No layer follows: h_2^(3) is not the power of h_2."""
_STAR = r"(?:\^\{?\*\}?|_\{?\*\}?|_?star(?!\w)|\*(?=\s*(?:$|[)\]}+/,;-]|\\right)))"


def _scripts(symbol: Symbol) -> tuple[str, bool, str]:
    """The layer, whether there is a star, and the index."""
    match = _LAYER.search(symbol.above)
    parts = [part for part in re.split(r"[,\s]+", symbol.below) if part]
    starred = "*" in symbol.above or "*" in parts
    return match[1] if match else "", starred, ",".join(part for part in parts if part != "*")


def _layered(layer: str) -> str:
    raised = f"({layer})".translate(_RAISED)
    return rf"(?:\^\{{?\({layer}\)\}}?|{raised})"


def _indexed(index: str) -> str:
    """The digits of an index, with or without commas between."""
    digits = r"[,\s]?".join(re.escape(part) for part in re.findall(r"\w", index))
    return rf"(?:_?\{{{digits}\}}|_?{digits})"


def _heads(base: str) -> Iterator[str]:
    """The spellings of a letter with its accent."""
    accent = _ACCENT.fullmatch(base)
    if accent is None:
        yield from _letters(base)
        return
    name, inner = accent[1], accent[2]
    for letter in _letters(inner):
        yield rf"\\{name}\{{?\s*{letter}\s*\}}?"
        yield rf"{letter}_?{name}"
        yield rf"{name}\({letter}\)"
    plain = _plain(inner)
    if len(plain) == 1:
        yield re.escape(unicodedata.normalize("NFC", plain + _MARKS[name]))


def _letters(base: str) -> Iterator[str]:
    plain = _plain(base)
    if "[" in base:
        # A posterior such as P[C | x] may be typed as P alone, or with anything in its brackets.
        yield from (re.escape(plain), rf"{re.escape(plain)}\[[^\]]*\]")
        return
    yield re.escape(plain)
    bare = _FACE.sub(r"\1", base)
    if bare.startswith("\\"):
        yield re.escape(bare)
        leaf = LEAVES.get(bare)
        if isinstance(leaf, Letter):
            yield re.escape(leaf.text)


def _plain(base: str) -> str:
    """A letter by its name, an accented one with the accent behind."""
    accent = _ACCENT.fullmatch(base)
    if accent is not None:
        return _plain(accent[2]) + accent[1]
    return _FACE.sub(r"\1", base).partition("[")[0].lstrip("\\")
