"""Python's cyclic garbage collector, out of the way while items and papers are made.

They are thousands of small records and boxes that live on in caches, none of them in a cycle.
Looking through them again and again would take a sixth of the time. The only cycles are those that
ReportLab leaves behind with each file, so it is enough to sweep now and then, and to look only at
what has come since the last time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SWEEP_EVERY = 8
"""Versions between two sweeps: what ReportLab leaves of them is a few MiB."""


@contextmanager
def paused() -> Iterator[None]:
    """Collect nothing inside the `with` block; the collector is left as it was found."""
    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


def sweep() -> None:
    """Collect what has come since the last sweep, and pass over what is left from now on."""
    gc.collect()
    gc.freeze()
