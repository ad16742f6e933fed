"""The practice page of a deck: a file that works from a double click, without a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen import __version__, collector
from gen.practice.cards import card
from gen.practice.deck import Deck, Skill, mixed
from gen.quiz.settings import NOTATION
from templates.practice import page
from templates.writers.svg import Drawing

TITLE = "Backpropagation practice"


def make(
    deck: Deck,
    notation: str = NOTATION,
    title: str = TITLE,
    advance: Callable[[], None] = lambda: None,
) -> bytes:
    """The page as UTF-8; `notation` is what the deck's notation is called.

    `advance` is called after each skill. The same deck gives the same bytes.
    Raises what the templates of a family raise.
    """
    cards, drawing = {}, Drawing(set(), themed=True, apart=True)
    with collector.paused():
        for skill in deck.skills:
            cards[skill.name] = [card(item, deck.name_of(item), drawing) for item in skill.items]
            advance()
    skills = [_entry(deck, skill) for skill in mixed(deck.skills)]
    index = {"seed": str(deck.seed), "skills": skills}
    return page(title, _made(deck, notation), index, cards, drawing.outlines()).encode()


def _entry(deck: Deck, skill: Skill) -> dict[str, Any]:
    items = [
        {"name": deck.name_of(item), "level": item.difficulty, "form": item.form}
        for item in skill.items
    ]
    return {
        "name": skill.name,
        "title": skill.title,
        "topic": skill.topic.capitalize(),
        "items": items,
    }


def _made(deck: Deck, notation: str) -> str:
    """What an instructor needs to see any of the questions."""
    told = "" if notation == NOTATION else f" --notation {notation}"
    count = sum(len(skill.items) for skill in deck.skills)
    return (
        f"{count} questions, seed {deck.seed}. To show an instructor one of them: "
        f"python -m gen show ITEM{told}. Made with backprep {__version__}."
    )
