"""The letters of difference quotients in a notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.topics.differences.graphs import Setting
from templates.notation import Notation, Style, Symbol
from templates.notation.scores import scores, unlike

STEP, HALF = r"\varepsilon", r"\varepsilon/2"


def of_differences(setting: Setting, notation: Notation) -> Mapping[str, Style | Symbol]:
    """Parameters theta, the loss as J, and quotients with their steps as subscripts."""
    loss = notation.loss
    found: dict[str, Style | Symbol] = {"e": Symbol(STEP), "J": Symbol(loss)}
    for n in range(1, setting.parameters + 1):
        found[f"t{n}"] = Symbol(r"\theta", below=str(n))
    if setting.kind == "unit":
        return {**found, **_of_unit(loss, notation)}
    found["g"] = _derivative(loss, setting.place + 1)
    for mark, step in (("", STEP), ("h", HALF)):
        found[f"J{mark}p"] = Symbol(loss, below=f"+{step}")
        found[f"J{mark}m"] = Symbol(loss, below=f"-{step}")
        for quotient in "DF":
            found[f"{quotient}{mark}"] = Symbol(quotient, below=step)
            found[f"E{quotient}{mark}"] = Symbol(_error(quotient, step))
    for quotient in "DF":
        ratio = rf"\frac{{{_error(quotient, STEP)}}}{{{_error(quotient, HALF)}}}"
        found[f"r{quotient}"] = Symbol(ratio, compound=True)
    return found


def _error(quotient: str, step: str) -> str:
    return f"E({quotient}_{{{step}}})"


def _derivative(loss: str, number: int) -> Symbol:
    return Symbol(rf"\dfrac{{\partial {loss}}}{{\partial \theta_{{{number}}}}}", compound=True)


def _of_unit(loss: str, notation: Notation) -> Mapping[str, Style | Symbol]:
    known = scores(notation)
    styles = {"s": known["z"], "o": known["p"], "y": known["t"]}
    found: dict[str, Style | Symbol] = {
        **styles,
        "x": replace(notation.stems["x"], layer=False),
        "b": Style(unlike(known, "b")["b"]),
        "d": Symbol(rf"\dfrac{{\partial {loss}}}{{\partial {known['z'].letter}}}", compound=True),
    }
    for n in (1, 2):
        found[f"g{n}"] = _derivative(loss, n)
        found[f"D{n}"] = Symbol("D", below=str(n))
        for mark, sign in (("p", "+"), ("m", "-")):
            found[f"J{mark}{n}"] = Symbol(loss, sign, str(n))
            for node in "so":
                found[f"{node}{mark}{n}"] = Symbol(styles[node].letter, sign, str(n))
    return found
