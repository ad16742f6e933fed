"""What the options that several commands share stand for."""

from __future__ import annotations

from argparse import Namespace

from solver.arithmetic import EXACT, Arithmetic, Decimals
from templates.notation import Notation, load


def arithmetic(given: Namespace) -> Arithmetic:
    """The arithmetic of the lines."""
    return EXACT if given.arithmetic == "exact" else Decimals(given.places)


def chosen_notation(given: Namespace) -> Notation:
    """The notation of that name or path."""
    return load(given.notation)
