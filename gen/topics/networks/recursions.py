"""Which networks suit the whole recursion for delta, and with which of them the student starts.

Where the forward pass is *stored*, its values are printed and only the backward pass is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.networks.exact_nets import REDRAWS, exact_net, exact_plan
from gen.topics.networks.nets import Net, Plan, draw_net, flows
from gen.topics.networks.plans import OUTPUTS
from gen.vocabulary import Difficulty

Setting = tuple[tuple[int, ...], bool]
"""Widths, inputs first, and whether the forward pass is stored."""

SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = MappingProxyType(
    {
        "easy": (((1, 2, 1), True), ((2, 2, 1), True), ((2, 2, 1), True), ((2, 1, 1), True)),
        "medium": (((2, 2, 1), False), ((2, 2, 2), True), ((3, 2, 2), True), ((2, 3, 1), False)),
        "hard": (((2, 2, 2, 1), False), ((1, 2, 2, 1), False), ((2, 2, 2, 2), False)),
    }
)
_HIDDEN = (
    *(("tanh", "tanh"), ("sigmoid", "sigmoid")) * 3,
    ("tanh", "relu"),
    ("relu", "sigmoid"),
    ("relu", "tanh"),
)
"""The activations of the hidden layers; a net with one takes the first."""
_ONE_OUTPUT = (
    *(("tanh", "squared_error"),) * 3,
    ("tanh", "half_squared_error"),
    ("sigmoid", "half_squared_error"),
    ("sigmoid", "squared_error"),
    ("sigmoid", "binary_cross_entropy"),
    ("identity", "half_squared_error"),
)
_FOLDED = 2
"""One net out of so many has its biases folded in."""


def draw_recursion(draw: Draw, difficulty: Difficulty) -> tuple[Net, bool]:
    """A network with its example, and whether the forward pass is stored."""
    widths, stored = draw.choice(SETTINGS[difficulty])
    output, loss = draw.choice(_ONE_OUTPUT if widths[-1] == 1 else OUTPUTS)
    hidden = draw.choice(_HIDDEN)[: len(widths) - 2]
    folded = draw.integer(1, _FOLDED) == 1
    plan = Plan(widths, (*hidden, output), loss, "folded" if folded else "separate")
    net = draw_net(draw, plan)
    if _has_twins(net):
        raise Rejected(_TWINS)
    return net, stored


def draw_exact_recursion(draw: Draw, difficulty: Difficulty) -> tuple[Net, bool]:
    """The same with numbers that need no calculator."""
    widths, stored = draw.choice(SETTINGS[difficulty])
    for _ in range(REDRAWS):
        net = exact_net(draw, lambda: exact_plan(draw, widths, difficulty))
        if not _has_twins(net):
            return net, stored
    raise Rejected(_TWINS)


_TWINS = "two inputs of a layer are of the same size"


def _has_twins(net: Net) -> bool:
    """Whether two inputs of a layer are of one size, so that their products cannot be told."""
    constant = [1.0] if net.bias == "folded" else []
    layers = ([*constant, *(abs(float(each)) for each in flow)] for flow in flows(net)[:-1])
    return any(len(set(sizes)) < len(sizes) for sizes in layers)
