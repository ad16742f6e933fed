"""One update by gradient descent: with one example, a mini-batch, all examples, or one by one.

Tests that the gradient of a loss of several examples is the sum or the mean of theirs, that the
step goes against it and is scaled by the learning rate, and that stochastic gradient descent takes
the second gradient at the new parameters. After Chai, CMU 10-301/601, Lecture 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from gen import verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.updates import draws, letters, oracle
from gen.topics.updates.graphs import epoch_graph, update_graph
from gen.topics.updates.mistakes import Update, givens, mistakes
from gen.topics.updates.settings import SETTINGS, draw_batch, draw_unit
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="gradient_step",
    version=1,
    title="A step of gradient descent",
    summary="new parameters and new loss after one update, by example, mini-batch or all examples",
    topics=("networks",),
    lectures=("000",),
)


@dataclass(frozen=True, slots=True)
class Params(Update):
    """An update; a choice asks for the new parameters alone."""

    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Examples that the unit misses, and a learning rate at which its loss falls."""
    kind, examples, inputs, activation = draw.choice(SETTINGS[difficulty])
    unit = draw_unit(draw, examples, inputs, activation)
    count, batch = draw_batch(draw, kind, unit)
    used = (0,) if kind == "epoch" else batch
    data, parameters, rate = draws.draw_falling(draw, unit, count, used)
    return Params(kind, unit, *data, *parameters, rate, batch, form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of linear units and whole numbers."""
    linear = [setting for setting in SETTINGS[difficulty] if setting[3] == "linear"]
    kind, examples, inputs, activation = draw.choice(linear)
    unit = draw_unit(draw, examples, inputs, activation)
    count, batch = draw_batch(draw, kind, unit)
    data, parameters, rate = draws.draw_exact(draw, unit, count)
    return Params(kind, unit, *data, *parameters, rate, batch, form)


def pose(params: Params) -> Problem:
    """Outputs and loss, the gradient, the new parameters and the new loss, one part each."""
    unit, epoch = params.unit, params.kind == "epoch"
    graph = epoch_graph(unit) if epoch else update_graph(unit)
    numbers = givens(params, graph, params.batch)
    symbols = letters.of_epoch if epoch else letters.of_update
    exact = is_exact(params.b)
    conventions = ["sigmoid_defined"] if unit.loss == "binary_cross_entropy" else []
    return Problem(
        _parts(params),
        graph,
        numbers,
        slips=("order_swapped",) if params.form == "choice" and unit.inputs == 1 else (),
        variants=Later(mistakes, params, numbers),
        conventions=(*conventions, precision(exact)),
        words={
            "symbols": partial(symbols, unit),
            "recomputed": partial(oracle.expected_of, params.kind, unit),
            "moves": partial(oracle.moves, params.kind, unit),
            "members": [str(i + 1) for i in params.batch],
            "sees_new_loss": params.form == "numeric" and not (exact or epoch),
        },
    )


def _parts(params: Params) -> tuple[Part, ...]:
    exact = is_exact(params.b)
    choices = EXACT_CHOICES if exact or params.unit.examples == 1 else 5
    if params.kind == "epoch":
        asked = (("wn", "bn"), ("wm", "bm"))
    else:
        before = ("loss",) if params.batch else ("o", "loss")
        asked = (before, ("gw", "gb"), ("wn", "bn"), *(() if exact else (("lossn",),)))
    if params.form == "choice":
        last = asked[-1] if params.kind == "epoch" else ("wn", "bn")
        return (Part("choice", tuple(map(Ask, last)), choices=choices, points=3),)
    return tuple(Part("numeric", tuple(map(Ask, part)), points=len(part)) for part in asked)


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether the second of two updates moves anything."""
    moves = problem.words["moves"]
    assert callable(moves)
    return 0 not in moves(problem.givens)[1:]


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, and once more from the loss alone."""
    recomputed = problem.words["recomputed"]
    assert callable(recomputed)
    expected = recomputed(problem.givens)
    return (*verification.verify(problem, solution, full), oracle.compare(expected, solution))
