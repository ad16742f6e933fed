"""Skill: the derivative of a loss with respect to the last pre-activation, for unit and loss.

Some pairs leave prediction minus target: the derivative of the unit is 1, or it cancels with that
of the loss. Others keep the derivative of the unit as a factor. After Meila, Waterloo CS 480,
Lecture 10; Kim, Rutgers CS 461, Class 16; Gormley and Gordon, CMU 10-301/601, Lecture 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.problem import Ask, Claim, Part, Problem, Solution, Verification
from gen.topics.units import heads, pairs
from gen.vocabulary import Difficulty, Form
from solver.network import Conventions

FAMILY = Family(
    name="output_delta",
    version=1,
    title="The last pre-activation",
    summary="the loss's derivative at the output unit: prediction minus target, or times its slope",
    topics=("networks",),
    lectures=("001", "002", "004"),
    forms=("numeric", "choice", "choose_all"),
)

SLIPS = (
    "residual_reversed",
    "activation_derivative_left_out",
    "sigmoid_derivative_twice",
    "stops_at_complement",
    "factor_two",
    "preactivation_in_derivative",
    "target_not_subtracted",
    "stops_at_prediction",
    "sigmoid_rule_for_tanh",
    "tanh_rule_for_sigmoid",
)


@dataclass(frozen=True, slots=True)
class Params:
    """The heads with their numbers, or statements about pairs of unit and loss."""

    heads: tuple[heads.Head, ...] = ()
    claims: tuple[Claim, ...] = ()
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Scores of one decimal, or statements of which some are true."""
    if form == "choose_all":
        return Params(claims=pairs.draw_claims(draw, difficulty, exact=False), form=form)
    return Params(heads.draw_heads(draw, difficulty, exact=False), form=form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over logarithms, so that the outputs are fractions."""
    if form == "choose_all":
        return Params(claims=pairs.draw_claims(draw, difficulty, exact=True), form=form)
    return Params(heads.draw_heads(draw, difficulty, exact=True), form=form)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """Outputs and then the derivative of every head, or the statements."""
    if params.claims:
        words = {"symbols": pairs.letters}
        parts = (Part("choose_all", claims=params.claims, points=len(params.claims)),)
        return Problem(parts, pairs.GRAPH, conventions=("natural_logarithm",), words=words)
    made, choice = params.heads, params.form == "choice"
    exact = is_exact(made[0].score)
    kinds = {head.activation for head in made}
    stated = ["sigmoid_defined"] if "sigmoid" in kinds else []
    stated += ["tanh_defined"] if exact and "tanh" in kinds else []
    logarithm = any("cross_entropy" in head.loss for head in made)
    stated += ["natural_logarithm"] if exact or logarithm else []
    return Problem(
        _parts(made, params.form, exact),
        heads.graph(tuple(head.pair for head in made), (conventions or Conventions()).fused),
        heads.givens(made),
        slips=(*SLIPS, *(("sign_reversed",) if choice else ())),
        conventions=(*stated, precision(exact)),
        words={"symbols": partial(heads.letters, len(made))},
    )


def _parts(made: tuple[heads.Head, ...], form: Form, exact: bool) -> tuple[Part, ...]:
    slopes = tuple(Ask(f"s{number}", "gradient") for number in range(1, len(made) + 1))
    if form == "choice":
        return (Part("choice", slopes, choices=EXACT_CHOICES if exact else 5, points=2),)
    outputs = Part("numeric", tuple(map(Ask, heads.outputs(made))))
    return (outputs, *(Part("numeric", (slope,), points=2) for slope in slopes))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, and statements by differences of the losses as textbooks define them."""
    if any(part.claims for part in problem.parts):
        return (claims.check(solution, pairs.is_true, "differences of the losses"),)
    return verification.verify(problem, solution, full)
