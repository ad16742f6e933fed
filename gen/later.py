"""Sequences that are made when somebody looks into them.

What a key says of wrong answers is most of the work of solving a problem, and most of it is never
read: not of a draw that is rejected, and not of an item of which only the question is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

T = TypeVar("T", covariant=True)


class Later(Sequence[T]):
    """The results of `make(*arguments)` as a sequence that is made once, when it is first read.

    It is pickled as the tuple that it stands for.
    """

    def __init__(self, make: Callable[..., Iterable[T]], *arguments: Any) -> None:
        self._make = make, arguments

    @cached_property
    def _made(self) -> tuple[T, ...]:
        make, arguments = self._make
        return tuple(make(*arguments))

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._made[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return tuple, (self._made,)
