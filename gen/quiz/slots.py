"""The slots of a quiz: which family, difficulty and form stands where.

All versions of a quiz fill the same slots, so that no student has a harder paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.draw import Draw
from gen.family import Family
from gen.quiz.settings import Settings, SettingsError
from gen.vocabulary import DIFFICULTIES, OFFERING, Difficulty, Form

CHOICE_PERCENT = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a quiz, counted from 1, and what kind of item fills it."""

    index: int
    family: str
    difficulty: Difficulty
    form: Form


def slots(settings: Settings, families: Sequence[Family]) -> tuple[Slot, ...]:
    """Return the slots of a quiz over the given families.

    The families take turns in a drawn order, so that each comes equally often (within one) and
    none twice running. Difficulty rises through the paper. Two slots in five offer a choice, as
    nearly as the forms that the families have allow.

    Raises SettingsError when there is no family, or one of them lacks the difficulty asked for.
    """
    if not families:
        raise SettingsError(f"no family has {settings.difficulty or 'any'} items")
    draw = Draw("backprep", "slots", settings.seed)
    order = draw.fork("families").shuffle(families)
    chosen = [order[index % len(order)] for index in range(settings.items)]
    forms = _forms(chosen, draw.fork("forms"))
    return tuple(
        Slot(index + 1, family.name, _difficulty(settings, family, index), forms[index])
        for index, family in enumerate(chosen)
    )


def _difficulty(settings: Settings, family: Family, index: int) -> Difficulty:
    if settings.difficulty is None:
        wanted = index * len(DIFFICULTIES) // settings.items
        return min(family.difficulties, key=lambda each: abs(DIFFICULTIES.index(each) - wanted))
    if settings.difficulty not in family.difficulties:
        raise SettingsError(
            f"the family {family.name} has no {settings.difficulty} items, "
            f"only {' and '.join(family.difficulties)} ones"
        )
    return settings.difficulty


def _forms(chosen: Sequence[Family], draw: Draw) -> list[Form]:
    offering = [tuple(form for form in each.forms if form in OFFERING) for each in chosen]
    others = [tuple(form for form in each.forms if form not in OFFERING) for each in chosen]
    either = [i for i in range(len(chosen)) if offering[i] and others[i]]
    forced = sum(not forms for forms in others)
    wanted = round(len(chosen) * CHOICE_PERCENT / 100) - forced
    written = set(either) - set(draw.sample(either, min(max(wanted, 0), len(either))))
    return [
        draw.choice(others[i] if i in written or not offering[i] else offering[i])
        for i in range(len(chosen))
    ]
