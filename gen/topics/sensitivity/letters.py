"""The letters of changes in a notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from gen.topics.jacobians.letters import matrix_letter
from gen.topics.sensitivity.graphs import Setting
from templates.notation import Entries, Index, Notation, Style, Symbol
from templates.notation.scores import alike


def of_changes(setting: Setting, notation: Notation) -> Mapping[str, Style | Symbol | Entries]:
    """Vectors and the matrix as the notation has them; changes with a Delta, what is new primed."""
    like = notation.stems["x"]
    styles = {letter: alike(like, letter) for letter in "abvuh"}
    found: dict[str, Style | Symbol | Entries] = {
        **styles,
        "M": Style("M", vector=matrix_letter(notation, "M")),
        **{f"{x}n": replace(styles[x], above=r"\prime") for x in "abh"},
        "e": Symbol(r"\varepsilon"),
        "f": Symbol(r"\eta"),
    }
    i, j = str(setting.watched + 1), str(setting.changed[0] + 1)
    if setting.step == "linear":
        return {
            **found,
            "m": _derivative(f"b_{{{i}}}", f"a_{{{j}}}"),
            "s": Symbol(r"\Delta b", below=i),
            "n": Symbol("b", r"\prime", i),
        }
    rates = {f"r{k}": _derivative("y", f"b_{{{k + 1}}}") for k in range(setting.rows)}
    return {
        **found,
        **rates,
        "y": Symbol("y"),
        "yn": Symbol("y", r"\prime"),
        "r": partial(_rate, styles["b"]),
        "g": _derivative("y", f"a_{{{j}}}"),
        "p": Symbol(r"\mathrm{d}y"),
        "t": Symbol(r"\Delta y"),
        "d": Symbol(r"\Delta y - \mathrm{d}y", compound=True),
    }


def _derivative(top: str, bottom: str) -> Symbol:
    return Symbol(rf"\dfrac{{\partial {top}}}{{\partial {bottom}}}", compound=True)


def _rate(style: Style, index: Index | None) -> Symbol:
    """The derivative of y with respect to b, or to one entry."""
    bottom = style.vector or style.letter if index is None else f"b_{{{index[0] + 1}}}"
    return _derivative("y", bottom)
