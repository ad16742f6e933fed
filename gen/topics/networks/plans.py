"""Which small networks suit which difficulty.

Easy nets have one path from a weight to the loss and at most two units in a layer. Medium ones are
of the kind 2-2-1. In hard ones several paths reach the loss, through two hidden layers or through
several outputs, and the biases may be folded in. Combinations are few on purpose, since each is a
graph of its own, whose formulas are worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.draw import Draw
from gen.topics.networks.nets import Plan
from gen.vocabulary import Difficulty

WIDTHS: Mapping[Difficulty, tuple[tuple[int, ...], ...]] = MappingProxyType(
    {
        "easy": ((2, 1), (3, 1), (1, 1, 1), (2, 1, 1), (1, 2, 1)),
        "medium": ((2, 2, 1), (2, 2, 1), (3, 2, 1), (2, 3, 1), (2, 1, 1, 1), (2, 3), (1, 2, 2)),
        "hard": ((2, 2, 2, 1), (1, 2, 2, 1), (2, 2, 2), (2, 2, 3), (3, 2, 2), (2, 3, 2), (3, 3, 2)),
    }
)
_HIDDEN = (
    *(("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "relu")) * 2,
    ("tanh", "relu"),
    ("relu", "sigmoid"),
    ("identity", "tanh"),
)
"""The activations of the hidden layers; a net with one takes the first."""
ONE_OUTPUT = (
    *(("sigmoid", "binary_cross_entropy"), ("identity", "half_squared_error")) * 2,
    ("identity", "squared_error"),
    ("sigmoid", "half_squared_error"),
    ("tanh", "squared_error"),
    ("relu", "half_squared_error"),
)
OUTPUTS = (
    *(("softmax", "cross_entropy"),) * 3,
    ("identity", "half_squared_error"),
    ("sigmoid", "squared_error"),
)


def draw_plan(draw: Draw, difficulty: Difficulty) -> Plan:
    """A plan of the difficulty; the numbers come later."""
    widths = draw.choice(WIDTHS[difficulty])
    output, loss = draw.choice(ONE_OUTPUT if widths[-1] == 1 else OUTPUTS)
    hidden = draw.choice(_HIDDEN)[: len(widths) - 2]
    folded = difficulty == "hard" and draw.integer(1, 5) == 1
    return Plan(widths, (*hidden, output), loss, "folded" if folded else "separate")
