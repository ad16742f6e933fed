"""The numbers of statements that take a calculation: how they are drawn, and what is right.

Each function here is named like the statement in `templates/concepts` whose numbers it draws. A new
one needs its twin in `gen.topics.concepts.oracle`, which finds the right number in another way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case

_MODULES = ("chain_rule", "backpropagation", "outputs", "training", "differentiation", "models")


@cache
def drawer(name: str) -> Callable[[Draw], Case]:
    """The function that draws the numbers of a statement. Raises KeyError when there is none."""
    for module in _MODULES:
        found = getattr(import_module(f"{__name__}.{module}"), name, None)
        if found is not None:
            return found  # type: ignore[no-any-return]
    raise KeyError(f"no numbers are drawn for the statement {name}")
