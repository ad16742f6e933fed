"""What the options that several commands share stand for."""

from __future__ import annotations

from argparse import Namespace

from solver.arithmetic import Arithmetic, called
from templates.notation import Notation, load


def arithmetic(given: Namespace) -> Arithmetic:
    """The arithmetic of the lines."""
    return called(given.arithmetic, given.places)


def chosen_notation(given: Namespace) -> Notation:
    """The notation of that name or path."""
    return load(given.notation)
