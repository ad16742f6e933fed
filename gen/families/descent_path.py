"""Gradient descent on a curve with two valleys, from several starts, of which one wins.

Tests that a step goes against the derivative at the place itself, that a run ends in the valley in
which it starts, and that restarts are judged by the loss. After Chai, CMU 10-301/601, Lecture 14;
Linzen, NYU DS-GA 1003.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Verification
from gen.topics.descent.draws import Descent, draw_descent, draw_exact_descent
from gen.topics.descent.graphs import graph, loss_at, variants
from gen.topics.descent.letters import of_descent
from gen.topics.descent.plots import curve
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="descent_path",
    version=1,
    title="Gradient descent with restarts",
    summary="places and losses of gradient descent on a non-convex curve from several starts",
    topics=("models",),
    lectures=("000", "003"),
)

_SIZES: dict[Difficulty, tuple[int, int]] = {"easy": (2, 1), "medium": (2, 2), "hard": (3, 3)}
"""The starts and the steps."""
_EXACT_STARTS: dict[Difficulty, int] = {"easy": 2, "medium": 3, "hard": 4}


@dataclass(frozen=True, slots=True)
class Params:
    """The runs; a choice asks for the last places alone."""

    descent: Descent
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Numbers of one decimal, with a start in either valley."""
    return Params(draw_descent(draw, *_SIZES[difficulty]), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """One step in whole numbers and halves, from more starts."""
    return Params(draw_exact_descent(draw, _EXACT_STARTS[difficulty]), form)


def pose(params: Params) -> Problem:
    """The places step by step, the losses at the end, and which start wins."""
    runs = params.descent
    count, steps = len(runs.starts), runs.steps
    numbers = {
        "w0": np.array(runs.starts),
        "a": np.array(runs.a),
        "b": np.array(runs.b),
        "e": np.array(runs.rate),
    }
    exact = is_exact(runs.a)
    return Problem(
        _parts(params, EXACT_CHOICES),
        graph(count, steps),
        numbers,
        variants=Later(variants, count, steps, numbers),
        figure=curve(runs, solved=False),
        solved_figure=curve(runs, solved=True),
        conventions=(precision(exact),),
        words={"symbols": partial(of_descent, steps), "winner": runs.winner() + 1},
    )


def _parts(params: Params, choices: int) -> tuple[Part, ...]:
    runs = params.descent
    places = tuple(Ask(f"w{k}") for k in range(1, runs.steps + 1))
    if params.form == "choice":
        return (Part("choice", places[-1:], choices=choices, points=2),)
    wins = tuple(
        Claim("wins", k == runs.winner(), {"start": k + 1}) for k in range(len(runs.starts))
    )
    return (
        Part("numeric", places, points=2 * len(places)),
        Part("numeric", (Ask("loss"),), points=1),
        Part("choice", claims=wins),
    )


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem; the winner by the losses of the places in the key."""
    found = verification.verify(problem, solution, full)
    if len(problem.parts) == 1:
        return found
    assert solution.parts[0].answer is not None
    a, b = (float(problem.givens[name]) for name in "ab")
    losses = [loss_at(w, a, b) for w in solution.parts[0].answer.values[-1].tolist()]

    def wins(claim: Claim) -> bool:
        own = losses[int(str(claim.facts["start"])) - 1]
        return all(own <= other for other in losses)

    return (*found, claims.check(solution, wins, "losses compared"))
