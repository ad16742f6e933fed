"""The derivatives of softmax probabilities by the scores: on the diagonal, beside it, in a chain.

Tests that every probability depends on every score, with p (1 - p) for its own and minus a product
for another one's, and that a gradient goes back through all of them. After Kim, Rutgers CS 461,
Class 16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations_with_replacement
from typing import Literal

import numpy as np

from gen import verification
from gen.asking import leading_up, precision
from gen.draw import Draw
from gen.exact_numbers import Number, fraction, is_exact, stating_logarithms
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.distributions import draw_distribution, draw_scores
from gen.topics.exact_distributions import draw_fractions, draw_log_scores
from gen.topics.softmax import jacobians, letters
from gen.topics.softmax.graphs import probabilities
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="softmax_jacobian",
    version=1,
    title="Derivatives of a softmax",
    summary="derivatives of softmax probabilities by scores, one by one and in a chain",
    topics=("softmax",),
    lectures=("002",),
)

Kind = Literal["pair", "row", "matrix", "chain"]
"""What is asked for: one entry on the diagonal and one beside it, a row of the Jacobian, all of it
(on one side of the diagonal), or the gradient of an expected cost."""


@dataclass(frozen=True, slots=True)
class Params:
    """What is given and asked; classes are counted from 0.

    `numbers` are scores; for "pair" they are probabilities. `asked` are the class whose probability
    is differentiated and, for "pair", the class of another score. `costs` are for "chain" only.
    """

    kind: Kind
    numbers: tuple[Number, ...]
    asked: tuple[int, ...] = ()
    costs: tuple[Number, ...] = ()
    form: Form = "numeric"


SETTINGS: Mapping[Difficulty, tuple[tuple[Kind, int], ...]] = {
    "easy": (("pair", 3), ("pair", 3), ("pair", 4)),
    "medium": (("row", 3), ("row", 3), ("row", 4)),
    "hard": (("chain", 3), ("chain", 3), ("chain", 4), ("matrix", 3)),
}
"""What there is to do at each difficulty, and over how many classes."""
COSTS = (-3.0, -2.0, -1.5, -1.0, -0.5, 0.5, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
EXACT_COSTS = (-3, -2, -1, 1, 2, 3, 4, 5)
LEAST_SLOPE = 0.03
TRIES = 20


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Scores of one decimal, or probabilities of two."""
    kind, count = _kind(draw, difficulty, form)
    if kind == "pair":
        return Params(kind, draw_distribution(draw, count), _pair(draw, count), form=form)
    scores = draw_scores(draw, count, 26)
    if kind != "chain":
        return Params(kind, scores, _pair(draw, count)[:1], form=form)
    for _ in range(TRIES):
        costs = draw.sample(COSTS, count)
        if _is_felt(scores, costs):
            break
    return Params(kind, scores, _pair(draw, count)[:1], costs, form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over fractions, and scores that are logarithms of whole numbers."""
    kind, count = _kind(draw, difficulty, form)
    if kind == "pair":
        return Params(kind, draw_fractions(draw, count), _pair(draw, count), form=form)
    scores = draw_log_scores(draw, count, 6)
    costs = tuple(map(fraction, draw.sample(EXACT_COSTS, count))) if kind == "chain" else ()
    return Params(kind, scores, _pair(draw, count)[:1], costs, form)


def _kind(draw: Draw, difficulty: Difficulty, form: Form) -> tuple[Kind, int]:
    """The whole Jacobian is written down: as an option it would be a list of six numbers."""
    settings = SETTINGS[difficulty]
    return draw.choice([s for s in settings if form == "numeric" or s[0] != "matrix"])


def _pair(draw: Draw, count: int) -> tuple[int, ...]:
    return draw.sample(range(count), 2)


def _is_felt(scores: tuple[Number, ...], costs: tuple[Number, ...]) -> bool:
    """Whether no entry of the gradient is as good as 0."""
    p, c = probabilities(np.array(scores)), np.array(costs)
    return bool(np.abs(p * (c - p @ c)).min() >= LEAST_SLOPE)


def pose(params: Params) -> Problem:
    """The probabilities, then entries of the Jacobian, then what goes back through it."""
    numbers, exact = np.array(params.numbers), is_exact(params.numbers[0])
    count = len(numbers)
    entries = _entries(params)
    from_scores = params.kind != "pair"
    p = probabilities(numbers) if from_scores else numbers
    costs = np.array(params.costs) if params.costs else None
    given = {"z" if from_scores else "p": numbers}
    if costs is None:
        graph = jacobians.entries_of(count, entries, from_scores)
    else:
        graph, given = jacobians.expected_cost(count, entries), {**given, "c": costs}
    return Problem(
        _parts(params, exact),
        graph,
        given,
        slips=("sign_reversed", "order_swapped") if params.kind == "pair" else ("sign_reversed",),
        variants=Later(jacobians.slips, p, numbers if from_scores else None, entries, costs),
        conventions=(
            *(() if costs is None else ("gradients",)),
            *stating_logarithms(numbers),
            precision(exact),
        ),
        words={"symbols": partial(letters.of_jacobian, count)},
    )


def _entries(params: Params) -> jacobians.Entries:
    count = len(params.numbers)
    match params.kind:
        case "pair":
            i, k = params.asked
            return ((i, i), (i, k))
        case "matrix":
            return tuple(combinations_with_replacement(range(count), 2))
        case _:
            return tuple((params.asked[0], k) for k in range(count))


def _parts(params: Params, exact: bool) -> tuple[Part, ...]:
    entries = tuple(Ask(jacobians.node(i, k)) for i, k in _entries(params))
    chances, chain = (Ask("p"),), (Ask("z", "gradient"),)
    asked = {
        "pair": (entries,),
        "row": (chances, entries),
        "matrix": (chances, entries),
        "chain": (chances, entries, chain),
    }[params.kind]
    return leading_up(params.form, asked, exact)


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """As for every problem; the entries are also held against a complex step through a softmax.

    Raises Mismatch where one differs.
    """
    found = verification.verify(problem, solution, full)
    numbers, worst = 0, 0.0
    given = problem.givens.get("z", problem.givens.get("p"))
    scores = np.asarray(given, dtype=float)
    if "z" not in problem.givens:
        scores = np.log(scores)
    for part, solved in zip(problem.parts, solution.parts, strict=True):
        assert solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True):
            if ask.node.startswith("J_"):
                theirs = _complex_step(scores, *(int(n) - 1 for n in ask.node.split("_")[1:]))
                deviation = abs(float(value) - theirs)
                if not deviation <= verification.ALLOWED:
                    raise verification.Mismatch(f"{ask.node} is {value}, not {theirs}")
                numbers, worst = numbers + 1, max(worst, deviation)
    own = Verification("complex step of a softmax", numbers, worst)
    return (*found, own) if numbers else found


def _complex_step(scores: np.ndarray, i: int, k: int) -> float:
    moved = scores.astype(complex)
    moved[k] += 1e-30j
    powers = np.exp(moved)
    return float((powers[i] / powers.sum()).imag / 1e-30)
