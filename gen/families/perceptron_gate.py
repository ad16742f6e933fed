"""What a perceptron with a threshold computes on inputs that are 0 or 1.

Tests that a unit fires where the weighted sum reaches the threshold, how far the threshold can be
moved, and that logical functions whose inputs no line separates need more than one unit. After
Linzen, NYU DS-GA 1003, whose perceptron (`LECTURE`) detects light in two places at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen import claims, whole_numbers
from gen.draw import Draw
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Value, Verification, Wrong
from gen.topics.gates import oracle
from gen.topics.gates.functions import Perceptron, movable, perceptrons, separable, table
from gen.topics.gates.graphs import givens, graph, variants
from gen.topics.gates.letters import of_perceptron
from gen.topics.gates.plots import line_of
from gen.topics.gates.questions import (
    claim_of_name,
    claim_of_perceptron,
    offered_names,
    offered_perceptrons,
    statements,
)
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="perceptron_gate",
    version=1,
    title="Perceptrons as logical gates",
    summary="sums, outputs and thresholds of a perceptron that computes AND, OR, NAND, ...",
    topics=("models", "networks"),
    lectures=("003",),
    forms=("numeric", "choice", "choose_all", "true_false"),
)

LECTURE = Perceptron((1, 1), 2)
_EASY = ("and", "or", "nand", "nor")
_OFFERED: dict[Difficulty, int] = {"easy": 4, "medium": 6, "hard": 5}
_STATEMENTS: dict[Difficulty, tuple[str, ...]] = {
    "easy": ("is", "is"),
    "medium": ("is", "is", "exists"),
    "hard": ("is", "exists", "is", "scaled"),
}


@dataclass(frozen=True, slots=True)
class Params:
    """A perceptron and the function that it computes, or what else is to be judged.

    `names` are the functions offered for the perceptron, which is the first of `offered` ones
    where there are such.
    """

    form: Form
    inputs: int
    gate: str = ""
    names: tuple[str, ...] = ()
    offered: tuple[Perceptron, ...] = ()
    statements: tuple[Claim, ...] = ()
    ranged: bool = False


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Small whole weights and a threshold other than 0; three inputs where it is hard."""
    inputs = 3 if difficulty == "hard" else 2
    if form == "true_false":
        told = tuple(statements(draw, inputs, _STATEMENTS[difficulty]))
        return Params(form, inputs, statements=told)
    gate = draw.choice(_EASY if difficulty == "easy" else separable(inputs))
    if form == "choose_all":
        count = _OFFERED[difficulty]
        right = draw.integer(1, count - 1)
        return Params(form, inputs, gate, (), offered_perceptrons(draw, gate, inputs, right, count))
    if form == "choice" and difficulty != "easy":
        return Params(form, inputs, gate, (), offered_perceptrons(draw, gate, inputs, 1, 4))
    ranged = form == "numeric" and difficulty != "easy"
    perceptron = draw.choice((movable if ranged else perceptrons)(table(gate, inputs), inputs))
    return Params(form, inputs, gate, offered_names(draw, perceptron, 4), (perceptron,), (), ranged)


sample_exact = sample
"""Whole numbers need no calculator."""


def pose(params: Params) -> Problem:
    """Sums, outputs, the function and the range of thresholds; or perceptrons to be judged."""
    if params.names:
        return _pose_one(params)
    if params.statements:
        told = params.statements
        parts = tuple(Part("true_false", claims=(claim,)) for claim in told)
    else:
        told = tuple(claim_of_perceptron(each, params.gate) for each in params.offered)
        parts = (Part(params.form, claims=told, points=2),)
    one = params.form == "choice" and params.inputs == 2
    drawn = line_of(params.offered[0]) if one else None
    return Problem(parts, solved_figure=drawn, words={"symbols": of_perceptron})


def _pose_one(params: Params) -> Problem:
    perceptron, outputs = params.offered[0], table(params.gate, params.inputs)
    numbers, ranged = givens(perceptron), outputs if params.ranged else ()
    told = tuple(claim_of_name(perceptron, name, len(params.names)) for name in params.names)
    which, asked = Part("choice", claims=told), (Ask("s"), Ask("y"))
    parts = [Part("numeric", (ask,), points=2) for ask in asked] if params.form == "numeric" else []
    parts.append(which)
    if ranged:
        parts.append(Part("numeric", (Ask("lo"), Ask("hi")), points=2))
    return Problem(
        tuple(parts),
        graph(params.inputs, ranged),
        numbers,
        variants=Later(variants, params.inputs, numbers, ranged),
        solved_figure=line_of(perceptron) if params.inputs == 2 else None,
        also_worked=() if params.form == "numeric" else asked,
        words={"symbols": of_perceptron},
    )


def solve(problem: Problem, draw: Draw) -> Solution:
    """Whole numbers, without a tolerance."""
    return whole_numbers.solve(problem, draw, believable=_is_believable)


def _is_believable(wrong: Wrong, values: tuple[Value, ...]) -> bool:
    """Whether two ends of a range are in order; anything else is believed."""
    return len(values) < 2 or bool(wrong.values[0] <= wrong.values[1])


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Input by input, with the threshold as a bias, and every statement by itself."""
    found = (claims.check(solution, oracle.truth, "one input after the other"),)
    if not problem.givens:
        return found
    weights = [float(problem.givens[f"w{i}"]) for i in range(1, 4) if f"w{i}" in problem.givens]
    return (*found, oracle.compare(weights, float(problem.givens["t"]), solution))
