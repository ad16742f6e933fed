"""Two classes: softmax as a sigmoid of the difference of the scores, and back.

Tests which score is subtracted from which, how a probability gives the difference back, and that
two softmax units are one sigmoid unit with the differences of their weights. After Gormley and
Gordon, CMU 10-301/601, Lecture 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import exp
from typing import Any, Literal

import numpy as np

from gen import verification
from gen.asking import leading_up, precision
from gen.draw import Draw
from gen.exact_numbers import Number, fraction, has_logarithms, is_exact, logarithm
from gen.family import Family
from gen.problem import Ask, Problem, Solution, Variant, Verification
from gen.topics.distributions import draw_scores
from gen.topics.exact_distributions import draw_log_scores
from gen.topics.softmax import letters, two_classes, unit_pairs
from gen.vocabulary import Difficulty, Form
from solver.graph import Graph
from templates.notation import Notation

FAMILY = Family(
    name="sigmoid_softmax",
    version=1,
    title="Two classes: softmax and sigmoid",
    summary="two-class softmax as the sigmoid of the difference of scores, forwards and back",
    topics=("softmax",),
    lectures=("004",),
)

Kind = Literal["forward", "recovered", "raised", "merged", "level"]
"""From scores to the probability of a class, from it to a score, from it to what it becomes when a
score rises, from two softmax units to one sigmoid unit, or to the input for a probability."""


@dataclass(frozen=True, slots=True)
class Params:
    """What is given; classes are counted from 0, and `which` is the one that it is about.

    `numbers` are both scores, or a probability with a score or an increase. That belongs to the
    class `moved`: its score is asked for, or it rises. Of units they are input, weights and bias of
    class `which`, weights and bias of the other one; of "level", a probability in the place of the
    input.
    """

    kind: Kind
    which: int
    numbers: tuple[tuple[Number, ...], ...]
    moved: int = 0
    form: Form = "numeric"


KINDS: Mapping[Difficulty, tuple[Kind, ...]] = {
    "easy": ("forward",),
    "medium": ("recovered", "raised"),
    "hard": ("merged", "merged", "level"),
}
PERCENT = tuple(n for n in range(8, 93) if abs(n - 50) > 4)
SCORES, INCREASES = (3, 30), (3, 20)
"""In tenths."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Numbers of one decimal, and probabilities of two; which class it is about by lot."""
    kind, which, moved = draw.choice(KINDS[difficulty]), draw.integer(0, 1), draw.integer(0, 1)
    match kind:
        case "forward":
            return Params(kind, which, (draw_scores(draw, 2, 30),), which, form)
        case "recovered":
            score = draw.sign() * draw.integer(*SCORES) / 10
            return Params(kind, which, ((draw.choice(PERCENT) / 100, score),), moved, form)
        case "raised":
            increase = draw.integer(*INCREASES) / 10
            return Params(kind, which, ((draw.choice(PERCENT) / 100, increase),), moved, form)
        case "merged":
            return Params(
                kind, which, unit_pairs.draw_units(draw, draw.choice((2, 2, 3))), which, form
            )
        case "level":
            return Params(kind, which, unit_pairs.draw_level(draw), which, form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over fractions and logarithms of fractions."""
    kind, which, moved = draw.choice(KINDS[difficulty]), draw.integer(0, 1), draw.integer(0, 1)
    match kind:
        case "forward":
            return Params(kind, which, (draw_log_scores(draw, 2, 9),), which, form)
        case "recovered":
            score = fraction(draw.choice(unit_pairs.EXACT_WEIGHTS))
            return Params(kind, which, ((unit_pairs.draw_exact_chance(draw), score),), moved, form)
        case "raised":
            increase = logarithm(draw.integer(2, 6))
            return Params(
                kind, which, ((unit_pairs.draw_exact_chance(draw), increase),), moved, form
            )
        case "merged":
            return Params(kind, which, unit_pairs.draw_exact_units(draw), which, form)
        case "level":
            return Params(kind, which, unit_pairs.draw_exact_level(draw), which, form)


def pose(params: Params) -> Problem:
    """What leads up to the last quantity, then that one; a choice has it alone."""
    graph, givens, variants, asked, symbols = _POSED[params.kind](params)
    exact = is_exact(params.numbers[0][0])
    if params.form == "choice":
        asked = (_CHOICES.get(params.kind, asked[-1]),)
        # An option that is no probability would rule itself out.
        if params.kind in _PROBABILITIES:
            variants = two_classes.between_0_and_1(variants, _PROBABILITIES[params.kind])
    logarithms = "log" in graph.operations or any(map(has_logarithms, givens.values()))
    logarithm_stated = ("natural_logarithm",) if logarithms else ()
    return Problem(
        leading_up(params.form, [tuple(map(Ask, nodes)) for nodes in asked], exact),
        graph,
        {name: np.array(value) for name, value in givens.items()},
        slips=("sign_reversed",) if params.kind in ("recovered", "level") else (),
        variants=tuple(variants),
        conventions=("sigmoid", *logarithm_stated, precision(exact)),
        words={"symbols": symbols, "compared": partial(_compared, params)},
    )


_CHOICES: Mapping[Kind, tuple[str, ...]] = {"forward": ("d", "q")}
_PROBABILITIES: Mapping[Kind, str] = {"forward": "q", "raised": "r"}
"""The node of the probability that is asked for."""


Posed = tuple[
    Graph,
    Mapping[str, Any],
    Iterator[Variant],
    tuple[tuple[str, ...], ...],
    Callable[[Notation], letters.Given],
]
"""The right graph, its inputs, the slips, the nodes asked for part by part, and their symbols."""


def _pose_forward(params: Params) -> Posed:
    scores, which = params.numbers[0], params.which
    return (
        two_classes.forward(which),
        {"z": scores},
        two_classes.forward_slips(scores[which], scores[1 - which]),
        (("d",), ("q",)),
        partial(letters.of_two_classes, which),
    )


def _pose_recovered(params: Params) -> Posed:
    (chance, score), own = params.numbers[0], params.moved == params.which
    return (
        two_classes.recovered(own),
        {"q": chance, "t": score},
        two_classes.recovered_slips(chance, score, own),
        (("g",), ("y",)),
        partial(letters.of_score, params.moved, params.which),
    )


def _pose_raised(params: Params) -> Posed:
    (chance, increase), own = params.numbers[0], params.moved == params.which
    return (
        two_classes.raised(own),
        {"q": chance, "c": increase},
        two_classes.raised_slips(chance, increase, own),
        (("g",), ("r",)),
        partial(letters.of_two_classes, params.which),
    )


def _pose_merged(params: Params) -> Posed:
    x, (*own, b), (*other, a) = params.numbers
    return (
        two_classes.merged(len(x)),
        {"x": x, "wk": own, "wo": other, "bk": b, "bo": a},
        two_classes.merged_slips(np.array(own), np.array(other), b, a, np.array(x)),
        (("v", "c"), ("s", "q")),
        partial(letters.of_two_classes, params.which),
    )


def _pose_level(params: Params) -> Posed:
    (level,), (own, b), (other, a) = params.numbers
    return (
        two_classes.level(),
        {"q": level, "wk": own, "wo": other, "bk": b, "bo": a},
        two_classes.level_slips(own, other, b, a, level),
        (("v", "c"), ("x",)),
        partial(letters.of_two_classes, params.which),
    )


_POSED: Mapping[Kind, Callable[[Params], Posed]] = {
    "forward": _pose_forward,
    "recovered": _pose_recovered,
    "raised": _pose_raised,
    "merged": _pose_merged,
    "level": _pose_level,
}


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """As for every problem; the softmax of both scores is also held against what was found.

    Raises Mismatch where the quotient of their exponentials is another one.
    """
    found = verification.verify(problem, solution, full)
    values = {
        ask.node: np.asarray(value, dtype=float)
        for part, solved in zip(problem.parts, solution.parts, strict=True)
        if solved.answer is not None
        for ask, value in zip(part.asks, solved.answer.values, strict=True)
    }
    compare = problem.words["compared"]
    assert callable(compare)
    ours, theirs = compare(values)
    deviation = abs(ours - theirs)
    if not deviation <= verification.ALLOWED:
        raise verification.Mismatch(f"softmax gives the probability {theirs}, not {ours}")
    return (*found, Verification("softmax of both scores", 1, deviation))


def _compared(params: Params, values: Mapping[str, Any]) -> tuple[float, float]:
    """The probability that the last answer stands for, and that which softmax has for it."""
    first, *units = ([float(number) for number in row] for row in params.numbers)
    own = params.moved == params.which
    match params.kind:
        case "forward":
            return float(values["q"]), _softmax(first[params.which], first[1 - params.which])
        case "recovered":
            chance, known = first
            mine, other = (values["y"], known) if own else (known, values["y"])
            return chance, _softmax(mine, other)
        case "raised":
            chance, increase = first
            grown = (
                chance * exp(increase if own else 0),
                (1 - chance) * exp(0 if own else increase),
            )
            return float(values["r"]), grown[0] / sum(grown)
        case "merged":
            scores = [np.dot(weights, first) + bias for *weights, bias in units]
            return float(values["q"]), _softmax(*scores)
        case "level":
            scores = [weight * float(values["x"]) + bias for weight, bias in units]
            return first[0], _softmax(*scores)


def _softmax(own: float, other: float) -> float:
    return exp(own) / (exp(own) + exp(other))
