"""The error that the person at the keyboard can do something about."""

from __future__ import annotations


class InputError(ValueError):
    """What was asked for cannot be done; the message is one sentence that says why.

    Whatever else goes wrong is a fault of the program and keeps its traceback.
    """


class NotExact(ValueError):  # noqa: N818 - it is a finding, not a fault
    """A number that cannot be held exactly, or not in a form that a student would write down.

    The message is a clause that says why: `cos(1) has no exact value`.
    """
