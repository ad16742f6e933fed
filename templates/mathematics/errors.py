"""The one error of the mathematics parser."""

from __future__ import annotations


class MathematicsError(ValueError):
    """Mathematics that cannot be read.

    `position` is the offset of the offending character in the source, counted from zero; the
    message is one sentence that says what is wrong there and, where it helps, what is right.
    """

    def __init__(self, message: str, position: int) -> None:
        """An error with its message and place."""
        super().__init__(f"{message} (at character {position})")
        self.position = position
