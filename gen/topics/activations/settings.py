"""What is asked about activations at each difficulty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gen.vocabulary import Difficulty, Form

Kind = Literal["point", "layer", "stored", "chain", "stored chain"]
"""What is given: a pre-activation, those of units with weights to one number, the outputs of such
units; the same of units that lead to one more."""
Setting = tuple[Kind, tuple[str, ...], int]
_STORED = ("sigmoid", "tanh")
_PAIRS = (
    ("sigmoid", "tanh"),
    ("tanh", "sigmoid"),
    ("sigmoid", "sigmoid"),
    ("tanh", "tanh"),
    ("softplus", "tanh"),
    ("elu", "sigmoid"),
    ("relu", "tanh"),
    ("leaky_relu", "sigmoid"),
    ("tanh", "softplus"),
)
SETTINGS: Mapping[Difficulty, tuple[Setting, ...]] = {
    "easy": (
        *(("point", (name,), 1) for name in ("sigmoid", "tanh", "softplus", "elu")),
        *(("layer", (name,), 1) for name in ("sigmoid", "tanh", "softplus", "elu")),
        *(("layer", (name,), 3) for name in ("relu", "relu", "leaky_relu", "leaky_relu")),
        *(("stored", (name,), 1) for name in _STORED * 2),
    ),
    "medium": (
        *(("layer", (name,), 3) for name in ("sigmoid", "tanh", "softplus", "elu") * 2),
        *(("stored", (name,), 3) for name in _STORED * 2),
    ),
    "hard": (
        *(("chain", pair, 3) for pair in _PAIRS),
        *(("stored chain", pair, 3) for pair in _PAIRS[:4]),
    ),
}
"""What there is to do at each difficulty, with which activations, and of how many units."""

_FEW_SLIPS = ("elu",)
"""Activations of which a point alone leaves too few wrong numbers to choose from."""


def settings(difficulty: Difficulty, form: Form, exact: bool = False) -> tuple[Setting, ...]:
    """What can be drawn.

    In exact numbers a chain has its outputs stored: logarithms do not survive two activations. The
    slope of a leaky ReLU would be a decimal.
    """
    found = SETTINGS[difficulty]
    if exact:
        found = tuple(s for s in found if s[0] != "chain" and s[1][0] != "leaky_relu")
    if form == "numeric":
        return found
    return tuple(s for s in found if s[0] != "point" or s[1][0] not in _FEW_SLIPS)
