"""The Jacobian of a chain of maps between vectors, as a product of the Jacobians of the maps.

Tests that the factors of the product stand in the order that the layout asks for, that the Jacobian
of an affine map is its matrix or the transpose, and that of an entrywise function diagonal, with
the derivatives at what the function is applied to. After Chai, CMU 10-301/601, Lecture 14, which
has the denominator layout, and Linzen, NYU DS-GA 1003, on partial derivatives as changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from gen import verification
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Layout, Part, Problem, Solution, Verification
from gen.topics.jacobians import letters, oracle
from gen.topics.jacobians.chains import BY_OUTPUT, Chain, graph_of, jacobian
from gen.topics.jacobians.draws import Numbers, draw_numbers
from gen.topics.jacobians.mistakes import needed, slips
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="jacobian_product",
    version=1,
    title="A product of Jacobians",
    summary="the Jacobian of a chain of vector-valued maps, in numerator or denominator layout",
    topics=("computation graphs", "differentiation"),
    lectures=("000", "003"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A chain of maps with its numbers; a choice asks for the whole chain's Jacobian alone."""

    chain: Chain
    numbers: Numbers
    form: Form = "numeric"


Setting = tuple[tuple[str, ...], tuple[int, ...]]
SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = {
    "easy": (
        (("affine", "f"), (2, 2, 2)),
        (("f", "affine"), (2, 2, 2)),
        (("affine", "affine"), (2, 2, 2)),
    ),
    "medium": (
        (("affine", "f"), (3, 2, 2)),
        (("gate", "affine"), (2, 2, 2)),
        (("affine", "f", "affine"), (2, 2, 2, 2)),
    ),
    "hard": (
        (("affine", "f", "affine"), (2, 3, 3, 2)),
        (("affine", "f", "affine"), (3, 2, 2, 3)),
        (("gate", "f", "affine"), (2, 2, 2, 2)),
        (("gate", "affine", "f"), (2, 2, 2, 2)),
    ),
}
"""The maps at each difficulty, "f" for a function of every entry, and the sizes of the vectors."""
DECIMAL_FUNCTIONS = ("tanh", "tanh", "sigmoid", "sigmoid", "square", "cube")
LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator")
SMALLEST, LARGEST = 0.02, 400.0
"""The sizes between which the entries of the answer lie."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Matrices over halves, and functions where they bend."""
    return _sample(draw, difficulty, form, DECIMAL_FUNCTIONS, exact=False)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, over whole numbers, with squares and cubes for functions."""
    functions = ("square",) if difficulty == "hard" else ("square", "square", "cube")
    return _sample(draw, difficulty, form, functions, exact=True)


def _sample(
    draw: Draw, difficulty: Difficulty, form: Form, functions: tuple[str, ...], exact: bool
) -> Params:
    """Larger tables are too wide for options, and fewer mistakes have the shapes for them."""
    settings = SETTINGS[difficulty]
    maps, sizes = draw.choice([s for s in settings if form != "choice" or set(s[1]) == {2}])
    function = draw.choice(functions)
    layout = draw.choice(LAYOUTS)
    chain = Chain(tuple(function if m == "f" else m for m in maps), sizes, layout)
    return Params(chain, draw_numbers(draw, chain, exact), form)


def pose(params: Params) -> Problem:
    """The values that are needed, the Jacobian of every map, and then their product."""
    chain, exact = params.chain, not isinstance(_first(params.numbers), float)
    givens = {name: np.array(array) for name, array in params.numbers}
    return Problem(
        tuple(_parts(params, exact)),
        graph_of(chain),
        givens,
        variants=Later(slips, chain, givens),
        conventions=(
            *(("sigmoid_defined",) if "sigmoid" in chain.maps else ()),
            *(("exact_values",) if exact else ("places",) if BY_OUTPUT & {*chain.maps} else ()),
        ),
        words={
            "symbols": partial(letters.of_chain, chain),
            "chain": chain,
            "nudged": oracle.nudged,
        },
    )


def _first(numbers: Numbers) -> object:
    return numbers[0][1][0]


def _parts(params: Params, exact: bool) -> list[Part]:
    chain = params.chain
    # Of three maps, fewer mistakes have the right shape.
    choices = EXACT_CHOICES if exact or len(chain.maps) > 2 else 5
    whole = Part(params.form, (Ask(chain.product),), choices=choices, points=2)
    if params.form == "choice":
        return [whole]
    values = tuple(map(Ask, needed(chain)))
    pairs = zip(chain.vectors[1:], chain.vectors, strict=False)
    single = tuple(Ask(jacobian(y, x)) for y, x in pairs)
    first = [Part("numeric", values)] if values else []
    return [*first, Part("numeric", single, points=len(single)), whole]


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether no entry of the product is as good as 0, or much larger than the rest."""
    answer = solution.parts[-1].answer
    assert answer is not None
    entries = np.abs(answer.values[0])
    return bool(entries.min() >= SMALLEST and entries.max() <= LARGEST)


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """As any problem; every Jacobian is also held against complex steps through the maps.

    Raises Mismatch where an entry differs.
    """
    return (*verification.verify(problem, solution, full), oracle.compare(problem, solution))
