"""Tables of a TOML file that a user has written, read strictly: every fault is one sentence.

A number is written as TOML has it, or as a text such as "1/2" or "ln 3".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InputError

Array = NDArray[Any]

BYTES = 1_000_000
_MANY_DOTS = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){10}"""
)
"""A key of so many parts is no problem of ours, and TOML's parser takes long over it."""


def text_of(path: Path | str) -> str:
    """The text of a file. Raises InputError unless it is UTF-8 text of at most a megabyte."""
    try:
        with open(path, "rb") as file:
            content = file.read(BYTES + 1)
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; give the name of a TOML file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot read {path}: {reason}") from error
    if len(content) > BYTES:
        raise InputError(f"{path} is larger than a megabyte; a problem to work through is small")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not a text in UTF-8; give a TOML file") from None


def entries_of(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises InputError naming the line where it stops being TOML."""
    if _MANY_DOTS.search(text):
        raise InputError("a key has more than 10 parts; write the keys as the documentation does")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
    except RecursionError:
        raise InputError("brackets are nested too deeply; a matrix has two levels") from None
    except ValueError as error:
        raise InputError(f"this is not TOML that can be read: {error}") from None


def suggestion(wrong: str, known: Collection[str]) -> str:
    """Words that say which of the known ones was meant, or which there are."""
    inside = [name for name in known if wrong in name] if len(wrong) > 2 else []
    close = get_close_matches(wrong, known, 1) or inside
    return f"did you mean '{close[0]}'?" if close else f"there are {', '.join(known)}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `place` is how messages speak of it, such as `layer 2`; empty for the whole file.

    With `exact`, numbers are read as `solver.exact.Exact`, else as floats. All methods raise
    InputError, naming the place, for what is missing or of another kind.
    """

    entries: Mapping[str, Any]
    place: str = ""
    exact: bool = False

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def only(self, *known: str) -> None:
        """Refuse every key but the known ones."""
        for key in self.entries:
            if key not in known:
                raise self.fault(f"unknown key '{_short(key)}'; {suggestion(key, known)}")

    def fault(self, sentence: str) -> InputError:
        """The error that says `sentence` of this table."""
        return InputError(f"{self.place}: {sentence}" if self.place else sentence)

    def given(self, key: str, expected: str) -> Any:
        """What stands at `key`, which must be there."""
        if key not in self.entries:
            raise self.fault(f"the key '{key}' is missing; give {expected}")
        return self.entries[key]

    def text(self, key: str, default: str = "") -> str:
        """A text of one line."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
            raise self.fault(f"{key} must be a text of one line, in quotation marks")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none if the key is not there."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.fault(f"{key} must be a list of texts in quotation marks")
        return tuple(value)

    def choice(self, key: str, options: Collection[str], default: str) -> str:
        """One of the options."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or value not in options:
            hint = suggestion(_short(value), options)
            raise self.fault(f"there is no {key} '{_short(value)}'; {hint}")
        return value

    def whole(self, key: str, least: int, greatest: int, default: int) -> int:
        """A whole number in a range that includes both ends."""
        value = self.entries.get(key, default)
        if type(value) is not int or not least <= value <= greatest:
            shown = _short(value)
            raise self.fault(f"{key} is {shown}; give a whole number from {least} to {greatest}")
        return value

    def number(self, key: str, expected: str = "a number") -> Any:
        """A number."""
        return self.as_number(self.given(key, expected), key)

    def as_number(self, value: Any, what: str) -> Any:
        """`value` as a number; `what` says where it stands."""
        if isinstance(value, str):
            return self._from_text(value, what)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(f"{what} is {_kind(value)}; give a number")
        if not _is_finite(value):
            found = _short(value) if isinstance(value, float) else "too large"
            raise self.fault(f"{what} is {found}; give a finite number")
        return self._exact(value) if self.exact else float(value)

    def _from_text(self, text: str, what: str) -> Any:
        from solver.parsing.values import value

        try:
            found = value(text, self.exact)
        except InputError as error:
            raise self.fault(f"{what}: {error}") from None
        if found.ndim:
            raise self.fault(f"{what} is a list in a text; write it without quotation marks")
        if not _is_finite(found[()]):
            raise self.fault(f"{what} is too large; give a finite number")
        return found[()]

    @staticmethod
    def _exact(value: float) -> Any:
        from solver.exact import Exact

        return Exact(value)

    def vector(self, value: Any, what: str) -> Array:
        """A list of one or more numbers; `what` says where it stands."""
        if not isinstance(value, list):
            raise self.fault(f"{what} is {_kind(value)}; give a list of numbers")
        if not value:
            raise self.fault(f"{what} is empty; give at least one number")
        numbers = [self.as_number(v, f"number {i} of {what}") for i, v in enumerate(value, 1)]
        return np.array(numbers, object if self.exact else float)

    def matrix(self, value: Any, what: str, row: str = "row") -> Array:
        """A list of rows of equally many numbers; `row` is what one is called."""
        if not isinstance(value, list) or not value:
            raise self.fault(f"{what} is {_kind(value)}; give a list of rows of numbers")
        rows = [self.vector(entry, f"{row} {i} of {what}") for i, entry in enumerate(value, 1)]
        for i, entry in enumerate(rows, 1):
            if len(entry) != len(rows[0]):
                counts = f"{_count(len(entry))}; {row} 1 has {len(rows[0])}"
                raise self.fault(f"{row} {i} of {what} has {counts}")
        return np.array(rows)

    def tables(self, key: str, called: str) -> tuple[Table, ...]:
        """The tables of a list, in order; messages speak of them as `called` with a number."""
        value = self.given(key, f"one [[{key}]] table for each {called}")
        if isinstance(value, dict):
            raise self.fault(f"write [[{key}]] with two brackets at the head of each {called}")
        whole = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        if not whole or not value:
            raise self.fault(f"{key} must be a list of tables, each under its own [[{key}]]")
        return tuple(Table(t, f"{called} {i}", self.exact) for i, t in enumerate(value, 1))

    def table(self, key: str) -> Table | None:
        """The table at `key`, or None if there is none."""
        value = self.entries.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.fault(f"{key} is {_kind(value)}; write a table under [{key}]")
        return None if value is None else Table(value, key, self.exact)


def _count(numbers: int) -> str:
    return "1 number" if numbers == 1 else f"{numbers} numbers"


def _is_finite(value: Any) -> bool:
    try:
        return isfinite(value)
    except (ArithmeticError, ValueError):
        return False


def _short(value: Any) -> str:
    text = str(value) if isinstance(value, str | float | bool) else _kind(value)
    if type(value) is int and abs(value) < 10**20:
        text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "a text"
        case []:
            return "an empty list"
        case list():
            return "a list"
        case dict():
            return "a table"
        case int():
            return "a whole number"
        case float():
            return "a number"
        case _:
            return "a date or a time"
