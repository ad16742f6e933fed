"""How a problem that leads up to one last quantity is put into parts, and what it states."""

from __future__ import annotations

from collections.abc import Sequence

from gen.exact_numbers import EXACT_CHOICES
from gen.problem import Ask, Part
from gen.vocabulary import Form

CHOICES = 5


def leading_up(form: Form, asked: Sequence[tuple[Ask, ...]], exact: bool) -> tuple[Part, ...]:
    """A part for each of `asked`, the last one of the form; a choice has the last one alone."""
    last = Part(form, asked[-1], choices=EXACT_CHOICES if exact else CHOICES, points=2)
    before = (Part("numeric", asks) for asks in asked[:-1])
    return (last,) if form == "choice" else (*before, last)


def precision(exact: bool) -> str:
    """The convention that says how numbers are to be given."""
    return "exact_values" if exact else "places"


def for_examples(keys: Sequence[str], count: int) -> tuple[str, ...]:
    """The conventions of a network, those of several examples in place of one if there are."""
    special = ("delta", "loss") if count > 1 else ()
    return tuple(f"{key}_of_examples" if key in special else key for key in keys)
