"""Skill: where units are saturated, and how a gradient shrinks on its way through layers.

Each layer multiplies a gradient by its weight and by the derivative of its activation, which is
nearly 0 where a sigmoid or a tanh is flat. After Meila, Waterloo CS 480, Lecture 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Verification
from gen.topics.activations import letters as of_units
from gen.topics.activations.graphs import forward_graph
from gen.topics.activations.plots import tangents
from gen.topics.vanishing import chains, statements
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="saturation",
    version=2,
    title="Saturation and vanishing gradients",
    summary="which units are saturated, and the factor of a gradient through a chain of layers",
    topics=("networks",),
    lectures=("001",),
    forms=("numeric", "choice", "choose_all"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A chain of layers, or statements about units."""

    chain: chains.Chain | None = None
    claims: tuple[Claim, ...] = ()
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Outputs of two decimals, or statements of which some are true."""
    return _sample(draw, difficulty, form, exact=False)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of fractions and logarithms."""
    return _sample(draw, difficulty, form, exact=True)


def _sample(draw: Draw, difficulty: Difficulty, form: Form, exact: bool) -> Params:
    if form == "choose_all":
        return Params(claims=statements.draw_claims(draw, difficulty, exact), form=form)
    return Params(chains.draw_chain(draw, difficulty, exact), form=form)


def pose(params: Params) -> Problem:
    """The factor of every layer and then of the chain, or the statements."""
    if params.chain is None:
        return _pose_statements(params)
    chain, depth = params.chain, len(params.chain.weights)
    whole = Part(params.form, (Ask("F"),), choices=EXACT_CHOICES if chain.exact else 5, points=2)
    factors = Part("numeric", tuple(Ask(f"f{n}") for n in range(1, depth + 1)), points=depth)
    return Problem(
        (whole,) if params.form == "choice" else (factors, whole),
        chains.graph(chain.activation, depth),
        chain.givens(),
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(chains.variants, chain),
        conventions=(precision(chain.exact),),
        words={
            "symbols": partial(chains.letters, depth),
            "bound": chain.bound(),
            "stored": (chain.activation,),
        },
    )


def _pose_statements(params: Params) -> Problem:
    kinds = {str(claim.facts["activation"]) for claim in params.claims}
    defined = tuple(f"{k}_defined" for k in ("sigmoid", "relu") if k in kinds)
    shown = statements.shown(params.claims)
    kind, at = str(shown.facts["activation"]), float(str(shown.facts["at"]))
    return Problem(
        (Part("choose_all", claims=params.claims, points=len(params.claims)),),
        forward_graph((kind,), 0.0, 1, weighted=False),
        solved_figure=tangents(kind, 0.0, (at,)),
        conventions=defined,
        words={"symbols": of_units.of_units, "shown": shown},
    )


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, and statements by differences of the activations."""
    if any(part.claims for part in problem.parts):
        return (claims.check(solution, statements.is_true, "differences of the activations"),)
    return verification.verify(problem, solution, full)
