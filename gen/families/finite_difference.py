"""Difference quotients against the exact derivative, and how their errors shrink with the step.

Tests that one parameter is moved both ways and the difference divided by twice the step, that half
the step leaves a quarter of the error (half of it for a forward difference), and that this checks a
gradient found by the chain rule. After Gormley and Gordon, CMU 10-301/601, Lecture 12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from gen import verification
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.differences import letters, oracle, plots
from gen.topics.differences.draws import Numbers, draw_point, draw_polynomial, draw_unit
from gen.topics.differences.graphs import Setting, graph_of
from gen.topics.differences.mistakes import slips
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="finite_difference",
    version=1,
    title="Finite differences",
    summary="centred and forward differences against the exact derivative, and their errors",
    topics=("differentiation",),
    lectures=("004",),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A function with its numbers; a choice asks for what the step leads to alone."""

    setting: Setting
    numbers: Numbers
    exact: bool = False
    form: Form = "numeric"


KINDS: Mapping[Difficulty, tuple[str, ...]] = {
    "easy": ("centred",),
    "medium": ("halved", "forward"),
    "hard": ("orders", "unit"),
}
ASKED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "centred": (("Jp", "Jm"), ("D", "g", "ED")),
    "halved": (("g",), ("D", "Dh"), ("ED", "EDh", "rD")),
    "forward": (("g",), ("F", "D"), ("EF", "ED")),
    "orders": (("g",), ("F", "Fh", "D", "Dh"), ("rF", "rD")),
    "unit": (("Jp1", "Jm1", "Jp2", "Jm2"), ("D1", "D2", "g1", "g2")),
}
CHOSEN: Mapping[str, tuple[str, ...]] = {
    "centred": ("D", "g"),
    "halved": ("ED", "EDh"),
    "forward": ("F", "D"),
    "orders": ("EF", "EFh", "ED", "EDh"),
    "unit": ("D1", "D2"),
}
"""The parts of each kind, and what a choice asks for."""
LEAST_ERROR, LEAST_SLOPE, LARGEST_RATIO = 0.01, 0.06, 12.0


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A polynomial at whole numbers, or a unit with weights of one decimal."""
    kind = draw.choice(KINDS[difficulty])
    if kind == "unit":
        setting = Setting(kind, activation=draw.choice(("tanh", "sigmoid")))
        return Params(setting, draw_unit(draw, setting), form=form)
    return _polynomial(draw, kind, form, exact=False)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of polynomials alone, with steps that are simple fractions or whole."""
    kinds = [kind for kind in KINDS[difficulty] if kind != "unit"]
    return _polynomial(draw, draw.choice(kinds), form, exact=True)


def _polynomial(draw: Draw, kind: str, form: Form, exact: bool) -> Params:
    terms, place = draw_polynomial(draw, 3 if kind == "orders" else 2)
    setting = Setting(kind, terms, place)
    return Params(setting, draw_point(draw, setting, exact), exact, form)


def pose(params: Params) -> Problem:
    """Values, quotients and the derivative, and then the errors."""
    setting = params.setting
    givens = {name: np.array(value) for name, value in params.numbers}
    unit = setting.kind == "unit"
    shown = not unit and float(givens["e"]) >= plots.LEAST_STEP
    rounded = unit or setting.kind == "orders"
    parts = tuple(_parts(params))
    asked = dict.fromkeys(ask.node for part in parts for ask in part.asks)
    return Problem(
        parts,
        graph_of(setting),
        givens,
        slips=("order_swapped",) if params.form == "choice" and unit else (),
        variants=Later(slips, setting, givens, asked),
        solved_figure=partial(plots.chord_and_tangent, setting, givens) if shown else None,
        conventions=(
            *(("sigmoid_defined",) if setting.activation == "sigmoid" else ()),
            *(("exact_values",) if params.exact else ("places",) if rounded else ()),
        ),
        words={"symbols": partial(letters.of_differences, setting), "setting": setting},
    )


def _parts(params: Params) -> list[Part]:
    kind, choices = params.setting.kind, EXACT_CHOICES if params.exact else 5
    if params.form == "choice":
        return [Part("choice", tuple(map(Ask, CHOSEN[kind])), choices=choices, points=2)]
    return [Part("numeric", tuple(map(Ask, nodes)), points=len(nodes)) for nodes in ASKED[kind]]


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether no slope or error is as good as 0, and halving the step has the usual effect."""
    values = oracle.values(problem)
    slopes = [abs(value) for node, value in values.items() if node[0] in "gDF"]
    errors = [abs(values[node]) for node in _errors(problem.words["setting"])]
    if min(slopes) < LEAST_SLOPE or min(errors, default=1.0) < LEAST_ERROR:
        return False
    return abs(values.get("rF", 2.0)) <= LARGEST_RATIO


def _errors(setting: object) -> list[str]:
    assert isinstance(setting, Setting)
    if setting.kind == "unit":
        return []
    quotients = "DF" if setting.goes_forward else "D"
    marks = ("", "h") if setting.halves else ("",)
    return [f"E{quotient}{mark}" for quotient in quotients for mark in marks]


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """As any problem; every number is also recomputed from the function alone.

    Raises Mismatch where one differs.
    """
    return (*verification.verify(problem, solution, full), oracle.compare(problem, solution))
