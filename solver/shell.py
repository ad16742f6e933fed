"""What every command line of the program does alike: one sentence and an exit code for a mistake.

Exit codes: 0, done; 2, the input cannot be followed, which one sentence explains; 130, interrupted.
Nothing here imports more than the standard library, so that help and mistakes are answered at
once.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import NoReturn, TextIO

from solver.errors import InputError

_INTERRUPTED = 130
_USER_MISTAKE = 2
_LONGEST = 400
"""The characters of a message."""


class BadInput(InputError):  # noqa: N818 - the common name
    """A command line that cannot be followed, and the one sentence that says why."""


class Parser(ArgumentParser):
    """A parser that raises BadInput instead of printing the usage and leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Raise BadInput with argparse's own sentence."""
        raise BadInput(message.removeprefix("argument "))


def whole(low: int, high: int) -> Callable[[str], int]:
    """A converter of whole numbers from `low` to `high`, for argparse."""

    def convert(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise ArgumentTypeError(f"expected a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return convert


def _mistake(error: Exception) -> int | None:
    return _USER_MISTAKE if isinstance(error, InputError) else None


def follow(
    command: Callable[[], int], exit_code: Callable[[Exception], int | None] = _mistake
) -> int:
    """Run a command and return its exit code.

    `exit_code` says with which code an error leaves that the user can understand; its message is
    printed. None stands for a fault of the program, which keeps its traceback.
    """
    _speak_utf8(sys.stdout, sys.stderr)
    try:
        return command()
    except KeyboardInterrupt:
        print("backprep: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (a pager, say) has seen enough; Python would complain again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        code = exit_code(error)
        if code is None:
            raise
        print(f"backprep: {_one_line(str(error))}", file=sys.stderr)
        return code


def _one_line(message: str) -> str:
    """A message on one line that a terminal can be trusted with, whatever of the input it has."""
    plain = "".join(c if c.isprintable() else "?" for c in " ".join(message.split()))
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 3]}..."


def _speak_utf8(*streams: TextIO) -> None:
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
