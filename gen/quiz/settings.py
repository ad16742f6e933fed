"""What a quiz is made from: everything that its content depends on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from gen.errors import InputError
from gen.vocabulary import Arithmetic, Difficulty, Paper, Thoroughness

LIMITS = {
    "items": (1, 200),
    "versions": (1, 1000),
    "points": (1, 100),
    "places": (2, 8),
}
TITLE = "Backpropagation quiz"
NOTATION = "standard"
POINTS: dict[Difficulty, int] = {"easy": 4, "medium": 6, "hard": 8}


class SettingsError(InputError):
    """Settings that no quiz can be made from."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a quiz; the same settings always give the same quiz.

    No `families` means all of them; `lectures` and `topics` leave those that belong to one of each.
    Without a `difficulty` the paper rises from easy to hard.
    Without `points` an item's points follow its difficulty. `course` and `date` are printed as
    they are; an empty date leaves a blank to be filled in, since today's would make the file
    change from day to day. `places` are the decimal places that students carry; with exact
    `arithmetic` they carry none, and need no calculator. `notation` is the name of one, or the path
    of a user's own; `plugins` are the folders of a course's own families (`gen.shelves`).

    Raises SettingsError for a count outside `LIMITS`.
    """

    seed: int
    items: int = 10
    families: tuple[str, ...] = ()
    lectures: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    points: int | None = None
    title: str = TITLE
    course: str = ""
    date: str = ""
    paper: Paper = "a4"
    versions: int = 1
    verify: Thoroughness = "fast"
    places: int = 4
    arithmetic: Arithmetic = "decimal"
    notation: str = NOTATION
    plugins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, (low, high) in LIMITS.items():
            count = getattr(self, name)
            if count is not None and not low <= count <= high:
                raise SettingsError(f"{name} must be from {low} to {high}, not {count}")

    def points_for(self, difficulty: Difficulty) -> int:
        """Return the points of one item."""
        return POINTS[difficulty] if self.points is None else self.points
