"""How many parameters a fully connected network has, with and without biases.

Tests that a layer has a weight for each pair of an input and a unit and a bias for each unit, that
layers are added up, and what that means for a wider, deeper or larger network. After Linzen, NYU
DS-GA 1003 (`LECTURE`, the network 1-3-1 with its 10 parameters).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from gen import verification
from gen.draw import Draw
from gen.family import Family, Rejected
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.counts import oracle
from gen.topics.counts.kinds import SETTINGS, Counted, expected, givens, graph, mistakes
from gen.topics.counts.solving import solve_counts
from gen.vocabulary import Difficulty, Form
from templates.notation import Notation, Style, Symbol

FAMILY = Family(
    name="parameter_count",
    version=1,
    title="Counting parameters",
    summary="weights and biases of fully connected networks, counted and compared",
    topics=("shapes",),
    lectures=("003",),
)


@dataclass(frozen=True, slots=True)
class Params(Counted):
    """What is counted; a choice asks for the last number alone, or for two that belong together."""

    form: Form = "numeric"


LECTURE = Params("count", (1, 3, 1))
_LARGE = (64, 100, 144, 196, 256, 400, 784)
_HIDDEN = (16, 20, 24, 32, 40, 48, 50, 64, 80, 100, 128)


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Widths that all differ, so that exchanging two of them is noticed."""
    # What is mistaken for a width is rarely a whole number, so it is not to be chosen from.
    settings = [s for s in SETTINGS[difficulty] if form == "numeric" or s[0] != "width"]
    kind, depth = draw.choice(settings)
    small = difficulty == "easy" or kind == "compared" or draw.integer(0, 2) == 0
    if small:
        widths = draw.sample(range(2, 21), depth + 1)
    else:
        hidden = draw.sample(_HIDDEN, depth - 1)
        widths = (draw.choice(_LARGE), *hidden, draw.integer(2, 12))
    if len(set(widths)) < len(widths):
        raise Rejected("two layers have the same width")
    return Params(kind, widths, draw.integer(1, max(1, depth - 1)), form)


sample_exact = sample


def pose(params: Params) -> Problem:
    """The number at which the formula ends; where numbers are asked for, also those before it."""
    numbers = givens(params)
    return Problem(
        _parts(params),
        graph(params),
        numbers,
        variants=Later(mistakes, params, numbers),
        words={
            "symbols": _symbols,
            "expected": partial(expected, params),
            "hidden": [f"${n}$" for n in params.widths[1:-1]],
        },
    )


def _parts(params: Params) -> tuple[Part, ...]:
    layers = tuple(f"c{layer}" for layer in range(1, len(params.widths)))
    asked = {
        "count": (layers, ("P",)),
        "weights": (layers, ("P",)),
        "apart": (("W", "B"), ("P",)),
        "extra": (("P",), ("D",), ("N",)),
        "width": (("a",), ("h",), ("N",)),
        "compared": (("P", "Q"), ("D",)),
    }[params.kind]
    if params.form == "choice":
        last = {"apart": asked[0], "compared": asked[0], "extra": ("D",)}.get(
            params.kind, asked[-1]
        )
        return (Part("choice", tuple(map(Ask, last)), choices=4, points=2),)
    return tuple(Part("numeric", tuple(map(Ask, part)), points=len(part)) for part in asked)


def _symbols(notation: Notation) -> Mapping[str, Style | Symbol]:
    """Widths n and counts c by the layer, totals in capitals; the same in every notation."""
    layered = {f"{letter}{k}": Symbol(letter, "", str(k)) for letter in "nc" for k in range(6)}
    return {**layered, **{letter: Style(letter) for letter in "PQDWBNhak"}}


def solve(problem: Problem, draw: Draw) -> Solution:
    """Whole numbers, without a tolerance."""
    return solve_counts(problem, draw)


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """By the formula, and by making the arrays and counting their entries."""
    counts = problem.words["expected"]
    assert callable(counts)
    found = verification.verify(problem, solution, full)
    return (*found, oracle.compare(counts(), solution))
