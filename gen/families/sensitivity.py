"""How much an output changes with an input: what a derivative predicts, and what is true.

Tests that a partial derivative is a rate, which the size of the change multiplies; that M_ij is the
rate of entry i with entry j; that changes along several paths add up; and that the prediction is
exact for affine maps only. After Linzen, NYU DS-GA 1003, on partial derivatives as sensitivities.
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
from gen.topics.sensitivity import letters, oracle
from gen.topics.sensitivity.draws import Numbers, draw_bent, draw_linear
from gen.topics.sensitivity.graphs import ROUNDED, Setting, graph_of
from gen.topics.sensitivity.mistakes import slips
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="sensitivity",
    version=2,
    title="Sensitivity to a small change",
    summary="the change of an output that a derivative predicts, and the true change",
    topics=("computation graphs", "differentiation"),
    lectures=("003",),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A setting with its numbers; a choice asks for the changes alone."""

    setting: Setting
    numbers: Numbers
    exact: bool = False
    form: Form = "numeric"


SETTINGS: Mapping[Difficulty, tuple[tuple[tuple[str, ...], int, int], ...]] = {
    "easy": ((("linear",), 2, 2), (("linear",), 2, 3), (("linear",), 3, 3)),
    "medium": ((("product",), 2, 2), (("square",), 2, 2), (("square",), 2, 3)),
    "hard": (
        (("tanh", "sigmoid"), 3, 2),
        (("tanh", "sigmoid"), 2, 3),
        (("product", "square", "cube"), 3, 2),
    ),
}
"""The step after the affine map at each difficulty, and the rows and columns of its matrix."""
FELT, LEAST_ERROR, LARGEST_SHARE, LARGEST = 0.05, 0.01, 0.5, 300.0
"""The smallest change, the smallest error of a prediction and the largest, as a share of the
larger change, and the largest number."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Changes of tenths."""
    return _sample(draw, difficulty, form, exact=False)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over whole numbers and changes that are simple fractions."""
    return _sample(draw, difficulty, form, exact=True)


def _sample(draw: Draw, difficulty: Difficulty, form: Form, exact: bool) -> Params:
    steps, rows, columns = draw.choice(
        [s for s in SETTINGS[difficulty] if not (exact and ROUNDED.intersection(s[0]))]
    )
    step = draw.choice(steps)
    count = 2 if step == "linear" else 1
    changed = draw.sample(range(columns), count)
    setting = Setting(step, rows, columns, changed, draw.integer(0, rows - 1) if count > 1 else 0)
    numbers = (draw_linear if step == "linear" else draw_bent)(draw, setting, exact)
    return Params(setting, numbers, exact, form)


def pose(params: Params) -> Problem:
    """The rate, then the changes; for a map that bends also the values at the start."""
    setting = params.setting
    givens = {name: np.array(value) for name, value in params.numbers}
    rounded = setting.step in ROUNDED
    return Problem(
        tuple(_parts(params)),
        graph_of(setting),
        givens,
        variants=Later(slips, setting, givens),
        conventions=(
            *(("sigmoid_defined",) if setting.step == "sigmoid" else ()),
            *(("exact_values",) if params.exact else ("places",) if rounded else ()),
        ),
        words={
            "symbols": partial(letters.of_changes, setting),
            "setting": setting,
            "moved": oracle.moved,
        },
    )


def _parts(params: Params) -> list[Part]:
    step, choices = params.setting.step, EXACT_CHOICES if params.exact else 5
    if params.form == "choice":
        asked = ("s", "n") if step == "linear" else ("p", "t")
        return [Part("choice", tuple(map(Ask, asked)), choices=choices, points=2)]
    if step == "linear":
        asked_parts: tuple[tuple[str, ...], ...] = (("m",), ("s",), ("n",))
    else:
        # Rounding takes too much of a difference of differences to ask for it.
        last = ("p", "t") if step in ROUNDED else ("p", "t", "d")
        asked_parts = (("b", "y"), ("g",), last)
    return [Part("numeric", tuple(map(Ask, nodes)), points=len(nodes)) for nodes in asked_parts]


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether the changes are felt, and a prediction that is not exact is seen not to be."""
    values = oracle.values(problem)
    if "s" in values:
        return abs(values["s"]) >= FELT and abs(values["n"]) >= FELT
    changes = abs(values["p"]), abs(values["t"])
    sizes = (abs(values["y"]), abs(values["yn"]))
    if min(changes) < FELT or max(sizes) > LARGEST:
        return False
    return LEAST_ERROR <= abs(values["d"]) <= LARGEST_SHARE * max(changes)


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """As any problem; changes and rates are also recomputed from the map alone.

    Raises Mismatch where one differs.
    """
    return (*verification.verify(problem, solution, full), oracle.compare(problem, solution))
