"""Tables of a notation file made records. The records are the schema: their fields are the keys."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from solver.errors import InputError


def built(kind: Any, value: Any, source: str, key: str = "") -> Any:
    """`value` as what the annotation `kind` says: a record, a mapping of them, a text, ...

    Raises InputError naming the file `source` and the key.
    """
    if is_dataclass(kind):
        return _record(kind, value, source, key)
    origin, choices = get_origin(kind), get_args(kind)
    if origin is Literal:
        same = any(type(value) is type(choice) and value == choice for choice in choices)
        _expect(same, _one_of(choices), value, source, key)
        return value
    if NoneType in choices:
        return built(choices[0], value, source, key) if value else None
    if origin is tuple:
        listed = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        _expect(listed, "a list of texts", value, source, key)
        return tuple(value)
    if origin is not None:
        _expect(isinstance(value, dict), "a table", value, source, key)
        return {k: built(choices[1], v, source, f"{key}.{k}") for k, v in value.items()}
    _expect(isinstance(value, kind), _TYPES[kind], value, source, key)
    return value


_TYPES = {str: "a text", bool: "true or false"}


def _one_of(choices: tuple[Any, ...]) -> str:
    return " or ".join(f"'{c}'" if isinstance(c, str) else str(c) for c in choices)


def _expect(holds: bool, what: str, value: Any, source: str, key: str) -> None:
    if not holds:
        raise InputError(f"{source}: '{key}' must be {what}, not {value!r:.60}")


def _record(kind: Any, table: Any, source: str, key: str) -> Any:
    _expect(isinstance(table, dict), "a table", table, source, key)
    prefix = f"{key}." if key else ""
    hints, listed = get_type_hints(kind), fields(kind)
    names = [field.name for field in listed]
    for name in table:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            meant = f"did you mean '{near[0]}'" if near else f"the keys are {', '.join(names)}"
            raise InputError(f"{source}: there is no key '{prefix}{name}'; {meant}")
    missing = [field.name for field in listed if _needed(field) and field.name not in table]
    if missing:
        raise InputError(f"{source}: the key '{prefix}{missing[0]}' is missing")
    values = {k: built(hints[k], v, source, f"{prefix}{k}") for k, v in table.items()}
    try:
        return kind(**values)
    except InputError:
        raise
    except ValueError as error:
        raise InputError(f"{source}: '{key}': {error}") from error


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
