"""Filling the slots of a quiz: its versions, all different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase

from gen import collector
from gen.draw import Draw
from gen.errors import InputError
from gen.family import LoadedFamily
from gen.items import Exhausted, make
from gen.problem import Item, Key
from gen.quiz.settings import Settings
from gen.quiz.slots import Slot, slots
from gen.selection import selected
from templates.notation import Notation, load


class QuizError(InputError):
    """A quiz whose slots cannot all be filled with different items."""


@dataclass(frozen=True, slots=True)
class QuizVersion:
    """One paper: its number, counted from 1, and its items in the order in which they print."""

    settings: Settings
    number: int
    items: tuple[Item, ...]

    @property
    def mark(self) -> str:
        """The letters that tell this paper from the others: A, B, ..., Z, AA, AB, ...

        This is all that a paper says about where it comes from: whoever knows a seed can print
        the key.
        """
        return mark(self.number)

    @property
    def notation(self) -> Notation:
        """The notation of the items."""
        return self.items[0].notation

    @property
    def points(self) -> tuple[int, ...]:
        """The points of each item, in printed order."""
        return tuple(self.settings.points_for(item.difficulty) for item in self.items)


@dataclass(frozen=True, slots=True)
class Quiz:
    """All versions of a quiz, and the slots that each of them fills."""

    settings: Settings
    slots: tuple[Slot, ...]
    versions: tuple[QuizVersion, ...]


def mark(number: int) -> str:
    """Return the letters of version `number` (from 1), as a spreadsheet names its columns."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[letter] + letters
    return letters


def build(settings: Settings, progress: Callable[[], None] = lambda: None) -> Quiz:
    """Make and verify every item of every version; `progress` is called after each version.

    No two items of the quiz, in whichever versions, ask the same question. Raises InputError for a
    notation that cannot be used, FamilyError, SettingsError, `verification.Mismatch`, and
    QuizError, which names the slot, when a slot cannot give so many different items.
    """
    notation = load(settings.notation)
    loaded = _families(settings)
    places = slots(settings, [each.family for each in loaded.values()])
    used: set[str] = set()
    versions = []
    with collector.paused():
        for number in range(1, settings.versions + 1):
            fill = partial(_fill, settings, notation=notation, number=number, used=used)
            items = tuple(fill(loaded[slot.family], slot) for slot in places)
            versions.append(QuizVersion(settings, number, _ordered(settings, number, items)))
            progress()
    return Quiz(settings, places, tuple(versions))


def _families(settings: Settings) -> dict[str, LoadedFamily]:
    """The families selected; when none is named, those of them that have the items asked for."""
    loaded = selected(settings.families, settings.lectures, settings.topics)
    if settings.families:
        return loaded
    return {name: each for name, each in loaded.items() if _has_items(each, settings)}


def _has_items(loaded: LoadedFamily, settings: Settings) -> bool:
    exact = settings.arithmetic == "decimal" or loaded.sample_exact is not None
    return exact and settings.difficulty in (None, *loaded.family.difficulties)


def _fill(
    settings: Settings,
    loaded: LoadedFamily,
    slot: Slot,
    *,
    notation: Notation,
    number: int,
    used: set[str],
) -> Item:
    key = Key(slot.family, loaded.family.version, settings.seed, slot.index, number)
    full = settings.verify == "full"
    try:
        item = make(
            loaded,
            key,
            slot.difficulty,
            slot.form,
            full=full,
            places=settings.places,
            arithmetic=settings.arithmetic,
            notation=notation,
            exclude=used,
        )
    except Exhausted as error:
        raise QuizError(
            f"slot {slot.index} cannot be filled {settings.versions} times: {error}"
        ) from error
    used.add(item.fingerprint)
    return item


def _ordered(settings: Settings, number: int, items: tuple[Item, ...]) -> tuple[Item, ...]:
    if number == 1:
        return items
    return Draw("backprep", "order", settings.seed, number).shuffle(items)
