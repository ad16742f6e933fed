"""Values and derivatives of activations: at a point, of a layer, and from the output alone.

Tests the derivative of each usual activation, that those of the sigmoid and tanh are made of the
stored output and not of the pre-activation, and that a chain of two multiplies them. After Chai,
CMU 10-301/601, Lecture 14; Linzen, NYU DS-GA 1003; Gormley and Gordon, CMU 10-301/601, Lecture 12.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gen import verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, Number, fraction, is_exact, stating_logarithms
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Figure, Part, Problem, Solution, Value, Verification
from gen.topics.activations import draws, letters, oracle
from gen.topics.activations.graphs import (
    fitting_slips,
    forward_graph,
    forward_slips,
    stored_graph,
    stored_slips,
)
from gen.topics.activations.plots import tangents
from gen.topics.activations.settings import Kind, settings
from gen.vocabulary import Difficulty, Form
from solver.passes import forward

FAMILY = Family(
    name="activation_derivative",
    version=1,
    title="Derivatives of activations",
    summary="values and derivatives of sigmoid, tanh, ReLU, leaky ReLU, ELU and softplus",
    topics=("networks",),
    lectures=("000", "003", "004"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """Where the activations are asked about.

    `numbers` are pre-activations, or outputs where these are stored; `weights` lead on from there.
    `last` is the bias of the further unit of a "chain", and its output in a "stored chain".
    """

    kind: Kind
    activations: tuple[str, ...]
    numbers: tuple[Number, ...]
    weights: tuple[Number, ...] = ()
    alpha: float = 0.0
    last: Number = 0.0
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Pre-activations or outputs of two decimals, and weights of one."""
    kind, activations, units = draw.choice(settings(difficulty, form))
    first = activations[0]
    alpha = next((draw.choice(draws.ALPHAS[a]) for a in activations if a in draws.ALPHAS), 0.0)
    weights = draws.draw_weights(draw, units) if kind != "point" else ()
    if kind.startswith("stored"):
        numbers = draws.draw_outputs(draw, first, units)
        last = draws.draw_outputs(draw, activations[-1], 1)[0] if kind == "stored chain" else 0.0
        return Params(kind, activations, numbers, weights, last=last, form=form)
    numbers = draws.draw_points(draw, first, units, 5 if kind == "chain" else 1)
    posed = Params(kind, activations, numbers, weights, alpha, form=form)
    return posed if kind != "chain" else _biased(draw, posed)


def _biased(draw: Draw, params: Params) -> Params:
    """With a bias of one decimal that brings the further unit into the band of its activation."""
    graph = forward_graph(params.activations[:1], params.alpha, len(params.numbers), True)
    values = forward(graph, {"s": np.array(params.numbers), "v": np.array(params.weights)})
    bias = draws.draw_bias(draw, params.activations[1], float(values["y"]))
    return replace(params, last=bias)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Logarithms of fractions as pre-activations, and fractions as outputs."""
    kind, activations, units = draw.choice(settings(difficulty, form, exact=True))
    alpha = draw.choice(draws.EXACT_ALPHAS) if activations[0] == "elu" else 0.0
    weights = draws.draw_exact_weights(draw, units) if kind != "point" else ()
    if kind.startswith("stored"):
        numbers = draws.draw_exact_outputs(draw, activations[0], units)
        last = draws.draw_exact_outputs(draw, activations[-1], 1)[0]
        last = last if kind == "stored chain" else fraction(0)
        return Params(kind, activations, numbers, weights, last=last, form=form)
    numbers = draws.draw_exact_points(draw, activations[0], units)
    return Params(kind, activations, numbers, weights, alpha, fraction(0), form)


def pose(params: Params) -> Problem:
    """Values first, then derivatives; in a choice the last derivative alone."""
    return _pose_stored(params) if params.kind.startswith("stored") else _pose_forward(params)


def _pose_forward(params: Params) -> Problem:
    units = len(params.numbers)
    graph = forward_graph(params.activations, params.alpha, units, bool(params.weights))
    values = ("o", "y") if params.kind == "chain" else ("o",)
    between = ((Ask("t", "gradient"),),) if params.kind == "chain" else ()
    asked = (tuple(map(Ask, values)), *between, (Ask("s", "gradient"),))
    numbers = {"s": params.numbers, "v": params.weights, "c": params.last}
    givens = {each.name: _array(numbers[each.name], each.shape) for each in graph.inputs}
    return Problem(
        _parts(params, asked),
        graph,
        givens,
        slips=fitting_slips(params.activations),
        variants=Later(forward_slips, params.activations, params.alpha, givens),
        solved_figure=_drawn(params),
        conventions=_conventions(params, "gradients"),
        words={"symbols": letters.of_units, "alpha": params.alpha},
    )


def _drawn(params: Params) -> Figure:
    if params.kind == "chain":
        return "none"
    return tangents(params.activations[0], params.alpha, params.numbers)


def _pose_stored(params: Params) -> Problem:
    units = len(params.numbers)
    graph = stored_graph(params.activations, units)
    slopes = ("d", "e")[: len(params.activations)]
    numbers = {"o": params.numbers, "v": params.weights, "y": params.last}
    givens = {each.name: _array(numbers[each.name], each.shape) for each in graph.inputs}
    return Problem(
        _parts(params, (tuple(map(Ask, slopes)), (Ask("g"),))),
        graph,
        givens,
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(stored_slips, params.activations, givens),
        conventions=_conventions(params, "gradients"),
        words={
            "symbols": partial(letters.of_stored, params.activations, units),
            "stored": params.activations,
        },
    )


def _array(numbers: object, shape: tuple[int, ...]) -> Value:
    return np.array(numbers).reshape(shape)


def _parts(params: Params, asked: tuple[tuple[Ask, ...], ...]) -> tuple[Part, ...]:
    choices = EXACT_CHOICES if is_exact(params.numbers[0]) else 5
    if params.form == "choice":
        return (Part("choice", asked[-1], choices=choices, points=2),)
    points = (len(asked[0]), 1, 2) if len(asked) == 3 else (len(asked[0]), 2)
    return tuple(Part("numeric", a, points=p) for a, p in zip(asked, points, strict=True))


def _conventions(params: Params, *more: str) -> tuple[str, ...]:
    """How the activations are defined, and how the numbers are to be given."""
    exact = is_exact(params.numbers[0])
    used = dict.fromkeys(params.activations)
    defined = (f"{name}_defined" for name in used)
    # Softplus is defined with its logarithm.
    logarithms = () if "softplus" in used else stating_logarithms(params.numbers)
    return (*defined, *logarithms, *more, precision(exact))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem; derivatives from stored outputs also by way of the pre-activations."""
    found = verification.verify(problem, solution, full)
    stored = problem.words.get("stored")
    if not isinstance(stored, tuple):
        return found
    return (*found, oracle.compare(stored, problem.givens, solution))
