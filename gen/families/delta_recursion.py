"""Skill: the whole backward pass of a small network, layer by layer from the output back.

Base case, one step of the recursion for every layer before the last, and from each delta the
gradient of the weights into its layer, as an outer product. After Chai, CMU 10-301/601, Lecture 14,
whose slide starts from stored outputs (its base case for tanh is 2(o - y)(1 - o^2), its gradient
has the output of the layer before, and the row of the constant 1 is dropped); Meila, Waterloo
CS 480, Lecture 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from gen.draw import Draw
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem
from gen.topics.networks.backward_slips import BY_LAYER, by_layer
from gen.topics.networks.nets import Net
from gen.topics.networks.problems import conventions as stated
from gen.topics.networks.problems import slips
from gen.topics.networks.recursions import draw_exact_recursion, draw_recursion
from gen.vocabulary import Difficulty, Form
from solver.network import Conventions, Network
from solver.slips import SLIPS

FAMILY = Family(
    name="delta_recursion",
    version=1,
    title="The recursion for delta",
    summary="every delta of a network and every gradient of weights, from the output back",
    topics=("networks",),
    lectures=("000", "001"),
)

TELLING = ("stops_at_complement", *BY_LAYER)
"""The slips that this family is about: they are told before others."""
CHOICES = 4
"""Options of a part: a choice has several parts, whose mistakes are much the same."""


@dataclass(frozen=True, slots=True)
class Params:
    """The network with its numbers, and whether the values of the forward pass are printed."""

    net: Net
    stored: bool
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network of live units that misses its target."""
    return Params(*draw_recursion(draw, difficulty), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of a network whose activations are all rational numbers."""
    return Params(*draw_exact_recursion(draw, difficulty), form)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """Delta and gradient layer by layer; a choice has the deltas and the first gradient."""
    net = params.net
    network = net.network(conventions)
    givens = net.givens(network)
    parts = tuple(_choices(net) if params.form == "choice" else _parts(params, network))
    return Problem(
        parts,
        network.graph,
        givens,
        stored=_computed(network) if params.stored else (),
        slips=_slips(params, network),
        variants=Later(by_layer, network, givens),
        network=network,
        figure="network",
        conventions=stated(network, chain.from_iterable(p.asks for p in parts), net.exact),
    )


def _slips(params: Params, network: Network) -> tuple[str, ...]:
    """Those of any network, but none of a forward pass that has been made already."""
    every = (*slips(network), "stops_at_complement")
    kept = tuple(n for n in every if not (params.stored and SLIPS[n].changes_values))
    return (*kept, "sign_reversed", "rows_and_columns") if params.form == "choice" else kept


def _computed(network: Network) -> tuple[str, ...]:
    """Pre-activations and outputs, layer by layer."""
    layers = zip(network.preactivations, network.activations[1:], strict=True)
    return tuple(dict.fromkeys(chain.from_iterable(layers)))


def _parts(params: Params, network: Network) -> Iterator[Part]:
    if not params.stored:
        yield Part("numeric", (Ask(network.prediction),), points=2)
    for layer in range(network.architecture.depth, 0, -1):
        yield Part("numeric", (_delta(layer), _weights(layer)), points=3, must_include=TELLING)


def _choices(net: Net) -> Iterator[Part]:
    # Few mistakes in an exact base case lead to numbers that are as plain.
    for layer in range(len(net.weights) - net.exact, 0, -1):
        yield Part("choice", (_delta(layer),), choices=CHOICES, points=2)
    yield Part("choice", (_weights(1),), choices=CHOICES)


def _delta(layer: int) -> Ask:
    return Ask(f"s{layer}", "gradient")


def _weights(layer: int) -> Ask:
    return Ask(f"W{layer}", "gradient")
