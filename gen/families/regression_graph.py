"""Least squares and ridge regression node by node: every value, and every gradient.

Tests the backward pass on a graph with vectors: the sign that the residual brings in, the mean over
the examples, and in ridge regression the two paths along which the weights reach the objective.
After Linzen, NYU DS-GA 1003.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem
from gen.topics.graphs.regression import (
    Numbers,
    Setting,
    draw_numbers,
    givens_of,
    graph_of,
    residuals,
)
from gen.topics.graphs.regression_letters import letters
from gen.topics.graphs.regression_mistakes import mistakes
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="regression_graph",
    version=1,
    title="Regression as a computation graph",
    summary="values and gradients of least squares and ridge regression, node by node",
    topics=("computation graphs", "models"),
    lectures=("003",),
)

# Never two examples: the 2 of the square would cancel the mean, and residuals be gradients.
SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = {
    "easy": (Setting(1, 1, False), Setting(2, 1, False), Setting(1, 1, True)),
    "medium": (Setting(2, 1, True), Setting(3, 1, True), Setting(1, 3, True)),
    "hard": (Setting(2, 3, True), Setting(2, 4, True), Setting(3, 3, True)),
}


@dataclass(frozen=True, slots=True)
class Params:
    """A regression and its numbers; a choice asks for the gradients of its parameters alone."""

    setting: Setting
    numbers: Numbers
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """One weight and one example at first, then a penalty, then several of both."""
    setting = draw.choice(SETTINGS[difficulty])
    return Params(setting, draw_numbers(draw, setting, exact=False), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with whole numbers and fractions."""
    setting = draw.choice(SETTINGS[difficulty])
    return Params(setting, draw_numbers(draw, setting, exact=True), form)


def pose(params: Params) -> Problem:
    """Every value, the gradients on the way, and those of the parameters, one part each."""
    setting, numbers = params.setting, params.numbers
    exact = is_exact(numbers.b)
    choices = EXACT_CHOICES if exact or not setting.ridge else 5
    slopes = Part(
        params.form,
        (Ask("w", "gradient"), Ask("b", "gradient")),
        choices=choices,
        points=2,
    )
    before = (
        Part("numeric", tuple(map(Ask, setting.values)), points=2),
        Part("numeric", (Ask("r", "gradient"), Ask("yhat", "gradient"))),
    )
    missed = [float(each) for each in residuals(numbers)]
    return Problem(
        parts=(slopes,) if params.form == "choice" else (*before, slopes),
        graph=graph_of(setting),
        givens=givens_of(setting, numbers),
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(mistakes, setting, numbers),
        figure="graph",
        conventions=("gradients", "exact_values") if exact else ("gradients",),
        words={
            "symbols": partial(letters, setting),
            "output": setting.output,
            "nodes": setting.values,
            "missed": sum(missed),
            "signs": {each > 0 for each in missed},
        },
    )
