"""Posterior probabilities of classes: the softmax of the logarithms of joint probabilities.

Tests that likelihood and prior are multiplied, so that their logarithms are added to the scores of
a softmax; that the largest posterior and the largest likelihood may be those of different classes;
and that normal densities of one variance have scores that are linear in x. After Kim, Rutgers
CS 461, Class 16 (softmax representation of the posterior).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Verification
from gen.topics.softmax import letters
from gen.topics.softmax.beliefs import (
    EXACT_SETTINGS,
    SETTINGS,
    Beliefs,
    decided,
    draw_beliefs,
    draw_exact_beliefs,
    judged,
    statements,
)
from gen.topics.softmax.posteriors import posterior_graph, posterior_slips
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="posterior_softmax",
    version=1,
    title="Posteriors as a softmax",
    summary="class posteriors from likelihoods and priors: the softmax of log joint probabilities",
    topics=("softmax",),
    lectures=("002",),
)


@dataclass(frozen=True, slots=True)
class Params:
    """What is known of the classes; a choice asks for posteriors or the boundary alone."""

    beliefs: Beliefs
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Likelihoods and priors with a clear decision."""
    kind, count = draw.choice(SETTINGS[difficulty])
    return Params(draw_beliefs(draw, kind, count), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, in fractions and their logarithms."""
    kind, count = draw.choice(EXACT_SETTINGS[difficulty])
    return Params(draw_exact_beliefs(draw, kind, count), form)


def pose(params: Params) -> Problem:
    """Scores, posteriors and the decision; of two normal densities, the boundary between them."""
    beliefs = params.beliefs
    numbers = beliefs.numbers()
    exact = is_exact(beliefs.priors[0])
    return Problem(
        parts=_parts(params, exact),
        graph=posterior_graph(beliefs.kind, numbers),
        givens=numbers,
        variants=Later(posterior_slips, beliefs.kind, numbers),
        conventions=("natural_logarithm", precision(exact)),
        words={
            "symbols": partial(letters.of_posteriors, beliefs.kind),
            "decided": decided(beliefs),
            "beliefs": beliefs,
        },
    )


def _parts(params: Params, exact: bool) -> tuple[Part, ...]:
    kind = params.beliefs.kind
    last = Ask("x" if kind == "boundary" else "p")
    if params.form == "choice":
        return (Part("choice", (last,), choices=EXACT_CHOICES if exact else 5, points=2),)
    lines = (Ask("w"), Ask("b")) if kind in ("normal", "boundary") else (Ask("z"),)
    offered = tuple(
        Claim("decision", pair == decided(params.beliefs), {"class": pair[0], "other": pair[1]})
        for pair in statements(params.beliefs)
    )
    return (
        Part("numeric", lines),
        Part("numeric", (last,), points=2),
        Part("choice", claims=offered),
    )


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Numbers by textbook definitions, the decision by weighing the classes pair by pair."""
    found = verification.verify(problem, solution, full)
    beliefs = problem.words["beliefs"]
    assert isinstance(beliefs, Beliefs)

    def truth(claim: Claim) -> bool:
        return (claim.facts["class"], claim.facts["other"]) == judged(beliefs)

    decision = claims.check(solution, truth, "classes weighed in pairs")
    return (*found, decision) if decision.numbers else found
