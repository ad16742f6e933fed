"""Skill: the forward pass of a small drawn network, layer by layer, up to the loss.

Every unit adds up its weighted inputs and its bias and applies its activation; the last layer's
outputs are compared with the target. After Chai, CMU 10-301/601, Lecture 14; Meila, Waterloo
CS 480, Lecture 10; Gormley and Gordon, CMU 10-301/601, Lecture 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import log

from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Variant
from gen.topics.networks.exact_nets import draw_exact_net
from gen.topics.networks.forward_slips import forward_variants, possible, with_the_factor_wrong
from gen.topics.networks.nets import Net, draw_net, flows
from gen.topics.networks.plans import draw_plan
from gen.topics.networks.problems import conventions as stated
from gen.vocabulary import Difficulty, Form
from solver.network import Conventions, Network

FAMILY = Family(
    name="forward_pass",
    version=1,
    title="Forward pass",
    summary="pre-activations, activations, prediction and loss of a drawn network",
    topics=("networks",),
    lectures=("000", "001", "002", "003", "004"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The network with its numbers; a choice asks for the `last` quantity alone."""

    net: Net
    last: str = "loss"
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network of live units, whose target is missed."""
    return _asked(draw, draw_net(draw, draw_plan(draw, difficulty)), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of a network whose activations are all rational numbers."""
    return _asked(draw, draw_exact_net(draw, difficulty), form)


def _asked(draw: Draw, net: Net, form: Form) -> Params:
    last = "loss" if form == "numeric" else draw.choice(("prediction", "loss"))
    return Params(net, last, form)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """A part for each layer and one for the loss, or a choice, as a course has the network."""
    net = params.net
    network = net.network(conventions)
    numbers = net.givens(network)
    asked = _parts(params, network)
    choices = EXACT_CHOICES if net.exact or len(net.weights) == 1 else 5
    asks = [tuple(map(Ask, part)) for part in asked]
    return Problem(
        tuple(Part(params.form, part, choices=choices, points=len(part)) for part in asks),
        network.graph,
        numbers,
        slips=(*possible(network, numbers), *_turned(params)),
        variants=Later(_variants, params, network),
        network=network,
        figure="network",
        conventions=stated(network, chain.from_iterable(asks), net.exact),
        words=_facts(net),
    )


def _turned(params: Params) -> tuple[str, ...]:
    """A reversed sign, but not of what cannot be negative anyway."""
    signed = params.net.activations[-1] not in ("relu", "sigmoid", "softmax")
    return ("sign_reversed",) if params.last == "prediction" and signed else ()


def _variants(params: Params, network: Network) -> tuple[Variant, ...]:
    """Pairs of mistakes only where single ones leave too few numbers to choose from."""
    found = tuple(forward_variants(params.net, network))
    if params.form == "numeric" or params.last == "prediction" or len(params.net.weights) > 2:
        return found
    return (*found, *with_the_factor_wrong(params.net, network))


def _parts(params: Params, network: Network) -> tuple[tuple[str, ...], ...]:
    if params.form == "choice":
        return ((network.prediction if params.last == "prediction" else "loss",),)
    layers = zip(network.preactivations, network.activations[1:], strict=True)
    return (*(tuple(dict.fromkeys(layer)) for layer in layers), ("loss",))


def _facts(net: Net) -> dict[str, object]:
    """What the check says: how many units are off, and how near the prediction is.

    `misses` is prediction minus target for a single output; `share` is the prediction for the class
    of a one-hot target, and `even` what equal probabilities would cost.
    """
    values = flows(net)
    prediction, target = values[-1], net.y
    label = max(range(len(target)), key=lambda k: float(target[k]))
    return {
        "off": sum(value == 0 for layer in values[1:] for value in layer),
        "misses": float(prediction[0] - target[0]) if len(target) == 1 else None,
        "share": float(prediction[label]),
        "even": log(len(target)),
    }
