"""Plain JSON values for any record of the generator, the same on every machine.

The last bits of a number depend on the machine's `exp`, so numbers keep ten significant digits
and whatever is nearer to zero than 1e-12 is zero: that is far finer than any answer, and a sum
that cancels must not record the noise that is left of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np

from solver.term import Term

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_NOISE = 1e-12


def encode(value: object) -> Json:
    """Return the value as JSON has it: records and mappings as objects, arrays as nested lists.

    Formulas, and other values with a plain text form of their own (fractions, say), are recorded in
    that form. Raises TypeError for a value that has no form here, such as a function, and
    ValueError for a number that is not finite.
    """
    match value:
        case str() | None | bool():
            return value
        case float():
            return number(float(value))
        case tuple() | list():
            return [encode(each) for each in value]
        case int():
            return int(value)
        case np.ndarray() | np.generic():
            return encode(value.tolist())
        case Mapping():
            return {str(name): encode(each) for name, each in value.items()}
        case _:
            return _encode_record(value)


def number(value: float) -> float:
    """Return the number with ten significant digits, zero without a sign."""
    if not abs(value) < float("inf"):
        raise ValueError(f"a record cannot hold {value}")
    return float(f"{value:.10g}") if abs(value) >= _NOISE else 0.0


def _encode_record(value: object) -> Json:
    kind = type(value)
    if isinstance(value, Term) or kind.__str__ is not object.__str__:
        return str(value)
    if not is_dataclass(kind):
        raise TypeError(f"a record cannot hold {value!r}")
    return {name: encode(getattr(value, name)) for name in _field_names(kind)}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
