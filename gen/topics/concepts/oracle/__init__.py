"""The numbers of statements, found without the formulas that the statements are made with.

Derivatives are differences in the complex plane of the function that is described, counts are made
by going through what is counted. Each function is named like its statement, and takes its facts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

_MODULES = ("chain_rule", "backpropagation", "outputs", "training", "differentiation", "models")


@cache
def oracle(name: str) -> Callable[..., float]:
    """The function that finds a statement's right number from its facts. Raises KeyError."""
    for module in _MODULES:
        found = getattr(import_module(f"{__name__}.{module}"), name, None)
        if found is not None:
            return found  # type: ignore[no-any-return]
    raise KeyError(f"no oracle knows the number of the statement {name}")
