"""Skill: the shape of a derivative of numbers, columns and matrices, in either layout.

Which derivatives are plain matrices, and how many rows and columns these have. After Chai, CMU
10-301/601, Lecture 14, whose table of matrix calculus is in denominator layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import cast

from gen import claims
from gen.draw import Draw
from gen.family import Family
from gen.problem import Ask, Claim, Part, Problem, Solution, Verification
from gen.topics.shapes import partials
from gen.topics.shapes.answers import solved
from gen.topics.shapes.derivatives import (
    FUNCTIONS,
    GRAPH,
    LETTERS,
    VARIABLES,
    Layout,
    Pair,
    Spaces,
    axes,
    kind,
    node,
    pair_of,
    pairs,
    shape,
    slips,
    symbols,
    term,
)
from gen.verification import Mismatch
from gen.vocabulary import Difficulty, Form
from solver.shapes import Shape, Size

FAMILY = Family(
    name="derivative_layout",
    version=1,
    title="Shapes of derivatives",
    summary="shapes of derivatives of numbers, columns and matrices, in either layout",
    topics=("shapes", "differentiation"),
    lectures=("000",),
    forms=("shape", "choice", "choose_all"),
)

_ASKED: dict[Form, dict[Difficulty, int]] = {
    "shape": {"easy": 2, "medium": 3, "hard": 5},
    "choice": {"easy": 1, "medium": 2, "hard": 3},
    "choose_all": {"easy": 4, "medium": 6, "hard": 8},
}
_PLAIN, _WIDE = tuple(pairs(True)), tuple(pairs(False))
_SIZES = (("m", "n"), ("N", "P"), ("k", "d"), ("p", "q"))


@dataclass(frozen=True, slots=True)
class Params:
    """The quantities, the layout, and the derivatives that are asked for or offered."""

    spaces: Spaces
    layout: Layout
    asked: tuple[Pair, ...]
    form: Form = "shape"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Sizes that differ, and derivatives of several kinds; only hard ones have letters as sizes."""
    m, n = draw.sample(range(2, 10), 2)
    spaces = Spaces(m, n, draw.choice(LETTERS))
    if difficulty == "hard" and form != "choose_all" and draw.integer(0, 1):
        spaces = Spaces(*draw.choice(_SIZES[:3]), LETTERS[draw.integer(0, 1)])
    layout: Layout = draw.choice(("numerator", "denominator"))
    count = _ASKED[form][difficulty]
    if form == "choose_all":
        right = draw.integer(max(1, count - len(_WIDE)), count - 1)
        chosen = (*draw.sample(_PLAIN, right), *draw.sample(_WIDE, count - right))
        return Params(spaces, layout, tuple(sorted(chosen)), form)
    return Params(spaces, layout, _telling(draw, spaces, difficulty, count), form)


sample_exact = sample


def _telling(draw: Draw, spaces: Spaces, difficulty: Difficulty, count: int) -> tuple[Pair, ...]:
    """Derivatives of as many kinds as there are places, none of them a number."""
    easy = difficulty == "easy"
    piles: dict[tuple[str, str], list[Pair]] = {}
    for pair in _PLAIN:
        of_pair = (kind(spaces.top(pair)), kind(spaces.bottom(pair)))
        if of_pair != ("number", "number") and not (easy and "matrix" in of_pair):
            piles.setdefault(of_pair, []).append(pair)
    return tuple(draw.choice(piles[each]) for each in draw.sample(list(piles), count))


def pose(params: Params) -> Problem:
    """Shapes to be given, or derivatives to be ticked that are plain matrices."""
    words = {
        "symbols": partial(symbols, params.spaces, params.asked),
        "used": [v for v in VARIABLES if any(v in FUNCTIONS[f].variables for f, _ in params.asked)],
        "shapes": {node(p): _described(params, p) for p in params.asked},
        "spaces": params.spaces,
        "layout": params.layout,
    }
    if params.form == "choose_all":
        offered = tuple(
            Claim(node(pair), axes(*pair) <= 2, {"pair": pair, "axes": axes(*pair)})
            for pair in params.asked
        )
        return Problem((Part("choose_all", claims=offered),), GRAPH, words=words)
    asks = tuple(Ask(node(pair), "shape") for pair in params.asked)
    part = Part(params.form, asks, choices=4 if len(asks) == 1 else 5, points=len(asks))
    return Problem((part,), GRAPH, words=words)


def _described(params: Params, pair: Pair) -> dict[str, object]:
    """What a template says of a derivative: top and bottom with their kinds and shapes."""
    top, bottom = params.spaces.top(pair), params.spaces.bottom(pair)
    found: dict[str, object] = {"top": top, "bottom": bottom, "kinds": (kind(top), kind(bottom))}
    found |= {"variable": pair[1], "axes": axes(*pair), "term": term(pair[0])}
    if axes(*pair) <= 2:
        found["shape"] = shape(params.spaces, pair, params.layout)
    return found


def solve(problem: Problem, draw: Draw) -> Solution:
    """Shapes by the rule for the layout; statements by the number of axes."""
    (part,) = problem.parts
    if part.claims:
        return Solution(problem, (claims.solved(part, draw),))
    spaces, layout = _setting(problem)
    right = [shape(spaces, pair_of(ask), layout) for ask in part.asks]
    return Solution(problem, (solved(part, right, slips(spaces, layout), draw),))


def _setting(problem: Problem) -> tuple[Spaces, Layout]:
    return cast(Spaces, problem.words["spaces"]), cast(Layout, problem.words["layout"])


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """By the array of all partial derivatives of each function, and the axes that it has."""
    (part,), (made,) = problem.parts, solution.parts
    if part.claims:
        return (claims.check(solution, _is_plain, "arrays of partial derivatives"),)
    spaces, layout = _setting(problem)
    actual = tuple(partials.laid_out(pair_of(ask), layout) for ask in part.asks)
    assert made.written is not None
    if _numbers(made.written.entries, spaces) != actual:
        raise Mismatch(f"the derivatives {part.asks} are {actual}, not {made.written}")
    for option in made.options:
        if option.right != (_numbers(option.entries, spaces) == actual):
            raise Mismatch(f"the option {option.entries} is marked wrongly: {actual}")
    count = len(actual) + len(made.options)
    return (Verification("arrays of partial derivatives", count, 0.0),)


def _is_plain(claim: Claim) -> bool:
    return partials.partials(cast(Pair, claim.facts["pair"])).ndim <= 2


def _numbers(entries: object, spaces: Spaces) -> tuple[Shape, ...]:
    """Shapes with the numbers of the arrays in the places of the sizes."""
    known = {spaces.m: partials.SIZES[0], spaces.n: partials.SIZES[1], 1: 1}
    return tuple(
        tuple(known.get(size.symbol if isinstance(size, Size) else size, 0) for size in each)
        for each in cast("tuple[Shape, ...]", entries)
    )
