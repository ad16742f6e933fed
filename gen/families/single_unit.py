"""Skill: the gradient of a single unit's loss, for one example or for several.

The derivative of the loss by the output, the derivative of the unit and the input are the three
factors; the gradients of several examples are added, or their mean is taken. After Meila, Waterloo
CS 480, Lecture 10 (where the derivative of a linear output unit is misprinted: it is 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from gen.asking import for_examples
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem
from gen.topics.networks.problems import conventions as stated
from gen.topics.units.slips import spoiled, variants
from gen.topics.units.units import Unit, draw_exact_unit, draw_unit
from gen.vocabulary import Difficulty, Form
from solver.network import Conventions, Network

FAMILY = Family(
    name="single_unit",
    version=1,
    title="The gradient of a single unit",
    summary="the loss's gradient with respect to the weights of one unit, for one or more examples",
    topics=("networks",),
    lectures=("001",),
)

TELLING = (
    "linear_slope_is_preactivation",
    "sum_for_mean",
    "mean_for_sum",
    "examples_added_first",
    "last_example_only",
)
"""The slips that this family is about: they are told before others."""


@dataclass(frozen=True, slots=True)
class Params:
    """The unit with its examples."""

    unit: Unit
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A unit that is alive for every example and misses every target."""
    return Params(draw_unit(draw, difficulty), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of whole numbers or multiples of ln 2."""
    return Params(draw_exact_unit(draw, difficulty), form)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """Outputs, with several examples the deltas, and the gradient; a choice has the gradient."""
    unit = params.unit
    network = unit.network(conventions)
    parts = tuple(_parts(params, network))
    asks = chain.from_iterable(part.asks for part in parts)
    choice = params.form == "choice"
    return Problem(
        parts,
        network.graph,
        unit.givens(network),
        slips=(*spoiled(unit, network), *(["sign_reversed"] if choice else [])),
        variants=Later(variants, unit, network),
        network=network,
        figure="network",
        conventions=for_examples(stated(network, asks, unit.exact), len(unit.inputs)),
    )


def _parts(params: Params, network: Network) -> Iterator[Part]:
    several = len(params.unit.inputs) > 1
    gradient = tuple(Ask(node, "gradient") for node in (*network.weights, *network.biases))
    if params.form == "choice":
        yield Part("choice", gradient, choices=EXACT_CHOICES if params.unit.exact else 5, points=2)
        return
    yield Part("numeric", (Ask(network.prediction),))
    if several:
        yield Part("numeric", (Ask("s1", "gradient"),))
    yield Part("numeric", gradient, points=2, must_include=TELLING)
