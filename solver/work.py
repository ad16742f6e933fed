"""The work that a calculation takes by hand: its operations, counted.

The substitution line of a step is what a student works out. It is read once more, over counts in
place of numbers: every operation that has to be carried out adds its own to those of its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from solver.steps import Step
from solver.term import Term

KEYS: Mapping[str, int] = {
    "sigmoid": 3,
    "softplus": 3,
    "elu": 2,
    "negative": 0,
    "number": 0,
    "relu": 0,
    "step": 0,
    "sign": 0,
    "absolute": 0,
}
"""The keys of a pocket calculator that an operation takes, where it is not one.

A sigmoid is a power of e, a sum and a reciprocal; what is only looked at takes none.
"""

_NEUTRAL: Mapping[str, tuple[float, ...]] = {
    "add": (0.0,),
    "subtract": (0.0,),
    "multiply": (0.0, 1.0, -1.0),
    "divide": (1.0,),
    "power": (1.0,),
}
"""Numbers with which an operation is no work: on either side, or below a fraction."""


def operations(steps: Iterable[Step]) -> int:
    """How many operations the substitution lines of these steps take, all together."""
    return sum(_entries(step.substitution) for step in steps)


def _entries(substitution: Any) -> int:
    return sum(map(_count, np.ravel(np.asarray(substitution, dtype=object)).tolist()))


def _count(term: Any) -> int:
    if not isinstance(term, Term) or term.op == "number":
        return 0
    below = sum(map(_count, term.args))
    return below if _is_neutral(term) else below + KEYS.get(term.op, 1)


def _is_neutral(term: Term) -> bool:
    neutral = _NEUTRAL.get(term.op, ())
    sides = term.args[1:] if term.op in ("divide", "power") else term.args
    return any(_is_one_of(side, neutral) for side in sides)


def _is_one_of(side: Any, numbers: tuple[float, ...]) -> bool:
    return isinstance(side, Term) and side.op == "number" and side.args[0] in numbers
