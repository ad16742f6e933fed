"""The notations that the program brings: files in `templates/notations/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from templates.notation.building import built
from templates.notation.record import Notation


@cache
def known() -> tuple[str, ...]:
    """The names of the notations that there are."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir()))


@cache
def shipped(name: str) -> Notation:
    """The notation of one of the known names."""
    notation: Notation = built(Notation, _table(name), f"{name}.toml")
    return notation


def _folder() -> Any:
    return files("templates").joinpath("notations")


@cache
def _table(name: str) -> Mapping[str, Any]:
    text = _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return extended(tomllib.loads(text))


def extended(table: Mapping[str, Any]) -> dict[str, Any]:
    """`table` over the notation that it extends, if it says so."""
    rest = dict(table)
    parent = rest.pop("extends", None)
    return rest if parent is None else _merged(_table(parent), rest)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Tables key by key, but the styles of symbols as a whole; an empty table takes one away."""
    merged = dict(old)
    for key, value in new.items():
        into = old.get(key)
        keys = (
            isinstance(value, dict) and isinstance(into, dict) and value and "letter" not in value
        )
        merged[key] = _merged(into, value) if keys and into is not None else value
    return merged
