"""Least squares by the normal equation, and the gradient that is zero at its solution.

Tests that the equation is made of products over the examples, that a 2 x 2 system is solved with
its determinant, that a bias is a column of ones, that a penalty is added on the diagonal, and that
the gradient is twice the difference of the equation's two sides. After Kim, Rutgers CS 461,
Class 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gen import verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Figure, Part, Problem, Solution, Value, Variant, Verification
from gen.topics.least_squares import draws, figures, letters, oracle
from gen.topics.least_squares.graphs import SPOILED, Fit, can_be_made, graph, masks
from gen.topics.updates.oracle import compare
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="normal_equation",
    version=1,
    title="The normal equation",
    summary="weights of a least-squares fit, its squared error, and the gradient elsewhere",
    topics=("models", "differentiation"),
    lectures=("002",),
)

_MASKS = {
    "I": np.eye(2),
    "E": np.array([[1.0, 0.0], [0.0, 0.0]]),
    "S": np.array([[1.0, -1.0], [-1.0, 1.0]]),
    "e": np.array([0.0, 1.0]),
}


@dataclass(frozen=True, slots=True)
class Params:
    """The fit and its numbers; a choice asks for the solution or for the gradient alone."""

    fit: Fit
    data: draws.Data
    form: Form = "numeric"
    chosen: str = "w"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """More weights and a penalty where it is harder."""
    fit, chosen = _fit(draw, difficulty), draw.choice(("w", "w", "g"))
    return Params(fit, draws.draw_data(draw, fit, _short(form, chosen)), form, chosen)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with whole numbers in the data."""
    fit, chosen = _fit(draw, difficulty), draw.choice(("w", "w", "g"))
    return Params(fit, draws.draw_exact(draw, fit, _short(form, chosen)), form, chosen)


def _short(form: Form, chosen: str) -> bool:
    """Whether the solution has to be in short numbers: among options, that would give it away."""
    return form != "choice" or chosen != "w"


def _fit(draw: Draw, difficulty: Difficulty) -> Fit:
    return replace(draw.choice(draws.SETTINGS[difficulty]), halved=draw.integer(1, 3) == 1)


def pose(params: Params) -> Problem:
    """Both sides of the equation, the solution, its loss, the gradient elsewhere."""
    fit = params.fit
    exact = is_exact(params.data.targets)
    givens = _givens(params)
    return Problem(
        _parts(params),
        graph(fit),
        givens,
        slips=_rearranged(params),
        figure=figures.of_points(params.data) if fit.bias else "none",
        solved_figure=_solved_figure(params),
        variants=Later(_mistakes, fit, givens),
        conventions=(precision(exact),),
        words={
            "symbols": partial(letters.of_fit, fit),
            "recomputed": partial(oracle.expected, fit, givens),
        },
    )


def _solved_figure(params: Params) -> Figure | None:
    """The line through the examples, where it was asked for."""
    drawn = params.fit.bias and (params.form == "numeric" or params.chosen == "w")
    return figures.with_line(params.fit, params.data) if drawn else None


def _rearranged(params: Params) -> tuple[str, ...]:
    """What else is made of a right answer, and of a wrong one, to have options on either side."""
    if params.form != "choice":
        return ()
    return ("sign_reversed", *(("order_swapped",) if params.fit.weights > 1 else ()))


def _parts(params: Params) -> tuple[Part, ...]:
    if params.form == "choice":
        return (Part("choice", (Ask(params.chosen),), choices=4, points=3),)
    asked = ((("A", "c"), 2), (("w",), 2), (("J",), 1), (("g",), 2))
    return tuple(Part("numeric", tuple(map(Ask, part)), points=n) for part, n in asked)


def _givens(params: Params) -> dict[str, Value]:
    fit, data = params.fit, params.data
    wide = (fit.weights,) if fit.weights > 1 else ()
    numbers = {"X": data.rows, "y": data.targets, "u": data.point, "l": data.penalty}
    shapes = {"X": (fit.examples, *wide), "y": (fit.examples,), "u": wide, "l": ()}
    names = [name for name in numbers if name != "l" or fit.penalised]
    givens = {name: np.array(numbers[name]).reshape(shapes[name]) for name in names}
    return givens | {name: _MASKS[name] for name in masks(fit)}


def _mistakes(fit: Fit, givens: dict[str, Value]) -> Iterator[Variant]:
    for spoiled in SPOILED:
        if can_be_made(fit, spoiled):
            more = {name: _MASKS[name] for name in masks(fit, spoiled)}
            yield Variant(spoiled, {**givens, **more}, graph(fit, spoiled))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, and once more by another way to the solution, and from the loss alone."""
    recomputed = problem.words["recomputed"]
    assert callable(recomputed)
    return (*verification.verify(problem, solution, full), compare(recomputed(), solution))
