"""The letters of a chain of maps in a notation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gen.topics.jacobians.chains import MATRICES, SHIFTS, Chain, jacobian
from templates.notation import Entries, Index, Notation, Style, Symbol
from templates.notation.scores import alike


def of_chain(chain: Chain, notation: Notation) -> Mapping[str, Style | Entries]:
    """Vectors and matrices as the notation has them; Jacobians by their derivatives."""
    like = notation.stems["x"]
    styles: dict[str, Style] = {x: alike(like, x) for x in (*chain.vectors, *SHIFTS, "p")}
    tables = {x: Style(x, vector=matrix_letter(notation, x), below="#") for x in MATRICES}
    slopes: dict[str, Entries] = {}
    for end, top in enumerate(chain.vectors):
        for bottom in chain.vectors[:end]:
            entries = partial(_slope, styles[top], styles[bottom], chain.layout == "numerator")
            slopes[jacobian(top, bottom)] = entries
    return {**styles, **tables, **slopes}


def matrix_letter(notation: Notation, letter: str) -> str:
    """A matrix as the notation writes those of weights: bold or not."""
    weights = notation.stems["W"]
    form = weights.matrix or weights.vector
    return form.replace("W", letter) if form in (r"\boldsymbol{W}", r"\mathbf{W}") else letter


def _slope(top: Style, bottom: Style, numerator: bool, index: Index | None) -> Symbol:
    """The derivative of one vector, or of an entry, by another."""
    if index is None:
        above, below = top.vector or top.letter, bottom.vector or bottom.letter
    else:
        i, k = index if numerator else index[::-1]
        above, below = f"{top.letter}_{{{i + 1}}}", f"{bottom.letter}_{{{k + 1}}}"
    return Symbol(rf"\dfrac{{\partial {above}}}{{\partial {below}}}", compound=True)
