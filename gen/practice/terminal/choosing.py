"""The skills of a session and their variants, which are made only when they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gen.family import LoadedFamily
from gen.practice.deck import DeckError, mixed, plan, topic_of
from gen.practice.ids import ItemId
from gen.practice.leitner import Standing, is_weak, like, variant
from gen.practice.progress import Progress
from gen.vocabulary import Arithmetic, Difficulty


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill and the names of its variants."""

    name: str
    title: str
    topic: str
    variants: tuple[ItemId, ...]

    def next(self, standing: Standing | None, asked: Mapping[str, int]) -> ItemId:
        """The variant to ask: of the difficulty of its box, and asked least often."""
        levels = [each.difficulty for each in self.variants]
        return self.variants[variant(levels, self._times(asked), standing)]

    def like(self, named: ItemId, asked: Mapping[str, int]) -> ItemId:
        """Another variant as hard as this one, and of its form, as far as there is one."""
        levels, forms = zip(*((each.difficulty, each.form) for each in self.variants), strict=True)
        return self.variants[like(levels, forms, self._times(asked), self.variants.index(named))]

    def _times(self, asked: Mapping[str, int]) -> list[int]:
        return [asked.get(str(each), 0) for each in self.variants]


def skills(
    families: Iterable[LoadedFamily],
    seed: int,
    variants: int,
    difficulty: Difficulty | None = None,
    arithmetic: Arithmetic = "decimal",
) -> tuple[Skill, ...]:
    """The families that have such items, from one topic after the other by turns.

    Raises DeckError where there is none.
    """
    found = [
        Skill(each.family.name, each.family.title, topic_of(each.family), planned)
        for each in families
        if (planned := plan(each, seed, variants, difficulty, arithmetic))
    ]
    if not found:
        raise DeckError("none of these families has items of that difficulty and arithmetic")
    return mixed(sorted(found, key=lambda each: each.name))


def weak(found: Sequence[Skill], progress: Progress) -> tuple[Skill, ...]:
    """The skills that were asked and are in the first box, or were missed lately.

    Raises DeckError where there is none.
    """
    chosen = tuple(each for each in found if _is_weak(each.name, progress))
    if not chosen:
        raise DeckError(
            "none of these skills is weak: each is above the first box and its last answers were "
            "right, or it was never asked; practise without --weak"
        )
    return chosen


def _is_weak(skill: str, progress: Progress) -> bool:
    missed = [each.result != "right" for each in progress.answers if each.skill == skill]
    return is_weak(progress.standings.get(skill), missed)
