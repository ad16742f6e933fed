"""The letters of a regression in a notation: its prediction, its loss, and its objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.topics.graphs.regression import Setting
from templates.notation import Notation, Style, Symbol
from templates.notation.scores import alike, scores, unlike

_LOSS, _OBJECTIVE = r"\ell", "J"


def letters(setting: Setting, notation: Notation) -> Mapping[str, Style | Symbol]:
    """What is minimised has the letter of the course's loss, and l and J the usual ones beside."""
    known = scores(notation)
    if notation.linear_prediction is not None:
        # A linear unit's output is its pre-activation, which then is not written.
        known["p"], known["z"] = notation.linear_prediction, Style("s")
    prediction, target = (replace(known[node], layer=False) for node in "pt")
    x = replace(notation.stems["x"], layer=False)
    free = unlike({"p": prediction, "t": target, "x": x}, "wbrR")
    objective = notation.loss if notation.loss != _LOSS else _OBJECTIVE
    return {
        "x": x,
        "y": target,
        "yhat": prediction,
        "w": alike(x, free["w"]),
        "b": Style(free["b"]),
        "r": alike(x, free["r"]),
        "l": Symbol(_LOSS if setting.ridge else notation.loss),
        "R": Symbol(free["R"]),
        "penalty": Symbol(r"\lambda"),
        "J": Symbol(objective),
    }
