"""Gradient and Hessian of the negative log-likelihood of logistic regression at a point.

Tests that the gradient adds prediction minus target times the inputs, that the Hessian has the
factor p (1 - p) and no target in it and is positive semidefinite, and that a Newton step divides
the gradient by the Hessian. After Kim, Rutgers CS 461, Class 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, Number, is_exact
from gen.exact_solving import is_plain_throughout
from gen.family import Family, Rejected
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Value, Variant, Verification
from gen.topics.logistic import draws, letters, oracle, statements
from gen.topics.logistic.graphs import MASKS, SPOILED, Model, can_be_made, graph
from gen.topics.updates.oracle import compare
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="logistic_regression",
    version=1,
    title="Logistic regression: gradient and Hessian",
    summary="gradient, Hessian and Newton step of the negative log-likelihood at given weights",
    topics=("models", "differentiation"),
    lectures=("002",),
    forms=("numeric", "choice", "choose_all"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The model and its numbers; a choice asks for one node alone, other forms have statements."""

    model: Model
    data: draws.Data
    form: Form = "numeric"
    chosen: str = "g"
    claims: tuple[Claim, ...] = ()


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """More examples, more weights and a Newton step where it is harder."""
    model = draw.choice(draws.SETTINGS[difficulty])
    return _told(draw, model, draws.draw_data(draw, model), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with logarithms for weights, so that predictions are fractions."""
    model = draw.choice(draws.EXACT_SETTINGS[difficulty])
    params = _told(draw, model, draws.draw_exact(draw, model), form)
    if form == "choose_all" and not is_plain_throughout(graph(model), givens(params)):
        raise Rejected("a number is not plain enough to carry on with")
    return params


def _told(draw: Draw, model: Model, data: draws.Data, form: Form) -> Params:
    numbers = givens(Params(model, data))
    if form == "choose_all":
        return Params(model, data, form, claims=statements.listed(draw, model, numbers))
    chosen = "wn" if model.newton else draw.choice(("g", "H", "H"))
    closing = (statements.single(draw, model, numbers),) if form == "numeric" else ()
    return Params(model, data, form, chosen, closing)


def givens(params: Params) -> dict[str, Value]:
    """The numbers by name."""
    data = params.data
    shape = (params.model.weights,) if params.model.weights > 1 else ()
    found = {"w": np.array(data.weights).reshape(shape)}
    for n, (row, target) in enumerate(zip(data.rows, data.targets, strict=True), 1):
        found |= {f"x{n}": np.array(row).reshape(shape), f"t{n}": np.array(target)}
    return found


def pose(params: Params) -> Problem:
    """Predictions, gradient, Hessian, then a Newton step or a statement about the Hessian."""
    model, numbers = params.model, givens(params)
    exact = is_exact(params.data.targets)
    return Problem(
        _parts(params, exact),
        graph(model),
        numbers,
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(_mistakes, model, numbers),
        conventions=("sigmoid_defined", precision(exact)),
        also_worked=tuple(map(Ask, "gH")) if params.form == "choose_all" else (),
        words={
            "symbols": partial(letters.of_model, model),
            "recomputed": partial(oracle.expected, model, numbers),
            "true": partial(oracle.is_true, model, numbers),
            "scores": [_score(params, row) for row in params.data.rows],
        },
    )


def _score(params: Params, row: tuple[Number, ...]) -> float:
    return sum(float(w) * float(x) for w, x in zip(params.data.weights, row, strict=True))


def _parts(params: Params, exact: bool) -> tuple[Part, ...]:
    if params.form == "choose_all":
        return (Part("choose_all", claims=params.claims, points=len(params.claims)),)
    if params.form == "choice":
        choices = EXACT_CHOICES if exact else 5
        return (Part("choice", (Ask(params.chosen),), choices=choices, points=3),)
    examples = range(1, params.model.examples + 1)
    asked = (tuple(f"p{n}" for n in examples), ("g",), ("H",))
    newton = (("wn",),) if params.model.newton else ()
    numbers = (Part("numeric", tuple(map(Ask, part)), points=2) for part in (*asked, *newton))
    judged = (Part("true_false", claims=(claim,)) for claim in params.claims)
    return (*numbers, *judged)


def _mistakes(model: Model, numbers: dict[str, Value]) -> Iterator[Variant]:
    masks = {"I": np.eye(2), "e": np.array([0.0, 1.0])}
    for spoiled in SPOILED:
        if can_be_made(model, spoiled):
            mask = MASKS.get(spoiled)
            more = {mask: masks[mask]} if mask else {}
            yield Variant(spoiled, {**numbers, **more}, graph(model, spoiled))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, once more from the loss alone, and the statements by what the loss does."""
    recomputed, true = problem.words["recomputed"], problem.words["true"]
    assert callable(recomputed)
    assert callable(true)
    found = (*verification.verify(problem, solution, full), compare(recomputed(), solution))
    judged = claims.check(solution, true, "eigenvalues")
    return tuple(each for each in (*found, judged) if each.numbers)
