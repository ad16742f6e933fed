"""The errors that the person at the keyboard can do something about."""

from __future__ import annotations

from solver.errors import InputError

__all__ = ["InputError"]
