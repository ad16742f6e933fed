"""Values and shapes as text: `x=2`, `x=1/2`, `x=ln 3`, `W=[[1,2],[3,4]]`, `W2=3x4`, `b=(d+1)x1`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.errors import InputError, NotExact
from solver.exact_text import parse
from solver.shapes import Dimension, Shape, Size

LONGEST = 1_000_000
"""The characters that a value may have."""
MOST_NUMBERS = 10_000
LONGEST_NUMBER = 200
"""The characters that one number may be written with."""
DEEPEST = 2
"""How deep brackets may nest: a list of rows."""

_TRUTH = {"true": True, "t": True, "false": False, "f": False}
_IDLE_IN_SIZES = re.compile(r"[_{}\s]")
_ASSIGNMENT = re.compile(r"\s*([^\W\d_]\w*'*)\s*=\s*(\S.*?)\s*", re.DOTALL)
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_WHOLE_OR_DECIMAL = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_WITHOUT_COMMA = re.compile(r"[0-9.]\s+[-+]?[0-9.]")
_QUOTED = re.compile(r"(['\"])(.*)\1", re.DOTALL)
_TYPESET = str.maketrans("−–·⋅×÷", "--***/")
"""Signs as they are printed, for those who copy a number."""
_NOT_FINITE = re.compile(r"[-+]?(nan|inf|infinity)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?P<number>[0-9]{1,9})|(?P<symbol>[^\W\d_]\w*?)\s*(?:\+\s*(?P<plus>[0-9]{1,9}))?"
)


class _Real(float):
    """A float with the methods that exact texts are read with."""

    def exp(self) -> float:
        return _Real(math.exp(self))

    def log(self) -> float:
        if self <= 0:
            raise InputError(f"{float(self):g} has no logarithm")
        return _Real(math.log(self))

    def sqrt(self) -> float:
        if self < 0:
            raise InputError(f"{float(self):g} has no real root")
        return _Real(math.sqrt(self))

    def __add__(self, other: float) -> float:
        return _Real(float(self) + other)

    def __sub__(self, other: float) -> float:
        return _Real(float(self) - other)

    def __mul__(self, other: float) -> float:
        return _Real(float(self) * other)

    def __truediv__(self, other: float) -> float:
        return _Real(float(self) / other)

    def __neg__(self) -> float:
        return _Real(-float(self))

    def __pow__(self, exponent: float, modulus: None = None) -> float:
        # Python's own power of a negative number may be complex.
        return _Real(math.pow(self, exponent))


def assignment(text: str) -> tuple[str, str]:
    """The name and the rest of `name=rest`. Raises InputError where there is no such thing."""
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        raise InputError(f"'{_cut(text)}' gives no value; write a name, = and a value, such as x=2")
    return match[1], match[2]


def value(text: str, exact: bool = False) -> NDArray[Any]:
    """A number, a list of numbers, or a list of rows, as an array.

    The array is float64, or of objects `solver.exact.Exact` if `exact`. Numbers are decimals or
    exact texts such as 1/2, ln 3, e^-2, sqrt(2), with signs as they are typed or printed. Raises
    InputError with the place of what is wrong.
    """
    if len(text) > LONGEST:
        raise InputError(f"the value has {len(text)} characters; give at most {LONGEST}")
    quoted = _QUOTED.fullmatch(text.strip())
    bare = (quoted[2] if quoted else text).strip().translate(_TYPESET)
    numbers = _nested(bare, _exact if exact else _real, DEEPEST)
    if exact:
        from solver.exact import exact as as_array

        return as_array(numbers)
    return np.array(numbers, dtype=np.float64)


def _nested(text: str, number: Callable[[str], Any], depth: int) -> Any:
    if not text.startswith("["):
        return number(text)
    if depth == 0:
        raise InputError(f"'{_cut(text)}' nests too deep; give a list of numbers or of rows")
    if not text.endswith("]"):
        raise InputError(f"'{_cut(text)}' has no ] at its end")
    parts = _parts(text[1:-1])
    if len(parts) > MOST_NUMBERS:
        raise InputError(f"there are {len(parts)} numbers in one list; give at most {MOST_NUMBERS}")
    found = [_nested(part, number, depth - 1) for part in parts]
    _check_rows(found, text)
    return found


def _parts(text: str) -> list[str]:
    """What stands between the commas that are in no brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character in "[(") - (character in ")]")
        if character == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    parts.append(text[start:].strip())
    if parts == [""]:
        raise InputError("the brackets [] hold no number; give one or more")
    return parts


def _check_rows(found: list[Any], text: str) -> None:
    lengths = {len(row) if isinstance(row, list) else None for row in found}
    if len(lengths) == 1:
        total = sum(len(row) for row in found if isinstance(row, list))
        if total > MOST_NUMBERS:
            raise InputError(f"there are {total} numbers; give at most {MOST_NUMBERS}")
        return
    if None in lengths:
        raise InputError(f"'{_cut(text)}' mixes numbers and rows; give one or the other")
    first, other = (
        len(row) for row in (found[0], next(r for r in found if len(r) != len(found[0])))
    )
    raise InputError(
        f"the rows of '{_cut(text)}' have {first} and {other} numbers; make them equal"
    )


def _real(text: str) -> float:
    _check_text(text)
    number = float(text) if _DECIMAL.fullmatch(text) else _read(text, _Real)
    if not math.isfinite(number):
        raise InputError(f"'{_cut(text)}' is too large a number")
    return float(number)


def _exact(text: str) -> Any:
    from solver.exact import Exact

    _check_text(text)
    if _DECIMAL.fullmatch(text) and not _WHOLE_OR_DECIMAL.fullmatch(text):
        return Exact(_real(text))
    return _read(text, Exact)


def _check_text(text: str) -> None:
    if len(text) > LONGEST_NUMBER:
        raise InputError(f"the number '{_cut(text)}' has {len(text)} characters; write it shorter")
    if not text:
        raise InputError("a number is missing; write one such as 2 or -0.5")
    if not text.isprintable():
        raise InputError(f"'{_cut(text)}' is no number; write one such as 2 or -0.5")
    if _NOT_FINITE.fullmatch(text):
        raise InputError(f"'{text}' is not a finite number; give one such as 2 or -0.5")


def _read(text: str, kind: Callable[[Any], Any]) -> Any:
    if _WITHOUT_COMMA.search(text):
        raise InputError(f"'{_cut(text)}' has numbers without a comma between; write [1, 2]")
    try:
        return parse(text.removeprefix("+").strip(), kind)
    except InputError:
        raise
    except NotExact as reason:
        raise InputError(f"'{_cut(text)}' is no number that can be used: {reason}") from None
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        why = "divides by 0" if isinstance(error, ZeroDivisionError) else "is no finite number"
        raise InputError(f"'{_cut(text)}' {why}") from None


def truth(text: str) -> bool:
    """True or false, or the first letter of it. Raises InputError for anything else."""
    said = _TRUTH.get(text.strip().lower())
    if said is None:
        raise InputError(f"expected true or false, not '{text[:20]}'")
    return said


def spelled(shape: Sequence[object]) -> tuple[str, ...]:
    """The sizes of a shape as texts that are equal where sizes are: h_2, h_{2} and h2 are one."""
    return tuple(_IDLE_IN_SIZES.sub("", str(size)) for size in shape)


def shape(text: str) -> Shape:
    """A shape such as 3x4, (3, 4), mxn, (d+1)x1; 5 is a vector of five, and scalar is a number.

    A letter is a symbolic size, equal to itself alone; a size of several letters needs * between
    the sizes (`out*in`). Raises InputError for what is no shape.
    """
    plain = text.strip()
    if plain in ("scalar", "()"):
        return ()
    sizes = _sizes(plain)
    if not 1 <= len(sizes) <= 2:
        raise InputError(f"'{_cut(text)}' is no shape; write 3x4, 3x1, mxn or scalar")
    return tuple(_size(size, text) for size in sizes)


def _sizes(text: str) -> list[str]:
    if text.startswith("(") and text.endswith(")") and "," in text:
        return [size.strip() for size in text[1:-1].rstrip(", ").split(",")]
    if "*" in text:
        return [size.strip() for size in text.split("*")]
    return [size.strip() for size in re.split(r"[x×]", text)]


def _size(text: str, whole: str) -> Dimension:
    bare = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
    match = _SIZE.fullmatch(bare)
    if match is None or match["number"] == "0":
        raise InputError(f"'{_cut(whole)}' is no shape; write 3x4, 3x1, mxn or scalar")
    if match["number"]:
        return int(match["number"])
    return Size(match["symbol"], int(match["plus"] or 0))


def _cut(text: str) -> str:
    """The beginning of a text, as much as a message has room for."""
    shown = "".join(c if c.isprintable() else "?" for c in text[:41])
    return f"{shown[:40]}..." if len(shown) > 40 else shown
