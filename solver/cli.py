"""The command `python -m solver`: worked solutions for anybody's own problem.

Exit codes: 0, done; 2, the input cannot be followed, which one sentence explains; 130, interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from solver.arguments import parse
from solver.shell import follow


def main(arguments: Sequence[str] | None = None) -> int:
    """Follow a command line (the process's own by default) and return the exit code."""
    return follow(lambda: _run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: Sequence[str]) -> int:
    given = parse(arguments)
    from solver.commands.output import deliver, format_of

    form = format_of(given.format, given.out)
    report = import_module(f"solver.commands.{given.command}").run(given)
    deliver(report, form, given.out)
    return 0
