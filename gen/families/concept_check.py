"""Whether statements about backpropagation and what surrounds it are true, and why.

Tests the key points of all five lectures, which `templates/concepts` lists with the statements that
cover them. Some take a calculation, so that number and words have to be judged together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gen import claims
from gen.draw import Draw
from gen.family import Family
from gen.problem import Claim, Part, Problem, Solution, Verification
from gen.topics.concepts.bank import LECTURES, THEMES, statements
from gen.topics.concepts.checking import holds
from gen.topics.concepts.sampling import Said, draw_statements
from gen.topics.concepts.words import facts, symbols
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="concept_check",
    version=1,
    title="Statements to judge",
    summary="statements on the key points of the lectures, true or false, with reasons",
    topics=("concepts",),
    lectures=LECTURES,
    forms=("true_false", "choose_all", "choice"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The statements that are made, in order."""

    form: Form
    said: tuple[Said, ...]


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Statements on one theme; more of them, and more to calculate, where it is harder."""
    return Params(form, draw_statements(draw, difficulty, form))


sample_exact = sample
"""All numbers are whole or fractions."""


def pose(params: Params) -> Problem:
    """A part for each statement to be called true or false, else one part with all of them."""
    made = [Claim(each.name, each.true, facts(each), each.operations) for each in params.said]
    if params.form == "true_false":
        parts = tuple(Part("true_false", claims=(claim,)) for claim in made)
    else:
        parts = (Part(params.form, claims=tuple(made)),)
    bank = [statements()[each.name] for each in params.said]
    texts = [text for each in bank for text in each.texts.values()]
    words = {
        "theme": THEMES[bank[0].theme],
        "said": {each.name: each for each in params.said},
        "symbols": symbols,
        "layered": any("symbol(" in text for text in texts),
        "logarithms": any("<< log >>" in text for text in texts) or bank[0].theme == "outputs",
    }
    return Problem(parts, words=words)


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """Every number found again by another way (`gen.topics.concepts.oracle`).

    Raises Mismatch for a statement whose truth is not as it is marked.
    """
    said = problem.words["said"]
    assert isinstance(said, Mapping)
    return (claims.check(solution, lambda claim: holds(said[claim.name]), "statements recomputed"),)
