"""Random draws that are the same on every machine and in every release of Python and NumPy.

Python promises the sequence of `random.random` alone, not of `randint`, `choice` or `shuffle`;
NumPy promises the stream of a `Generator` for one build only. An exam must come out the same
years later, so the draws here come from a published hash function (BLAKE2b, RFC 7693) instead.

The stream of a key is defined completely by:

1. Each part of the key is written as a tag (`i` for integers, `s` for strings), the length of
   its UTF-8 form in bytes, a colon, and that form; integers are written in hexadecimal.
2. The state is the 32-byte BLAKE2b digest of these parts, one after the other.
3. Block n (n = 0, 1, ...) is the 64-byte digest of the state followed by n in 8 bytes. It gives
   eight words of 64 bits. All byte orders are little-endian.

Hashing the whole key means that neighbouring seeds share nothing, and the lengths mean that no
two keys are written alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct
from typing import TypeVar

T = TypeVar("T")

_WORD = 64
_BLOCK = Struct("<8Q")


def encode_key(key: tuple[str | int, ...]) -> bytes:
    """Write a key so that different keys are never written alike.

    Raises TypeError for a part that is neither a string nor an integer.
    """
    return b"".join(map(_encode_part, key))


def _encode_part(part: str | int) -> bytes:
    if isinstance(part, str):
        tag, form = b"s", part.encode()
    elif type(part) is int:
        tag, form = b"i", f"{part:x}".encode()
    else:
        raise TypeError(f"a key is made of strings and integers, not {part!r}")
    return b"%b%d:%b" % (tag, len(form), form)


class Draw:
    """A stream of draws named by a key of strings and integers (of any size and sign).

    Two streams with the same key give the same draws; streams with different keys are
    independent. A stream has a position, so hand a fresh one to whatever must not depend on what
    was drawn before.
    """

    __slots__ = ("_count", "_state", "_words", "key")

    def __init__(self, *key: str | int) -> None:
        self.key = key
        self._state = blake2b(encode_key(key), digest_size=32).digest()
        self._count = 0
        self._words: list[int] = []

    def __repr__(self) -> str:
        return f"Draw({', '.join(map(repr, self.key))})"

    def fork(self, *key: str | int) -> Draw:
        """Return the stream, at its start, whose key is this key with `key` after it."""
        return Draw(*self.key, *key)

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included, each equally likely.

        Raises ValueError when there is none.
        """
        if high < low:
            raise ValueError(f"there is no integer from {low} to {high}")
        # Bits that land above the range are drawn again: a remainder would favour low numbers.
        width = high - low
        bits = width.bit_length()
        while (number := self._bits(bits)) > width:
            pass
        return low + number

    def _bits(self, bits: int) -> int:
        if bits <= _WORD:
            words = self._words or self._block()
            return words.pop() >> (_WORD - bits)
        high = self._bits(bits - _WORD)
        return high << _WORD | self._bits(_WORD)

    def _block(self) -> list[int]:
        """The words that are left, which are those of the next block."""
        block = blake2b(self._state + self._count.to_bytes(8, "little")).digest()
        self._words.extend(reversed(_BLOCK.unpack(block)))
        self._count += 1
        return self._words

    def choice(self, options: Sequence[T]) -> T:
        """Return one of the options, each equally likely. Raises ValueError when there is none."""
        if not options:
            raise ValueError("there is nothing to choose from")
        return options[self.integer(0, len(options) - 1)]

    def sign(self) -> int:
        """Return 1 or -1, equally likely."""
        return 1 - 2 * self._bits(1)

    def sample(self, options: Sequence[T], count: int) -> tuple[T, ...]:
        """Return `count` of the options, no position twice, in a random order.

        Raises ValueError when there are not so many.
        """
        if not 0 <= count <= len(options):
            raise ValueError(f"cannot draw {count} of {len(options)} options")
        pool = list(options)
        last = len(pool) - 1
        for place in range(count):
            other = self.integer(place, last)
            pool[place], pool[other] = pool[other], pool[place]
        return tuple(pool[:count])

    def shuffle(self, options: Sequence[T]) -> tuple[T, ...]:
        """Return the options in a random order, each order equally likely."""
        return self.sample(options, len(options))
