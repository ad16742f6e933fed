"""Saying how far a long run has come: a bar on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

LONG = 8
"""From this many steps on a run is long enough to be told about."""

_LINES = 10


@contextmanager
def progress(steps: int, stream: TextIO, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Give a function to call after each of so many steps.

    On a terminal it moves a bar; elsewhere about ten lines are written in all.
    """
    if quiet or steps < LONG:
        yield lambda: None
    elif stream.isatty():
        with _bar(steps, stream) as advance:
            yield advance
    else:
        yield _Lines(steps, stream)


@contextmanager
def _bar(total: int, stream: TextIO) -> Iterator[Callable[[], None]]:
    from tqdm import tqdm

    with tqdm(total=total, file=stream, bar_format="{l_bar}{bar}| {remaining}") as bar:
        yield lambda: bar.update() and None


class _Lines:
    def __init__(self, total: int, stream: TextIO) -> None:
        self.total = total
        self.stream = stream
        self.done = 0

    def __call__(self) -> None:
        tenth = self.done * _LINES // self.total
        self.done += 1
        if self.done * _LINES // self.total > tenth:
            print(f"{100 * self.done // self.total}% done", file=self.stream, flush=True)
