"""Softmax of a few scores: from the definition, and by what it does not notice.

Tests that scores are exponentiated before they are divided by their sum, that only differences of
scores count (so that scores too large for a calculator are shifted first), and what a temperature
does. After Gormley and Gordon, CMU 10-301/601, Lecture 12 (`LECTURE`), and Linzen, NYU DS-GA 1003.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, Number, fraction, is_exact, logarithm
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Variant
from gen.topics.distributions import draw_distribution, draw_scores
from gen.topics.exact_distributions import draw_fractions, draw_log_scores
from gen.topics.softmax import letters, odds
from gen.topics.softmax.graphs import MISUSES, misread_scores, misused_scores, of_scores
from gen.variants import variant
from gen.vocabulary import Difficulty, Form
from solver import functions as f
from solver import softmax

FAMILY = Family(
    name="softmax_values",
    version=1,
    title="Softmax",
    summary="softmax of two to five scores, shifted, with a temperature, or read backwards",
    topics=("softmax",),
    lectures=("003", "004"),
)

Kind = Literal[
    "plain", "shifted", "large", "tempered", "large_tempered", "ratio", "recovered", "raised"
]
"""What is to be found: probabilities (of scores all moved by a number, of scores too large to
exponentiate, at a temperature, or both), the ratio of two, scores from probabilities, or
probabilities after one score has been raised."""


@dataclass(frozen=True, slots=True)
class Params:
    """What is given and what is asked; entries are counted from 0.

    `numbers` are scores; for "recovered" and "raised", probabilities. `asked` are the entries
    asked for, none meaning all of them; for "ratio" numerator and denominator, for "raised" the
    class that is raised and another. `amount` is the temperature, the increase, the number added
    to every score of "shifted", or the score of the class `known` for "recovered". All numbers are
    exact, or none.
    """

    kind: Kind
    numbers: tuple[Number, ...]
    asked: tuple[int, ...] = ()
    amount: Number = 0.0
    known: int = 0
    form: Form = "numeric"


LECTURE = Params("plain", (-1.0, 2.7, 0.5))
"""The example of the lecture, whose printed values are wrong from the exponentials on."""

SETTINGS: Mapping[Difficulty, tuple[tuple[Kind, int], ...]] = {
    "easy": (("plain", 3), ("plain", 3), ("plain", 3), ("plain", 2)),
    "medium": (("plain", 4), ("tempered", 3), ("shifted", 3), ("large", 3), ("ratio", 4)),
    "hard": (("tempered", 4), ("large_tempered", 3), ("large_tempered", 4), ("recovered", 3),
             ("raised", 3), ("large", 5)),
}  # fmt: skip
"""What there is to do at each difficulty, and over how many classes."""

LARGE, TEMPERED = ("large", "large_tempered"), ("tempered", "large_tempered")
TEMPERATURES = (0.25, 0.4, 0.5, 2.0, 2.5)
OFFSETS = (-2000, -1000, -800, -600, 600, 800, 1000, 2000)
"""Divided by 2, powers of e to these still leave the range of a pocket calculator."""
EXACT_TEMPERATURES = ((1, 2), (2,), (2,), (3,))
WHOLE_SCORES = (-4, -3, -2, -1, 1, 2, 3, 4, 5)
KNOWN_SCORES = (-3, -2, -1, 1, 2, 3, 4)
EXACT_OFFSETS = (-900, -800, -600, -500, 500, 600, 700, 900)
EXACT_MOVES = (-20, -10, -7, -5, -3, 3, 5, 7, 10, 20)
MOVES = (-40.0, -25.0, -10.0, 10.0, 20.0, 50.0, 100.0)


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Scores of one decimal, or probabilities of two, that suit the kind of question."""
    kind, count = draw.choice(SETTINGS[difficulty])
    match kind:
        case "ratio":
            pair = draw.sample(range(count), 2)
            return Params(kind, draw_scores(draw, count, 26), pair, form=form)
        case "recovered":
            return _sample_recovered(draw, count, form)
        case "raised":
            pair, increase = draw.sample(range(count), 2), draw.integer(3, 20) / 10
            return Params(kind, draw_distribution(draw, count), pair, increase, form=form)
        case _:
            return _sample_softmax(draw, kind, count, form)


def _sample_recovered(draw: Draw, count: int, form: Form) -> Params:
    """The known score belongs to an improbable class.

    So no ratio to its probability is small, and its rounding does not show in a logarithm.
    """
    chances = draw_distribution(draw, count)
    improbable = [k for k, chance in enumerate(chances) if chance <= 2 * min(chances)]
    known, score = draw.choice(improbable), draw.sign() * draw.integer(4, 25) / 10
    others = tuple(k for k in range(count) if k != known)
    asked = others if form == "numeric" else (draw.choice(others),)
    return Params("recovered", chances, asked, score, known, form)


def _sample_softmax(draw: Draw, kind: Kind, count: int, form: Form) -> Params:
    asked = (draw.integer(0, count - 1),) if draw.integer(0, 1) else ()
    amount, spread, gap = 0.0, 35, 3
    if kind == "shifted":
        amount = draw.choice(MOVES)
    if kind in TEMPERED:
        amount = draw.choice(TEMPERATURES if kind == "tempered" else TEMPERATURES[:4])
        spread, gap = (int(90 / amount), 3) if amount > 1 else (int(38 * amount), 2)
    scores = draw_scores(draw, count, spread, gap)
    if kind == "tempered" and max(scores) < 0:
        # Small powers of e, to so many decimals, would be known to a digit or two only.
        scores = tuple(-score for score in scores)
    offset = draw.choice(OFFSETS) if kind in LARGE else 0
    moved = tuple(round(score + offset, 1) for score in scores)
    return Params(kind, moved, asked, amount, form=form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Scores that are logarithms of rational numbers, or probabilities that are fractions."""
    kind, count = draw.choice(SETTINGS[difficulty])
    match kind:
        case "ratio":
            scores = tuple(fraction(n) for n in draw.sample(WHOLE_SCORES, count))
            return Params(kind, scores, draw.sample(range(count), 2), form=form)
        case "recovered":
            known, score = draw.integer(0, count - 1), fraction(draw.choice(KNOWN_SCORES))
            others = tuple(k for k in range(count) if k != known)
            asked = others if form == "numeric" else (draw.choice(others),)
            return Params(kind, draw_fractions(draw, count), asked, score, known, form)
        case "raised":
            pair, increase = draw.sample(range(count), 2), logarithm(draw.integer(2, 5))
            return Params(kind, draw_fractions(draw, count), pair, increase, form=form)
        case _:
            return _sample_exact_softmax(draw, kind, count, form)


def _sample_exact_softmax(draw: Draw, kind: Kind, count: int, form: Form) -> Params:
    asked = (draw.integer(0, count - 1),) if draw.integer(0, 1) else ()
    amount, factor = fraction(0), fraction(1)
    if kind == "shifted":
        amount = fraction(draw.choice(EXACT_MOVES))
    if kind in TEMPERED:
        amount = fraction(*draw.choice(EXACT_TEMPERATURES))
        # Divided by the temperature, a score is to be the logarithm of a whole number.
        factor = max(amount, fraction(1))
    highest = 5 if kind in TEMPERED else 8
    offset = fraction(draw.choice(EXACT_OFFSETS) if kind in LARGE else 0)
    scores = draw_log_scores(draw, count, highest)
    return Params(kind, tuple(factor * z + offset for z in scores), asked, amount, form=form)


def pose(params: Params) -> Problem:
    """One part: the entries asked for, together in a numeric problem or as options of a choice."""
    match params.kind:
        case "ratio":
            return _pose_ratio(params)
        case "recovered":
            return _pose_recovered(params)
        case "raised":
            return _pose_raised(params)
        case _:
            return _pose_softmax(params)


def _part(params: Params, node: str, entries: tuple[int, ...]) -> tuple[Part, ...]:
    asks = tuple(Ask(node, index=(k,)) for k in entries) or (Ask(node),)
    required = ("temperature_multiplied",) if params.kind in TEMPERED else ()
    choices = EXACT_CHOICES if is_exact(params.numbers[0]) else 5
    return (Part(params.form, asks, choices=choices, points=2, must_include=required),)


def _stated(params: Params) -> tuple[str, ...]:
    return (precision(is_exact(params.numbers[0])),)


def _pose_softmax(params: Params) -> Problem:
    shifted, tempered = params.kind in LARGE, params.kind in TEMPERED
    scores = np.array(params.numbers)
    largest = np.array(scores.max() if shifted else 0.0)
    right = (scores - largest) / (params.amount if tempered else 1.0)
    numbers = {"z": scores, "m": largest, "T": np.array(params.amount)}
    graph = softmax.graph(len(scores), shifted, tempered)
    return Problem(
        _part(params, "p", params.asked),
        graph,
        {variable.name: numbers[variable.name] for variable in graph.inputs},
        variants=(*_of_kind(params), *misused_scores(right), *misread_scores(right)),
        conventions=_stated(params),
        words={"symbols": partial(letters.of_softmax, "auv", "mTS")},
    )


def _of_kind(params: Params) -> Iterator[Variant]:
    """The slips that belong to the kind of question."""
    scores = np.array(params.numbers)
    relative = scores - scores.max()
    if params.kind in TEMPERED:
        yield of_scores("temperature_multiplied", relative * params.amount)
        yield of_scores("temperature_ignored", relative)
    if params.kind in LARGE and not is_exact(scores):
        yield of_scores("divided_by_largest", scores / f.absolute(scores).max())
    if params.kind == "shifted":
        moved = scores + params.amount
        yield variant("moved_scores_normalised", MISUSES["scores_normalised"], z=moved)


def _pose_ratio(params: Params) -> Problem:
    first, second = params.asked
    scores = np.array(params.numbers)
    slips = odds.ratio_slips(scores[first], scores[second])
    graph = odds.ratio(len(scores), first, second)
    return Problem(
        _part(params, "r", ()),
        graph,
        {"z": scores},
        variants=tuple(slips),
        conventions=_stated(params),
        words={"symbols": partial(letters.of_softmax, "", "rd")},
    )


def _pose_recovered(params: Params) -> Problem:
    chances = np.array(params.numbers)
    return Problem(
        _part(params, "z", params.asked),
        odds.recovered(len(chances), params.known),
        {"p": chances, "t": np.array(params.amount)},
        slips=("log_base_ten", "log_base_two", "order_swapped"),
        variants=Later(odds.recovery_slips, chances, params.known, params.amount),
        conventions=_stated(params),
        words={"symbols": partial(letters.of_recovered, params.known)},
    )


def _pose_raised(params: Params) -> Problem:
    which, other = params.asked
    chances = np.array(params.numbers)
    asked = ("q",) if params.form == "choice" else ("q", "r")
    return Problem(
        tuple(replace(part, asks=tuple(map(Ask, asked))) for part in _part(params, "q", ())),
        odds.raised(len(chances), which, other),
        {"p": chances, "c": np.array(params.amount)},
        variants=Later(odds.raise_slips, chances[which], chances[other], params.amount),
        conventions=_stated(params),
        words={"symbols": partial(letters.of_raised, which, other)},
    )
