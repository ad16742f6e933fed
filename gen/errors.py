"""The errors that the person at the keyboard can do something about."""

from __future__ import annotations


class InputError(ValueError):
    """What was asked for cannot be done; the message is one sentence that says why.

    Whatever else goes wrong is a fault of the program and keeps its traceback.
    """
