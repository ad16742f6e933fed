"""Timing: of one call, of many in a row, of a whole process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
REPEATS = 7

Row = tuple[str, str, str]
"""What was measured, the figure, and its goal or a remark."""


def timed(action: Callable[[], object]) -> float:
    """The seconds that one call takes."""
    started = perf_counter()
    action()
    return perf_counter() - started


def per_call(action: Callable[[], object], calls: int) -> float:
    """The seconds that a call takes, over many in a row after a first."""
    action()
    started = perf_counter()
    for _ in range(calls):
        action()
    return (perf_counter() - started) / calls


def process(*arguments: str) -> tuple[float, float]:
    """Wall time in seconds and largest resident memory in MiB of one Python process."""
    started = perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"python {' '.join(arguments)} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return perf_counter() - started, usage.ru_maxrss * unit / 2**20
