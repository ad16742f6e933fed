"""The letters of the normal equation in a notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.topics.least_squares.graphs import Fit
from templates.notation import Notation, Style, Symbol
from templates.notation.scores import alike, scores


def of_fit(fit: Fit, notation: Notation) -> Mapping[str, Style | Symbol]:
    """A matrix of examples Phi, or the inputs themselves; A and c are the equation's two sides."""
    known = scores(notation)
    if notation.linear_prediction is not None:
        # A linear unit's output is its pre-activation, which then is not written.
        known["p"] = notation.linear_prediction
    inputs = replace(notation.stems["x"], layer=False)
    left, weights = _matrix(inputs, "A"), alike(inputs, "w")
    point = alike(inputs, "u")
    loss = Symbol(notation.loss)
    at = point.form((2,) if fit.weights > 1 else ())
    return {
        "X": Style(r"\Phi") if fit.weights > 1 else inputs,
        "y": known["t"],
        "t": Symbol(known["t"].form(())),
        "p": replace(known["p"], layer=False),
        "A": left,
        "c": alike(inputs, "c"),
        "D": Symbol(rf"\det {left.form((2, 2))}"),
        "M": _matrix(inputs, "M"),
        "I": _matrix(inputs, "I"),
        "w": weights,
        "u": point,
        "l": Style(r"\lambda"),
        "J": loss,
        "g": Symbol(rf"\nabla {loss}({at})" if fit.weights > 1 else rf"{loss}'({at})"),
    }


def _matrix(like: Style, letter: str) -> Style:
    """A matrix in the style of the inputs' matrix."""
    matrix = like.matrix.replace("X", letter) if "X" in like.matrix else letter
    return Style(letter, matrix=matrix)
