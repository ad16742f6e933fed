"""Which skill comes next: Leitner's boxes (S. Leitner, So lernt man lernen, 1972).

Every skill is in one of five boxes. A right answer without help moves it one box on, a wrong one
back to the first, and each box waits longer than the one before until its skills are asked again.
Leitner's rule and not a fitted model of memory, such as FSRS: those are made for facts that stay
the same, with parameters from millions of reviews of them, whereas here every question has new
numbers; and a student can see what a box means. The page has the same rule in JavaScript
(`templates/practice/schedule.js`), and the two are tested against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gen.vocabulary import Difficulty

Result = Literal["right", "helped", "wrong"]
"""Right at the first answer and without a hint; right in the end; given up or not right."""

BOXES = 5
MINUTE, DAY = 60, 86_400
WAITS = (MINUTE, 10 * MINUTE, DAY, 3 * DAY, 7 * DAY)
"""How many seconds the skills of each box wait until they are due."""
RECENT = 3
"""So many of the last answers to a skill show whether it is weak."""
LEVELS: tuple[Difficulty, ...] = ("easy", "easy", "medium", "hard", "hard")
"""The difficulty that is asked in each box."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The box that a skill is in, from 1, and when it is due, in seconds since 1970."""

    box: int
    due: float


def after(standing: Standing | None, result: Result, now: float) -> Standing:
    """Where a skill stands after a result; None is for a skill that was never asked."""
    box = standing.box if standing else 1
    if result == "right":
        box = min(box + 1, BOXES)
    elif result == "wrong":
        box = 1
    return Standing(box, now + WAITS[box - 1])


def following(
    skills: Sequence[str], standings: Mapping[str, Standing], last: str, now: float
) -> str:
    """The skill to ask next, of one or more.

    Those that are due come first, the lowest box before others and the longest due within it; then
    those never asked, in their order; then whatever is due next. The `last` one does not come
    twice running where there is another.
    """
    others = [skill for skill in skills if skill != last] or list(skills)
    due = [s for s in others if s in standings and standings[s].due <= now]
    if due:
        return min(due, key=lambda s: (standings[s].box, standings[s].due))
    fresh = next((skill for skill in others if skill not in standings), None)
    return min(others, key=lambda s: standings[s].due) if fresh is None else fresh


def variant(levels: Sequence[str], asked: Sequence[int], standing: Standing | None) -> int:
    """The place of the variant to ask: of the box's difficulty, and asked least often so far.

    `levels` has the difficulty of each variant of the skill, `asked` how often each was asked.
    """
    order = {"easy": 0, "medium": 1, "hard": 2}
    wanted = order[LEVELS[standing.box - 1] if standing else LEVELS[0]]
    return min(range(len(levels)), key=lambda n: (abs(order[levels[n]] - wanted), asked[n], n))


def like(levels: Sequence[str], forms: Sequence[str], asked: Sequence[int], place: int) -> int:
    """The place of another variant as hard as the one at `place`, asked least often, of its form.

    The one itself where there is no other.
    """
    others = [n for n in range(len(levels)) if n != place] or [place]
    return min(
        others, key=lambda n: (levels[n] != levels[place], asked[n], forms[n] != forms[place])
    )


def is_weak(standing: Standing | None, missed: Sequence[bool]) -> bool:
    """Whether a skill that was asked is in the first box, or was missed lately.

    `missed` says of each of its answers in order whether it was not right at once.
    """
    if standing is None:
        return False
    return standing.box == 1 or any(missed[-RECENT:])


def mastery(skills: Sequence[str], standings: Mapping[str, Standing]) -> float:
    """How far skills have come together, from 0 to 1: their mean way to the last box."""
    boxes = [standings[skill].box if skill in standings else 1 for skill in skills]
    return sum(box - 1 for box in boxes) / ((BOXES - 1) * len(boxes))
