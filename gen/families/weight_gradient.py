"""Skill: the gradient of the loss with respect to a named weight or bias of a small drawn network.

The forward pass is stored, delta is carried back layer by layer, and a weight's gradient is the
delta of its unit times the input of the weight. After Chai, CMU 10-301/601, Lecture 14 (the
recursion for delta); Gormley and Gordon, CMU 10-301/601, Lecture 12 (the network by hand); Meila,
Waterloo CS 480, Lecture 10 (output units and their losses).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES
from gen.family import Family
from gen.later import Later
from gen.problem import Part, Problem
from gen.topics.networks.exact_nets import draw_exact_net
from gen.topics.networks.nets import SQUARES, Net, draw_net
from gen.topics.networks.plans import draw_plan
from gen.topics.networks.problems import (
    Quantities,
    ask,
    deltas,
    forward_values,
    on_the_path,
    slips,
    variants,
    weight_and_bias,
)
from gen.topics.networks.problems import conventions as stated
from gen.vocabulary import Difficulty, Form
from solver.network import Conventions

FAMILY = Family(
    name="weight_gradient",
    version=1,
    title="Gradients in a network",
    summary="the loss's gradient with respect to a named weight or bias of a drawn network",
    topics=("networks",),
    lectures=("000", "001", "002", "003", "004"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The network with its numbers, and part by part what is asked, as `Ask` takes it."""

    net: Net
    parts: tuple[Quantities, ...]
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network of live units, and quantities of it that no unit that is off makes zero."""
    return _asked(draw, draw_net(draw, draw_plan(draw, difficulty)), form, difficulty)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, of a network whose activations are all rational numbers."""
    return _asked(draw, draw_exact_net(draw, difficulty), form, difficulty)


def _asked(draw: Draw, net: Net, form: Form, difficulty: Difficulty) -> Params:
    last = _last(draw, net, form, difficulty)
    before = () if form == "choice" else _before(draw, net, last, difficulty)
    return Params(net, (*before, last), form)


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """The problem as a course has it, or as it was drawn.

    The last part asks for what the worked solution leads up to.
    """
    net = params.net
    network = net.network(conventions)
    choices = EXACT_CHOICES if net.exact else 5
    asked = [tuple(ask(network, quantity) for quantity in part) for part in params.parts]
    rearranged = ("sign_reversed", "rows_and_columns") if params.form == "choice" else ()
    return Problem(
        tuple(Part(params.form, asks, choices=choices) for asks in asked),
        network.graph,
        net.givens(network),
        slips=slips(network) + rearranged,
        variants=Later(variants, net, network),
        network=network,
        figure="network",
        conventions=stated(network, chain.from_iterable(asked), net.exact),
        words=on_the_path(net, network, params.parts[-1][0]),
    )


def _last(draw: Draw, net: Net, form: Form, difficulty: Difficulty) -> Quantities:
    """What the item is about: an entry of a weight matrix, a bias, a whole matrix, or a delta."""
    layer = _layer(draw, net, difficulty)
    inputs, units = net.widths[layer - 1 : layer + 1]
    kinds = ["weight"] * 5
    if layer < len(net.weights) or net.loss in SQUARES:
        # Otherwise the gradient of the bias is prediction minus target, and often the prediction.
        kinds += ["bias"] if form == "choice" else ["bias", "weight and bias"]
    if 1 < inputs * units <= 6:
        kinds += ["matrix"] * 2
    if form == "choice" and units > 1:
        kinds.append("delta")
    kind = "matrix" if net.bias == "folded" else draw.choice(kinds)
    if kind in ("matrix", "delta"):
        return ((f"{'W' if kind == 'matrix' else 's'}{layer}", "gradient", None),)
    weight, bias = weight_and_bias(draw, net, layer)
    return {"weight": (weight,), "bias": (bias,)}.get(kind, (weight, bias))


def _layer(draw: Draw, net: Net, difficulty: Difficulty) -> int:
    """The first layer more often than not: that is where the whole chain is needed."""
    chances = {"easy": 3, "medium": 6, "hard": 6}[difficulty]
    return 1 if draw.integer(1, chances) > 1 else min(2, len(net.weights))


def _before(
    draw: Draw, net: Net, last: Quantities, difficulty: Difficulty
) -> tuple[Quantities, ...]:
    """The parts that lead up to the last one: forward values, then deltas from the output back."""
    layer, of_weights = int(last[0][0][1:]), all(node.startswith("W") for node, _, _ in last)
    match difficulty:
        case "easy":
            return (forward_values(net),) if draw.integer(0, 2) else ()
        case "medium":
            asked = deltas(net)[-1:] if layer == 1 and of_weights and draw.integer(0, 2) else ()
        case "hard":
            # The gradient of a bias is the delta of its unit: both would be one answer.
            asked = deltas(net)[: len(net.weights) - layer + of_weights]
    return (forward_values(net), asked) if asked else (forward_values(net),)
