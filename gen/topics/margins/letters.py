"""The letters of a support vector machine in a notation: every example has its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gen.topics.margins.graphs import Machine
from gen.topics.updates.letters import numbered
from templates.notation import Notation, Style, Symbol
from templates.notation.scores import alike, scores, unlike


def of_machine(machine: Machine, notation: Notation) -> Mapping[str, Style | Symbol]:
    """Targets as the notation has them; lambda are the multipliers, and L is the objective."""
    known = scores(notation)
    inputs = replace(notation.stems["x"], layer=False)
    each = {"x": inputs, "t": known["t"], "l": Style(r"\lambda")}
    examples = {
        f"{node}{n}": numbered(style, str(n))
        for n in range(1, machine.examples + 1)
        for node, style in each.items()
    }
    free = unlike({"t": known["t"]}, "bf")
    weights = alike(inputs, "w")
    below = rf"\partial \lambda_{{{machine.at + 1}}}"
    return {
        **examples,
        "t": known["t"],
        "xn": numbered(inputs, "n"),
        "xm": numbered(inputs, "m"),
        "w": weights,
        "L": Symbol("L"),
        "d": Symbol(rf"\dfrac{{\partial L}}{{{below}}}", compound=True),
        "b": Style(free["b"]),
        "m": Style("m"),
        "q": alike(inputs, "q"),
        "f": Style(free["f"]),
    }
