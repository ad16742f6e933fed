"""Python's cyclic garbage collector, out of the way while a paper is made.

A paper is thousands of small records and boxes, none of them in a cycle. Looking through them again
and again would take a quarter of the time, and find nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Collect nothing inside the `with` block; the collector is left as it was found."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
