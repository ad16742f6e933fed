"""The deck of a practice: for each skill, which is a family, many variants from easy to hard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol, TypeVar

from gen.errors import InputError
from gen.family import Family, LoadedFamily
from gen.items import make
from gen.practice.ids import ItemId, id_of
from gen.problem import Item, Key
from gen.vocabulary import DIFFICULTIES, TOPICS, VARIANTS, Arithmetic, Difficulty
from templates.notation import Notation, load


class HasTopic(Protocol):
    """Anything that belongs to a topic."""

    @property
    def topic(self) -> str:
        """The topic that it belongs to."""


S = TypeVar("S", bound=HasTopic)


class DeckError(InputError):
    """A deck that would be empty."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A family as a student practises it; `topic` is the first of the family's topics."""

    name: str
    title: str
    topic: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All skills of a practice, and what it was made from."""

    seed: int
    arithmetic: Arithmetic
    notation: Notation
    skills: tuple[Skill, ...]

    @property
    def items(self) -> Iterator[Item]:
        """The items of all skills in order."""
        return (item for skill in self.skills for item in skill.items)

    def by_topic(self) -> tuple[tuple[str, tuple[Skill, ...]], ...]:
        """The skills of each topic, in the order of `vocabulary.TOPICS`, then a course's own."""
        topics = sorted({skill.topic for skill in self.skills}, key=rank)
        return tuple((each, tuple(s for s in self.skills if s.topic == each)) for each in topics)

    def name_of(self, item: Item) -> str:
        """What `python -m gen show` takes to make an item of the deck again."""
        return str(id_of(item, self.arithmetic))


def make_deck(
    families: Iterable[LoadedFamily],
    seed: int,
    variants: int = VARIANTS,
    *,
    difficulty: Difficulty | None = None,
    arithmetic: Arithmetic = "decimal",
    notation: Notation | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Deck:
    """A deck of so many variants of each family, or as many as there are; no two are alike.

    Variants take the difficulties and the forms of their family by turns, all of one `difficulty`
    if that is given. Families without it, or without items in that `arithmetic`, are left out.
    `advance` is called after each family. Raises DeckError where none is left.
    """
    skills, told = [], notation or load()
    for loaded in families:
        items = tuple(_items(loaded, seed, variants, difficulty, arithmetic, told))
        family = loaded.family
        if items:
            skills.append(Skill(family.name, family.title, topic_of(family), items))
        advance()
    if not skills:
        raise DeckError("none of these families has items of that difficulty and arithmetic")
    return Deck(seed, arithmetic, told, tuple(skills))


def shortened(deck: Deck, each: int = 1) -> Deck:
    """The deck with the first `each` variants of every difficulty of each skill."""
    skills = (replace(skill, items=tuple(_first(skill, each))) for skill in deck.skills)
    return replace(deck, skills=tuple(skills))


def _first(skill: Skill, each: int) -> Iterator[Item]:
    for difficulty in DIFFICULTIES:
        yield from [item for item in skill.items if item.difficulty == difficulty][:each]


def topic_of(family: Family) -> str:
    """The group that a family is practised in."""
    return family.topics[0] if family.topics else "others"


def rank(topic: str) -> tuple[int, str]:
    """The place of a topic among all: our own in their order, then a course's own."""
    return (TOPICS.index(topic) if topic in TOPICS else len(TOPICS), topic)


def mixed(skills: Iterable[S]) -> tuple[S, ...]:
    """Skills in the order in which new ones are asked: a topic after the other, by turns.

    Practice that mixes topics teaches to tell them apart (D. Rohrer and K. Taylor, The shuffling of
    mathematics problems improves learning, Instructional Science 35, 2007).
    """
    found = sorted(skills, key=lambda skill: rank(skill.topic))
    topics = dict.fromkeys(skill.topic for skill in found)
    groups = [[skill for skill in found if skill.topic == topic] for topic in topics]
    return tuple(skill for turn in zip_longest(*groups) for skill in turn if skill is not None)


def plan(
    loaded: LoadedFamily,
    seed: int,
    variants: int,
    difficulty: Difficulty | None,
    arithmetic: Arithmetic,
) -> tuple[ItemId, ...]:
    """The names of the variants of a family, before any is made; none where it has no such items.

    Two of them may be the same question.
    """
    family = loaded.family
    levels = [each for each in family.difficulties if difficulty in (None, each)]
    if not levels or (arithmetic == "exact" and loaded.sample_exact is None):
        return ()
    return tuple(
        ItemId(
            Key(family.name, family.version, seed, number + 1),
            levels[number % len(levels)],
            family.forms[number // len(levels) % len(family.forms)],
            arithmetic,
        )
        for number in range(variants)
    )


def _items(
    loaded: LoadedFamily,
    seed: int,
    variants: int,
    difficulty: Difficulty | None,
    arithmetic: Arithmetic,
    notation: Notation,
) -> Iterator[Item]:
    seen = set[str]()
    for name in plan(loaded, seed, variants, difficulty, arithmetic):
        item = make(
            loaded,
            name.key,
            name.difficulty,
            name.form,
            arithmetic=arithmetic,
            notation=notation,
        )
        # Passed over and not drawn anew, so that its name alone makes an item again.
        if item.fingerprint not in seen:
            seen.add(item.fingerprint)
            yield item
