"""The letters of logistic regression in a notation: every example has its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from gen.topics.logistic.graphs import Model
from gen.topics.updates.letters import numbered
from templates.notation import Index, Notation, Style, Symbol
from templates.notation.scores import alike, scores, unlike

Letters = Mapping[str, Style | Symbol | Callable[[Index | None], Symbol]]


def of_model(model: Model, notation: Notation) -> Letters:
    """Scores, predictions and targets as the notation has them; H is the Hessian."""
    known = scores(notation)
    inputs = replace(notation.stems["x"], layer=False)
    weights = alike(inputs, "w")
    factor = Style(unlike(known, "v")["v"])
    each = {"x": inputs, "z": known["z"], "p": known["p"], "t": known["t"], "v": factor}
    several = model.examples > 1
    examples = {
        f"{node}{n}": numbered(style, str(n)) if several else replace(style, layer=False)
        for n in range(1, model.examples + 1)
        for node, style in each.items()
    }
    return {
        **examples,
        "w": weights,
        "wn": replace(weights, above=weights.above + r"\prime"),
        "g": partial(_slope, model, notation.loss),
        "H": _matrix(inputs, "H"),
        "M": _matrix(inputs, "M"),
        "D": Symbol(rf"\det {_matrix(inputs, 'H').form((2, 2))}"),
    }


def _slope(model: Model, loss: str, index: Index | None) -> Symbol:
    if model.weights == 1:
        return Symbol(rf"\dfrac{{d {loss}}}{{d w}}", compound=True)
    if index is None:
        return Symbol(rf"\nabla {loss}")
    below = rf"\partial w_{{{index[0] + 1}}}"
    return Symbol(rf"\dfrac{{\partial {loss}}}{{{below}}}", compound=True)


def _matrix(like: Style, letter: str) -> Style:
    """A matrix in the style of the inputs' matrix."""
    matrix = like.matrix.replace("X", letter) if "X" in like.matrix else letter
    return Style(letter, matrix=matrix)
